"""Firsts: domains that came up between two parties for the first time in this record, within a period."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, func, select

from verbale.record import tables as t
from verbale.record.decisions import standing
from verbale.record.keys import shown
from verbale.record.likeness import bounds

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class First:
    """That two parties, alone with one another, had a domain as a subject for the first time in this record."""

    parties: tuple[str, str]
    concept: str
    label: str
    stage: str | None
    day: str
    engagement: str


def firsts(connection: Connection, since: str, until: str) -> list[First]:
    """Return the domains that first came up between two parties in a period, the latest first.

    Raises:
        QueryError: `since` or `until` is no date.
    """
    low, high = bounds(since, until)
    rows = list(_domains(connection, [_day() >= low, _day() <= high]))
    parties = _parties(connection, {r.id for r in rows})
    found: dict[tuple[str, ...], Any] = {}
    for row in sorted(rows, key=lambda r: (r.day, r.cluster)):
        if len(parties[row.id]) == 2:
            found.setdefault((*sorted(parties[row.id]), row.concept), row)
    wanted = {p for key in found for p in key[:2]} - _everywhere(found)
    together = select(t.EngagementPartyRow.engagement).where(t.EngagementPartyRow.party.in_(sorted(wanted)))
    before = list(_domains(connection, [_day() < low, t.EngagementRow.id.in_(together)]))
    parties = _parties(connection, {r.id for r in before})
    known = {(a, b, r.concept) for r in before for a, b in combinations(sorted(parties[r.id]), 2)}
    fresh = sorted((key for key in found if key not in known), key=lambda k: (found[k].day, found[k].cluster, k), reverse=True)
    return [First((k[0], k[1]), k[2], found[k].label, found[k].stage, found[k].day, shown(found[k].cluster)) for k in fresh]


def _day() -> Any:
    return func.coalesce(t.EngagementRow.day, t.DocumentRow.day)


def _everywhere(found: Iterable[tuple[str, ...]]) -> set[str]:
    """Return the party that is one of every pair, if there is one: the other of the pair finds the engagement."""
    pairs = [set(key[:2]) for key in found]
    common = set.intersection(*pairs) if pairs else set()
    return common if len(common) == 1 else set()


def _domains(connection: Connection, conditions: Iterable[Any]) -> Iterable[Any]:
    """Give the domains of the engagements that meet all conditions."""
    e, d, c, s = t.EngagementRow, t.DocumentRow, t.ConceptRow, t.SubjectRow
    return connection.execute(
        select(e.id, e.cluster, _day().label("day"), c.concept, c.label, c.stage)
        .join(d, d.n == e.document)
        .join(s, s.engagement == e.id)
        .join(c, c.id == s.concept)
        .where(standing(e), standing(c), c.kind == "domain", *conditions)
    )


def _parties(connection: Connection, engagements: set[int]) -> dict[int, set[str]]:
    p = t.EngagementPartyRow
    found: dict[int, set[str]] = defaultdict(set)
    wanted = sorted(engagements)
    for i in range(0, len(wanted), _AT_ONCE):
        for key, party in connection.execute(select(p.engagement, p.party).where(p.engagement.in_(wanted[i : i + _AT_ONCE]))):
            found[key].add(party)
    return found
