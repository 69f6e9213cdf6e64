"""Between two or more parties: timeline, domains by time and stage, situations, promises, who meets whom, drift of wording."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any

from fastapi import Query, Response

from verbale.errors import QueryError
from verbale.record.engagements import EngagementEntry
from verbale.record.ledger import LedgerRow
from verbale.record.likeness import bounds
from verbale.record.lookup import party_label
from verbale.service.charts import heat_map, heat_rows, over_time
from verbale.service.desk import Desk
from verbale.service.pages.asking import At, Day, PageNumber, Part, part
from verbale.service.rendering import Found, between, page, pages_router

router = pages_router()

_MOST_PARTIES = 8
_DRIFTS = 3  # the last joint texts that are compared


@page(router, "/between", "between.html")
def choose(at: At, party: Annotated[list[str], Query(max_length=_MOST_PARTIES)] = []) -> Found | Response:
    """Lead to the page of the parties that a form names, or show whom the record knows."""
    named = [p for p in party if p.strip()]
    if named:
        return Response(status_code=303, headers={"location": between(at.record.party_codes(named))})
    return {"title": "Countries and groups", "parties": at.record.facets().parties, "pairs": _frequent(at)}


def _frequent(at: Desk) -> list[tuple[tuple[str, str], int]]:
    counted: Counter[tuple[str, str]] = Counter()
    for row in at.record.network():
        counted[row.parties] += row.engagements
    return sorted(counted.items(), key=lambda x: (-x[1], x[0]))[:40]


@page(router, "/between/{parties:path}", "pair.html")
def pair(at: At, parties: str, since: Day = "", until: Day = "", number: PageNumber = 1) -> Found | Response:
    """Find what happened between parties, given by code or name."""
    named = [p for p in parties.split("/") if p.strip()]
    if not 1 <= len(named) <= _MOST_PARTIES:
        raise QueryError(f"name one to {_MOST_PARTIES} countries or organisations, as in /between/IN/US")
    codes = at.record.party_codes(named)
    if list(codes) != named:
        return Response(status_code=303, headers={"location": between(codes)})
    entries = list(at.record.timeline(codes, since=since or None, until=until or None))
    ledger = [row for row in at.ledger(codes) if _within(row, since, until)]
    board = at.record.board("open", parties=codes, as_of=at.today(), limit=8)
    heat = heat_rows(ledger)
    entries.reverse()
    return {
        "title": " – ".join(party_label(c) for c in codes),
        "parties": codes,
        "timeline": part(entries, number),
        "part": Part(number, len(entries)),
        "news": _latest_news(ledger),
        "domains": heat,
        "situations": _situations(ledger),
        "promises": board.promises,
        "promise_counts": board.counts,
        "people": _people(entries, codes),
        "drift": _drift(at, entries),
        "charts": {"timeline": over_time(entries), "domains": heat_map(heat)} if entries else {},
        "page_only": {"since": since, "until": until, "grid": _grid(heat)},
    }


def _within(row: LedgerRow, since: str, until: str) -> bool:
    low, high = bounds(since or None, until or None)
    return (low is None or (row.day or "") >= low[: len(row.day or "")]) and (high is None or (row.day or "9") <= high)


def _latest_news(ledger: Sequence[LedgerRow]) -> list[LedgerRow]:
    """Return the domains that were new or resumed, the latest first."""
    found = [row for row in ledger if row.news in ("new", "resumed") and row.kind == "domain"]
    return sorted(found, key=lambda r: r.day or "", reverse=True)[:10]


def _situations(ledger: Sequence[LedgerRow]) -> list[dict[str, Any]]:
    """Return the regions and situations, with how often and when last."""
    found: dict[str, dict[str, Any]] = {}
    for row in ledger:
        if row.kind != "domain" and row.news != "dropped":
            entry = found.setdefault(
                row.concept, {"concept": row.concept, "label": row.label, "times": 0, "last": None, "engagement": None}
            )
            entry["times"] += 1
            entry["last"], entry["engagement"] = row.day or entry["last"], row.engagement
    return sorted(found.values(), key=lambda x: (-x["times"], x["label"]))[:15]


def _people(entries: Sequence[EngagementEntry], codes: Sequence[str]) -> list[dict[str, Any]]:
    """Return who took part for these parties, and how often."""
    found: dict[str, dict[str, Any]] = {}
    for e in entries:
        for p in e.people:
            if p.party in codes:
                known = found.setdefault(
                    p.key, {"key": p.key, "name": p.name, "office": p.office, "party": p.party, "times": 0, "last": None}
                )
                known["times"] += 1
                known["last"] = max(known["last"] or "", e.day or e.reported or "") or None
    return sorted(found.values(), key=lambda x: (-x["times"], x["name"]))[:20]


def _grid(heat: Sequence[dict[str, Any]]) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Return the heat map as a table: its periods, and the cells of each domain by period."""
    rows: dict[str, dict[str, Any]] = {}
    for cell in heat:
        rows.setdefault(cell["domain"], {})[cell["period"]] = cell
    return sorted({cell["period"] for cell in heat}), rows


def _drift(at: Desk, entries: Sequence[EngagementEntry]) -> list[dict[str, Any]]:
    """Return what changed from one joint text to the next, the latest first."""
    texts = {s.document: s for e in entries for s in e.sources if "joint" in s.title.lower() and "statement" in s.title.lower()}
    ordered = sorted(texts.values(), key=lambda s: (s.day or "", s.document))[-_DRIFTS - 1 :]
    found = []
    for before, after in pairwise(ordered):
        compared = at.record.compare(before.document, after.document)
        shifts = [s for p in compared.pairs for s in p.shifts]
        found.append(
            {
                "before": before,
                "after": after,
                "hardened": [f"{s.before} → {s.after}" for s in shifts if s.shift == "hardened"],
                "softened": [f"{s.before} → {s.after}" for s in shifts if s.shift == "softened"],
                "added": [c.label for c in compared.concepts if c.change == "added"],
                "dropped": [c.label for c in compared.concepts if c.change == "dropped"],
            }
        )
    return list(reversed(found))
