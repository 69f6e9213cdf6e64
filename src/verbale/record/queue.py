"""The review queue: findings that nobody has decided about, those that the reader is least sure of first."""

from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from verbale.document import Span
from verbale.errors import QueryError
from verbale.record import tables as t
from verbale.record.answers import Source
from verbale.record.decisions import standing
from verbale.record.keys import shown
from verbale.record.sheet import kind_of, label, words

KINDS = ("engagement", "domain", "situation", "statement", "commitment", "figure")
"""The kinds of findings, as a queue can be of one."""

_AROUND = 220  # characters of the document shown on either side


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A finding to be decided about, with the words of its document before and after it."""

    key: str
    kind: str
    label: str
    confidence: float
    words: str
    before: str
    after: str
    source: Source


def queue(connection: Connection, kind: str | None = None, *, limit: int, offset: int = 0) -> list[QueueEntry]:
    """Return findings that nobody has decided about, the least sure first.

    Raises:
        QueryError: there is no such kind of finding.
    """
    lists = []
    for table, condition in _tables(kind):
        rows = select(table.confidence, table.id).where(condition).order_by(table.confidence, table.id).limit(limit + offset)
        lists.append([(row[0], row[1], table) for row in connection.execute(rows)])
    first = islice(merge(*lists, key=lambda x: (x[0], x[1])), offset, offset + limit)
    return [_entry(connection, table, key) for _, key, table in first]


def count(connection: Connection) -> dict[str, int]:
    """Return how many findings of each kind wait for a decision."""
    found = {}
    for kind in KINDS:
        [(table, condition)] = _tables(kind)
        found[kind] = int(connection.scalar(select(func.count()).select_from(table).where(condition)) or 0)
    return found


def _tables(kind: str | None) -> list[tuple[Any, ColumnElement[bool]]]:
    """Return the tables that hold findings of a kind, each with the condition for those that wait."""
    if kind is not None and kind not in KINDS:
        raise QueryError(f"there is no kind of finding “{kind}”; the kinds are {', '.join(KINDS)}")
    found: list[tuple[Any, ColumnElement[bool]]] = []
    for table in t.FINDINGS:
        waits = standing(table) & table.decision.is_(None) & table.id.not_in(_decided())
        if table is t.ConceptRow:
            if kind in (None, "domain", "situation"):
                own = t.ConceptRow.kind == "domain" if kind == "domain" else t.ConceptRow.kind != "domain"
                found.append((table, waits & own if kind else waits))
        elif kind in (None, table.__tablename__):
            found.append((table, waits))
    return found


def _decided() -> Any:
    """Return the query for the present keys of findings with a decision that stands."""
    d, s = t.DecisionRow, t.SuccessionRow
    other = t.DecisionRow.__table__.alias("taken_back")
    undone = select(other.c.undoes).where(other.c.undoes.is_not(None))
    return (
        select(func.coalesce(s.new, d.finding))
        .select_from(d)
        .outerjoin(s, s.old == d.finding)
        .where(d.finding.is_not(None), d.undoes.is_(None), d.n.not_in(undone))
    )


def _entry(connection: Connection, table: Any, key: int) -> QueueEntry:
    row = connection.execute(select(table.__table__).where(table.id == key)).one()
    d = connection.execute(select(t.DocumentRow.__table__).where(t.DocumentRow.n == row.document)).one()
    spans: tuple[Span, ...] = row.content if table is t.StatementRow else row.spans
    quoted = words(d.text, spans)
    first, last = spans[0], spans[-1]
    before, after = _tail(d.text[: first.start]), _head(d.text[last.end :])
    source = Source(d.id, d.title, d.day, d.publisher, d.url, spans, first.exact(d.text))
    return QueueEntry(shown(key), kind_of(table, row), label(table, row), row.confidence, quoted, before, after, source)


def _tail(text: str) -> str:
    """Return the end of a text, from the beginning of a word."""
    return text if len(text) <= _AROUND else "…" + text[-_AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    """Return the beginning of a text, up to the end of a word."""
    return text if len(text) <= _AROUND else text[:_AROUND].rpartition(" ")[0] + "…"
