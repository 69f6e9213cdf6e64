"""Whom a delegate acts for, by the words beside the name."""

import pytest

from verbale.document import Document
from verbale.reading import read_document

TALKS = "{}\n\nThe ministers of Kenya and Norway discussed fisheries and agreed to meet again in June."


def parties(lead: str) -> dict[str, str | None]:
    """The delegates that a report with this lead names, by surname, with their parties."""
    reading = read_document(Document.compose("Kenya and Norway hold talks on fisheries", TALKS.format(lead), published="2024-03-05"))
    return {d.name.split()[-1]: d.party for e in reading.engagements for d in e.delegates}


@pytest.mark.parametrize(
    ("lead", "name", "party"),
    [
        ("Foreign Minister Grace Otieno met her Norwegian counterpart, Ingrid Solheim, in Nairobi on Monday.", "Solheim", "NO"),
        (
            "The President of the Republic of Kenya, Daniel Otieno, met Norwegian Prime Minister Ingrid Solheim in Nairobi on Monday.",
            "Otieno",
            "KE",
        ),
        (
            "The Norwegian side was led by Foreign Minister Ingrid Solheim while Foreign Minister Grace Otieno led the Kenyan side at the "
            "talks in Nairobi on Monday.",
            "Otieno",
            "KE",
        ),
        (
            "Kenya was represented by the Minister of Fisheries, Grace Otieno; the Minister of Trade, Daniel Kiptoo; and the Minister of "
            "Health, Amina Wanjiru, at the talks with Norwegian Foreign Minister Ingrid Solheim in Nairobi on Monday.",
            "Kiptoo",
            "KE",
        ),
    ],
)
def test_the_words_beside_a_name_tell_the_party(lead: str, name: str, party: str) -> None:
    """A counterpart, an office of a republic, who leads a side, a list under one side."""
    assert parties(lead).get(name) == party
