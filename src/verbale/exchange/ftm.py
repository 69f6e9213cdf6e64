"""The record as FollowTheMoney entities, one a line of JSON, as Aleph loads them."""

import json
from collections.abc import Iterator
from typing import IO, Any

from followthemoney import model, registry

from verbale.exchange.selection import Selection, headline
from verbale.record.engagements import EngagementEntry
from verbale.record.extract import Extract
from verbale.record.lookup import party_label
from verbale.vocabulary import countries


def write(selection: Selection, out: IO[bytes]) -> None:
    """Write articles, people, parties, events with those involved, and a mention for every speaker.

    A country is a PublicBody, an organisation an Organization; an engagement is an Event that points at its articles as proof. FtM
    has no place for stages, stances and spans: export annotations for these.
    """
    for entity in entities(selection):
        out.write(json.dumps(entity.to_dict(), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace") + b"\n")


def entities(selection: Selection) -> Iterator[Any]:
    """Give the entities: articles first, then those whom they name, then events."""
    people: dict[str, Any] = {}
    parties: dict[str, Any] = {}
    held = set()
    for x in selection.documents():
        held.add(x.reading.document.id)
        yield _article(x)
        yield from _mentions(x, people, parties)
    events = [_event(entry, people, parties, held) for entry in selection.engagements()]
    for key in sorted(people):
        yield people[key]
    for key in sorted(parties):
        yield parties[key]
    yield from events


def _entity(schema: str, *key: str) -> Any:
    entity = model.make_entity(schema)
    entity.make_id("verbale", *key)
    return entity


def _article(x: Extract) -> Any:
    d = x.reading.document
    entity = _entity("Article", "document", d.id)
    entity.add("title", d.title or "Untitled")
    entity.add("fileName", f"{d.id[:16]}.txt")
    entity.add("publishedAt", d.published_on.isoformat() if d.published_on else None)
    entity.add("sourceUrl", d.url)
    entity.add("publisher", d.publisher)
    entity.add("language", d.language)
    entity.add("bodyText", d.text[: registry.text.max_length])  # FtM takes no longer text; the document itself is at its address
    return entity


def _mentions(x: Extract, people: dict[str, Any], parties: dict[str, Any]) -> Iterator[Any]:
    seen = set()
    for person, s in zip(x.speakers, x.reading.statements, strict=True):
        if person is None:
            continue
        resolved = _person(people, person, s.speaker.name, s.speaker.office, s.speaker.party)
        if s.speaker.party:
            _party(parties, s.speaker.party)
        if (person, s.speaker.name) not in seen:
            seen.add((person, s.speaker.name))
            entity = _entity("Mention", "mention", x.reading.document.id, person, s.speaker.name)
            entity.add("document", _entity("Article", "document", x.reading.document.id).id)
            entity.add("resolved", resolved.id)
            entity.add("name", s.speaker.name)
            entity.add("detectedSchema", "Person")
            yield entity


def _person(people: dict[str, Any], key: str, name: str, office: str | None, party: str | None) -> Any:
    if key not in people:
        people[key] = _entity("Person", "person", key)
    entity = people[key]
    entity.add("name", name)
    entity.add("position", office)
    if party in countries():
        entity.add("country", party.lower() if party else None)
    return entity


def _party(parties: dict[str, Any], code: str) -> Any:
    if code not in parties:
        country = code in countries()
        entity = parties[code] = _entity("PublicBody" if country else "Organization", "party", code)
        entity.add("name", f"Government of {party_label(code)}" if country else party_label(code))
        entity.add("country", code.lower() if country else None)
    return parties[code]


def _event(e: EngagementEntry, people: dict[str, Any], parties: dict[str, Any], held: set[str]) -> Any:
    entity = _entity("Event", "engagement", e.key)
    entity.add("name", headline(e) + (f", {e.day}" if e.day else ""))
    for day in e.days:
        entity.add("date", day)
    entity.add("location", e.place)
    entity.add("recordId", e.key)
    entity.add("keywords", [s.label for s in e.subjects])
    for party in e.parties:
        entity.add("involved", _party(parties, party).id)
    for p in e.people:
        entity.add("involved", _person(people, p.key, p.name, p.office, p.party).id)
    for s in e.sources:
        if s.document in held:
            entity.add("proof", _entity("Article", "document", s.document).id)
        entity.add("sourceUrl", s.url)
        entity.add("publisher", s.publisher)
    return entity
