"""Review: accepting, rejecting, amending and adding findings; every decision is a row, and can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, insert, select

from verbale.document import Span
from verbale.errors import DecisionError, UnknownNameError
from verbale.findings import Commitment, Domain, Engagement, Figure, Reading, Situation, Statement
from verbale.record import tables as t
from verbale.record.connection import reading, writing
from verbale.record.decisions import now, standing
from verbale.record.keys import key, key_range, shown
from verbale.record.rows import Rows, add_finding, document_and_reading, note, to_reading
from verbale.record.store import link_by_hand
from verbale.record.topics import renew_topics

FindingKind = Literal["engagement", "domain", "situation", "statement", "commitment", "figure"]
Verb = Literal["accept", "reject", "amend", "add", "undo"]

_TYPES: Mapping[str, type[Any]] = {
    "engagement": Engagement,
    "domain": Domain,
    "situation": Situation,
    "statement": Statement,
    "commitment": Commitment,
    "figure": Figure,
}
_KINDS: Mapping[Any, str] = {
    t.EngagementRow: "engagement",
    t.StatementRow: "statement",
    t.CommitmentRow: "commitment",
    t.FigureRow: "figure",
}
_LAST = 100_000  # findings that people add stand after those of the reader


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a person about a finding, and whether it still stands."""

    number: int
    verb: str
    kind: str
    document: str
    finding: str | None
    value: dict[str, Any] | None
    person: str
    at: str
    why: str
    stands: bool


def decide(engine: Engine, verb: Literal["accept", "reject"], finding: str, *, person: str, why: str = "") -> int:
    """Accept or reject a finding, given by its key as shown; return the number of the decision.

    Raises:
        DecisionError: no name of a person.
        UnknownNameError: no such finding.
    """
    _named(person)
    with writing(engine) as connection:
        table, row = _finding(connection, finding)
        number = _write(connection, verb, _kind(table, row), row.document, row.id, None, person, why)
        _changed(connection, row.document)
        return number


def amend(engine: Engine, finding: str, value: Mapping[str, Any], *, person: str, why: str = "") -> int:
    """Put a finding in place of another: `value` has the form that the reading has in JSON; return the number of the decision.

    Raises:
        DecisionError: no name of a person, or the value is no finding of this kind with spans of this document.
        UnknownNameError: no such finding.
    """
    _named(person)
    with writing(engine) as connection:
        table, row = _finding(connection, finding)
        return _put(connection, "amend", _kind(table, row), row.document, row.id, value, person, why)


def add_finding_by_hand(engine: Engine, document: str, kind: FindingKind, value: Mapping[str, Any], *, person: str, why: str = "") -> int:
    """Add a finding that the reader missed; return the number of the decision.

    Raises:
        DecisionError: no name of a person, or the value is no finding of this kind with spans of this document.
        UnknownNameError: the document is not in the record.
    """
    _named(person)
    with writing(engine) as connection:
        n = connection.scalar(select(t.DocumentRow.n).where(t.DocumentRow.id == document))
        if n is None:
            raise UnknownNameError(f"the document “{document}” is not in this record")
        return _put(connection, "add", kind, n, None, value, person, why)


def undo_decision(engine: Engine, number: int, *, person: str, why: str = "") -> int:
    """Take a decision back, by a further row; return its number.

    Raises:
        DecisionError: there is none, or it is taken back already.
    """
    _named(person)
    d = t.DecisionRow
    with writing(engine) as connection:
        row = connection.execute(select(d.__table__).where(d.n == number, d.undoes.is_(None))).first()
        if row is None:
            raise DecisionError(f"there is no decision {number}; `verbale decisions` lists them")
        if connection.scalar(select(d.n).where(d.undoes == number)):
            raise DecisionError(f"decision {number} is taken back already")
        done = _write(connection, "undo", row.kind, row.document, row.finding, None, person, why, undoes=number)
        _changed(connection, row.document)
        return done


def decisions(engine: Engine) -> list[Decision]:
    """Return every decision about findings, in the order in which they were made."""
    d = t.DecisionRow
    with reading(engine) as connection:
        undone = set(connection.scalars(select(d.undoes).where(d.undoes.is_not(None))))
        rows = connection.execute(
            select(d.__table__, t.DocumentRow.id.label("of")).join(t.DocumentRow, t.DocumentRow.n == d.document).order_by(d.n)
        )
        return [
            Decision(
                r.n, r.verb, r.kind, r.of, shown(r.finding) if r.finding is not None else None, r.value, r.person, r.at, r.why,
                r.n not in undone and r.undoes is None,
            )
            for r in rows
        ]  # fmt: skip


def _named(person: str) -> None:
    if not person.strip():
        raise DecisionError("a decision needs the name of the person who makes it")


def _finding(connection: Connection, written: str) -> tuple[Any, Any]:
    low, high = key_range(written.lower())
    found = [
        (table, row)
        for table in t.FINDINGS
        for row in connection.execute(select(table.__table__).where(table.id.between(low, high)).limit(2))
    ]
    if len(found) != 1:
        raise UnknownNameError(f"{'no finding' if not found else 'more than one finding begins with'} “{written}” in this record")
    return found[0]


def _kind(table: Any, row: Any) -> str:
    if table is t.ConceptRow:
        return "domain" if row.kind == "domain" else "situation"
    return _KINDS[table]


def _put(
    connection: Connection, verb: Verb, kind: str, document: int, finding: int | None, value: Mapping[str, Any], person: str, why: str
) -> int:
    """Write a decision together with the finding that it puts in."""
    row = connection.execute(select(t.DocumentRow.__table__).where(t.DocumentRow.n == document)).one()
    made = _parse(kind, value, row.text)
    number = _write(connection, verb, kind, document, finding, dict(value), person, why)
    rows = Rows()
    common = {"id": key("by hand", row.id, number), "document": document, "ordinal": _LAST + number, "decision": number}
    add_finding(rows, made, common, row.day or "")
    rows.insert(connection)
    link_by_hand(connection, document)
    note(connection, "seen", rows.days)
    _changed(connection, document)
    return number


def _changed(connection: Connection, document: int) -> None:
    """Bring what is derived from the findings of a document up to date, or note that it is to be."""
    renew_topics(connection, [document])
    note(connection, "document", [document])


def _parse(kind: str, value: Mapping[str, Any], text: str) -> Any:
    """Return the finding that a value in JSON stands for, its spans checked."""
    if kind not in _TYPES:
        raise DecisionError(f"there is no kind of finding “{kind}”; the kinds are {', '.join(_TYPES)}")
    try:
        made = msgspec.convert(dict(value), _TYPES[kind])
    except (msgspec.ValidationError, ValueError) as error:
        raise DecisionError(f"not a {kind} as the reading has it in JSON: {error}") from error
    _check(value, text)
    return made


def _check(node: Any, text: str) -> None:
    """Raise DecisionError where a span is not in the text or its `exact` is not what stands there."""
    if isinstance(node, Mapping):
        if {"start", "end"} <= node.keys() and (
            node["end"] > len(text) or node.get("exact", text[node["start"] : node["end"]]) != text[node["start"] : node["end"]]
        ):
            raise DecisionError(f"the span {node['start']} to {node['end']} does not read “{str(node.get('exact'))[:60]}” in the document")
        for inner in node.values():
            _check(inner, text)
    elif isinstance(node, list | tuple):
        for inner in node:
            _check(inner, text)


def _write(
    connection: Connection,
    verb: Verb,
    kind: str,
    document: int,
    finding: int | None,
    value: dict[str, Any] | None,
    person: str,
    why: str,
    *,
    undoes: int | None = None,
) -> int:
    values = {"verb": verb, "kind": kind, "document": document, "finding": finding, "value": value, "person": person, "why": why}
    done = connection.execute(insert(t.DecisionRow).values(**values, at=now(), undoes=undoes).returning(t.DecisionRow.n))
    return int(done.scalar_one())


def corrected_readings(engine: Engine) -> list[Reading]:
    """Return, for every document with decisions that stand, the reading as people left it: what they rejected out, what they made in.

    `gold` writes one in the form of the annotation guidelines, to train a reader on.
    """
    found: list[Reading] = []
    with reading(engine) as connection:
        kept = {table: set(connection.scalars(select(table.id).where(standing(table)))) for table in t.FINDINGS}
        for document in dict.fromkeys(d.document for d in decisions(engine) if d.stands):
            row = connection.execute(document_and_reading().where(t.DocumentRow.id == document)).one()
            found.append(to_reading(connection, row, lambda table, r: r.id in kept[table]))
    return found


def gold(reading_: Reading) -> dict[str, Any]:
    """Return a reading in the form of the annotation guidelines, quotations in place of spans."""
    text = reading_.document.text

    def words(spans: tuple[Span, ...]) -> str:
        return " ".join(max(spans, key=lambda s: s.end - s.start).exact(text).split()) if spans else ""

    return {
        "id": reading_.document.id,
        "about_talks": reading_.about_talks,
        "engagements": [
            {
                "kind": e.kind,
                "status": e.status,
                "principal": e.principal,
                "parties": [p.id for p in e.parties],
                "date": e.date.value if e.date else None,
                "place": e.place.name if e.place else None,
                "series": e.series.name if e.series else None,
                "delegates": [{"name": d.name, "office": d.office, "party": d.party} for d in e.delegates],
            }
            for e in reading_.engagements
        ],
        "domains": [{"id": d.id, "stage": d.stage, "quote": words(d.spans)} for d in reading_.domains],
        "situations": [{"id": s.id, "quote": words(s.spans)} for s in reading_.situations],
        "statements": [
            {
                "speaker": s.speaker.name,
                "party": s.speaker.party,
                "cue": s.cue.exact(text) if s.cue else None,
                "content": words(s.content),
                "mode": s.mode,
            }
            for s in reading_.statements
        ],
        "commitments": [{"quote": words(c.spans), "parties": list(c.parties), "domains": list(c.domains)} for c in reading_.commitments],
        "figures": [{"quote": words(f.spans), "value": f.value, "unit": f.unit, "comparator": f.comparator} for f in reading_.figures],
    }
