"""A document: its text with the findings marked in layers, and each finding with its confidence, its engagement and its decisions."""

from typing import Annotated, Any

from fastapi import Query

from verbale.document import Span
from verbale.page.marks import marks
from verbale.record.sheet import FindingEntry, Sheet
from verbale.service.marked import layers, paragraphs
from verbale.service.pages.asking import At
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

Place = Annotated[str, Query(alias="at", pattern=r"^(\d{1,8}-\d{1,8})?$", description="Characters of the text: from-to.")]


@page(router, "/document/{id}", "document.html")
def document(at: At, id: str, place: Place = "") -> Found:
    """Find a document by its id, the beginning of its id, or its title; `at` is a place in its text that is lit up."""
    sheet = at.record.sheet(id)
    start, _, end = place.partition("-")
    lit = Span(int(start), int(end)) if place and int(start) < int(end) <= len(sheet.reading.document.text) else None
    found = marks(sheet.reading)
    plain = sheet.reading.to_dict()
    return {
        "title": sheet.reading.document.title or "Untitled document",
        "reading": plain,
        "findings": sheet.findings,
        "rejected": sheet.rejected,
        "page_only": {
            "sheet": sheet,
            "reading": sheet.reading,
            "document": sheet.reading.document,
            "text": sheet.reading.document.text,
            "layers": layers(found),
            "paragraphs": list(paragraphs(sheet.reading, found, lit)),
            "entry": by_place(sheet),
        },
    }


def by_place(sheet: Sheet) -> dict[str, FindingEntry]:
    """Return the findings by their identifier on the page: `domain-2` is the second domain."""
    made: dict[str, Any] = {f"{f.kind}-{f.number}": f for f in sheet.findings}
    return made
