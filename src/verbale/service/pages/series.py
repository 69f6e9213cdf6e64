"""Series: the recurring mechanisms of the record, and one with its editions."""

from itertools import pairwise

from verbale.service.pages.asking import At
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

_EDITIONS = 100


@page(router, "/series", "series_list.html")
def series_list(at: At) -> Found:
    """List the series of the record."""
    return {"title": "Series", "series": at.record.series()}


@page(router, "/series/{key}", "series.html")
def series(at: At, key: str) -> Found:
    """Find a series by the key of any form of its name, with its editions."""
    [entry] = at.record.series(key)
    editions, _ = at.record.engagements(series=entry.key, limit=_EDITIONS)
    brought: dict[str, list[str]] = {}
    for after, before in pairwise([*editions, None]):
        if after is not None:
            earlier = {s.concept for s in before.subjects} if before else set()
            brought[after.key] = [s.label for s in after.subjects if before and s.concept not in earlier]
    return {"title": entry.name, "series": entry, "editions": editions, "brought": brought}
