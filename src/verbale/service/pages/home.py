"""Home: search first, the newest engagements, and what is new in the latest month of the record."""

from datetime import date, timedelta

from verbale.service.charts import by_month
from verbale.service.pages.asking import At
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

_NEWEST, _COMING, _MONTHS = 8, 5, 36
_AHEAD = 550  # days ahead of the record that an announcement can lie and be news


@page(router, "/", "home.html", twin="/index.json")
def home(at: At) -> Found:
    """Find what the home page shows."""
    r = at.record
    coverage = r.coverage()
    last = coverage.last or at.today().isoformat()
    day = date.fromisoformat(last)
    months = _months_until(day, _MONTHS)
    newest, _ = r.engagements(until=last, limit=_NEWEST)
    soon, late = (day + timedelta(days=1)).isoformat(), (day + timedelta(days=_AHEAD)).isoformat()
    coming, _ = r.engagements(since=soon, until=late, limit=_COMING, latest=False)
    firsts = r.firsts(last[:7], last[:7])
    return {
        "title": "The record of talks between governments",
        "coverage": coverage,
        "newest": newest,
        "coming": coming,
        "month": last[:7],
        "firsts": firsts,
        "stats": r.stats(),
        "charts": {"months": by_month(r.days(since=months[0], until=last), months)},
        "page_only": {"months": months, "by_month": _by_month(r.days(since=months[0], until=last), months)},
    }


def _months_until(day: date, n: int) -> list[str]:
    count = day.year * 12 + day.month - 1
    return [f"{m // 12:04}-{m % 12 + 1:02}" for m in range(count - n + 1, count + 1)]


def _by_month(days: dict[str, int], months: list[str]) -> dict[str, int]:
    return {m: sum(n for d, n in days.items() if d[:7] == m) for m in months}
