"""Full-text search with filters and facets, one function over SQLite's FTS5 and PostgreSQL's `tsvector`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, Integer, Select, column, func, literal, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSVECTOR

from verbale.document import Span
from verbale.record import tables as t
from verbale.record.answers import Source, quote
from verbale.record.decisions import standing
from verbale.record.engagements import clusters_between
from verbale.record.likeness import bounds
from verbale.record.querying import Either, Query, parse, phrases, places, to_fts5, to_tsquery
from verbale.vocabulary.lexicon import tokens

RANKED = 10_000
"""Documents that a query is ranked among: of more that answer it, those added last."""

_AROUND = 90  # characters of a snippet on either side of what was found


@dataclass(frozen=True, slots=True)
class Filters:
    """What a document must be about or come from; what is not given does not filter. All of these together."""

    parties: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    concepts: tuple[str, ...] = ()
    stage: str | None = None
    kind: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found: its rank (greater is better), and a snippet that is a span of it with the words found in it."""

    score: float
    snippet: str
    snippet_span: Span
    found: tuple[Span, ...]
    source: Source


@dataclass(frozen=True)
class Facets:
    """How many of the documents found fall under each party, concept, stage, kind, publisher and year, the most frequent first."""

    parties: dict[str, int] = field(default_factory=dict)
    concepts: dict[str, int] = field(default_factory=dict)
    stages: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    publishers: dict[str, int] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)


def documents_with(connection: Connection, query: Query) -> Select[Any]:
    """Return the query for the numbers of the documents that hold a phrase of a query: all in which a passage can answer it."""
    return _found(connection, Either(tuple(phrases(query))), Filters())[0]


def search(connection: Connection, written: str, filters: Filters | None = None, *, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Return the documents that answer a query and pass the filters, the best first.

    An empty query gives every document that passes the filters, the latest first.

    Raises:
        QueryError: the query is malformed.
    """
    query = parse(written) if written.strip() else None
    return [_hit(row, rank, query) for row, rank in ranked(connection, query, filters or Filters(), limit=limit, offset=offset)]


def ranked(connection: Connection, query: Query | None, filters: Filters, *, limit: int, offset: int = 0) -> list[tuple[Any, float]]:
    """Return the rows, each with its rank, of the documents that answer a parsed query and pass the filters, the best first.

    Of documents that answer a query only those added last are ranked, `RANKED` of them.
    """
    d = t.DocumentRow
    columns = (d.id.label("document"), d.title, d.day.label("published"), d.publisher, d.url, d.text)
    if query is None:
        chosen = select(d.n, literal(0.0, Float).label("rank")).where(*_conditions(filters))
        best = chosen.order_by(d.day.desc().nulls_last(), d.id).limit(limit).offset(offset)
    else:
        latest = _answering(connection, query, filters).subquery()
        chosen = select(latest.c.n, latest.c.rank).join(d, d.n == latest.c.n)
        best = chosen.order_by(latest.c.rank.desc(), d.day.desc().nulls_last(), d.id).limit(limit).offset(offset)
    numbers = {row.n: row.rank for row in connection.execute(best)}  # first the numbers, then the texts of the few
    rows = {row.n: row for row in connection.execute(select(d.n, *columns).where(d.n.in_(numbers)))}
    return [(rows[n], rank) for n, rank in numbers.items()]


def _answering(connection: Connection, query: Query, filters: Filters) -> Select[Any]:
    """Return the query for the documents that answer a query and pass the filters, those added last, with what ranks them."""
    d = t.DocumentRow
    conditions = _conditions(filters)
    allowed = select(d.n).where(*conditions)
    if connection.dialect.name == "postgresql":
        words = table("words", column("document"), column("found", TSVECTOR))
        asked = func.to_tsquery(text("'simple'"), to_tsquery(query))
        found: Select[Any] = select(words.c.document.label("n"), words.c.found).where(words.c.found.op("@@")(asked))
        found = found.where(words.c.document.in_(allowed)) if conditions else found
        latest = found.order_by(words.c.document.desc()).limit(RANKED).subquery()
        return select(latest.c.n, func.ts_rank_cd(latest.c.found, asked, 1).label("rank"))
    index = table("words", column("words"))
    number: ColumnElement[int] = literal_column("+words.rowid", Integer)  # `+`: the index of words leads, not the filters
    found = select(number.label("n"), (-func.bm25(text("words"), type_=Float)).label("rank")).select_from(index)
    found = found.where(index.c.words.op("MATCH")(to_fts5(query)))
    found = found.where(number.in_(allowed)) if conditions else found
    return found.order_by(literal_column("words.rowid").desc()).limit(RANKED)


def count(connection: Connection, written: str, filters: Filters | None = None) -> int:
    """Return how many documents answer a query and pass the filters.

    Raises:
        QueryError: the query is malformed.
    """
    found, _ = _found(connection, parse(written) if written.strip() else None, filters or Filters())
    return int(connection.scalar(select(func.count()).select_from(found.with_only_columns(t.DocumentRow.n).subquery())) or 0)


def _found(connection: Connection, query: Query | None, filters: Filters) -> tuple[Select[Any], ColumnElement[float]]:
    """Return the query for documents, and what ranks them."""
    d = t.DocumentRow
    found: Select[Any] = select(d.n).where(*_conditions(filters))
    if query is None:
        return found, literal(0.0, Float)
    if connection.dialect.name == "postgresql":
        words = table("words", column("document"), column("found", TSVECTOR))
        asked = func.to_tsquery(text("'simple'"), to_tsquery(query))
        found = found.join(words, words.c.document == d.n).where(words.c.found.op("@@")(asked))
        return found, func.ts_rank_cd(words.c.found, asked, 1)
    index = table("words", column("rowid"), column("words"))
    found = found.join(index, index.c.rowid == d.n).where(index.c.words.op("MATCH")(to_fts5(query)))
    return found, -func.bm25(text("words"), type_=Float)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    d, e = t.DocumentRow, t.EngagementRow
    listed: list[ColumnElement[bool]] = []
    if filters.parties:
        listed.append(d.n.in_(select(e.document).where(e.cluster.in_(clusters_between(filters.parties)), standing(e))))
    if filters.kind:
        listed.append(d.n.in_(select(e.document).where(e.kind == filters.kind, standing(e))))
    if filters.people:
        forms = select(t.PersonForm.id).where(t.PersonForm.cluster.in_(filters.people))
        came = select(e.document).join(t.DelegateRow, t.DelegateRow.engagement == e.id).where(t.DelegateRow.form.in_(forms))
        spoke = select(t.StatementRow.document).where(t.StatementRow.form.in_(forms))
        listed.append(d.n.in_(came.union(spoke)))
    c = t.ConceptRow
    for concept in filters.concepts:
        about = select(c.document).where(c.concept == concept, standing(c))
        listed.append(d.n.in_(about.where(c.stage == filters.stage) if filters.stage else about))
    if filters.stage and not filters.concepts:
        listed.append(d.n.in_(select(c.document).where(c.stage == filters.stage, standing(c))))
    if filters.publisher:
        listed.append(d.publisher == filters.publisher)
    since, until = bounds(filters.since, filters.until)
    if since:
        listed.append(d.day >= since)
    if until:
        listed.append(d.day <= until)
    return listed


def _hit(row: Any, rank: float, query: Query | None) -> Hit:
    found = _spans(row.text, query) if query else []
    first = found[0] if found else Span(0, min(len(row.text), 2 * _AROUND))
    start, end = max(0, first.start - _AROUND), min(len(row.text), first.end + _AROUND)
    if start:  # begin and end with whole words
        start = min((i for i in (row.text.find(" ", start) + 1, row.text.find("\n", start) + 1) if 0 < i <= first.start), default=start)
    if end < len(row.text):
        end = max((i for i in (row.text.rfind(" ", first.end, end), row.text.rfind("\n", first.end, end)) if i > 0), default=end)
    snippet = Span(start, end)
    inside = tuple(s for s in found if start <= s.start and s.end <= end)
    source = Source(row.document, row.title, row.published, row.publisher, row.url, tuple(found), quote(row.text, found or [snippet]))
    return Hit(round(float(rank), 6), snippet.exact(row.text), snippet, inside, source)


def _spans(written: str, query: Query) -> list[Span]:
    """Return where the phrases of a query stand in a text: first where most of them stand close together."""
    words = tokens(written)
    kept = [i for i, k in enumerate(words.keys) if k.isalnum()]
    keys = [words.keys[i] for i in kept]
    by_phrase = [[Span(words.starts[kept[a]], words.ends[kept[b]]) for a, b in places(p, keys)] for p in phrases(query)]
    everything = sorted({s for spans in by_phrase for s in spans})
    if not everything:
        return []

    def company(span: Span) -> int:
        return sum(any(abs(o.start - span.start) <= _AROUND for o in spans) for spans in by_phrase)

    best = max(everything, key=lambda s: (company(s), -s.start))
    return [best, *(s for s in everything if s != best)]


def facets(connection: Connection, written: str = "", filters: Filters | None = None, *, top: int = 20) -> Facets:
    """Return how the documents that answer a query and pass the filters are spread.

    Raises:
        QueryError: the query is malformed.
    """
    d, e, p, c = t.DocumentRow, t.EngagementRow, t.EngagementPartyRow, t.ConceptRow
    found, _ = _found(connection, parse(written) if written.strip() else None, filters or Filters())
    numbers = found.with_only_columns(d.n).subquery()
    chosen = select(numbers.c.n)

    def counted(query: Any) -> dict[str, int]:
        rows: Sequence[Any] = connection.execute(query).all()
        spread = Counter({str(row[0]): int(row[1]) for row in rows if row[0]})
        return dict(sorted(spread.items(), key=lambda x: (-x[1], x[0]))[:top])

    def documents(what: Any) -> Any:
        return func.count(what.distinct())

    years = select(func.substr(d.day, 1, 4).label("year")).where(d.n.in_(chosen)).subquery()
    return Facets(
        parties=counted(
            select(p.party, documents(e.document))
            .join(e, e.id == p.engagement)
            .where(e.document.in_(chosen), standing(e))
            .group_by(p.party)
        ),
        concepts=counted(select(c.concept, documents(c.document)).where(c.document.in_(chosen), standing(c)).group_by(c.concept)),
        stages=counted(select(c.stage, documents(c.document)).where(c.document.in_(chosen), standing(c)).group_by(c.stage)),
        kinds=counted(select(e.kind, documents(e.document)).where(e.document.in_(chosen), standing(e)).group_by(e.kind)),
        publishers=counted(select(d.publisher, func.count()).where(d.n.in_(chosen)).group_by(d.publisher)),
        years=counted(select(years.c.year, func.count()).group_by(years.c.year)),
    )
