"""Engagements of the record: what all the reports of one say together, where they disagree both, and the timeline of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, or_, select
from sqlalchemy.orm import aliased

from verbale.document import Span
from verbale.errors import QueryError
from verbale.findings import Stage
from verbale.record import tables as t
from verbale.record.answers import Source, quote
from verbale.record.decisions import standing
from verbale.record.keys import shown
from verbale.record.likeness import bounds, level, period
from verbale.vocabulary import stages

_AT_ONCE = 500
_STATUS = ("held", "past", "planned")  # what is reported as held is not only planned any more


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person who took part: the key of the person, the fullest name, office and party as reported of this engagement."""

    key: str
    name: str
    office: str | None
    party: str | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A domain (with the furthest stage that a report gives) or a situation of an engagement, with its sources."""

    concept: str
    label: str
    kind: str
    stage: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class EngagementEntry:
    """An engagement: what its reports say together. Where they differ, `days`, `kinds` and `places` hold every answer, the usual first.

    `level` is `leader`, `minister` or `official`: the lowest of the highest offices of the parties. `reported` is the first day on which
    a source was published; where no date of the engagement is known it stands for it in the order of time.
    """

    key: str
    cluster: int
    day: str | None
    days: tuple[str, ...]
    reported: str | None
    kind: str
    kinds: tuple[str, ...]
    status: str
    level: str | None
    parties: tuple[str, ...]
    place: str | None
    places: tuple[str, ...]
    series: str | None
    series_key: str | None
    edition: int | None
    people: tuple[Attendee, ...]
    subjects: tuple[Subject, ...]
    sources: tuple[Source, ...]


def stage_rank(stage: str | None) -> int:
    """Return the place of a stage in the order of choice; the first is taken where reports differ."""
    order: list[Stage] = list(stages())
    return order.index(stage) if stage in order else len(order)


def clusters_between(parties: Sequence[str], *, only: bool = False) -> Select[Any]:
    """Return the query for the clusters of engagements in which all these parties take part; `only`: and nobody else."""
    e, p = t.EngagementRow, t.EngagementPartyRow
    first, *others = parties
    query: Select[Any] = select(e.cluster).join(p, p.engagement == e.id).where(p.party == first, standing(e)).distinct()
    for n, other in enumerate(others):
        a, b = sorted((first, other))
        m: Any = aliased(t.MeetingRow) if n else t.MeetingRow
        met = select(m.cluster).where(m.a == a, m.b == b)
        query = query.where(m.cluster.in_(met)) if n else met
    if only:
        cluster = query.selected_columns[0]
        more = select(e.id).join(p, p.engagement == e.id).where(e.cluster == cluster, p.party.not_in(list(parties)), standing(e))
        query = query.where(~more.exists())
    return query


def within(day: str | None, since: str | None, until: str | None) -> bool:
    """Tell whether a date, as precise as it is, can lie between two others.

    Raises:
        QueryError: one of these is no date.
    """
    low, high = bounds(since, until)
    found = period(day) if day else None
    if found is None:
        return low is None and high is None
    return (low is None or found[1].isoformat() >= low) and (high is None or found[0].isoformat() <= high)


def timeline(
    connection: Connection,
    parties: Sequence[str],
    *,
    since: str | None = None,
    until: str | None = None,
    kind: str | None = None,
    only: bool = False,
) -> list[EngagementEntry]:
    """Return the engagements between parties, the earliest first."""
    if not parties:
        raise QueryError("name the parties, by code or name")
    clusters = connection.scalars(_about(clusters_between(parties, only=only), parties, since, until)).all()
    found = [e for e in load(connection, clusters) if within(e.day or e.reported, since, until) and (kind is None or kind in e.kinds)]
    return sorted(found, key=in_time)


def _about(query: Select[Any], parties: Sequence[str], since: str | None, until: str | None) -> Select[Any]:
    """Leave out what certainly lies before or after; dates that are short of a day may lie anywhere in them."""
    m, (low, high) = t.MeetingRow, bounds(since, until)
    if len(parties) > 1 and low:
        query = query.where(or_(m.last == "", m.last >= low[:4]))
    if len(parties) > 1 and high:
        query = query.where(m.first <= high)
    return query


def in_time(entry: EngagementEntry) -> tuple[str, int]:
    """Return what sorts engagements by date."""
    return entry.day or entry.reported or "9999", entry.cluster


def load(connection: Connection, clusters: Iterable[int]) -> list[EngagementEntry]:
    """Return the engagements of these clusters, in the order given."""
    wanted = list(dict.fromkeys(clusters))
    found: list[EngagementEntry] = []
    for i in range(0, len(wanted), _AT_ONCE):
        found += _load(connection, wanted[i : i + _AT_ONCE])
    return found


def _load(connection: Connection, clusters: Sequence[int]) -> list[EngagementEntry]:
    e, d = t.EngagementRow, t.DocumentRow
    reports: dict[int, list[Any]] = defaultdict(list)
    columns = (
        e.id, e.cluster, e.kind, e.status, e.principal, e.day, e.place, e.series, e.edition, e.spans,
        t.SeriesForm.cluster.label("series_key"),
        d.n, d.id.label("document"), d.title, d.day.label("published"), d.publisher, d.url, d.text,
    )  # fmt: skip
    query = select(*columns).join(d, d.n == e.document).outerjoin(t.SeriesForm, t.SeriesForm.id == e.form)
    for row in connection.execute(query.where(e.cluster.in_(clusters), standing(e)).order_by(d.day.nulls_last(), d.id, e.ordinal)):
        reports[row.cluster].append(row)
    keys = [r.id for rows in reports.values() for r in rows]
    parties = _grouped(connection, select(t.EngagementPartyRow.engagement, t.EngagementPartyRow.party), keys, t.EngagementPartyRow)
    people = _grouped(
        connection,
        select(
            t.DelegateRow.engagement, t.DelegateRow.name, t.DelegateRow.office, t.DelegateRow.party, t.PersonForm.cluster.label("person")
        ).join(t.PersonForm, t.PersonForm.id == t.DelegateRow.form),
        keys,
        t.DelegateRow,
    )
    c = t.ConceptRow
    concepts = _grouped(
        connection,
        select(t.SubjectRow.engagement, c.concept, c.label, c.kind, c.stage, c.spans)
        .join(c, c.id == t.SubjectRow.concept)
        .where(standing(c)),
        keys,
        t.SubjectRow,
        c,
    )
    return [_entry(k, reports[k], parties, people, concepts) for k in clusters if k in reports]


def _grouped(connection: Connection, query: Any, keys: Sequence[int], table: Any, order: Any = None) -> dict[int, list[Any]]:
    """Run a query for engagements of these keys, some at a time, and group the rows by the first column."""
    found: dict[int, list[Any]] = defaultdict(list)
    for i in range(0, len(keys), _AT_ONCE):
        part = query.where(table.engagement.in_(keys[i : i + _AT_ONCE])).order_by((order or table).ordinal)
        for row in connection.execute(part):
            found[row[0]].append(row)
    return found


def _entry(
    cluster: int, reports: Sequence[Any], parties: dict[int, list[Any]], people: dict[int, list[Any]], concepts: dict[int, list[Any]]
) -> EngagementEntry:
    """Say what the reports of one engagement say together."""
    days = _usual([r.day for r in reports], longest=True)
    kinds = _usual([r.kind for r in reports if r.principal] or [r.kind for r in reports])
    places = _usual([r.place for r in reports])
    series = max((r for r in reports if r.series), key=lambda r: len(r.series), default=None)
    attendees = _attendees([p for r in reports for p in people[r.id]])
    return EngagementEntry(
        key=shown(cluster),
        cluster=cluster,
        day=days[0] if days else None,
        days=days,
        reported=min((r.published for r in reports if r.published), default=None),
        kind=kinds[0],
        kinds=tuple(dict.fromkeys([*kinds, *(r.kind for r in reports)])),
        status=min((r.status for r in reports), key=_STATUS.index),
        level=level_name(level((a.party, a.office) for a in attendees)),
        parties=tuple(dict.fromkeys(sorted(p.party for r in reports for p in parties[r.id]))),
        place=places[0] if places else None,
        places=places,
        series=series.series if series else None,
        series_key=shown(series.series_key) if series and series.series_key is not None else None,
        edition=next((r.edition for r in reports if r.edition is not None), None),
        people=attendees,
        subjects=_subjects(reports, concepts),
        sources=_sources(reports),
    )


def _usual(values: Iterable[str | None], *, longest: bool = False) -> tuple[str, ...]:
    """Return the values that reports give, the most frequent first; `longest`: the most precise before it."""
    counted = Counter(v for v in values if v)
    return tuple(sorted(counted, key=lambda v: (-len(v) if longest else 0, -counted[v], v)))


def _sources(reports: Sequence[Any]) -> tuple[Source, ...]:
    """Return one source a document, with all places in it."""
    spans: dict[str, list[Span]] = defaultdict(list)
    rows: dict[str, Any] = {}
    for r in reports:
        rows.setdefault(r.document, r)
        spans[r.document] += [s for s in r.spans if s not in spans[r.document]]
    return tuple(source(rows[k], tuple(spans[k])) for k in rows)


def source(row: Any, spans: tuple[Span, ...]) -> Source:
    """Return a source from a row that has the columns of a document, `published` standing for its day."""
    return Source(row.document, row.title, row.published, row.publisher, row.url, spans, quote(row.text, spans))


def _attendees(rows: Sequence[Any]) -> tuple[Attendee, ...]:
    """Return each person once, with the longest name and office that the reports give."""
    by_person: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[row.person].append(row)
    found = []
    for person, named in by_person.items():
        name = max((r.name for r in named), key=lambda n: (len(n), n))
        office = max((r.office for r in named if r.office), key=lambda o: (len(o), o), default=None)
        found.append(Attendee(shown(person), name, office, next((r.party for r in named if r.party), None)))
    return tuple(sorted(found, key=lambda a: (a.party or "~", a.name)))


def level_name(rank: int | None) -> str | None:
    """Return a level as a word."""
    return None if rank is None else ("official", "minister", "leader")[rank]


def _subjects(reports: Sequence[Any], concepts: dict[int, list[Any]]) -> tuple[Subject, ...]:
    """Return each domain and situation once, with the furthest stage by the order of choice and every source."""
    rows: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    for r in reports:
        for c in concepts[r.id]:
            if all((c.spans, r.n) != (d.spans, s.n) for s, d in rows[c.concept]):
                rows[c.concept].append((r, c))
    found = []
    for concept, held in rows.items():
        stage = min((c.stage for _, c in held), key=stage_rank)
        found.append(Subject(concept, held[0][1].label, held[0][1].kind, stage, tuple(source(r, c.spans) for r, c in held)))
    return tuple(found)
