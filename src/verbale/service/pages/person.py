"""People: who is in the record, and one person with offices, engagements and statements."""

from typing import Annotated

from fastapi import Query

from verbale.service.pages.asking import At, PageNumber, Part, offset, part
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

_STATEMENTS = 15
_SIZE = 50


@page(router, "/people", "people.html")
def people(
    at: At, q: Annotated[str, Query(max_length=200)] = "", party: Annotated[str, Query(max_length=100)] = "", number: PageNumber = 1
) -> Found:
    """Find people by name or party, those seen most often first."""
    found = at.record.people(q or None, party=party or None)
    return {"title": "People", "q": q, "party": party, "people": part(found, number, _SIZE), "part": Part(number, len(found), _SIZE)}


@page(router, "/person/{key}", "person.html")
def person(at: At, key: str, number: PageNumber = 1) -> Found:
    """Find a person by the key of any form of the name."""
    entry = at.record.people(key)[0]
    engagements, total = at.record.engagements(person=entry.key, limit=_SIZE, offset=offset(number, _SIZE))
    return {
        "title": entry.name,
        "person": entry,
        "engagements": engagements,
        "part": Part(number, total, _SIZE),
        "statements": list(at.record.said(entry.key, limit=_STATEMENTS)),
        "judgements": at.record.why("person", entry.key),
    }
