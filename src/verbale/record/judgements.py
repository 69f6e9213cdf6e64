"""The judgements that the record holds: reading those of people, and writing computed ones and the clusters that come of them."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from verbale.record import tables as t
from verbale.record.candidates import Found
from verbale.record.clusters import Judged
from verbale.record.decisions import successors
from verbale.record.likeness import Likeness

Kind = Literal["person", "series", "engagement"]
Pair = tuple[int, int]

TABLES: dict[Kind, type[t.PersonForm] | type[t.SeriesForm] | type[t.EngagementRow]] = {
    "person": t.PersonForm,
    "series": t.SeriesForm,
    "engagement": t.EngagementRow,
}
"""What judgements of each kind are about."""

_AT_ONCE = 500


def parts(keys: Iterable[int]) -> Iterable[list[int]]:
    """Cut keys, sorted, into lists that a query can name."""
    wanted = sorted(keys)
    return (wanted[i : i + _AT_ONCE] for i in range(0, len(wanted), _AT_ONCE))


def of_people(connection: Connection, kind: Kind) -> list[t.JudgementRow]:
    """Return the judgements of people that hold: the last on each pair, those taken back left out."""
    row: Any = t.JudgementRow.__table__
    undone = set(connection.scalars(select(row.c.undoes).where(row.c.undoes.is_not(None))))
    last: dict[Pair, Any] = {}
    for j in connection.execute(select(row).where(row.c.kind == kind, row.c.person.is_not(None), row.c.undoes.is_(None)).order_by(row.c.n)):
        if j.n not in undone:
            last[j.left, j.right] = j
    return list(last.values())


def human(connection: Connection, kind: Kind) -> list[Judged]:
    """Return the judgements of people that hold, on the present keys of what they are about."""
    present = successors(connection) if kind == "engagement" else {}
    found = []
    for j in of_people(connection, kind):
        left, right = sorted((present.get(j.left, j.left), present.get(j.right, j.right)))
        if left != right:
            found.append(Judged(left, right, j.verdict, 1.0, True))
    return found


def computed(connection: Connection, kind: Kind) -> dict[Pair, Likeness]:
    """Return the computed judgements of a kind by their pair."""
    j = t.JudgementRow
    rows = connection.execute(select(j.left, j.right, j.score, j.why).where(j.kind == kind, j.person.is_(None)))
    return {(r.left, r.right): Likeness(r.score or 0.0, r.why) for r in rows}


def surest(found: Iterable[Found]) -> dict[Pair, Likeness]:
    """Return the judgement of each pair with the highest score."""
    best: dict[Pair, Likeness] = {}
    for left, right, alike in found:
        held = best.get((left, right))
        if held is None or alike.score > held.score:
            best[left, right] = alike
    return best


def judged(found: Mapping[Pair, Likeness]) -> list[Judged]:
    """Return computed judgements as clusters are computed over them."""
    return [Judged(a, b, alike.verdict, alike.score, False) for (a, b), alike in found.items()]


def write(connection: Connection, kind: Kind, found: Mapping[Pair, Likeness]) -> None:
    """Add computed judgements."""
    rows = [
        {"kind": kind, "left": a, "right": b, "verdict": alike.verdict, "score": alike.score, "why": alike.why}
        for (a, b), alike in sorted(found.items())
    ]
    if rows:
        connection.execute(insert(t.JudgementRow), rows)


def remove(connection: Connection, kind: Kind, pairs: Iterable[Pair]) -> None:
    """Take out computed judgements."""
    j: Any = t.JudgementRow.__table__
    gone = [{"a": a, "b": b} for a, b in sorted(pairs)]
    if gone:
        where = (j.c.kind == kind, j.c.left == bindparam("a"), j.c.right == bindparam("b"), j.c.person.is_(None))
        connection.execute(delete(j).where(*where), gone)


def write_clusters(connection: Connection, kind: Kind, found: Mapping[int, int], keys: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Write the clusters of these keys where they have changed; return the old and the new of those that have."""
    table: Any = TABLES[kind].__table__
    changed: dict[int, tuple[int, int]] = {}
    for part in parts(keys):
        for row in connection.execute(select(table.c.id, table.c.cluster).where(table.c.id.in_(part))):
            now = found.get(row.id, row.id)
            if row.cluster != now:
                changed[row.id] = row.cluster, now
    if changed:
        rows = [{"key": key, "to": now} for key, (_, now) in changed.items()]
        connection.execute(update(table).where(table.c.id == bindparam("key")).values(cluster=bindparam("to")), rows)
    return changed
