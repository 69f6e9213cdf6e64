"""Offices in a text: of the vocabulary, tagged, and both joined."""

from verbale.document import Span
from verbale.reading.offices import OfficeMention, joined, office_mentions
from verbale.vocabulary.lexicon import tokens


def found(text: str) -> list[str]:
    """The offices of a text as they stand in it, honorifics left out."""
    return [o.span.exact(text) for o in office_mentions(tokens(text)) if not o.courtesy]


def test_an_office_has_its_prefix_and_portfolio() -> None:
    """All of "deputy minister of foreign affairs" is one office."""
    assert found("Kenya's deputy minister of foreign affairs met the prime minister.") == [
        "deputy minister of foreign affairs",
        "prime minister",
    ]


def test_a_tagged_office_takes_in_those_that_it_touches() -> None:
    """The joined office runs over both, keeps the party and what is said of either, and stands in order."""
    known = [OfficeMention(Span(0, 9), True), OfficeMention(Span(20, 28), False, "IN", spokes=True), OfficeMention(Span(60, 70), True)]
    made = joined(known, [Span(15, 24), Span(24, 40), Span(80, 90)])
    assert [o.span for o in made] == [Span(0, 9), Span(15, 40), Span(60, 70), Span(80, 90)]
    merged = made[1]
    assert (merged.party, merged.spokes) == ("IN", True)


def test_an_honorific_is_no_part_of_an_office() -> None:
    """ "Dr." before a tagged office stays by itself."""
    known = [OfficeMention(Span(0, 3), True, courtesy=True)]
    assert [o.span for o in joined(known, [Span(0, 12)])] == [Span(0, 3), Span(0, 12)]
