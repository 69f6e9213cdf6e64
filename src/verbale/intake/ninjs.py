"""News items in IPTC ninjs, versions 1 and 2."""

from collections.abc import Iterator, Mapping
from typing import Any

from verbale.document import Document
from verbale.intake.composing import compose, empty, first_text, web_address
from verbale.intake.limits import Limits
from verbale.intake.markup import fragment_text
from verbale.intake.timestamps import iso_timestamp

_MARKS = frozenset(("body_text", "body_xhtml", "body_html", "bodies", "headlines", "versioncreated"))
_STAMPS = ("versioncreated", "firstcreated", "contentcreated")


def is_ninjs(item: Mapping[str, Any]) -> bool:
    """Tell whether a JSON object is a ninjs item, by the fields that only ninjs has."""
    return not _MARKS.isdisjoint(item)


def read_ninjs(item: Mapping[str, Any], name: str, limits: Limits) -> Document:
    """Make a document of a ninjs item; the main headline, the plain body before the marked-up one, and the version's own time.

    Source: IPTC ninjs 1.5 and 2.1 (https://iptc.org/standards/ninjs/).

    Raises:
        IntakeError: the item has no body, or too much text.
    """
    body = next(_bodies(item, name), None)
    if body is None:
        raise empty(name)
    return compose(
        first_text([_main(item.get("headlines")), item.get("headline"), item.get("title")]) or "",
        body,
        name=name,
        limits=limits,
        kind="ninjs",
        published=next((s for s in (iso_timestamp(item.get(key)) for key in _STAMPS) if s), None),
        url=next((a for a in map(web_address, _addresses(item)) if a), None),
        publisher=first_text(_providers(item)),
        language=first_text([item.get("language")]),
    )


def _bodies(item: Mapping[str, Any], name: str) -> Iterator[str]:
    """Yield the item's bodies as plain text, the best form first."""
    texts = [b for b in _objects(item.get("bodies")) if isinstance(b.get("value"), str) and b["value"].strip()]
    texts.sort(key=lambda b: (b.get("role") not in (None, "main", "body"), _is_markup(b)))
    plain = first_text([item.get("body_text")])
    if plain:
        yield plain
    for body in texts:
        yield fragment_text(body["value"], name) if _is_markup(body) else body["value"]
    for key in ("body_xhtml", "body_html"):
        marked = first_text([item.get(key)])
        if marked:
            yield fragment_text(marked, name)


def _is_markup(body: Mapping[str, Any]) -> bool:
    kind = body.get("contenttype") or body.get("contentType") or ""
    return "html" in kind.lower() if isinstance(kind, str) and kind else body["value"].lstrip().startswith("<")


def _main(headlines: object) -> str | None:
    found = list(_objects(headlines))
    found.sort(key=lambda h: h.get("role") not in (None, "main"))
    return first_text(h.get("value") for h in found)


def _addresses(item: Mapping[str, Any]) -> Iterator[object]:
    yield item.get("canonical_url")
    yield item.get("uri")
    for link in (*_objects(item.get("links")), *_objects(item.get("altids"))):
        yield link.get("href") or link.get("value")


def _providers(item: Mapping[str, Any]) -> Iterator[object]:
    """Yield names of who provides the item; in version 2 the publisher stands among several roles."""
    sources = [*_objects(item.get("infosources")), *_objects(item.get("infosource"))]
    sources.sort(key=lambda s: s.get("role") not in ("publisher", "provider"))
    provider = item.get("provider")
    yield from (provider.get("name"), provider.get("literal")) if isinstance(provider, Mapping) else (provider,)
    for source in sources:
        yield first_text([source.get("name"), source.get("literal")])
    yield item.get("copyrightholder")


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list, or the one object that stands in its place."""
    if isinstance(value, Mapping):
        yield value
    elif isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, Mapping))
