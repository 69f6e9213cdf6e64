"""Who meets whom, how often, and at what level."""

from collections import Counter
from typing import Annotated, Any

from fastapi import Query

from verbale.service import charts
from verbale.service.pages.asking import At, Day
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

_SHOWN = 60


@page(router, "/network", "network.html")
def network(at: At, party: Annotated[str, Query(max_length=100)] = "", since: Day = "", until: Day = "") -> Found:
    """Find who met whom, of all or of one party."""
    codes = at.record.party_codes([party]) if party.strip() else ()
    counts = list(at.record.network(codes, since=since or None, until=until or None))
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for c in counts:
        pair = found.setdefault(c.parties, {"parties": c.parties, "engagements": 0, "levels": Counter(), "years": []})
        pair["engagements"] += c.engagements
        pair["levels"].update(c.levels)
        if c.year.isdigit():
            pair["years"].append(c.year)
    pairs = sorted(found.values(), key=lambda p: (-p["engagements"], p["parties"]))
    return {
        "title": "Who meets whom",
        "pairs": pairs[:_SHOWN],
        "of": len(pairs),
        "charts": {"network": charts.network(counts)} if counts else {},
        "page_only": {"party": codes[0] if codes else "", "since": since, "until": until},
    }
