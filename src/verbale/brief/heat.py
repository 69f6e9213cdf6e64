"""Domains over time: how often each came up in each half-year or year."""

from collections import Counter

from verbale.brief.material import Material, note
from verbale.brief.model import HeatMap, Note, Section

_ROWS = 12
_HALVES = 8  # half-years up to which these are the columns; beyond, years are


def domains_over_time(material: Material) -> Section | None:
    """Return the section, or None where fewer than three engagements name a domain."""
    days = [m.day for m in material.meetings if m.domains]
    if len(days) < 3:
        return None
    periods = _periods(min(days), max(days))
    counts: dict[str, Counter[str]] = {}
    last: dict[str, tuple[str, Note]] = {}
    for m in material.meetings:
        period = _period(m.day, halves="H" in periods[0])
        for report, domain in m.domains:
            counts.setdefault(domain.id, Counter())[period] += 1
            last.setdefault(domain.id, (domain.label, note(report.extract, domain.spans[:1])))
    rows = sorted(counts, key=lambda d: (-counts[d].total(), last[d][0]))[:_ROWS]
    table = tuple(tuple(counts[d][p] for p in periods) for d in rows)
    title = "Engagements in which a domain was a subject"
    return Section("Domains over time", (HeatMap(title, tuple(last[d][0] for d in rows), periods, table, tuple(last[d][1] for d in rows)),))


def _periods(first: str, last: str) -> tuple[str, ...]:
    years = range(int(first[:4]), int(last[:4]) + 1)
    if 2 * len(years) > _HALVES:
        return tuple(str(y) for y in years)
    halves = [f"{y} H{h}" for y in years for h in (1, 2)]
    return tuple(h for h in halves if _period(first, halves=True) <= h <= _period(last, halves=True))


def _period(day: str, *, halves: bool) -> str:
    if not halves:
        return day[:4]
    return f"{day[:4]} H{1 if day[5:7] <= '06' else 2}"
