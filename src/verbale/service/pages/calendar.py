"""The calendar: the engagements of a month, day by day."""

from calendar import Calendar
from collections import defaultdict
from datetime import date
from typing import Annotated

from fastapi import Query

from verbale.record.engagements import EngagementEntry
from verbale.service.pages.asking import At
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

_MOST = 400
_MONDAY_FIRST = Calendar(0)


@page(router, "/calendar", "calendar.html")
def calendar(
    at: At,
    month: Annotated[str, Query(pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")] = "",
    party: Annotated[str, Query(max_length=100)] = "",
) -> Found:
    """Find the engagements of a month, by default the last of the record."""
    coverage = at.record.coverage()
    month = month or (coverage.last or at.today().isoformat())[:7]
    codes = at.record.party_codes([party]) if party.strip() else ()
    found, total = at.record.engagements(codes, since=month, until=month, limit=_MOST)
    days: dict[str, list[EngagementEntry]] = defaultdict(list)
    for e in reversed(found):
        days[(e.day or e.reported or "")[:10]].append(e)
    year, number = int(month[:4]), int(month[5:])
    by_month: dict[str, int] = defaultdict(int)
    for day, n in at.record.days(codes, since=month[:4], until=month[:4]).items():
        by_month[day[:7]] += n
    return {
        "title": f"Calendar: {date(max(1, year), number, 1):%B %Y}",
        "month": month,
        "days": dict(days),
        "total": total,
        "page_only": {
            "party": codes[0] if codes else "",
            "weeks": _MONDAY_FIRST.monthdatescalendar(max(1, year), number),
            "loose": [e for day, entries in days.items() if len(day) < 10 or day[:7] != month for e in entries],
            "before": _shift(month, -1),
            "after": _shift(month, 1),
            "by_month": by_month,
            "year": month[:4],
        },
    }


def _shift(month: str, by: int) -> str:
    n = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{n // 12:04}-{n % 12 + 1:02}"
