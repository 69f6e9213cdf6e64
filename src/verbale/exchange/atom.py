"""An Atom feed of engagements for readers of news: the newest first, each with what is new in it (RFC 4287)."""

from datetime import UTC, datetime, time
from typing import IO
from urllib.parse import quote
from xml.etree import ElementTree as ET

import verbale
from verbale.exchange.selection import Selection, headline, iri
from verbale.record.engagements import EngagementEntry
from verbale.record.ledger import LedgerRow
from verbale.record.likeness import period
from verbale.record.lookup import party_label

_NS = "http://www.w3.org/2005/Atom"
_LATEST = 100  # entries of a feed
_SEARCHED = 10_000  # documents that a query is answered with
_UNKNOWN = "1970-01-01"


def write(selection: Selection, out: IO[bytes]) -> None:
    """Write a feed of the latest engagements as first reported, those in documents that answer the query where there is one."""
    entries = selection.engagements()
    if selection.query.strip():
        hits = selection.record.search(selection.query, limit=_SEARCHED, parties=selection.parties, since=selection.since)
        found = {hit.source.document for hit in hits}
        entries = [e for e in entries if any(s.document in found for s in e.sources)]
    entries = sorted(entries, key=lambda e: (e.reported or _UNKNOWN, e.key), reverse=True)[:_LATEST]
    news: dict[str, list[LedgerRow]] = {}
    if selection.parties:
        for row in selection.record.ledger(selection.parties):
            news.setdefault(row.engagement, []).append(row)
    out.write(feed(selection, entries, news))


def feed(selection: Selection, entries: list[EngagementEntry], news: dict[str, list[LedgerRow]]) -> bytes:
    """Return the feed of these engagements; `news` holds the rows of the ledger by engagement."""
    ET.register_namespace("", _NS)
    root = ET.Element(f"{{{_NS}}}feed", {"xml:lang": "en"})
    between = " and ".join(party_label(p) for p in selection.parties)
    _put(root, "title", "Talks" + (f" between {between}" if between else "") + (f": {selection.query}" if selection.query else ""))
    _put(root, "id", f"urn:verbale:feed:{'-'.join(selection.parties) or 'all'}{':' + quote(selection.query) if selection.query else ''}")
    _put(root, "updated", _moment(entries[0].reported if entries else None))
    _put(root, "generator", "verbale", version=verbale.__version__)
    author = ET.SubElement(root, f"{{{_NS}}}author")
    _put(author, "name", "verbale")
    for entry in entries:
        _entry(root, entry, news.get(entry.key, []))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode("utf-8", "replace")


def _entry(root: ET.Element, e: EngagementEntry, news: list[LedgerRow]) -> None:
    entry = ET.SubElement(root, f"{{{_NS}}}entry")
    _put(entry, "id", iri("engagement", e.key))
    _put(entry, "title", headline(e))
    _put(entry, "updated", _moment(e.reported))
    _put(entry, "published", _moment(e.reported))
    for s in e.sources:
        if s.url and s.url.startswith(("http://", "https://")):
            _put(entry, "link", None, rel="alternate" if s is e.sources[0] else "related", href=s.url, title=s.title)
    for subject in e.subjects:
        _put(entry, "category", None, term=subject.concept, label=subject.label)
    lines = [f"{e.kind.capitalize()}, {e.status}" + (f", {e.day}" if e.day else "") + (f", {e.place}" if e.place else "") + "."]
    for label, kind in (("New", "new"), ("Resumed", "resumed"), ("Moved", "moved"), ("Dropped", "dropped")):
        rows = [r for r in news if r.news == kind]
        if rows:
            lines.append(f"{label}: {', '.join(r.label for r in rows)}.")
    _put(entry, "summary", " ".join(lines), type="text")


def _put(parent: ET.Element, name: str, text: str | None, **attributes: str) -> None:
    element = ET.SubElement(parent, f"{{{_NS}}}{name}", {k: _clean(v) for k, v in attributes.items()})
    if text is not None:
        element.text = _clean(text)


def _clean(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return "".join(c for c in text if c >= " " or c in "\t\n")


def _moment(day: str | None) -> str:
    found = period(day) if day else None
    at = datetime.combine(found[0], time(), UTC) if found else datetime(1970, 1, 1, tzinfo=UTC)
    return at.isoformat().replace("+00:00", "Z")
