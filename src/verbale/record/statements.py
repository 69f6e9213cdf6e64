"""Who said what: statements by person, party, subject and date."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from verbale.document import Span
from verbale.record import tables as t
from verbale.record.answers import Source, quote
from verbale.record.decisions import standing
from verbale.record.keys import shown
from verbale.record.likeness import bounds
from verbale.record.querying import Query, holds, parse
from verbale.record.search import documents_with
from verbale.record.words import folded_words
from verbale.vocabulary import domains, situations
from verbale.vocabulary.lexicon import Lexicon

_AT_ONCE = 200  # documents


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A statement: who spoke, in which office and for whom, and the words with their source."""

    key: str
    day: str | None
    speaker: str
    person: str | None
    office: str | None
    party: str | None
    cue: str | None
    content: str
    mode: str
    stance: str
    negated: bool
    source: Source


def said(
    connection: Connection,
    *,
    people: Sequence[int] = (),
    party: str | None = None,
    concept: str | None = None,
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
    mode: str | None = None,
    limit: int | None = None,
) -> list[StatementEntry]:
    """Return statements, the latest first.

    Args:
        connection: the record.
        people: clusters of the people who spoke; empty: anybody.
        party: the party spoken for.
        concept: a domain or situation; a statement is about it when a place where the document names it lies in the statement.
        about: words to be found in the statement itself, in the language of `search`; with `concept`, either is enough.
        since: first day of publication.
        until: last day of publication.
        mode: `direct`, `mixed` or `indirect`.
        limit: how many at most.
    """
    s, d = t.StatementRow, t.DocumentRow
    low, high = bounds(since, until)
    conditions = [standing(s)]
    if people:
        forms = select(t.PersonForm.id).where(t.PersonForm.cluster.in_(list(people)))
        conditions.append(s.form.in_(forms))
    if party:
        conditions.append(s.party == party)
    if mode:
        conditions.append(s.mode == mode)
    if low:
        conditions.append(d.day >= low)
    if high:
        conditions.append(d.day <= high)
    if not (concept or about):
        return [entry(row) for row in connection.execute(entries_of(conditions).limit(limit))]
    return _about(connection, conditions, concept, parse(about) if about else None, limit)


def entries_of(conditions: Sequence[ColumnElement[bool]]) -> Any:
    """Return the query for statements, of `statement` joined with `document`, that meet all conditions, the latest first."""
    s, d, f = t.StatementRow, t.DocumentRow, t.PersonForm
    columns = (
        s.id, s.speaker, s.office, s.party, s.cue, s.content, s.mode, s.stance, s.negated, f.cluster,
        d.n, d.id.label("document"), d.title, d.text, d.day.label("published"), d.publisher, d.url,
    )  # fmt: skip
    query: Any = select(*columns).join(d, d.n == s.document).outerjoin(f, f.id == s.form).where(*conditions)
    return query.order_by(d.day.desc().nulls_last(), d.id, s.ordinal)


def _about(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], concept: str | None, asked: Query | None, limit: int | None
) -> list[StatementEntry]:
    """Go through the documents that can hold such statements, the latest first, some at a time, until there are enough."""
    s, d, c = t.StatementRow, t.DocumentRow, t.ConceptRow
    can: list[ColumnElement[bool]] = []
    if concept:
        can.append(d.n.in_(select(c.document).where(c.concept == concept)))
    if asked:
        can.append(d.n.in_(documents_with(connection, asked)))
    with_statements = select(d.n).where(or_(*can))
    if len(conditions) > 1:  # more than that they stand
        with_statements = with_statements.where(d.n.in_(select(s.document).join(d, d.n == s.document).where(*conditions)))
    numbers = connection.scalars(with_statements.order_by(d.day.desc().nulls_last(), d.id)).all()
    found: list[StatementEntry] = []
    for i in range(0, len(numbers), _AT_ONCE):
        part = numbers[i : i + _AT_ONCE]
        places: dict[int, list[Span]] = defaultdict(list)
        if concept:
            for n, spans in connection.execute(select(c.document, c.spans).where(c.document.in_(part), c.concept == concept, standing(c))):
                places[n] += spans
        rows = connection.execute(entries_of([*conditions, s.document.in_(part)]))
        found += [entry(row) for row in rows if _answers(row, places[row.n], concept, asked)]
        if limit is not None and len(found) >= limit:
            break
    return found[:limit]


def _answers(row: Any, places: Sequence[Span], concept: str | None, asked: Query | None) -> bool:
    """Tell whether a statement names the concept, at a place of its finding or in a term of the vocabulary, or answers the query."""
    if any(a.overlaps(b) for a in places for b in row.content):
        return True
    words = [b.exact(row.text) for b in row.content]
    if concept and any(next(_terms(concept).iter(w), None) is not None for w in words):
        return True
    return asked is not None and any(holds(asked, folded_words(w)) for w in words)


@cache
def _terms(concept: str) -> Lexicon[str]:
    """The terms of a domain or situation in the vocabulary."""
    entry = domains().get(concept) or situations().get(concept)
    return Lexicon([(term, concept) for term in (entry.label, *entry.terms)] if entry else [], plural=True)


def entry(r: Any) -> StatementEntry:
    """Return the statement of a row of `entries_of`."""
    source = Source(r.document, r.title, r.published, r.publisher, r.url, r.content, quote(r.text, r.content))
    content = " […] ".join(x.exact(r.text) for x in r.content)
    cue = " ".join(x.exact(r.text) for x in r.cue) if r.cue else None
    person = shown(r.cluster) if r.cluster is not None else None
    return StatementEntry(shown(r.id), r.published, r.speaker, person, r.office, r.party, cue, content, r.mode, r.stance, r.negated, source)
