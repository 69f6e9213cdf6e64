"""What is renewed bit by bit is the same as what is computed at once."""

import random
from dataclasses import replace

import pytest
from invented import Reader, engagement, reading

from verbale import record
from verbale.findings import Reading
from verbale.record import renewal

PEOPLE = [
    ("Anna Berg", "foreign minister", "NO"), ("A. Berg", "foreign minister", "NO"), ("Berg", "foreign minister", "NO"),
    ("Berg", None, None), ("Anna Berg", None, None), ("Anna Berg", "foreign minister", "SE"), ("Lena Berg", "prime minister", "SE"),
    ("Berg", "prime minister", "SE"), ("President Okoro", None, "NG"), ("Ada Okoro", "president", "NG"), ("Ada Okorro", "president", "NG"),
    ("Min-seo Han", None, "KR"), ("Han Min Seo", "foreign minister", "KR"), ("Han", "foreign minister", "KR"), ("Han", None, "KR"),
]  # fmt: skip


def readings(seed: int, count: int = 40) -> list[Reading]:
    """Make readings that share people, days, series and parties in many ways."""
    rng = random.Random(seed)
    made = []
    for i in range(count):
        parties = " ".join(sorted(rng.sample(["NO", "SE", "NG", "KR", "MT"], rng.choice([2, 2, 2, 3]))))
        day = rng.choice([f"2022-05-{rng.randint(1, 9):02}", f"2022-05-{rng.randint(1, 9):02}", "2022-05", None])
        series = rng.choice([None, None, "Ocean Dialogue", "Third Ocean Dialogue"])
        made.append(
            reading(
                f"Report {i}",
                f"They met and spoke of trade, number {i}.",
                f"2022-05-{rng.randint(1, 9):02}",
                engagements=[
                    engagement(
                        rng.choice(["meeting", "call", "dialogue"]), parties, day, series=series, edition=3 if series and i % 2 else None,
                        place=rng.choice([None, "Valletta", "Oslo"]), delegates=rng.sample(PEOPLE, rng.randint(0, 4)),
                        status=rng.choice(["held", "held", "planned"]),
                    )
                ],
                domains=[("trade", rng.choice(["explored", "launched"]), "trade")],
                statements=[(*rng.choice(PEOPLE)[::2], "spoke", f"trade, number {i}")],
            )
        )  # fmt: skip
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_added_bit_by_bit_it_is_the_same_as_added_at_once(url: str, seed: int) -> None:
    made = readings(seed)
    rng = random.Random(seed)
    with record.open("sqlite:///:memory:") as whole:
        whole.add(made)
        wanted, meetings = whole.digest(), sorted(map(repr, whole.network()))
    rng.shuffle(made)
    with record.open(url) as r:
        while made:
            r.add([made.pop() for _ in range(min(len(made), rng.randint(1, 7)))])
        assert sorted(map(repr, r.network())) == meetings
        assert r.digest() == wanted
        renewal.renew(r._engine, always=True)
        assert r.digest() == wanted


@pytest.mark.parametrize("seed", [4, 5])
def test_reread_and_judged_it_is_the_same_as_computed_at_once(url: str, seed: int) -> None:
    made = readings(seed)
    rng = random.Random(seed)
    others = [replace(b, document=a.document, reader="reader 2") for a, b in zip(made, readings(seed + 10), strict=True)]
    with record.open(url) as r:
        r.add(made)
        people = [p.forms for p in r.people() if len(p.forms) > 1]
        number = r.split("person", [rng.choice(people)[0]], person="Ada", why="for the test")[0]
        r.merge("person", [people[0][0], people[-1][0]], person="Ada", why="for the test")
        r.undo("judgement", number, person="Ada")
        r.reread(Reader(others[:20] + made[20:]), batch=7)
        bit_by_bit = r.digest(), sorted(map(repr, r.network()))
        renewal.renew(r._engine, always=True)
        assert (r.digest(), sorted(map(repr, r.network()))) == bit_by_bit
