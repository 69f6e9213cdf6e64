"""How the wording changed between two documents, and what each account of one engagement leaves out."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import engagement, reading

from verbale import record
from verbale.record.comparison import Passage, align
from verbale.record.passages import passages
from verbale.record.stances import shifts

BEFORE = (
    "The two sides met in Valletta on Monday.\n\n"
    "They expressed concern about attacks on shipping in the strait. "
    "They agreed to open a joint harbour at Vogar by 2024. "
    "They welcomed the exchange of students between both islands.\n\n"
    "The ministers thanked the city of Valletta for its hospitality."
)
AFTER = (
    "The two sides met in Reykjavík on Tuesday.\n\n"
    "They welcomed the exchange of students between both islands. "
    "They strongly condemned attacks on shipping in the strait. "
    "They will explore opening a joint harbour at Vogar. "
    "A fund for young musicians starts next year."
)


def _pair(url: str) -> tuple[record.Record, record.comparison.Comparison]:  # type: ignore[name-defined]
    first = reading("Statement of 2022", BEFORE, "2022-05-05", domains=[("maritime-security", "contested", "attacks on shipping")])
    second = reading(
        "Statement of 2023",
        AFTER,
        "2023-05-05",
        domains=[("maritime-security", "contested", "attacks on shipping"), ("culture", "launched", "fund")],
    )
    r = record.open(url)
    r.add([first, second])
    return r, r.compare("Statement of 2022", second.document.id)


def test_passages_are_aligned_and_their_changes_told(url: str) -> None:
    r, found = _pair(url)
    with r:
        told = {(p.after or p.before).text.split(" ")[1] + " " + (p.after or p.before).text.split(" ")[2]: p for p in found.pairs}  # type: ignore[union-attr]
        assert told["strongly condemned"].change == "changed"
        assert [(s.shift, s.scale, s.before, s.after) for s in told["strongly condemned"].shifts] == [
            ("hardened", "criticism", "expressed concern", "strongly condemned")
        ]
        assert told["fund for"].change == "added"
        assert told["ministers thanked"].change == "dropped"
        assert told["welcomed the"].change in ("same", "moved")
        assert not told["welcomed the"].words
        assert "softened" in [s.shift for s in told["will explore"].shifts]
        assert {c.concept: c.change for c in found.concepts} == {"maritime-security": "same", "culture": "added"}


def test_words_and_passages_point_at_both_documents(url: str) -> None:
    r, found = _pair(url)
    with r:
        before, after = "Statement of 2022\n\n" + BEFORE, "Statement of 2023\n\n" + AFTER
        for p in found.pairs:
            assert p.before is None or p.before.span.exact(before) == p.before.text
            assert p.after is None or p.after.span.exact(after) == p.after.text
            for w in p.words:
                assert w.before is None or w.before.exact(before) == w.dropped
                assert w.after is None or w.after.exact(after) == w.added
        assert [p.before for p in found.pairs if p.before] and len([p for p in found.pairs if p.after]) == len(passages(after))


@pytest.mark.parametrize(
    ("before", "after", "shift"),
    [
        ("expressed concern about the tests", "condemned the tests", "hardened"),
        ("strongly condemns the tests", "is concerned about the tests", "softened"),
        ("agreed to build a port", "discussed a port", "softened"),
        ("will consider a port", "will build a port", "hardened"),
        ("welcomed the visit", "welcomed the visit", None),
        ("met on Monday", "condemned it", None),
    ],
)
def test_stances(before: str, after: str, shift: str | None) -> None:
    assert ([s.shift for s in shifts(before, after)] or [None])[0] == shift or (shift is None and not shifts(before, after))


_PASSAGES = st.lists(st.text(alphabet="abc de", min_size=1, max_size=12), max_size=8)


@given(_PASSAGES, _PASSAGES)
def test_every_passage_of_both_sides_appears_once(left: list[str], right: list[str]) -> None:
    from verbale.document import Span

    a, b = ([Passage(Span(i, i + 1), x, ()) for i, x in enumerate(texts)] for texts in (left, right))
    pairs = align(a, b)
    assert sorted(p.before.span.start for p in pairs if p.before) == list(range(len(left)))
    assert [p.after.span.start for p in pairs if p.after] == list(range(len(right)))


@given(st.text(alphabet='ab. \n!?"”A1', max_size=60))
def test_passages_hold_every_letter_once(text: str) -> None:
    spans = passages(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join(c for s in spans for c in s.exact(text) if c.isalnum()) == "".join(c for c in text if c.isalnum())


def test_abbreviations_do_not_end_a_passage() -> None:
    text = "Mr. Berg met the U.S. Secretary. “We agreed.” They left."
    assert [s.exact(text) for s in passages(text)] == ["Mr. Berg met the U.S. Secretary.", "“We agreed.”", "They left."]


def test_accounts_side_by_side(url: str) -> None:
    def account(publisher: str, body: str, day: str, **more: object) -> object:
        return reading(
            f"Account of {publisher}", body, "2022-03-02", publisher=publisher,
            engagements=[
                engagement(
                    "meeting", "IS MT", day, place="Valletta",
                    delegates=[("Katrín Jónsdóttir", "prime minister", "IS"), ("Marija Vella", "prime minister", "MT")],
                )
            ],
            **more,  # type: ignore[arg-type]
        )  # fmt: skip

    ours = account(
        "Iceland", "They discussed trade. They will build a harbour at Vogar in 2024.", "2022-03-01",
        domains=[("trade", "explored", "trade")], commitments=[("will build a harbour at Vogar in 2024", ["IS", "MT"], [], None)],
    )  # fmt: skip
    theirs = account(
        "Malta", "They argued over trade and human rights. A harbour is to be built at Vogar in 2024.", "2022-03-02",
        domains=[("trade", "contested", "trade"), ("human-rights", "contested", "human rights")],
        commitments=[("A harbour is to be built at Vogar in 2024", ["IS", "MT"], [], None)],
    )  # fmt: skip
    with record.open(url) as r:
        r.add([ours, theirs])  # type: ignore[list-item]
        [met] = r.timeline(["IS", "MT"])
        rows = {(x.kind, x.item.split(" [")[0]): x for x in r.accounts(met.key)}
        assert not rows["date", "date"].agree
        assert {m.account: m.says for m in rows["domain", "trade"].mentions} == {"Iceland": "explored", "Malta": "contested"}
        assert rows["domain", "human-rights"].only == "Malta"
        assert rows["domain", "human-rights"].missing == ("Iceland",)
        assert rows["person", "Marija Vella"].agree and rows["person", "Marija Vella"].only is None
        [promise] = [x for x in rows.values() if x.kind == "commitment"]
        assert {m.account for m in promise.mentions} == {"Iceland", "Malta"}
        assert met.days == ("2022-03-01", "2022-03-02")
