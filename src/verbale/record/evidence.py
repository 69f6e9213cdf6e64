"""Candidate evidence for a commitment: passages of later documents, ranked; a person decides what they show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, exists, select

from verbale.document import Span
from verbale.record import tables as t
from verbale.record.answers import Source
from verbale.record.decisions import standing
from verbale.record.embedding import Embed, embed_words
from verbale.record.passages import passages
from verbale.record.querying import Either, Phrase
from verbale.record.words import folded_words

_DOCUMENTS = 60  # later documents looked into at most
_PASSAGES = 30  # passages that are embedded at most: those nearest in words
_NEAR = 0.12  # likeness under which a passage has nothing to do with the promise
_DELIVERED, _FIGURE, _DOMAIN = 0.20, 0.08, 0.05  # what a delivered domain, a figure, and a domain in common add to the likeness


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may show what became of a commitment: its score, why it is proposed, and where it stands."""

    score: float
    why: tuple[str, ...]
    day: str | None
    text: str
    source: Source


def candidates(connection: Connection, commitment: int, embed: Embed = embed_words, *, limit: int = 10) -> list[Candidate]:
    """Return the passages of later documents most likely to show what became of a commitment, the best first.

    Looked into are documents published after the promise that report an engagement between two of its parties: those bound, and those
    between whom it was made.
    """
    c, d, p = t.CommitmentRow, t.DocumentRow, t.CommitmentPartyRow
    promise = connection.execute(select(c.id, c.spans, d.n, d.text, d.day).join(d, d.n == c.document).where(c.id == commitment)).one()
    words = " ".join(s.exact(promise.text) for s in promise.spans)
    wanted = set(connection.scalars(select(p.party).where(p.commitment == commitment))) | _between(connection, promise.n)
    domains = set(connection.scalars(select(t.CommitmentDomainRow.domain).where(t.CommitmentDomainRow.commitment == commitment)))
    query = Either(tuple(Phrase((w,)) for w in dict.fromkeys(folded_words(words)) if len(w) > 3))
    if not query.parts:
        return []
    later = _later(connection, promise, wanted, domains)
    places = [(row, span) for row in later for span in passages(row.text) if _shares(span.exact(row.text), query)]
    if not places:
        return []
    places = _nearest(words, places)
    vectors = embed([words, *(span.exact(row.text) for row, span in places)])
    found = _weighed(connection, places, vectors[1:] @ vectors[0], domains)
    return sorted(found, key=lambda x: (-x.score, x.day or "", x.source.document, x.source.spans))[:limit]


def _nearest(words: str, places: Sequence[tuple[Any, Span]]) -> list[tuple[Any, Span]]:
    """Return the passages nearest in words, so that only these have to be embedded by meaning."""
    vectors = embed_words([words, *(span.exact(row.text) for row, span in places)])
    order = np.argsort(-(vectors[1:] @ vectors[0]), kind="stable")[:_PASSAGES]
    return [places[i] for i in sorted(order.tolist())]


def _later(connection: Connection, promise: Any, wanted: set[str], domains: set[str]) -> list[Any]:
    """Return the documents to look into: published later about an engagement of two of the parties.

    Those that name a domain of the promise come first, those nearest in time before the others.
    """
    d, e, m, c = t.DocumentRow, t.EngagementRow, t.MeetingRow, t.ConceptRow
    met = select(m.cluster).where(m.a.in_(wanted), m.b.in_(wanted))
    reports = select(e.document).where(e.cluster.in_(met), e.principal, standing(e))
    shared = exists().where(c.document == d.n, c.concept.in_(domains), standing(c))
    query = select(d.n).where(d.n.in_(reports), d.n != promise.n, d.day > (promise.day or ""))
    numbers = connection.scalars(query.order_by(shared.desc(), d.day, d.id).limit(_DOCUMENTS)).all()
    columns = (d.n, d.id.label("document"), d.title, d.text, d.day.label("published"), d.publisher, d.url)
    return list(connection.execute(select(*columns).where(d.n.in_(numbers)).order_by(d.day, d.id)))


def _shares(passage: str, query: Either) -> bool:
    """Tell whether a passage has two words of the promise, or the only one: the rest need not be embedded."""
    here = set(folded_words(passage))
    return sum(p.words[0] in here for p in query.parts if isinstance(p, Phrase)) >= min(2, len(query.parts))


def _between(connection: Connection, n: int) -> set[str]:
    """Return the parties to the engagements that a document exists to report."""
    e, p = t.EngagementRow, t.EngagementPartyRow
    query = select(p.party).join(e, e.id == p.engagement).where(e.document == n, e.principal, standing(e))
    return set(connection.scalars(query))


def _weighed(connection: Connection, places: Sequence[tuple[Any, Span]], likeness: Iterable[float], domains: set[str]) -> list[Candidate]:
    """Score the passages that are near enough to the promise."""
    c, f = t.ConceptRow, t.FigureRow
    numbers = sorted({row.n for row, _ in places})
    concepts: dict[int, list[Any]] = defaultdict(list)
    for x in connection.execute(select(c.document, c.concept, c.stage, c.spans).where(c.document.in_(numbers), standing(c))):
        concepts[x.document].append(x)
    figures: dict[int, list[Span]] = defaultdict(list)
    for n, spans in connection.execute(select(f.document, f.spans).where(f.document.in_(numbers), standing(f))):
        figures[n] += spans
    found = []
    for (row, span), near in zip(places, likeness, strict=True):
        if near >= _NEAR:
            score, why = _weigh(span, float(near), concepts[row.n], figures[row.n], domains)
            source = Source(row.document, row.title, row.published, row.publisher, row.url, (span,), span.exact(row.text))
            found.append(Candidate(round(score, 4), why, row.published, source.quote, source))
    return found


def _weigh(span: Span, near: float, concepts: list[Any], figures: list[Span], domains: set[str]) -> tuple[float, tuple[str, ...]]:
    score, why = near, [f"likeness {near:.2f}"]
    here = [x for x in concepts if any(s.overlaps(span) for s in x.spans)]
    delivered = next((x.concept for x in here if x.stage == "delivered" and (not domains or x.concept in domains)), None)
    if delivered:
        score += _DELIVERED
        why.append(f"{delivered} delivered")
    elif domains & {x.concept for x in here}:
        score += _DOMAIN
        why.append("same domain")
    if any(s.overlaps(span) for s in figures):
        score += _FIGURE
        why.append("names a figure")
    return score, tuple(why)
