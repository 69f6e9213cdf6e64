"""A record of invented talks that a brief can tell of, and of documents that it must leave out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from verbale import record
from verbale.document import Document, Span
from verbale.findings import (
    Commitment,
    Delegate,
    Domain,
    Engagement,
    Party,
    Place,
    Reading,
    Series,
    Situation,
    Speaker,
    Statement,
    When,
)

JONSDOTTIR = ("Katrín Jónsdóttir", "foreign minister", "IS")
VELLA = ("Marija Vella", "foreign minister", "MT")

SHIPS = "They agreed to share hospital ships and the health services on them."
YEARS = {
    2020: ("trade", "continued", "They spoke of trade in salted fish and of little else on that day."),
    2021: ("quantum", "launched", "They launched a programme on quantum computing for the harbours of both."),
    2022: ("quantum", "delivered", "The programme on quantum computing delivered its first machine to the harbours."),
}


def talks(
    year: int, *, publisher: str = "Gazette of Talks", place: str = "Valletta", sure: float = 0.95, called: str = "Joint Statement"
) -> Reading:
    """Make the joint text of one meeting of Iceland and Malta."""
    concept, stage, sentence = YEARS[year]
    more = f" {SHIPS}" if year == 2022 else ""
    title = f"{called} of Iceland and Malta {year}"
    body = (
        f"Foreign Minister Katrín Jónsdóttir and Foreign Minister Marija Vella met on 5 May {year} in {place}.\n\n{sentence}{more}\n\n"
        f"The ministers underscored that peace in the Middle East needs patience of all who live there, as in {year}.\n\n"
        f"Minister Vella said that the Middle East must not be forgotten by the islands of Europe in {year}.\n\n"
        f"They will open a joint harbour school on {year + 1}-03-01 for the crews of both countries.\n\n"
        f"{'The ministers welcomed the work of the harbours and thanked all crews for it. ' * 20}"
    )
    document = Document.compose(
        title, body, published=f"{year}-05-06", publisher=publisher, url=f"https://talks.example/{year}/{publisher[:3]}"
    )
    text = document.text

    def at(words: str, start: int = 0) -> Span:
        found = text.index(words, start)
        return Span(found, found + len(words))

    people = tuple(Delegate(n, o, p, (at(n),), sure) for n, o, p in (JONSDOTTIR, VELLA))
    parties = tuple(Party(p, (at(words),), sure) for p, words in (("IS", "Iceland"), ("MT", "Malta")))
    met = Engagement(
        "meeting", "held", True, parties, When(f"{year}-05-05", (at(f"5 May {year}"),), sure), Place(place, "MT", (at(place),), sure),
        Series("Iceland–Malta Talks", year - 2019, (at("Iceland"),), sure) if year == 2022 else None, people, (at("met"),), sure,
    )  # fmt: skip
    joint = f"peace in the Middle East needs patience of all who live there, as in {year}"
    own = f"the Middle East must not be forgotten by the islands of Europe in {year}"
    places = {concept: at("quantum" if concept == "quantum" else "trade"), **({"health": at("health services")} if year == 2022 else {})}
    domains = tuple(
        Domain(i, i.capitalize(), stage if i == concept else "explored", (span,), 0.9)  # type: ignore[arg-type]
        for i, span in places.items()
    )
    promise = f"will open a joint harbour school on {year + 1}-03-01"
    return Reading(
        document, True, 0.95, (met,),
        domains,
        (Situation("middle-east", "Middle East (West Asia)", "region", (at("Middle East"), at("Middle East", at(own).start)), 0.9),),
        (
            Statement(Speaker("The ministers"), at("The ministers"), at("underscored"), (at(joint),), "indirect", 0.9),
            Statement(Speaker("Marija Vella", "foreign minister", "MT"), at("Minister Vella"), at("said"), (at(own),), "indirect", 0.9),
        ),
        (Commitment(("IS", "MT"), ("trade",), f"{year + 1}-03-01", (at(promise),), 0.9),),
        (), "reader 1",
    )  # fmt: skip


def noise() -> list[Reading]:
    """Make what must not come into a brief: a meeting that the reader is unsure of, and a briefing of the press that mentions one."""
    unsure = talks(2021, publisher="Rumour Mill", place="Sliema", sure=0.4, called="Alleged Statement")
    document = Document.compose(
        "Press Briefing",
        "Q Did the minister meet Malta?\n\nQ When?\n\nA Yes: Iceland and Malta met.",
        published="2022-08-01",
        publisher="Desk",
    )
    text = document.text
    parties = tuple(Party(p, (Span(text.index(w), text.index(w) + len(w)),), 0.95) for p, w in (("IS", "Iceland"), ("MT", "Malta")))
    who = tuple(Delegate(n, o, p, (Span(0, 5),), 0.95) for n, o, p in (JONSDOTTIR, VELLA))
    asked = Engagement("meeting", "held", True, parties, When("2022-08-01", (Span(0, 5),)), None, None, who, (Span(0, 5),), 0.95)
    return [unsure, Reading(document, True, 0.9, (asked,), reader="reader 1")]


@pytest.fixture
def held(tmp_path: Path) -> Iterator[record.Record]:
    with record.open(tmp_path / "record.db") as r:
        r.add([*(talks(year) for year in YEARS), talks(2022, publisher="Sea Herald", place="Gozo"), *noise()])
        yield r
