"""Identity as people decide on it: judging, merging, splitting and undoing, and why entries are held to be the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, insert, or_, select

from verbale.errors import DecisionError
from verbale.record import tables as t
from verbale.record.clusters import Judged, clusters
from verbale.record.connection import reading, writing
from verbale.record.decisions import now
from verbale.record.judgements import TABLES, Kind, of_people
from verbale.record.keys import shown
from verbale.record.renewal import renew
from verbale.record.rows import note

Verdict = Literal["same", "different", "unsure"]


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
        held = [j for j in of_people(connection, kind) if (j.left, j.right) not in set(wanted)]
        _refuse_contradiction(held, wanted, verdict)
        numbers = []
        for left, right in wanted:
            values = {"kind": kind, "left": left, "right": right, "verdict": verdict, "why": why, "person": person, "at": now()}
            done = connection.execute(insert(t.JudgementRow).values(**values).returning(t.JudgementRow.n))
            numbers.append(int(done.scalar_one()))
        note(connection, kind, {key for pair in wanted for key in pair})
    renew(engine)
    return numbers


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
        note(connection, found.kind, (found.left, found.right))
    renew(engine)


def entry(connection: Connection, kind: Kind, keys: tuple[int, int]) -> list[int]:
    """Return the forms or reports whose key lies between two, at most two of them."""
    table: Any = TABLES[kind].__table__
    return list(connection.scalars(select(table.c.id).where(table.c.id.between(*keys)).order_by(table.c.id).limit(2)))


def label(connection: Connection, kind: Kind, key: int) -> str:
    """Return how people recognise a form or a report, with its key."""
    table: Any = TABLES[kind].__table__
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
    table: Any = TABLES[kind].__table__
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
        apart = {(j.left, j.right) for j in of_people(connection, kind) if j.verdict == "different" and {j.left, j.right} <= set(everyone)}
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
            for j in of_people(connection, kind)
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
