"""Which reports are of one engagement: judgements over the reports, computed anew only for those that something has changed about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Connection, delete, or_, select

from verbale.record import tables as t
from verbale.record.candidates import EDITION, WINDOW, judge_editions, judge_engagements
from verbale.record.clusters import Judged, clusters
from verbale.record.judgements import Pair, human, parts, remove, surest, write, write_clusters
from verbale.record.likeness import EngagementSeen, Likeness, period

_AT_ONCE = 4000  # reports that are compared at a time, with those of the days around them
_STRETCH = timedelta(days=31)  # days that they span at most

Dated = tuple[date, date, int]
"""The first and the last day that the date of a report can mean, and its key."""


def touched_reports(connection: Connection, documents: set[int], people: set[int], series: set[int]) -> set[int]:
    """Return the reports in documents, those with people named by forms, and those of series named by forms."""
    e, g = t.EngagementRow, t.DelegateRow
    found: set[int] = set()
    wanted: tuple[tuple[set[int], Any, Any], ...] = (
        (documents, select(e.id), e.document),
        (people, select(g.engagement), g.form),
        (series, select(e.id), e.form),
    )
    for keys, query, column in wanted:
        for part in parts(keys):
            found |= set(connection.scalars(query.where(column.in_(part))))
    return found


def renew_engagements(connection: Connection, touched: set[int]) -> set[int]:
    """Renew the judgements and clusters of reports of engagements; return the clusters, old and new, that touched reports belong to.

    Args:
        connection: the record.
        touched: reports that are new, gone, or have other people, another series or other judgements of people than before.
    """
    touched = touched | _editions(connection, touched)
    ends = _forget(connection, touched)
    written: set[Pair] = set()  # those of two stretches, which come up in both
    for among, near in _stretches(connection, touched):
        around = reports(connection, among | near)
        found = surest(judge_engagements(around, among))
        write(connection, "engagement", {p: a for p, a in found.items() if p not in written})
        written |= {p for p in found if not among.issuperset(p) and touched.issuperset(p)}
        ends |= {k for p in found for k in p}
    ends |= _write_editions(connection, touched)
    return _cluster_anew(connection, touched | ends)


def reports(connection: Connection, keys: Iterable[int]) -> list[EngagementSeen]:
    """Return reports of engagements as they are compared."""
    e, p, g, f, d = t.EngagementRow, t.EngagementPartyRow, t.DelegateRow, t.PersonForm, t.DocumentRow
    columns = (
        e.id, e.document, e.kind, e.status, e.principal, e.day, e.place, e.country, t.SeriesForm.cluster.label("series"),
        d.day.label("published"),
    )  # fmt: skip
    query = select(*columns).outerjoin(t.SeriesForm, t.SeriesForm.id == e.form).join(d, d.n == e.document)
    seen: list[EngagementSeen] = []
    for part in parts(keys):
        parties: dict[int, set[str]] = defaultdict(set)
        for party, key in connection.execute(select(p.party, p.engagement).where(p.engagement.in_(part))):
            parties[key].add(party)
        people: dict[int, set[tuple[str | None, int]]] = defaultdict(set)
        named = select(g.engagement, g.party, f.side, f.cluster).join(f, f.id == g.form).where(g.engagement.in_(part))
        leads: dict[int, dict[str | None, int]] = defaultdict(dict)
        for key, side, usual, cluster in connection.execute(named.order_by(g.ordinal)):
            acted = usual if usual in parties[key] else side or usual  # for whom somebody usually acts, where that is a party
            people[key].add((acted, cluster))
            leads[key].setdefault(acted, cluster)
        for r in connection.execute(query.where(e.id.in_(part)).order_by(e.id)):
            day, reported = _day(r)
            who = frozenset(parties[r.id]), frozenset(people[r.id]), frozenset(leads[r.id].items())
            seen.append(EngagementSeen(r.id, r.document, r.kind, r.status, who[0], day, r.place, r.country, r.series, reported, *who[1:]))
    return seen


def _day(r: Any) -> tuple[str | None, bool]:
    """Return the day that a report is compared by, and whether it is that of publication."""
    reported = r.day is None and r.principal and r.status == "held"
    return (r.published if reported else r.day), reported


def _forget(connection: Connection, touched: Collection[int]) -> set[int]:
    """Take out the computed judgements about reports; return the reports that they were about."""
    j = t.JudgementRow
    ends: set[int] = set()
    for part in parts(touched):
        for one in (j.left, j.right):
            where = (j.kind == "engagement", j.person.is_(None), one.in_(part))
            found = connection.execute(select(j.left, j.right).where(*where)).all()
            if found:
                ends |= {key for pair in found for key in pair}
                connection.execute(delete(j).where(*where))
    return ends


def _stretches(connection: Connection, touched: Collection[int]) -> Iterator[tuple[set[int], set[int]]]:
    """Cut reports along the calendar; with each part come the other reports of about its days.

    A report of a month or a year stands alone: it is near to many days, but only to those with its parties.
    """
    e, d = t.EngagementRow, t.DocumentRow
    columns = (e.id, e.day, e.principal, e.status, e.form, d.day.label("published"))
    days: list[Dated] = []
    long: list[Dated] = []
    for part in parts(touched):
        for r in connection.execute(select(*columns).join(d, d.n == e.document).where(e.id.in_(part))):
            day, _ = _day(r)
            span = period(day) if day else None
            if span and span[0] == span[1]:
                days.append((*span, r.id))
            elif span and r.form is not None:
                long.append((*span, r.id))
    stretch: list[Dated] = []
    for dated in sorted(days):
        if stretch and (len(stretch) >= _AT_ONCE or dated[0] - stretch[0][0] > _STRETCH):
            yield {key for _, _, key in stretch}, _near(connection, stretch[0][0], stretch[-1][1])
            stretch = []
        stretch.append(dated)
    if stretch:
        yield {key for _, _, key in stretch}, _near(connection, stretch[0][0], stretch[-1][1])
    for first, last, key in sorted(long):
        yield {key}, _near(connection, first, last, key)


def _near(connection: Connection, first: date, last: date, key: int | None = None) -> set[int]:
    """Return the reports with a date that may lie between two days or a little off; `key`: of those that have a party of that report."""
    e, p, d = t.EngagementRow, t.EngagementPartyRow, t.DocumentRow
    low, high = first - timedelta(days=WINDOW), last + timedelta(days=WINDOW)
    months, day = set[str](), low.replace(day=1)
    while day <= high:
        months |= {f"{day:%Y-%m}", f"{day:%Y}"}
        day = (day + timedelta(days=31)).replace(day=1)
    dated = select(e.id).where(or_(e.day.between(low.isoformat(), f"{high.isoformat()}~"), e.day.in_(sorted(months))))
    reported = select(e.id).join(d, d.n == e.document).where(d.day.between(low.isoformat(), high.isoformat()))
    reported = reported.where(e.day.is_(None), e.principal, e.status == "held")
    if key is not None:
        shared = select(p.engagement).where(p.party.in_(select(p.party).where(p.engagement == key)))
        dated, reported = dated.where(e.id.in_(shared)), reported.where(e.id.in_(shared))
    return set(connection.scalars(dated)) | set(connection.scalars(reported))


def _editions(connection: Connection, touched: Collection[int]) -> set[int]:
    """Return the reports of the editions of series that touched reports are of, or were held to be of."""
    e, f, j = t.EngagementRow, t.SeriesForm, t.JudgementRow
    found: set[int] = set()
    for part in parts(touched):
        for one, other in ((j.left, j.right), (j.right, j.left)):
            where = (j.kind == "engagement", j.person.is_(None), j.why == EDITION, one.in_(part))
            found |= set(connection.scalars(select(other).where(*where)))
    numbered: set[tuple[int, int]] = set()
    for part in parts({*touched, *found}):
        query = select(f.cluster, e.edition).join(f, f.id == e.form).where(e.id.in_(part), e.edition.is_not(None))
        numbered |= {(r.cluster, r.edition) for r in connection.execute(query)}
    for cluster, edition in numbered:
        found |= set(connection.scalars(select(e.id).join(f, f.id == e.form).where(f.cluster == cluster, e.edition == edition)))
    return found


def _write_editions(connection: Connection, touched: Collection[int]) -> set[int]:
    """Judge the reports of one edition of one series the same, where the date does not already say it more surely."""
    e, f, j = t.EngagementRow, t.SeriesForm, t.JudgementRow
    same: dict[tuple[int, int], list[int]] = defaultdict(list)
    for part in parts(touched):
        query = select(e.id, f.cluster, e.edition).join(f, f.id == e.form).where(e.id.in_(part), e.edition.is_not(None))
        for r in connection.execute(query):
            same[r.cluster, r.edition].append(r.id)
    several = [keys for keys in same.values() if len(keys) > 1]
    by_id = {r.id: r for r in reports(connection, chain.from_iterable(several))}
    wanted = surest(found for keys in several for found in judge_editions([by_id[k] for k in keys]))
    held: dict[Pair, float] = {}
    for part in parts({p[0] for p in wanted}):
        where = (j.kind == "engagement", j.person.is_(None), j.left.in_(part))
        held.update({(r.left, r.right): r.score or 0.0 for r in connection.execute(select(j.left, j.right, j.score).where(*where))})
    surer: dict[Pair, Likeness] = {p: a for p, a in wanted.items() if held.get(p, -2.0) < a.score}
    remove(connection, "engagement", surer.keys() & held.keys())
    write(connection, "engagement", surer)
    return {k for p in surer for k in p}


def _cluster_anew(connection: Connection, keys: Collection[int]) -> set[int]:
    """Compute the clusters of reports anew, with those of all that judgements of sameness join them to; return the old and the new."""
    e, j = t.EngagementRow, t.JudgementRow
    people = human(connection, "engagement")
    links: dict[int, set[int]] = defaultdict(set)
    for one in people:
        if one.verdict == "same":
            links[one.left].add(one.right)
            links[one.right].add(one.left)
    found: dict[Pair, Judged] = {}
    group, ahead = set(keys), set(keys)
    while ahead:
        fresh = set(chain.from_iterable(links[k] for k in ahead if k in links))
        for part in parts(ahead):
            for side in (j.left, j.right):
                where = (j.kind == "engagement", j.person.is_(None), side.in_(part))
                for r in connection.execute(select(j.left, j.right, j.verdict, j.score).where(*where)):
                    found[r.left, r.right] = Judged(r.left, r.right, r.verdict, r.score or 0.0, False)
                    if r.verdict == "same":
                        fresh |= {r.left, r.right}
        ahead = fresh - group
        group |= ahead
    changed = write_clusters(connection, "engagement", clusters([*found.values(), *people]), group)
    present: set[int] = set()
    for part in parts(keys):
        present |= set(connection.scalars(select(e.cluster).where(e.id.in_(part))))
    return present | {c for both in changed.values() for c in both} | set(keys)
