"""An engagement: who met, what about, what is new, what each side said and promised, and its accounts compared."""

from verbale.record.engagements import EngagementEntry
from verbale.record.lookup import party_label
from verbale.service.pages.asking import At
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

_MOST_STATEMENTS = 60


@page(router, "/engagement/{key}", "engagement.html")
def engagement(at: At, key: str) -> Found:
    """Find an engagement by its key."""
    meeting = at.record.meeting(key, as_of=at.today())
    e = meeting.engagement
    accounts = list(at.record.accounts(e.key)) if len(e.sources) > 1 else []
    two = len(e.parties) == 2
    news = {row.concept: row for row in at.ledger(e.parties) if row.engagement == e.key} if two else {}
    sides: dict[str, list[object]] = {}
    for s in meeting.statements[:_MOST_STATEMENTS]:
        sides.setdefault(s.party or "", []).append(s)
    return {
        "title": name_of(e),
        "engagement": e,
        "news": list(news.values()),
        "statements": meeting.statements,
        "promises": meeting.promises,
        "accounts": accounts,
        "page_only": {
            "e": e,
            "by_concept": news,
            "dropped": [row for row in news.values() if row.news == "dropped"],
            "sides": dict(sorted(sides.items(), key=lambda x: (x[0] not in e.parties, x[0]))),
            "more": max(0, len(meeting.statements) - _MOST_STATEMENTS),
            "differ": [row for row in accounts if row.missing or not row.agree],
        },
    }


def name_of(e: EngagementEntry) -> str:
    """Return how people call an engagement: its series, or its kind with who took part."""
    if e.series:
        return e.series
    names = [party_label(p) for p in e.parties[:4]]
    more = f" and {len(e.parties) - 4} more" if len(e.parties) > 4 else ""
    return f"{e.kind.capitalize()}: {', '.join(names)}{more}" if names else e.kind.capitalize()
