"""Who met whom: for every engagement of the record a row for each two of its parties."""

from collections import defaultdict
from collections.abc import Collection
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from verbale.record import tables as t
from verbale.record.decisions import standing
from verbale.record.judgements import parts


def renew_meetings(connection: Connection, clusters: Collection[int]) -> None:
    """Write the meetings of engagements of the record anew."""
    e, p, m = t.EngagementRow, t.EngagementPartyRow, t.MeetingRow
    for part in parts(clusters):
        connection.execute(delete(m).where(m.cluster.in_(part)))
        reports: dict[int, list[Any]] = defaultdict(list)
        query = select(e.id, e.cluster, e.day, e.level, e.kind, e.status).where(e.cluster.in_(part), standing(e))
        for r in connection.execute(query):
            reports[r.cluster].append(r)
        parties: dict[int, set[str]] = defaultdict(set)
        for party, cluster in connection.execute(
            select(p.party, e.cluster).join(e, e.id == p.engagement).where(e.cluster.in_(part), standing(e))
        ):
            parties[cluster].add(party)
        rows = [
            {"a": a, "b": b, **_values(cluster, found)}
            for cluster, found in sorted(reports.items())
            for a, b in combinations(sorted(parties[cluster]), 2)
        ]
        if rows:
            connection.execute(insert(m), rows)


def _values(cluster: int, reports: list[Any]) -> dict[str, Any]:
    days = [r.day for r in reports if r.day]
    held = [r for r in reports if r.status != "planned"]
    return {
        "cluster": cluster,
        "first": min(days, default=""),
        "last": max(days, default=""),
        "level": max((r.level for r in held or reports if r.level is not None), default=None),
        "kind": min(r.kind for r in held or reports),
        "held": bool(held),
    }
