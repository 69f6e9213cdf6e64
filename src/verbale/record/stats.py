"""What the record holds in numbers, the digest of its content, and SQL that cannot write."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from verbale.errors import QueryError
from verbale.record import tables as t
from verbale.record.connection import told

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Stats:
    """The record in numbers."""

    documents: int
    about_talks: int
    first: str | None
    last: str | None
    readers: dict[str, int]
    reports: int
    engagements: int
    people: int
    series: int
    domains: int
    situations: int
    statements: int
    commitments: int
    figures: int
    decisions: int
    judgements: int
    assessments: int


def stats(connection: Connection) -> Stats:
    """Count what the record holds; `reports` are engagements as documents report them, `engagements` those of the record."""

    def n(table: Any, *where: Any) -> int:
        return int(connection.scalar(select(func.count()).select_from(table).where(*where)) or 0)

    def clusters(table: Any) -> int:
        return int(connection.scalar(select(func.count(table.cluster.distinct()))) or 0)

    d, r, c = t.DocumentRow, t.ReadingRow, t.ConceptRow
    readers = connection.execute(select(r.reader, func.count()).group_by(r.reader).order_by(r.reader))
    return Stats(
        documents=n(d),
        about_talks=n(r, r.about_talks),
        first=connection.scalar(select(func.min(d.day))),
        last=connection.scalar(select(func.max(d.day))),
        readers={row[0]: row[1] for row in readers},
        reports=n(t.EngagementRow),
        engagements=clusters(t.EngagementRow),
        people=clusters(t.PersonForm),
        series=clusters(t.SeriesForm),
        domains=n(c, c.kind == "domain"),
        situations=n(c, c.kind != "domain"),
        statements=n(t.StatementRow),
        commitments=n(t.CommitmentRow),
        figures=n(t.FigureRow),
        decisions=n(t.DecisionRow),
        judgements=n(t.JudgementRow, t.JudgementRow.person.is_not(None)),
        assessments=n(t.AssessmentRow),
    )


# What tells records apart, and nothing that the time or the order of storing leaves behind.
_CONTENT: Sequence[tuple[type[t.Base], tuple[str, ...]]] = (
    (t.DocumentRow, ("id",)),
    (t.ReadingRow, ("document",)),
    (t.EngagementRow, ("id",)),
    (t.EngagementPartyRow, ("engagement", "party")),
    (t.DelegateRow, ("engagement", "ordinal")),
    (t.ConceptRow, ("id",)),
    (t.SubjectRow, ("engagement", "concept")),
    (t.StatementRow, ("id",)),
    (t.CommitmentRow, ("id",)),
    (t.CommitmentPartyRow, ("commitment", "party")),
    (t.CommitmentDomainRow, ("commitment", "domain")),
    (t.FigureRow, ("id",)),
    (t.PersonForm, ("id",)),
    (t.SeriesForm, ("id",)),
    (t.JudgementRow, ("kind", "left", "right", "verdict", "why")),
    (t.DecisionRow, ("document", "verb", "finding", "why")),
    (t.AssessmentRow, ("commitment", "party", "score", "note")),
    (t.SuccessionRow, ("old",)),
)
_NOT_CONTENT = frozenset(("n", "at", "undoes", "decision"))


def digest(connection: Connection) -> str:
    """Return a SHA-256 of the content: the same for two records that hold the same, in whichever database and order it came in."""
    ids = {row.n: row.id for row in connection.execute(select(t.DocumentRow.n, t.DocumentRow.id))}
    whole = hashlib.sha256()
    for table, order in _CONTENT:
        whole.update(f"{table.__tablename__}\n".encode())
        for line in sorted(_lines(connection, table.__table__, order, ids)):
            whole.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return whole.hexdigest()


def _lines(connection: Connection, table: Any, order: Sequence[str], ids: dict[int, str]) -> Iterator[str]:
    """Give the rows of a table as text, documents by id."""
    columns = [c for c in table.columns if c.name not in _NOT_CONTENT]
    query = select(*columns).execution_options(yield_per=_AT_ONCE)
    for row in connection.execute(query):
        values = (ids.get(v, v) if c.name == "document" else v for c, v in zip(columns, row, strict=True))
        yield "\x1f".join(repr(v) for v in values)


def sql(engine: Engine, query: str) -> Iterator[dict[str, Any]]:
    """Run one SQL query and give its rows, as they come; nothing that is typed can write.

    SQLite asks an authoriser before every step; PostgreSQL runs the query as a cursor, which must be a query, in a read-only transaction.

    Raises:
        QueryError: it is not a query, holds more than one, would write, or is malformed.
        RecordError: the database failed.
    """
    if not query.strip().rstrip(";").strip():
        raise QueryError("there is no query to run")
    with told(engine):
        yield from (_sqlite if engine.dialect.name == "sqlite" else _postgres)(engine, query.strip().rstrip(";"))


_ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
_FORBIDDEN_FUNCTIONS = frozenset(("load_extension", "writefile", "edit", "fts3_tokenizer", "fts5"))


def _sqlite(engine: Engine, query: str) -> Iterator[dict[str, Any]]:
    def allow(action: int, _: str | None, name: str | None, *__: str | None) -> int:
        fine = action in _ALLOWED and not (action == sqlite3.SQLITE_FUNCTION and name in _FORBIDDEN_FUNCTIONS)
        return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY

    with _raw(engine) as connection:
        connection.set_authorizer(allow)
        try:
            cursor = connection.execute(query)
            names = [d[0] for d in cursor.description or ()]
            if not names:
                raise QueryError("only queries can be run here: SELECT, WITH or VALUES")
            for row in cursor:
                yield dict(zip(names, row, strict=True))
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise QueryError(f"the query cannot be run: {error}; only one query that reads is allowed") from error
        finally:
            connection.set_authorizer(None)


def _postgres(engine: Engine, query: str) -> Iterator[dict[str, Any]]:
    import psycopg  # noqa: PLC0415 - an extra

    with _raw(engine) as connection:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
                # A prepared statement is one statement; a cursor is for a query.
                cursor.execute(f"DECLARE asked NO SCROLL CURSOR FOR {query}".encode(), prepare=True)
                while True:
                    rows = cursor.execute(f"FETCH {_AT_ONCE} FROM asked").fetchall()
                    names = [d.name for d in cursor.description or ()]
                    for row in rows:
                        yield dict(zip(names, row, strict=True))
                    if len(rows) < _AT_ONCE:
                        return
        except psycopg.OperationalError:
            raise
        except psycopg.Error as error:
            first = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise QueryError(f"the query cannot be run: {first}; only one query that reads is allowed") from error
        finally:
            connection.rollback()
            connection.close()  # and not back to the others: locks and settings of a session outlive its transactions


@contextmanager
def _raw(engine: Engine) -> Iterator[Any]:
    """Give the connection of the driver."""
    pooled = engine.raw_connection()
    try:
        yield pooled.driver_connection
    finally:
        if getattr(pooled.driver_connection, "closed", False):
            pooled.invalidate()
        pooled.close()
