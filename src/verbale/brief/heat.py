"""How often something came up in each half-year or year."""

from collections import Counter

from verbale.brief.material import Material, note
from verbale.brief.model import HeatMap, Note, Section

_ROWS = 12
_HALVES = 8  # half-years up to which these are the columns; beyond, years are


def domains_over_time(material: Material) -> Section | None:
    """Return the section on the domains of all meetings."""
    seen: dict[str, list[tuple[str, Note]]] = {}
    for m in material.meetings:
        for report, domain in m.domains:
            seen.setdefault(domain.label, []).append((m.day, note(report.extract, domain.spans[:1])))
    return over_time(seen, "Domains over time", "Engagements in which a domain was a subject")


def over_time(seen: dict[str, list[tuple[str, Note]]], heading: str, title: str) -> Section | None:
    """Return a section with a heat map, or None where there is too little to see.

    Args:
        seen: for each row the days on which it came up, each with its note, the latest first.
        heading: of the section.
        title: of the map.
    """
    days = sorted(day for found in seen.values() for day, _ in found if day)
    if len(set(days)) < 3:
        return None
    periods = _periods(days[0], days[-1])
    counts = {row: Counter(_period(day, halves="H" in periods[0]) for day, _ in found) for row, found in seen.items()}
    rows = sorted(counts, key=lambda row: (-counts[row].total(), row))[:_ROWS]
    table = tuple(tuple(counts[row][p] for p in periods) for row in rows)
    return Section(heading, (HeatMap(title, tuple(rows), periods, table, tuple(seen[row][0][1] for row in rows)),))


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
