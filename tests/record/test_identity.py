"""Who and what is the same across documents: computed, explained, corrected by people, and never overruled."""

import pytest
from invented import Reader, engagement, reading, series_of_dialogues

from verbale import record
from verbale.errors import DecisionError, UnknownNameError
from verbale.findings import Reading
from verbale.record.candidates import judge_people, judge_surnames
from verbale.record.clusters import Judged, clusters
from verbale.record.judgements import judged, surest
from verbale.record.likeness import PersonSeen, people_alike, series_alike
from verbale.record.names import is_person, likeness, name_words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Katherine M. O’Neill, Jr.", "Kate O'Neill"),
        ("Zhao Lian", "Lian Zhao"),
        ("Mohammed bin Saeed Al Marri", "Mohamed bin Said"),
        ("Mohammed bin Saeed Al-Marri", "Sheikh Mohammed Bin Saeed Al Marri"),
        ("Oleksandr Tkachenko", "Alexander Tkachenko"),
        ("V. Ramanathan", "Venkat Ramanathan"),
        ("Jürgen Groß", "Jurgen Gross"),
        ("Han Min Seo", "Han Min-seo"),
        ("Park Seong Il", "Park Sung-il"),
        ("President Amara Diallo", "Amara Diallo"),
        ("J.D. Marsh", "John D. Marsh"),
    ],
)
def test_names_that_are_one_name(a: str, b: str) -> None:
    assert likeness(a, b) >= 0.9
    assert likeness(b, a) == likeness(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Anna Berg", "Lena Berg"),
        ("Mohammed bin Saeed", "Mohammed bin Rashid"),
        ("Han Min Seo", "Han Ji Woo"),
        ("Peter Lund", "Petra Lind"),
        ("Khalid bin Saeed bin Rashid", "Saeed bin Rashid"),
        ("Saeed bin Rashid", "Rashid bin Saeed"),
        ("Peter C. Lund", "Peter Carlsen"),
        ("Jody Lund", "J. Lund Schieber"),
        ("Elizabeth Weiland", "Elizabeth Whelan"),
        ("Jan Lund", "Peter J. Lund"),
        ("Marri", "Mohammed bin Saeed Al Marri"),
    ],
)
def test_names_that_are_not_one_name(a: str, b: str) -> None:
    assert likeness(a, b) < 0.9


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ("Anna Berg’s plan for the coast", "Anna Berg"),
        ("Anna Berg announced", "Anna Berg"),
        ("Anna Berg. The", "Anna Berg"),
        ("Peter Lund Jr. Anna Berg", "Peter Lund"),
        ("And Anna Berg", "Anna Berg"),
        ("Berg de recibir", "Berg"),
        ("PM Berg", "Berg"),
        ("King Olaf II of Norway", "Olaf"),
        ("Norway", ""),
        ("President", ""),
    ],
)
def test_what_a_reader_takes_along_is_no_part_of_a_name(taken: str, name: str) -> None:
    assert name_words(taken) == name_words(name)


def test_groups_governments_and_offices_are_no_people() -> None:
    assert not any(
        map(is_person, ["The leaders", "Japan", "the White House", "President", "Anna Berg and Lena Berg", "Both sides", "they"])
    )
    assert all(map(is_person, ["Anna Berg", "President Berg", "Berg"]))


def test_two_people_of_one_name_in_two_offices_at_once_stay_two_and_one_who_changes_office_stays_one() -> None:
    minister = PersonSeen(1, "Anna Berg", "foreign minister", "NO", "2019-01-01", "2021-01-01", 9)
    king = PersonSeen(2, "Anna Berg", "queen", "NO", "2020-01-01", "2022-01-01", 9)
    later = PersonSeen(3, "Anna Berg", "prime minister", "NO", "2021-06-01", "2023-01-01", 9)
    abroad = PersonSeen(4, "Anna Berg", "foreign minister", "SE", "2019-01-01", "2021-01-01", 9)
    assert people_alike(minister, king).verdict == "different"
    assert people_alike(minister, later).verdict == "same"
    assert people_alike(minister, abroad).verdict == "different"


def test_a_party_that_is_read_once_of_somebody_seen_often_for_another_is_a_slip() -> None:
    often = PersonSeen(1, "Anna Berg", "foreign minister", "NO", "2019-01-01", "2021-01-01", 50)
    once = PersonSeen(2, "Anna Berg", "foreign minister", "US", "2020-01-01", "2020-01-01", 1)
    assert people_alike(often, once).verdict == "same"


def _named(*people: tuple[str, str | None, str | None, int]) -> dict[str, int]:
    """Cluster people who are named so often, and give each the cluster of its name with office and party."""
    seen = [PersonSeen(i, name, office, party, "2020-01-01", "2021-01-01", n) for i, (name, office, party, n) in enumerate(people, 1)]
    first = surest(judge_people(seen))
    root = clusters(judged({**first, **surest(judge_surnames(seen, clusters(judged(first))))}))
    return {" ".join(filter(None, (p.name, p.office, p.party))): root.get(p.id, p.id) for p in seen}


def test_a_family_name_means_whoever_holds_the_office() -> None:
    found = _named(
        ("Anna Berg", "president", "NO", 40), ("Lena Berg", "first lady", "NO", 20), ("Lena Berg", None, "NO", 5),
        ("Berg", "president", "NO", 30), ("Berg", "first lady", "NO", 2), ("Berg", "president", "US", 1), ("Berg", "ambassador", "NO", 1),
    )  # fmt: skip
    assert found["Berg president NO"] == found["Anna Berg president NO"] == found["Berg president US"]
    assert found["Berg first lady NO"] == found["Lena Berg first lady NO"] != found["Anna Berg president NO"]


def test_a_family_name_alone_of_two_people_is_nobody_in_particular() -> None:
    found = _named(("Anna Berg", "president", "NO", 4), ("Lena Berg", "foreign minister", "NO", 4), ("Berg", None, None, 1))
    assert len(set(found.values())) == 3


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (("Iceland–Malta Ocean Dialogue", "IS MT"), ("Fourth Malta-Iceland Ocean Dialogue", "IS MT"), "same"),
        (("2+2 Ministerial Dialogue", "IN US"), ("India–US 2+2 ministerial dialogue", "IN US"), "same"),
        (("Ocean Dialogue", "IS MT"), ("Ocean Dialogue", "IS NO"), "different"),
        (("Security Dialogue", "IS MT"), ("Economic Dialogue", "IS MT"), "different"),
        (("U.S.-EU Summit", "EU US"), ("AU summit", ""), "different"),
    ],
)
def test_series(a: tuple[str, str], b: tuple[str, str], verdict: str) -> None:
    assert series_alike(a, b).verdict == verdict


def test_two_that_are_different_never_meet_over_a_third() -> None:
    computed = [Judged(1, 2, "same", 0.95, False), Judged(2, 3, "same", 0.9, False), Judged(1, 3, "different", 0.0, False)]
    assert clusters(computed) == {1: 1, 2: 1}
    human = [*computed, Judged(2, 3, "same", 1.0, True)]
    assert clusters(human) == {2: 2, 3: 2}
    assert clusters([*computed, Judged(1, 3, "same", 1.0, True)]) == {1: 1, 2: 1, 3: 1}


KATRIN = ("Katrín Jónsdóttir", "prime minister", "IS")
M_VELLA = ("M. Vella", "prime minister", "MT")


def _two_readouts() -> list[Reading]:
    ours = reading(
        "Readout of the call with Malta", "The two leaders spoke about trade.", "2022-03-02", publisher="Government of Iceland",
        engagements=[
            engagement("call", "IS MT", "2022-03-01", delegates=[KATRIN, ("Marija Vella", None, "MT")])
        ],
    )  # fmt: skip
    theirs = reading(
        "Telephone conversation with Iceland", "The prime ministers discussed fish.", "2022-03-01", publisher="Government of Malta",
        engagements=[engagement("call", "MT IS", "2022-03-01", delegates=[M_VELLA, ("Jónsdóttir", None, "IS")])],
    )  # fmt: skip
    other = reading(
        "The finance ministers spoke", "They discussed money.", "2022-03-01", publisher="Gazette",
        engagements=[engagement("call", "IS MT", "2022-03-01", delegates=[("Bjarni Einarsson", "finance minister", "IS")])],
    )  # fmt: skip
    return [ours, theirs, other]


def test_two_accounts_of_one_call_are_one_engagement_and_its_people_are_two(url: str) -> None:
    with record.open(url) as r:
        r.add(_two_readouts())
        calls = r.timeline(["Iceland", "MT"])
        assert sorted((len(c.sources), len(c.people)) for c in calls) == [(1, 1), (2, 2)]
        joint = next(c for c in calls if len(c.sources) == 2)
        assert {(p.name, p.office) for p in joint.people} == {("Katrín Jónsdóttir", "prime minister"), ("Marija Vella", "prime minister")}
        assert joint.level == "leader"
        assert {p.name for p in r.people()} == {"Katrín Jónsdóttir", "Marija Vella", "Bjarni Einarsson"}
        why = r.why("engagement", joint.key)
        assert [j.verdict for j in why if j.person is None and j.verdict == "same"] == ["same"]
        assert "the same people for 2 of the parties" in next(j.why for j in why if j.verdict == "same")


def test_editions_of_a_series_are_engagements_of_one_series(url: str) -> None:
    with record.open(url) as r:
        r.add(series_of_dialogues())
        held = r.timeline(["IS", "MT"])
        assert [e.edition for e in held] == [1, 2, 3, 4]
        assert len({e.series_key for e in held}) == 1


def test_what_a_person_splits_stays_split_until_it_is_taken_back(url: str) -> None:
    with record.open(url) as r:
        r.add(_two_readouts())
        joint = next(c for c in r.timeline(["IS", "MT"]) if len(c.sources) == 2)
        [number] = r.split("engagement", [joint.key], person="Ada", why="two calls on one day")
        assert len(r.timeline(["IS", "MT"])) == 3
        r.add([reading("Other talks", "Nothing of this.", "2023-01-01", engagements=[engagement("call", "NO SE", "2023-01-01")])])
        assert sum(e.kind == "call" for e in r.timeline(["IS", "MT"])) == 3
        judged = [j for j in r.why("engagement", joint.key) if j.person]
        assert [(j.person, j.verdict, j.why) for j in judged] == [("Ada", "different", "two calls on one day")]
        r.undo("judgement", number, person="Ada")
        assert sum(e.kind == "call" for e in r.timeline(["IS", "MT"])) == 2
        with pytest.raises(DecisionError, match="taken back already"):
            r.undo("judgement", number, person="Ada")


def test_people_are_merged_and_contradictions_are_refused(url: str) -> None:
    with record.open(url) as r:
        r.add(_two_readouts())
        r.merge("person", ["Bjarni Einarsson", "Marija Vella"], person="Ada", why="for the sake of the test")
        assert {p.name for p in r.people()} == {"Katrín Jónsdóttir", "Bjarni Einarsson"}
        merged = r.people("Einarsson")[0]
        forms = merged.forms
        with pytest.raises(DecisionError, match=r"take back judgement \d+, \d+ first"):
            r.judge("person", forms[1], forms[2], "different", person="Ben", why="no")
        r.split("person", [forms[0]], person="Ben", why="no")  # a person may judge otherwise than another did
        assert len(r.people()) == 3
        r.merge("person", forms, person="Ada", why="yes")
        assert len(r.people()) == 2
        with pytest.raises(DecisionError, match="needs the name of the person"):
            r.merge("person", ["Jónsdóttir", "Marija Vella"], person=" ", why="")


def test_a_judgement_follows_its_engagement_through_a_new_reading(url: str) -> None:
    readings = _two_readouts()
    renewed = [
        reading(
            x.document.title,
            x.document.text.split("\n\n")[1],
            x.document.published,
            publisher=x.document.publisher,
            reader="reader 2",
            engagements=[
                engagement("meeting", "IS MT", "2022-03-01", delegates=[(d.name, d.office, d.party) for d in x.engagements[0].delegates])
            ],
        )
        for x in readings
    ]
    with record.open(url) as r:
        r.add(readings)
        joint = next(c for c in r.timeline(["IS", "MT"]) if len(c.sources) == 2)
        r.split("engagement", [joint.key], person="Ada", why="two calls")
        r.reread(Reader(renewed))
        assert [e.kind for e in r.timeline(["IS", "MT"])] == ["meeting"] * 3


def test_identities_do_not_depend_on_the_batches_or_the_order(url: str) -> None:
    readings = [*series_of_dialogues(), *_two_readouts()]
    with record.open(url) as r, record.open("sqlite:///:memory:") as other:
        r.add(readings, batch=1)
        other.add(reversed(readings), batch=100)
        assert r.digest() == other.digest()


def test_unknown_people_and_countries_are_answered_with_the_nearest(url: str) -> None:
    with record.open(url) as r:
        r.add(_two_readouts())
        with pytest.raises(UnknownNameError, match=r"did you mean Katrín Jónsdóttir|did you mean Jónsdóttir"):
            r.people("Jonsdotirr")
        with pytest.raises(UnknownNameError, match="did you mean Iceland"):
            r.timeline(["Icelnad"])
        with pytest.raises(UnknownNameError, match="no engagement"):
            r.engagement("ffffffff")


def test_two_meetings_of_one_leader_on_one_day_and_calls_on_two_days_are_two(url: str) -> None:
    def met(title: str, day: str, whom: str, office: str, kind: str = "meeting") -> Reading:
        return reading(title, "They met.", day, engagements=[engagement(kind, "IS MT", day, delegates=[KATRIN, (whom, office, "MT")])])

    with record.open(url) as r:
        r.add(
            [
                met("With the president", "2022-03-01", "Carmela Borg", "president"),
                met("With the prime minister", "2022-03-01", "Marija Vella", "prime minister"),
                met("With the prime minister again", "2022-03-01", "Marija Vella", "prime minister"),
                met("First call", "2022-04-01", "Marija Vella", "prime minister", "call"),
                met("Second call", "2022-04-02", "Marija Vella", "prime minister", "call"),
            ]
        )
        assert [len(e.sources) for e in r.timeline(["IS", "MT"], kind="meeting")] in ([1, 2], [2, 1])
        assert [e.day for e in r.timeline(["IS", "MT"], kind="call")] == ["2022-04-01", "2022-04-02"]
