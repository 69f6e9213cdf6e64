"""Who said what: statements by person, party, subject and date."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, or_, select

from verbale.record import tables as t
from verbale.record.answers import Source, quote
from verbale.record.decisions import standing
from verbale.record.engagements import within
from verbale.record.keys import shown
from verbale.record.querying import holds, parse
from verbale.record.search import documents_with
from verbale.record.words import folded_words
from verbale.vocabulary import domains, situations
from verbale.vocabulary.lexicon import Lexicon


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
    s, d, f = t.StatementRow, t.DocumentRow, t.PersonForm
    query = (
        select(
            s.id, s.speaker, s.office, s.party, s.cue, s.content, s.mode, s.stance, s.negated, f.cluster,
            d.n, d.id.label("document"), d.title, d.text,
            d.day.label("published"), d.publisher, d.url,
        )
        .join(d, d.n == s.document)
        .outerjoin(f, f.id == s.form)
        .where(standing(s))
        .order_by(d.day.desc(), d.id, s.ordinal)
    )  # fmt: skip
    if people:
        query = query.where(s.form.in_(select(f.id).where(f.cluster.in_(list(people)))))
    if party:
        query = query.where(s.party == party)
    if mode:
        query = query.where(s.mode == mode)
    # The bounds narrow the rows; `within` decides, as a bound may be a month or a year.
    if since:
        query = query.where(d.day >= since)
    if until:
        query = query.where(d.day <= until + "\uffff")
    candidates = []
    if concept:
        candidates.append(s.document.in_(select(t.ConceptRow.document).where(t.ConceptRow.concept == concept)))
    asked = parse(about) if about else None
    if asked:
        candidates.append(s.document.in_(documents_with(connection, asked)))
    if candidates:
        query = query.where(or_(*candidates))
    found: list[StatementEntry] = []
    for row in connection.execute(query):
        if not within(row.published, since, until) and (since or until):
            continue
        if concept or asked:
            named = concept is not None and _names(connection, row, concept)
            if not (named or (asked is not None and any(holds(asked, folded_words(x.exact(row.text))) for x in row.content))):
                continue
        found.append(_entry(row))
        if limit is not None and len(found) == limit:
            break
    return found


def _names(connection: Connection, row: Any, concept: str) -> bool:
    """Tell whether a statement names a concept: a place of its finding, or a term of the vocabulary, lies inside."""
    c = t.ConceptRow
    spans = connection.scalars(select(c.spans).where(c.document == row.n, c.concept == concept, standing(c)))
    if any(a.overlaps(b) for places in spans for a in places for b in row.content):
        return True
    return any(next(_terms(concept).iter(b.exact(row.text)), None) is not None for b in row.content)


@cache
def _terms(concept: str) -> Lexicon[str]:
    """The terms of a domain or situation in the vocabulary."""
    entry = domains().get(concept) or situations().get(concept)
    return Lexicon([(term, concept) for term in (entry.label, *entry.terms)] if entry else [], plural=True)


def _entry(r: Any) -> StatementEntry:
    source = Source(r.document, r.title, r.published, r.publisher, r.url, r.content, quote(r.text, r.content))
    content = " […] ".join(x.exact(r.text) for x in r.content)
    cue = " ".join(x.exact(r.text) for x in r.cue) if r.cue else None
    person = shown(r.cluster) if r.cluster is not None else None
    return StatementEntry(shown(r.id), r.published, r.speaker, person, r.office, r.party, cue, content, r.mode, r.stance, r.negated, source)
