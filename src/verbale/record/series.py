"""The series of the record: recurring mechanisms with how many editions are known, and from when to when."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from verbale.errors import UnknownNameError
from verbale.record import tables as t
from verbale.record.decisions import standing
from verbale.record.keys import key_range, shown


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """A series: its usual name and other names, who takes part, and how many engagements of it are known, from when to when."""

    key: str
    name: str
    names: tuple[str, ...]
    parties: tuple[str, ...]
    engagements: int
    first: str | None
    last: str | None


def series(connection: Connection, clusters: Sequence[int] = ()) -> list[SeriesEntry]:
    """Return the series of the record, those with most engagements first; `clusters`: only these."""
    f, e, d = t.SeriesForm, t.EngagementRow, t.DocumentRow
    day = func.coalesce(e.day, d.day)
    query = (
        select(f.cluster, f.name, f.parties, e.cluster.label("engagement"), day.label("day"))
        .join(e, e.form == f.id)
        .join(d, d.n == e.document)
        .where(standing(e))
    )
    if clusters:
        query = query.where(f.cluster.in_(list(clusters)))
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query.order_by(f.cluster, f.id)):
        rows[row.cluster].append(row)
    return sorted((_entry(k, r) for k, r in rows.items()), key=lambda s: (-s.engagements, s.name, s.key))


def _entry(cluster: int, rows: Sequence[Any]) -> SeriesEntry:
    times = Counter(r.name for r in rows)
    names = sorted(times, key=lambda n: (-times[n], -len(n), n))
    days = sorted(r.day for r in rows if r.day)
    parties = tuple(sorted({p for r in rows for p in r.parties.split()}))
    engagements = len({r.engagement for r in rows})
    return SeriesEntry(
        shown(cluster), names[0], tuple(names[1:]), parties, engagements, days[0] if days else None, days[-1] if days else None
    )


def series_cluster(connection: Connection, written: str) -> int:
    """Return the cluster of a series from the key of any of its forms.

    Raises:
        UnknownNameError: there is none, or several begin so.
    """
    low, high = key_range(written.lower())
    f = t.SeriesForm
    found = sorted(set(connection.scalars(select(f.cluster).where(f.id.between(low, high)).limit(5))))
    if len(found) != 1:
        raise UnknownNameError(f"{'no series' if not found else 'more than one series begins with'} “{written}” in this record")
    return found[0]
