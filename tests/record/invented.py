"""Invented documents with their readings, written as quotations of the text."""

from collections.abc import Iterable, Sequence
from typing import Any

from verbale.document import Document, Span
from verbale.findings import (
    Commitment,
    Delegate,
    Domain,
    Engagement,
    Figure,
    OpenDomain,
    Party,
    Place,
    Reading,
    Series,
    Situation,
    Speaker,
    Statement,
    When,
)


def reading(
    title: str,
    body: str,
    published: str | None = None,
    *,
    publisher: str | None = "Gazette of Talks",
    url: str | None = None,
    engagements: Iterable[Engagement] = (),
    domains: Iterable[tuple[str, str, str]] = (),
    situations: Iterable[tuple[str, str]] = (),
    statements: Iterable[tuple[str, str | None, str, str]] = (),
    commitments: Iterable[tuple[str, Sequence[str], Sequence[str], str | None]] = (),
    figures: Iterable[tuple[float, str, str]] = (),
    open_domains: Iterable[str] = (),
    reader: str = "reader 1",
) -> Reading:
    """Make the reading of an invented document; every quotation must stand in it."""
    document = Document.compose(title, body, published=published, publisher=publisher, url=url)
    text = document.text

    def at(quote: str) -> Span:
        start = text.index(quote)
        return Span(start, start + len(quote))

    return Reading(
        document,
        True,
        0.9,
        tuple(engagements),
        tuple(Domain(i, i.replace("-", " ").capitalize(), stage, (at(q),), 0.8) for i, stage, q in domains),  # type: ignore[arg-type]
        tuple(Situation(i, i.replace("-", " ").capitalize(), "situation", (at(q),), 0.8) for i, q in situations),
        tuple(
            Statement(Speaker(who, None, party), None, at(cue), (at(content),), "indirect", 0.7) for who, party, cue, content in statements
        ),
        tuple(Commitment(tuple(parties), tuple(on), deadline, (at(q),), 0.6) for q, parties, on, deadline in commitments),
        tuple(Figure(value, unit, "=", (at(q),), 0.5) for value, unit, q in figures),
        reader,
        open_domains=tuple(OpenDomain(q, (), "explored", (at(q),), 0.5) for q in open_domains),
    )


def engagement(
    kind: str,
    parties: str,
    day: str | None,
    *,
    delegates: Iterable[tuple[str, str | None, str | None]] = (),
    series: str | None = None,
    edition: int | None = None,
    place: str | None = None,
    status: str = "held",
    principal: bool = True,
) -> Engagement:
    """Make an engagement whose spans are all the first word of the document."""
    first = (Span(0, 4),)
    return Engagement(
        kind,  # type: ignore[arg-type]
        status,  # type: ignore[arg-type]
        principal,
        tuple(Party(p, first) for p in parties.split()),
        When(day, first) if day else None,
        Place(place, None, first) if place else None,
        Series(series, edition, first) if series else None,
        tuple(Delegate(*d, first) for d in delegates),
        first,
        0.9,
    )


def series_of_dialogues(years: Iterable[int] = (2019, 2020, 2021, 2022)) -> list[Reading]:
    """Make one dialogue of Freedonia's stand-ins, Iceland and Malta, for each year: each brings something in, and drops something."""
    subjects: list[list[tuple[str, str, str]]] = [
        [("agriculture", "explored", "fisheries"), ("trade", "continued", "trade")],
        [("agriculture", "advanced", "fisheries"), ("trade", "continued", "trade")],
        [("trade", "continued", "trade"), ("quantum", "launched", "quantum computing")],
        [("agriculture", "delivered", "fisheries"), ("quantum", "advanced", "quantum computing")],
    ]
    made = []
    for year, about in zip(years, subjects, strict=False):
        words = " and ".join(quote for _, _, quote in about)
        made.append(
            reading(
                f"Iceland–Malta Ocean Dialogue {year}",
                f"The delegations met on 5 May {year} in Valletta and spoke of {words}.\n\n"
                f"Minister Katrín Jónsdóttir said that the year {year} had been a good one.",
                f"{year}-05-06",
                engagements=[
                    engagement(
                        "dialogue", "IS MT", f"{year}-05-05", series="Iceland–Malta Ocean Dialogue", edition=year - 2018, place="Valletta",
                        delegates=[("Katrín Jónsdóttir", "foreign minister", "IS"), ("Marija Vella", "foreign minister", "MT")],
                    )
                ],
                domains=about,
                statements=[("Katrín Jónsdóttir", "IS", "said", f"the year {year} had been a good one")],
            )
        )  # fmt: skip
    return made


class Reader:
    """A reader that knows the readings of some documents, and counts how many it was asked to read."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.known = {r.document.id: r for r in readings}
        self.asked = 0

    def __call__(self, documents: Sequence[Document]) -> list[Reading]:
        self.asked += len(documents)
        return [self.known[d.id] for d in documents]


def exact(spans: Any, text: str) -> list[str]:
    """Return the words that spans stand for."""
    return [s.exact(text) for s in spans]
