"""Search with facets."""

from typing import Annotated, Any

from fastapi import Query

from verbale.service.pages.asking import At, Day, PageNumber, Part, offset
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

_SIZE = 15
Words = Annotated[str, Query(max_length=500)]
Name = Annotated[str, Query(max_length=200)]
Names = Annotated[list[str], Query(max_length=20)]


@page(router, "/search", "search.html")
def search(
    at: At,
    q: Words = "",
    party: Names = [],
    about: Names = [],
    person: Name = "",
    stage: Name = "",
    kind: Name = "",
    publisher: Name = "",
    since: Day = "",
    until: Day = "",
    number: PageNumber = 1,
) -> Found:
    """Find the documents that answer a query, and how they are spread."""
    asked: dict[str, Any] = {
        "parties": [p for p in party if p.strip()],
        "concepts": [a for a in about if a.strip()],
        "person": person or None,
        "stage": stage or None,
        "kind": kind or None,
        "publisher": publisher or None,
        "since": since or None,
        "until": until or None,
    }
    hits = at.record.search(q, limit=_SIZE, offset=offset(number, _SIZE), **asked)
    return {
        "title": f"Search: {q}" if q else "Search",
        "q": q,
        "asked": asked,
        "hits": list(hits),
        "part": Part(number, at.record.count(q, **asked), _SIZE),
        "facets": at.record.facets(q, **asked),
        "coverage": hits.coverage,
    }
