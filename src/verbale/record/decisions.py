"""What people decided, and how it follows its finding when a document is read anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update

from verbale.document import Span
from verbale.record import tables as t

_OVERLAP = 0.3  # share of characters in common from which two findings of one kind are the same one, read a little differently


def now() -> str:
    """Return the time of a decision: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _undone() -> Select[Any]:
    other = t.DecisionRow.__table__.alias("undoing")
    return select(other.c.undoes).where(other.c.undoes.is_not(None))


def standing(table: Any) -> ColumnElement[bool]:
    """Return the condition that a finding stands: not rejected or amended by a person, nor added in a decision taken back."""
    decision, succession = t.DecisionRow, t.SuccessionRow
    hidden = (
        select(func.coalesce(succession.new, decision.finding))
        .select_from(decision)
        .outerjoin(succession, succession.old == decision.finding)
        .where(decision.verb.in_(("reject", "amend")), decision.finding.is_not(None), decision.n.not_in(_undone()))
    )
    return and_(table.id.not_in(hidden), or_(table.decision.is_(None), table.decision.not_in(_undone())))


@dataclass(frozen=True)
class Decided:
    """A finding that people decided about, as it was before a new reading."""

    table: Any
    id: int
    parties: frozenset[str]
    spans: tuple[Span, ...]


def decided_findings(connection: Connection, n: int) -> list[Decided]:
    """Return the findings of a document that decisions, judgements or assessments are about."""
    named: set[int] = set()
    decision, assessment, judgement = t.DecisionRow, t.AssessmentRow, t.JudgementRow
    named.update(connection.scalars(select(decision.finding).where(decision.document == n, decision.finding.is_not(None))))
    named.update(connection.scalars(select(assessment.commitment).where(assessment.document == n)))
    for side in (judgement.left, judgement.right):
        of_people = select(side).where(judgement.kind == "engagement", judgement.person.is_not(None))
        named.update(connection.scalars(select(t.EngagementRow.id).where(t.EngagementRow.document == n, t.EngagementRow.id.in_(of_people))))
    succession = t.SuccessionRow
    named.update(connection.scalars(select(succession.new).where(succession.old.in_(sorted(named)))))
    return [f for table in t.FINDINGS for f in _findings(connection, table, n) if f.id in named]


def _findings(connection: Connection, table: Any, n: int) -> list[Decided]:
    """Return what a reader found of one kind in a document."""
    spans = table.content if table is t.StatementRow else table.spans
    rows = connection.execute(select(table.id, spans).where(table.document == n, table.decision.is_(None)).order_by(table.ordinal))
    party = t.EngagementPartyRow
    return [
        Decided(
            table,
            row[0],
            frozenset(connection.scalars(select(party.party).where(party.engagement == row[0])))
            if table is t.EngagementRow
            else frozenset(),
            row[1],
        )
        for row in rows
    ]


def carry_over(connection: Connection, n: int, before: Sequence[Decided]) -> None:
    """Let what people decided about findings follow them to their like in the new reading of document number `n`."""
    succession = t.SuccessionRow
    for old in before:
        found = _findings(connection, old.table, n)
        if any(f.id == old.id for f in found):
            continue
        score, key = max(((_alike(old, f), f.id) for f in found), default=(0.0, 0))
        if score < _OVERLAP:
            continue  # the decision is kept, and holds again if a later reading finds its object again
        connection.execute(update(succession).where(succession.new == old.id).values(new=key))
        if not connection.execute(update(succession).where(succession.old == old.id).values(new=key)).rowcount:
            connection.execute(insert(succession).values(old=old.id, new=key))


def _alike(a: Decided, b: Decided) -> float:
    """Return the share of characters (for engagements, of parties) that two findings have in common."""
    if a.table is t.EngagementRow:
        return len(a.parties & b.parties) / max(1, len(a.parties | b.parties))
    left = {i for s in a.spans for i in range(s.start, s.end)}
    right = {i for s in b.spans for i in range(s.start, s.end)}
    return len(left & right) / max(1, len(left | right))


def successors(connection: Connection) -> dict[int, int]:
    """Return the present keys of findings that were decided about under older ones."""
    return {row.old: row.new for row in connection.execute(select(t.SuccessionRow.old, t.SuccessionRow.new))}
