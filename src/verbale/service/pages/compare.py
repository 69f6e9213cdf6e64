"""Two documents aligned: what was added, dropped, reworded, hardened and softened."""

from collections import Counter
from typing import Annotated

from fastapi import Query

from verbale.service.pages.asking import At
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

Given = Annotated[str, Query(max_length=2000, description="A document: id, address or title.")]


@page(router, "/compare", "compare.html")
def compare(at: At, before: Given = "", after: Given = "", same: bool = False) -> Found:
    """Compare two documents; without both, show the form alone."""
    if not (before.strip() and after.strip()):
        return {"title": "Compare two documents", "comparison": None, "page_only": {"before": before, "after": after, "same": same}}
    found = at.record.compare(before.strip(), after.strip())
    shifts = Counter(s.shift for p in found.pairs for s in p.shifts)
    return {
        "title": "Compare two documents",
        "comparison": found,
        "counts": {**Counter(p.change for p in found.pairs), **shifts},
        "page_only": {"before": found.before, "after": found.after, "same": same},
    }
