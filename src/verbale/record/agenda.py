"""Engagements of the record by filters, the latest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from verbale.record import tables as t
from verbale.record.decisions import standing
from verbale.record.engagements import EngagementEntry, clusters_between, load
from verbale.record.likeness import bounds


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which engagements: between all these parties, with one of these people, on this concept, of this series, in this time."""

    parties: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    concept: str | None = None
    series: int | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None


def engagements(connection: Connection, wanted: Wanted, *, limit: int, offset: int = 0, latest: bool = True) -> list[EngagementEntry]:
    """Return engagements by date, where none is known by the first day of publication; `latest`: the latest first.

    Raises:
        QueryError: `since` or `until` is no date.
    """
    e = t.EngagementRow
    day = func.max(_day())
    query = _reports(wanted).with_only_columns(e.cluster).group_by(e.cluster)
    order = (day.desc().nulls_last(), e.cluster) if latest else (day.nulls_last(), e.cluster)
    return load(connection, connection.scalars(query.order_by(*order).limit(limit).offset(offset)).all())


def count(connection: Connection, wanted: Wanted) -> int:
    """Return how many engagements there are."""
    found = _reports(wanted).with_only_columns(t.EngagementRow.cluster).distinct().subquery()
    return int(connection.scalar(select(func.count()).select_from(found)) or 0)


def days(connection: Connection, wanted: Wanted) -> dict[str, int]:
    """Return how many engagements there are on each day, month or year that a report gives."""
    e = t.EngagementRow
    query = _reports(wanted).with_only_columns(_day(), func.count(e.cluster.distinct())).group_by(_day()).order_by(_day())
    return {row[0]: row[1] for row in connection.execute(query) if row[0]}


def _day() -> Any:
    return func.coalesce(t.EngagementRow.day, t.DocumentRow.day)


def _reports(wanted: Wanted) -> Select[Any]:
    e, d, c = t.EngagementRow, t.DocumentRow, t.ConceptRow
    query = select(e.id).join(d, d.n == e.document).where(standing(e))
    if wanted.parties:
        query = query.where(e.cluster.in_(clusters_between(wanted.parties)))
    if wanted.people:
        query = query.where(e.cluster.in_(_attended(wanted.people)))
    if wanted.concept:
        about = select(t.SubjectRow.engagement).join(c, c.id == t.SubjectRow.concept).where(c.concept == wanted.concept, standing(c))
        query = query.where(e.id.in_(about))
    if wanted.series is not None:
        query = query.where(e.form.in_(select(t.SeriesForm.id).where(t.SeriesForm.cluster == wanted.series)))
    if wanted.kind:
        query = query.where(e.kind == wanted.kind)
    low, high = bounds(wanted.since, wanted.until)
    if low:
        query = query.where(_day() >= low)
    if high:
        query = query.where(_day() <= high)
    return query


def _attended(people: Sequence[int]) -> Select[Any]:
    e, g, f = t.EngagementRow, t.DelegateRow, t.PersonForm
    return select(e.cluster).join(g, g.engagement == e.id).join(f, f.id == g.form).where(f.cluster.in_(list(people)), standing(e))
