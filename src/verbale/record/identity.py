"""Identity: judgements that forms and reports are the same, and the clusters computed over them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, or_, select, update

from verbale.errors import DecisionError
from verbale.record import tables as t
from verbale.record.candidates import Found, judge_engagements, judge_people, judge_series, judge_surnames
from verbale.record.clusters import Judged, clusters
from verbale.record.connection import reading, writing
from verbale.record.decisions import now, successors
from verbale.record.keys import shown
from verbale.record.likeness import EngagementSeen, Likeness, PersonSeen
from verbale.record.store import set_fact

Kind = Literal["person", "series", "engagement"]
Verdict = Literal["same", "different", "unsure"]

_TABLES: dict[Kind, type[t.PersonForm] | type[t.SeriesForm] | type[t.EngagementRow]] = {
    "person": t.PersonForm,
    "series": t.SeriesForm,
    "engagement": t.EngagementRow,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement of the record: two keys, what was judged, by whom (none: computed), when, score and why."""

    number: int
    kind: str
    left: int
    right: int
    verdict: str
    score: float | None
    why: str
    person: str | None
    at: str | None


def renew(engine: Engine, *, always: bool = False) -> bool:
    """Compute identities anew where findings have changed since; return whether they had.

    Computed judgements are replaced; a person's stay and come first.

    Raises:
        RecordError: the database failed; the identities are as they were.
    """
    with reading(engine) as connection:
        if not always and not _stale(connection):
            return False
    with writing(engine) as connection:
        if not always and not _stale(connection):
            return False
        people = _people(connection)
        first = list(judge_people(people))
        joined = _clusters(connection, "person", first)
        _replace(connection, "person", [*first, *judge_surnames(people, joined)])
        series = [(r.id, r.name, r.parties) for r in connection.execute(select(t.SeriesForm.__table__).order_by(t.SeriesForm.id))]
        _replace(connection, "series", list(judge_series(series)))
        seen, editions = _engagements(connection)
        _replace(connection, "engagement", list(judge_engagements(seen, editions)))
        set_fact(connection, "identities", "fresh")
    return True


def _stale(connection: Connection) -> bool:
    return connection.scalar(select(t.SettingRow.value).where(t.SettingRow.key == "identities")) == "stale"


def _people(connection: Connection) -> list[PersonSeen]:
    """Return every person as named, with the days on which the name is seen: those of engagements, else of publication."""
    first: dict[int, str] = {}
    last: dict[int, str] = {}
    times: dict[int, int] = defaultdict(int)
    document, engagement, delegate, statement = t.DocumentRow, t.EngagementRow, t.DelegateRow, t.StatementRow
    sources: list[Any] = [
        select(delegate.form, document.day)
        .join(engagement, engagement.id == delegate.engagement)
        .join(document, document.n == engagement.document),
        select(statement.form, document.day).join(document, document.n == statement.document).where(statement.form.is_not(None)),
    ]
    for query in sources:
        for form, day in connection.execute(query):
            times[form] += 1
            if day:
                first[form] = min(first.get(form, day), day)
                last[form] = max(last.get(form, day), day)
    rows = connection.execute(select(t.PersonForm.__table__).order_by(t.PersonForm.id))
    return [PersonSeen(r.id, r.name, r.office, r.party, first.get(r.id), last.get(r.id), times[r.id]) for r in rows]


def _engagements(connection: Connection) -> tuple[list[EngagementSeen], dict[tuple[int, int], list[int]]]:
    """Return every report of an engagement, and those of one edition of one series together."""
    parties: dict[int, set[str]] = defaultdict(set)
    for party, key in connection.execute(select(t.EngagementPartyRow.party, t.EngagementPartyRow.engagement)):
        parties[key].add(party)
    people: dict[int, set[tuple[str | None, int]]] = defaultdict(set)
    g, f = t.DelegateRow, t.PersonForm
    usual = _usual_parties(connection)
    for key, side, cluster in connection.execute(select(g.engagement, g.party, f.cluster).join(f, f.id == g.form)):
        people[key].add((side or usual.get(cluster), cluster))
    e = t.EngagementRow
    query = (
        select(
            e.id, e.document, e.kind, e.status, e.principal, e.day, e.place, e.country, e.edition, t.SeriesForm.cluster.label("series"),
            t.DocumentRow.day.label("published"),
        )
        .outerjoin(t.SeriesForm, t.SeriesForm.id == e.form)
        .join(t.DocumentRow, t.DocumentRow.n == e.document)
        .order_by(e.id)
    )  # fmt: skip
    seen: list[EngagementSeen] = []
    editions: dict[tuple[int, int], list[int]] = defaultdict(list)
    for r in connection.execute(query):
        who = frozenset(parties[r.id]), frozenset(people[r.id])
        reported = r.day is None and r.principal and r.status == "held"
        day = r.published if reported else r.day
        seen.append(EngagementSeen(r.id, r.document, r.kind, r.status, who[0], day, r.place, r.country, r.series, reported, who[1]))
        if r.series is not None and r.edition is not None:
            editions[r.series, r.edition].append(r.id)
    return seen, editions


def _usual_parties(connection: Connection) -> dict[int, str]:
    """Return the party that each person of the record is most often named for."""
    f, g = t.PersonForm, t.DelegateRow
    counted = select(f.cluster, f.party, func.count().label("n")).join(g, g.form == f.id).where(f.party.is_not(None))
    rows = connection.execute(counted.group_by(f.cluster, f.party)).all()
    return {r.cluster: str(r.party) for r in sorted(rows, key=lambda r: (r.n, str(r.party)))}


def _replace(connection: Connection, kind: Kind, found: Sequence[Found]) -> None:
    """Replace the computed judgements of a kind, and the clusters."""
    connection.execute(delete(t.JudgementRow).where(t.JudgementRow.kind == kind, t.JudgementRow.person.is_(None)))
    best: dict[tuple[int, int], Found] = {}
    for one in found:
        held = best.get(one[:2])
        if held is None or one[2].score > held[2].score:
            best[one[:2]] = one
    rows = [
        {"kind": kind, "left": a, "right": b, "verdict": alike.verdict, "score": alike.score, "why": alike.why}
        for (a, b), (_, _, alike) in sorted(best.items())
    ]
    if rows:
        connection.execute(insert(t.JudgementRow), rows)
    _write_clusters(connection, kind, _clusters(connection, kind, list(best.values())))


def _clusters(connection: Connection, kind: Kind, computed: Iterable[Found]) -> dict[int, int]:
    """Cluster computed judgements together with those of people."""
    judged = [Judged(a, b, alike.verdict, alike.score, False) for a, b, alike in computed]
    present = successors(connection) if kind == "engagement" else {}
    for j in _human(connection, kind):
        left, right = sorted((present.get(j.left, j.left), present.get(j.right, j.right)))
        if left != right:
            judged.append(Judged(left, right, j.verdict, 1.0, True))
    return clusters(judged)


def _write_clusters(connection: Connection, kind: Kind, found: dict[int, int]) -> None:
    """Write the clusters that have changed."""
    table: Any = _TABLES[kind].__table__
    changed = [
        {"key": row.id, "to": found.get(row.id, row.id)}
        for row in connection.execute(select(table.c.id, table.c.cluster))
        if row.cluster != found.get(row.id, row.id)
    ]
    if changed:
        connection.execute(update(table).where(table.c.id == bindparam("key")).values(cluster=bindparam("to")), changed)


def _human(connection: Connection, kind: Kind) -> list[t.JudgementRow]:
    """Return the judgements of people that hold: the last on each pair, those taken back left out."""
    row: Any = t.JudgementRow.__table__
    undone = set(connection.scalars(select(row.c.undoes).where(row.c.undoes.is_not(None))))
    last: dict[tuple[int, int], Any] = {}
    for j in connection.execute(select(row).where(row.c.kind == kind, row.c.person.is_not(None), row.c.undoes.is_(None)).order_by(row.c.n)):
        if j.n not in undone:
            last[j.left, j.right] = j
    return list(last.values())


def judge(engine: Engine, kind: Kind, pairs: Iterable[tuple[int, int]], verdict: Verdict, *, person: str, why: str) -> list[int]:
    """Record what a person judges of pairs of keys, compute the clusters anew, and return the numbers of the judgements.

    Raises:
        DecisionError: no name is given, or what is judged contradicts judgements of people that hold; the message names them.
    """
    if not person.strip():
        raise DecisionError("a judgement needs the name of the person who makes it")
    if verdict not in get_args(Verdict):
        raise DecisionError(f"“{verdict}” is no judgement; say same, different or unsure")
    wanted = [(min(a, b), max(a, b)) for a, b in pairs if a != b]
    if not wanted:
        raise DecisionError("these are one and the same entry already; there is nothing to judge")
    with writing(engine) as connection:
        held = [j for j in _human(connection, kind) if (j.left, j.right) not in set(wanted)]
        _refuse_contradiction(held, wanted, verdict)
        numbers = []
        for left, right in wanted:
            values = {"kind": kind, "left": left, "right": right, "verdict": verdict, "why": why, "person": person, "at": now()}
            done = connection.execute(insert(t.JudgementRow).values(**values).returning(t.JudgementRow.n))
            numbers.append(int(done.scalar_one()))
        _after_judging(connection, kind)
    renew(engine)
    return numbers


def _after_judging(connection: Connection, kind: str) -> None:
    """Bring the clusters up to date after a person judged.

    On engagements nothing else rests, so that the computed judgements can be used as they are. Who is who decides which engagements
    have people and series in common: there all is to be computed anew.
    """
    if kind != "engagement" or _stale(connection):
        set_fact(connection, "identities", "stale")
        return
    row = t.JudgementRow
    computed = connection.execute(select(row.left, row.right, row.score, row.why).where(row.kind == kind, row.person.is_(None)))
    found = [(j.left, j.right, Likeness(j.score or 0.0, j.why)) for j in computed]
    _write_clusters(connection, "engagement", _clusters(connection, "engagement", found))


def _refuse_contradiction(held: Sequence[t.JudgementRow], wanted: Sequence[tuple[int, int]], verdict: str) -> None:
    """Refuse what cannot hold together with what people have judged before.

    Raises:
        DecisionError: a chain of judgements "same" joins two that are to be "different".
    """
    same = [Judged(j.left, j.right, "same", 1.0, True) for j in held if j.verdict == "same"]
    apart = [(j.left, j.right, j.n) for j in held if j.verdict == "different"]
    if verdict == "same":
        same += [Judged(a, b, "same", 1.0, True) for a, b in wanted]
    joined = clusters(same)
    if verdict == "different":
        apart += [(a, b, 0) for a, b in wanted]
    for a, b, number in apart:
        if joined.get(a, a) == joined.get(b, b):
            chain = [j.n for j in held if j.verdict == "same" and joined.get(j.left, j.left) == joined.get(a, a)]
            numbers = ", ".join(str(n) for n in sorted([*chain, number]) if n)
            raise DecisionError(f"this contradicts what people judged before; take back judgement {numbers} first, with `verbale undo`")


def undo_judgement(engine: Engine, number: int, *, person: str, why: str = "") -> None:
    """Take a person's judgement back, by a further row, and compute the clusters anew.

    Raises:
        DecisionError: there is no such judgement of a person, or it is taken back already.
    """
    row = t.JudgementRow
    with writing(engine) as connection:
        found = connection.execute(select(row.__table__).where(row.n == number, row.person.is_not(None), row.undoes.is_(None))).first()
        if found is None:
            raise DecisionError(f"there is no judgement {number} of a person; `verbale people KEY` lists them")
        if connection.scalar(select(row.n).where(row.undoes == number)):
            raise DecisionError(f"judgement {number} is taken back already")
        values = {"kind": found.kind, "left": found.left, "right": found.right, "verdict": "undo", "undoes": number}
        connection.execute(insert(row).values(**values, why=why, person=person, at=now()))
        _after_judging(connection, found.kind)
    renew(engine)


def entry(connection: Connection, kind: Kind, keys: tuple[int, int]) -> list[int]:
    """Return the forms or reports whose key lies between two, at most two of them."""
    table: Any = _TABLES[kind].__table__
    return list(connection.scalars(select(table.c.id).where(table.c.id.between(*keys)).order_by(table.c.id).limit(2)))


def label(connection: Connection, kind: Kind, key: int) -> str:
    """Return how people recognise a form or a report, with its key."""
    table: Any = _TABLES[kind].__table__
    row = connection.execute(select(table).where(table.c.id == key)).first()
    if row is None:
        return f"{shown(key)} (not in the present reading)"
    if kind == "person":
        return f"{shown(key)} {row.name} ({', '.join(x for x in (row.office, row.party) if x) or 'no office, no party'})"
    if kind == "series":
        return f"{shown(key)} {row.name} ({row.parties or 'many parties'})"
    title = connection.scalar(select(t.DocumentRow.title).where(t.DocumentRow.n == row.document))
    return f"{shown(key)} {row.kind} {row.day or 'undated'}: {title}"


def members(connection: Connection, kind: Kind, key: int) -> list[int]:
    """Return the keys of the cluster that a key belongs to."""
    table: Any = _TABLES[kind].__table__
    cluster = connection.scalar(select(table.c.cluster).where(table.c.id == key))
    return list(connection.scalars(select(table.c.id).where(table.c.cluster == cluster).order_by(table.c.id)))


def merge(engine: Engine, kind: Kind, keys: Sequence[int], *, person: str, why: str) -> list[int]:
    """Judge that all entries of these keys, with everything in their clusters, are the same.

    Raises:
        DecisionError: fewer than two entries, or against judgements of people that hold.
    """
    with reading(engine) as connection:
        everyone = sorted({m for key in keys for m in members(connection, kind, key)})
        # What people held different before, and is now held the same, is judged anew pair by pair.
        apart = {(j.left, j.right) for j in _human(connection, kind) if j.verdict == "different" and {j.left, j.right} <= set(everyone)}
    return judge(engine, kind, sorted(apart | {(everyone[0], other) for other in everyone[1:]}), "same", person=person, why=why)


def split(engine: Engine, kind: Kind, keys: Sequence[int], *, person: str, why: str) -> list[int]:
    """Judge that these entries are different from everything else in their cluster.

    Raises:
        DecisionError: nothing else is in the cluster, or against judgements of people that hold.
    """
    with reading(engine) as connection:
        rest = [m for m in members(connection, kind, keys[0]) if m not in keys] if keys else []
        # What a person held the same over an entry that now goes stays together.
        over = {
            j.left if j.right in keys else j.right
            for j in _human(connection, kind)
            if j.verdict == "same" and {j.left, j.right} & set(keys)
        }
        kept = sorted(over & set(rest))
    if not rest:
        raise DecisionError("nothing else is joined with these entries; there is nothing to split")
    if len(kept) > 1:
        judge(engine, kind, [(kept[0], other) for other in kept[1:]], "same", person=person, why=f"left together: {why}")
    return judge(engine, kind, [(key, other) for key in keys for other in rest], "different", person=person, why=why)


def explain(engine: Engine, kind: Kind, key: int) -> list[Judgement]:
    """Return every judgement, computed and of people, about the entries of the cluster of a key."""
    row = t.JudgementRow
    with reading(engine) as connection:
        keys = members(connection, kind, key)
        found = connection.execute(
            select(row.__table__).where(row.kind == kind, or_(row.left.in_(keys), row.right.in_(keys))).order_by(row.n)
        )
        return [Judgement(j.n, j.kind, j.left, j.right, j.verdict, j.score, j.why, j.person, j.at) for j in found]
