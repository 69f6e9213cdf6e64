"""Briefs: every sentence with its sources, nothing that the record is unsure of, and everything that a desk asks for."""

from dataclasses import replace

import pytest

from verbale import brief, record
from verbale.brief import markdown
from verbale.brief.check import check
from verbale.brief.model import Brief, HeatMap, Listing, Section, Sentence, letters
from verbale.document import Span
from verbale.errors import UnknownNameError
from verbale.record import Record

DAY = "2022-09-01"


def of_parties(r: Record, **options: str) -> Brief:
    return brief.of_parties(r, ["IS", "Malta"], as_of=DAY, **options)  # type: ignore[arg-type]


def section(b: Brief, title: str) -> str:
    """Return the words of a section, headings and leads with them."""
    found = next(s for s in b.sections if title in s.title)
    lines = []
    for block in found.blocks:
        if isinstance(block, Listing):
            lines += [block.heading, *(f"{s.lead}. {s.text}" for s in block.sentences)]
        elif not isinstance(block, HeatMap):
            lines += [block.heading, *(c.text for row in block.rows for c in row)]
    return "\n".join(lines)


def every_kind(r: Record) -> list[Brief]:
    key = next(e.key for e in r.timeline(["IS", "MT"]) if e.day == "2022-05-05")
    return [
        of_parties(r),
        brief.of_engagement(r, key, as_of=DAY),
        brief.of_person(r, "Vella", as_of=DAY),
        brief.of_domain(r, "Quantum technologies", as_of=DAY),
    ]


def test_every_sentence_stands_on_the_stored_text(held: Record) -> None:
    for made in every_kind(held):
        assert not made.empty
        assert list(made.sentences())
        assert check(made, held) == []


def test_the_check_finds_what_is_wrong(held: Record) -> None:
    made = of_parties(held)
    first = next(made.sentences())
    moved = replace(first.notes[0], spans=tuple(Span(s.start + 1, s.end + 1) for s in first.notes[0].spans))
    bad = [Sentence("No note.", ()), Sentence("“Never said by anybody.”", first.notes), Sentence("Moved.", (moved,))]
    defects = check(replace(made, sections=(Section("x", (Listing(tuple(bad)),)),)), held)
    assert [d.what.partition(" ")[0] for d in defects[:2]] == ["has", "quotes"]
    assert any("do not read" in d.what for d in defects)


def test_the_state_of_play(held: Record) -> None:
    told = section(of_parties(held), "State of play")
    assert "Iceland and Malta met or spoke three times between 5 May 2020 and 5 May 2022" in told
    assert "Katrín Jónsdóttir (foreign minister, Iceland); Marija Vella (foreign minister, Malta)" in told
    assert "ministers three times, last on 5 May 2022" in told
    assert "quantum (2)" in told


def test_what_the_record_is_unsure_of_is_left_out(held: Record) -> None:
    page = markdown.write(of_parties(held))
    assert "Rumour Mill" not in page
    assert "Press Briefing" not in page
    assert "Sliema" not in page


def test_conflicts_are_shown_with_both_sources(held: Record) -> None:
    made = of_parties(held)
    told = section(made, "Last engagements")
    assert "On the place of the meeting: Gozo" in told or "On the place of the meeting: Valletta" in told
    differing = next(s for s in made.sentences() if s.text.startswith("On the place"))
    assert {n.publisher for n in differing.notes} == {"Gazette of Talks", "Sea Herald"}


def test_promises_by_what_became_of_them(held: Record) -> None:
    promises = held.promises(["IS", "MT"])
    first = next(p for p in promises if p.day == "2020-05-06")
    text = next(x for x in held.extract() if x.reading.document.published == "2022-05-06").reading.document
    held.assess(first.key, 1, person="Ada", evidence=[(text.id, "joint harbour school")], note="it opened")
    told = section(of_parties(held), "Promises")
    kept, open_ = told.partition("Assessed as kept")[2], told.partition("Open")[2]
    assert "Malta +1, by Ada: it opened." in kept
    assert "on 2023-03-01" in open_
    assert "Past their date" in told
    assert "on 2022-03-01" in told.partition("Past their date")[2].partition("Assessed")[0]
    assert check(of_parties(held), held) == []


def test_positions_together_and_of_one_side(held: Record) -> None:
    told = section(of_parties(held), "Positions")
    assert "Together. 6 May 2022: “The ministers underscored that peace in the Middle East" in told
    assert "Malta. Marija Vella (foreign minister), 6 May 2022" in told


def test_what_is_not_known_is_said(held: Record) -> None:
    told = section(of_parties(held), "leaves open")
    assert "No words of Iceland alone that could be quoted were found on Middle East" in told


def test_news_and_changes_of_wording(held: Record) -> None:
    made = of_parties(held)
    assert "Quantum. from launched (5 May 2021) to delivered (5 May 2022): “The programme on quantum" in section(made, "new, moved")
    assert "Quantum. 5 May 2021, launched: “They launched" in section(made, "new, moved")
    told = section(made, "Changes of wording")
    assert "Joint Statement of Iceland and Malta 2021 (6 May 2021)" in told
    assert "Only in the text of 6 May 2022\nSubjects. Health." in told


def test_a_heat_map_counts_engagements(held: Record) -> None:
    found = next(b for s in of_parties(held).sections for b in s.blocks if isinstance(b, HeatMap))
    assert dict(zip(found.rows, (sum(c) for c in found.counts), strict=True)) == {"Quantum": 2, "Health": 1, "Trade": 1}
    assert found.columns == ("2020 H1", "2020 H2", "2021 H1", "2021 H2", "2022 H1")


def test_people_with_offices_and_when_they_met(held: Record) -> None:
    told = section(of_parties(held), "People")
    assert "Katrín Jónsdóttir, foreign minister" in told
    assert "5 May 2022, meeting with Marija Vella" in told
    assert "three times" in told


def test_one_engagement_one_person_one_domain(held: Record) -> None:
    _, engagement, person, domain = every_kind(held)
    assert engagement.title == "Iceland–Malta Talks of 5 May 2022"
    assert "What only one account mentions" not in [s.title for s in engagement.sections] or section(engagement, "only one account")
    assert person.title == "Marija Vella, Malta"
    assert "the Middle East must not be forgotten" in section(person, "What they said")
    assert "Iceland and Malta. Twice" in section(domain, "Between whom")


def test_an_empty_answer_says_so_with_the_coverage(held: Record) -> None:
    for made in (
        brief.of_parties(held, ["Chad", "Peru"], as_of=DAY),
        of_parties(held, since="2030"),
        brief.of_domain(held, "Migration", as_of=DAY),
    ):
        assert made.empty
        page = markdown.write(made)
        assert "that it is sure enough of" in page
        assert "This record holds 6 documents, published from 6 May 2020 to 1 August 2022." in page
    with record.open(":memory:") as nothing:
        assert brief.of_parties(nothing, ["IS", "MT"], as_of=DAY).empty


def test_unknown_names_are_our_errors(held: Record) -> None:
    with pytest.raises(UnknownNameError, match="did you mean"):
        brief.of_parties(held, ["Icelund", "MT"], as_of=DAY)
    with pytest.raises(UnknownNameError):
        brief.of_engagement(held, "abcdef012345", as_of=DAY)
    with pytest.raises(UnknownNameError):
        brief.of_person(held, "Nobody Atall", as_of=DAY)
    with pytest.raises(UnknownNameError, match="list domains"):
        brief.of_domain(held, "sorcery", as_of=DAY)


def test_the_same_record_gives_the_same_brief(held: Record) -> None:
    assert [markdown.write(b) for b in every_kind(held)] == [markdown.write(b) for b in every_kind(held)]


def test_marks_go_on_after_z() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


def test_every_note_names_publisher_date_and_address(held: Record) -> None:
    notes = list(of_parties(held).notes())
    assert notes
    assert all(n.publisher and n.day and n.url and n.spans for n in notes)
