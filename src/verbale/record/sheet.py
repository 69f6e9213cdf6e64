"""A document as people left it: its findings with their keys, what was decided about each, and what was rejected."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from verbale.document import Span
from verbale.errors import UnknownNameError
from verbale.findings import Reading
from verbale.record import tables as t
from verbale.record.decisions import standing, successors
from verbale.record.keys import key_range, shown
from verbale.record.rows import document_and_reading, to_reading


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision that holds about a finding."""

    number: int
    verb: str
    person: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """A finding of a document: `number` is its place among those of its kind in the reading, from 1; 0 for one that was rejected.

    `leads_to` is the key of the engagement (of an engagement) or the person (of a statement) of the record that it belongs to.
    """

    key: str
    kind: str
    number: int
    label: str
    words: str
    confidence: float
    verdict: Verdict | None
    leads_to: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document with its reading as people left it, and its findings; those that were rejected or replaced apart."""

    reading: Reading
    findings: tuple[FindingEntry, ...]
    rejected: tuple[FindingEntry, ...]


def sheet(connection: Connection, n: int) -> Sheet:
    """Return the sheet of the document of this number."""
    row = connection.execute(document_and_reading().where(t.DocumentRow.n == n)).one()
    kept = {table: set(connection.scalars(select(table.id).where(table.document == n, standing(table)))) for table in t.FINDINGS}
    reading = to_reading(connection, row, lambda table, r: r.id in kept[table])
    verdicts, taken_back = _verdicts(connection, n)
    findings, rejected = [], []
    numbers: Counter[str] = Counter()
    for table in t.FINDINGS:
        for finding in connection.execute(select(table.__table__).where(table.document == n).order_by(table.ordinal)):
            stands = finding.id in kept[table]
            kind = kind_of(table, finding)
            numbers[kind] += stands
            verdict = verdicts.get(finding.id) or verdicts.get(-(finding.decision or 0))
            leads = _leads_to(connection, table, finding)
            spans = finding.content if table is t.StatementRow else finding.spans
            made = (numbers[kind] if stands else 0, label(table, finding), words(row.text, spans), finding.confidence, verdict, leads)
            entry = FindingEntry(shown(finding.id), kind, *made)
            if stands:
                findings.append(entry)
            elif finding.decision not in taken_back:
                rejected.append(entry)
    return Sheet(reading, tuple(findings), tuple(rejected))


def finding(connection: Connection, written: str) -> tuple[Sheet, FindingEntry]:
    """Return a finding from its key as shown, also one that was rejected, with the sheet of its document.

    Raises:
        UnknownNameError: there is none, or several begin so.
    """
    low, high = key_range(written.lower())
    found = [
        (row.id, row.document)
        for table in t.FINDINGS
        for row in connection.execute(select(table.id, table.document).where(table.id.between(low, high)).limit(2))
    ]
    if len(found) != 1:
        raise UnknownNameError(f"{'no finding' if not found else 'more than one finding begins with'} “{written}” in this record")
    key, document = found[0]
    of = sheet(connection, document)
    entry = next((f for f in (*of.findings, *of.rejected) if f.key == shown(key)), None)
    if entry is None:
        raise UnknownNameError(f"the finding “{written}” was added by a person and taken back")
    return of, entry


def _verdicts(connection: Connection, n: int) -> tuple[dict[int, Verdict], set[int]]:
    """Return the decisions that stand by the present key of their finding (by minus their number where they made it), and those undone."""
    d = t.DecisionRow
    rows = list(connection.execute(select(d.__table__).where(d.document == n).order_by(d.n)))
    undone = {r.undoes for r in rows if r.undoes is not None}
    present = successors(connection)
    found: dict[int, Verdict] = {}
    for r in rows:
        if r.n in undone or r.undoes is not None:
            continue
        verdict = Verdict(r.n, r.verb, r.person, r.at, r.why)
        if r.finding is not None:
            found[present.get(r.finding, r.finding)] = verdict
        if r.verb in ("amend", "add"):
            found[-r.n] = verdict
    return found, undone


def kind_of(table: Any, row: Row[Any]) -> str:
    """Return the kind of a finding: engagement, domain, situation, statement, commitment or figure."""
    if table is t.ConceptRow:
        return "domain" if row.kind == "domain" else "situation"
    return str(table.__tablename__)


def label(table: Any, row: Row[Any]) -> str:
    """Return what a finding says, in a few words."""
    if table is t.EngagementRow:
        return ", ".join(x for x in (row.kind, row.status, row.day) if x)
    if table is t.ConceptRow:
        return f"{row.label} ({row.stage})" if row.stage else str(row.label)
    if table is t.StatementRow:
        return f"{row.speaker} ({row.party})" if row.party else str(row.speaker)
    if table is t.CommitmentRow:
        return f"by {row.deadline}" if row.deadline else "no deadline"
    return f"{row.comparator} {row.value:,.15g} {row.unit or ''}".strip()


def words(text: str, spans: Iterable[Span]) -> str:
    """Return the words at the spans, on one line."""
    return " … ".join(" ".join(s.exact(text).split()) for s in spans)


def _leads_to(connection: Connection, table: Any, row: Row[Any]) -> str | None:
    if table is t.EngagementRow:
        return shown(row.cluster)
    if table is t.StatementRow and row.form is not None:
        cluster = connection.scalar(select(t.PersonForm.cluster).where(t.PersonForm.id == row.form))
        return shown(cluster) if cluster is not None else None
    return None
