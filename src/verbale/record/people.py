"""The people of the record, the offices they are seen to hold, and who meets whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from verbale.record import tables as t
from verbale.record.decisions import standing
from verbale.record.engagements import level_name
from verbale.record.keys import shown
from verbale.record.likeness import bounds

_SLIP = 0.005  # share of the times that somebody is seen, under which a name or office is left out
_USUAL = 0.1  # share of the times that somebody is named for a party, from which it is theirs


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office as written, and the first and last day on which the record sees the person in it."""

    office: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person of the record: the usual full name, other names, party, offices with periods, and how often seen."""

    key: str
    name: str
    names: tuple[str, ...]
    party: str | None
    offices: tuple[OfficeHeld, ...]
    engagements: int
    statements: int
    first: str | None
    last: str | None
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingCount:
    """How often two parties met in a year, by level and by kind."""

    parties: tuple[str, str]
    year: str
    engagements: int
    levels: dict[str, int]
    kinds: dict[str, int]


def people(
    connection: Connection, *, clusters: Sequence[int] = (), party: str | None = None, limit: int | None = None
) -> list[PersonEntry]:
    """Return the people of the record, those seen most often first."""
    f = t.PersonForm
    query = select(f.id, f.name, f.office, f.party, f.cluster)
    if clusters:
        query = query.where(f.cluster.in_(list(clusters)))
    if party:
        query = query.where(f.cluster.in_(select(f.cluster).where(f.party == party)))
    if limit is not None:
        most = query.with_only_columns(f.cluster).group_by(f.cluster).order_by(func.sum(f.times).desc(), f.cluster).limit(limit)
        clusters = connection.scalars(most).all()
        query = query.where(f.cluster.in_(clusters))
    forms: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query.order_by(f.id)):
        forms[row.cluster].append(row)
    seen = _seen(connection, [r.id for rows in forms.values() for r in rows] if clusters or party or limit is not None else None)
    entries = [_entry(cluster, rows, seen) for cluster, rows in forms.items()]
    entries.sort(key=lambda p: (-(p.engagements + p.statements), p.name, p.key))
    return entries[:limit]


@dataclass(slots=True)
class _Seen:
    """How often and when a form is seen."""

    engagements: int = 0
    statements: int = 0
    first: str | None = None
    last: str | None = None

    def day(self, first: str | None, last: str | None) -> None:
        if first is not None and last is not None:
            self.first = min(self.first or first, first)
            self.last = max(self.last or last, last)


def _seen(connection: Connection, forms: Sequence[int] | None) -> dict[int, _Seen]:
    """Count in how many engagements each form takes part and in how many statements it speaks; the days are those kept with the form."""
    e, g, s, f = t.EngagementRow, t.DelegateRow, t.StatementRow, t.PersonForm
    came: Any = select(g.form, func.count(e.cluster.distinct())).join(e, e.id == g.engagement).group_by(g.form)
    spoke: Any = select(s.form, func.count()).where(s.form.is_not(None)).group_by(s.form)
    # Where nobody has decided anything, all findings stand, and an index alone can answer.
    decided = set(connection.scalars(select(t.DecisionRow.kind).distinct()))
    if "engagement" in decided:
        came = came.where(standing(e))
    if "statement" in decided:
        spoke = spoke.where(standing(s))
    found: dict[int, _Seen] = defaultdict(_Seen)
    chunks = [None] if forms is None else [forms[i : i + 500] for i in range(0, len(forms), 500)]
    for chunk in chunks:
        for form, n in connection.execute(came if chunk is None else came.where(g.form.in_(chunk))):
            found[form].engagements += n
        for form, n in connection.execute(spoke if chunk is None else spoke.where(s.form.in_(chunk))):
            found[form].statements += n
        days = select(f.id, f.first, f.last)
        for form, first, last in connection.execute(days if chunk is None else days.where(f.id.in_(chunk))):
            found[form].day(first, last)
    return found


def _entry(cluster: int, forms: Sequence[Any], seen: dict[int, _Seen]) -> PersonEntry:
    times: Counter[str] = Counter()
    offices: dict[str, _Seen] = defaultdict(_Seen)
    held: Counter[str] = Counter()
    parties: Counter[str] = Counter()
    whole = _Seen()
    for f in forms:
        s = seen[f.id]
        n = s.engagements + s.statements
        times[f.name] += n
        if f.party:
            parties[f.party] += n
        if f.office:
            held[f.office] += n
            offices[f.office].day(s.first, s.last)
        whole.engagements += s.engagements
        whole.statements += s.statements
        whole.day(s.first, s.last)
    # The usual name: of those with two words or more that are no initials the most frequent.
    names = sorted(times, key=lambda name: (sum(len(w.strip(".")) > 1 for w in name.split()) < 2, -times[name], -len(name), name))
    # What is read once of somebody who is seen hundreds of times is a slip of the reader.
    often = _SLIP * times.total()
    names = [names[0], *(name for name in names[1:] if times[name] >= often)]
    listed = sorted(
        (OfficeHeld(o, s.first, s.last) for o, s in offices.items() if held[o] >= often), key=lambda o: (o.first or "", o.office)
    )
    party = max(sorted(p for p in parties if parties[p] >= _USUAL * times.total()), key=lambda p: parties[p], default=None)
    return PersonEntry(
        shown(cluster), names[0], tuple(names[1:]), party, tuple(listed), whole.engagements, whole.statements, whole.first, whole.last,
        tuple(shown(f.id) for f in forms),
    )  # fmt: skip


def network(
    connection: Connection, parties: Sequence[str] = (), *, since: str | None = None, until: str | None = None
) -> list[MeetingCount]:
    """Return how often parties met each other, by year, level and kind; engagements that were only planned are left out.

    With one party: whom it met; with several: how these met among themselves.
    """
    m = t.MeetingRow
    low, high = bounds(since, until)
    when: list[Any] = [m.held]
    # A date as short as a year is a beginning of the days in it.
    if low:
        when.append(or_(m.first >= low, m.first.in_((low[:4], low[:7]))))
    if high:
        when.append(and_(m.first <= high, m.first != ""))
    columns = (m.a, m.b, func.substr(m.first, 1, 4).label("year"), m.level, m.kind, func.count().label("n"))
    met = select(*columns).where(*when).group_by(*columns[:-1])
    if len(parties) == 1:
        wanted = [met.where(m.a == parties[0]), met.where(m.b == parties[0])]
    else:
        wanted = [met.where(m.a.in_(list(parties)), m.b.in_(list(parties))) if parties else met]
    counted: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for query in wanted:
        for row in connection.execute(query):
            counted[row.a, row.b, row.year or "undated"].append(row)
    return [
        MeetingCount(
            (a_, b_),
            year_,
            sum(r.n for r in rows),
            _spread((level_name(r.level) or "unknown", r.n) for r in rows),
            _spread((r.kind, r.n) for r in rows),
        )
        for (a_, b_, year_), rows in sorted(counted.items())
    ]


def _spread(values: Iterable[tuple[str, int]]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for value, n in values:
        counted[value] += n
    return dict(sorted(counted.items(), key=lambda x: (-x[1], x[0])))
