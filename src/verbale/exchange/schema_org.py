"""Engagements, statements and documents as schema.org Event, Quotation and NewsArticle in JSON-LD."""

import json
from collections.abc import Iterator
from typing import IO, Any

from verbale.exchange.selection import Selection, document_iri, headline, iri
from verbale.record.engagements import EngagementEntry
from verbale.record.extract import Extract
from verbale.record.lookup import party_label
from verbale.vocabulary import countries

CONTEXT = "https://schema.org"
"""The context of schema.org."""


def write(selection: Selection, out: IO[bytes]) -> None:
    """Write one graph: a NewsArticle for every document with its quotations, and an Event for every engagement."""
    out.write(b'{"@context": "' + CONTEXT.encode() + b'", "@graph": [')
    first = True
    for thing in things(selection):
        out.write((b"\n" if first else b",\n") + json.dumps(thing, ensure_ascii=False).encode("utf-8", "replace"))
        first = False
    out.write(b"\n]}\n")


def things(selection: Selection) -> Iterator[dict[str, Any]]:
    """Give the events, articles and quotations."""
    for entry in selection.engagements():
        yield _event(entry)
    for x in selection.documents():
        yield _article(x)
        yield from _quotations(x)


def _event(e: EngagementEntry) -> dict[str, Any]:
    people = [
        {"@type": "Person", "@id": iri("person", p.key), "name": p.name, "jobTitle": p.office} for p in e.people
    ]  # fmt: skip
    found: dict[str, Any] = {
        "@type": "Event",
        "@id": iri("engagement", e.key),
        "name": headline(e),
        "additionalType": iri("kind", e.kind),
        "startDate": e.day,
        "attendee": [*(_party(p) for p in e.parties), *(_filled(p) for p in people)],
        "about": [{"@type": "DefinedTerm", "@id": iri("concept", s.concept), "name": s.label} for s in e.subjects],
        "subjectOf": [{"@id": document_iri(s.document)} for s in e.sources],
    }
    if e.place:
        found["location"] = {"@type": "Place", "name": e.place}
    if e.series:
        found["superEvent"] = {"@type": "EventSeries", "@id": iri("series", e.series_key or e.key), "name": e.series}
    return _filled(found)


def _article(x: Extract) -> dict[str, Any]:
    d = x.reading.document
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": document_iri(d.id),
            "headline": d.title,
            "datePublished": d.published,
            "publisher": {"@type": "Organization", "name": d.publisher} if d.publisher else None,
            "url": d.url,
            "inLanguage": d.language,
            "about": [{"@id": iri("engagement", key)} for key in dict.fromkeys(x.engagements)],
        }
    )


def _quotations(x: Extract) -> Iterator[dict[str, Any]]:
    """Give what was said between quotation marks; what is only reported is no quotation."""
    d = x.reading.document
    for key, person, s in zip(x.statements, x.speakers, x.reading.statements, strict=True):
        if s.mode != "direct" or s.negated:
            continue
        speaker = {"@type": "Person" if person else "Organization", "name": s.speaker.name, "jobTitle": s.speaker.office}
        if person:
            speaker["@id"] = iri("person", person)
        yield _filled(
            {
                "@type": "Quotation",
                "@id": iri("finding", key),
                "text": " […] ".join(c.exact(d.text) for c in s.content),
                "spokenByCharacter": _filled(speaker),
                "isPartOf": {"@id": document_iri(d.id)},
                "citation": d.url,
            }
        )


def _party(code: str) -> dict[str, Any]:
    kind = "Country" if code in countries() else "Organization"
    return {"@type": kind, "@id": iri("party", code), "name": party_label(code), "identifier": code}


def _filled(thing: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in thing.items() if v not in (None, "", [])}
