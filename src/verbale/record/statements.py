"""Who said what: statements by person, party, subject and date."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, select

from verbale.record import tables as t
from verbale.record.answers import Source, quote
from verbale.record.decisions import standing
from verbale.record.judgements import parts
from verbale.record.keys import shown
from verbale.record.likeness import bounds
from verbale.record.querying import Query, holds, parse
from verbale.record.search import documents_with
from verbale.record.words import folded_words

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
        concept: a domain or situation; a statement is about it when a place where the document names it, or a term of it, lies in it.
        about: without a concept, words to be found in the statement itself, in the language of `search`.
        since: first day of publication.
        until: last day of publication.
        mode: `direct`, `mixed` or `indirect`.
        limit: how many at most.
    """
    s = t.StatementRow
    low, high = bounds(since, until)
    conditions = [standing(s)]
    if people:
        forms = connection.scalars(select(t.PersonForm.id).where(t.PersonForm.cluster.in_(list(people)))).all()
        conditions.append(s.form.in_(forms))
    if party:
        conditions.append(s.party == party)
    if mode:
        conditions.append(s.mode == mode)
    if low:
        conditions.append(s.day >= low)
    if high:
        conditions.append(and_(s.day <= high, s.day != ""))
    if about and not concept:
        return _with_words(connection, conditions, parse(about), limit)
    wanted = select(s.id).where(*conditions)
    day: Any = s.day
    if concept and people:
        topic = t.TopicRow
        wanted = wanted.where(exists().where(topic.concept == concept, topic.day == s.day, topic.statement == s.id))
    elif concept:
        topic = t.TopicRow
        wanted, day = wanted.join(topic, topic.statement == s.id).where(topic.concept == concept), topic.day
    return _entries(connection, connection.scalars(wanted.order_by(day.desc(), s.id).limit(limit)).all())


def _entries(connection: Connection, keys: Sequence[int]) -> list[StatementEntry]:
    """Return the statements of these keys, the latest first."""
    s, d, f = t.StatementRow, t.DocumentRow, t.PersonForm
    columns = (
        s.id, s.speaker, s.office, s.party, s.cue, s.content, s.mode, s.stance, s.negated, s.day, s.ordinal, f.cluster,
        d.n, d.id.label("document"), d.title, d.text, d.day.label("published"), d.publisher, d.url,
    )  # fmt: skip
    query = select(*columns).join(d, d.n == s.document).outerjoin(f, f.id == s.form)
    rows = [row for part in parts(keys) for row in connection.execute(query.where(s.id.in_(part)))]
    rows.sort(key=lambda r: (r.document, r.ordinal))
    return [_entry(row) for row in sorted(rows, key=lambda r: r.day, reverse=True)]


def _with_words(connection: Connection, conditions: Sequence[ColumnElement[bool]], asked: Query, limit: int | None) -> list[StatementEntry]:
    """Go through the documents that hold such words, the latest first, some at a time, until there are enough statements with them."""
    s, d = t.StatementRow, t.DocumentRow
    documents = documents_with(connection, asked)
    if len(conditions) > 1:  # more than that they stand
        documents = documents.where(d.n.in_(select(s.document).where(*conditions)))
    numbers = connection.scalars(documents.order_by(d.day.desc().nulls_last(), d.id)).all()
    found: list[int] = []
    for i in range(0, len(numbers), _AT_ONCE):
        query = select(s.id, s.content, d.text).join(d, d.n == s.document).where(*conditions, s.document.in_(numbers[i : i + _AT_ONCE]))
        rows = connection.execute(query.order_by(s.day.desc(), d.id, s.ordinal))
        found += [r.id for r in rows if any(holds(asked, folded_words(b.exact(r.text))) for b in r.content)]
        if limit is not None and len(found) >= limit:
            break
    return _entries(connection, found[:limit])


def _entry(r: Any) -> StatementEntry:
    source = Source(r.document, r.title, r.published, r.publisher, r.url, r.content, quote(r.text, r.content))
    content = " […] ".join(x.exact(r.text) for x in r.content)
    cue = " ".join(x.exact(r.text) for x in r.cue) if r.cue else None
    person = shown(r.cluster) if r.cluster is not None else None
    return StatementEntry(shown(r.id), r.published, r.speaker, person, r.office, r.party, cue, content, r.mode, r.stance, r.negated, source)
