"""Which domains and situations a statement is about."""

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import Connection, delete, insert, select

from verbale.document import Span
from verbale.record import tables as t
from verbale.record.decisions import standing
from verbale.vocabulary import domains, situations
from verbale.vocabulary.lexicon import Lexicon

_AT_ONCE = 500


@cache
def _terms() -> Lexicon[str]:
    """The terms of all domains and situations, those that carry their concept by themselves."""
    pairs = [(term, entry.id) for listed in (domains(), situations()) for entry in listed.values() for term in (entry.label, *entry.terms)]
    return Lexicon(pairs, plural=True)


def topics(text: str, content: Sequence[Span], concepts: Iterable[tuple[str, Sequence[Span]]]) -> set[str]:
    """Return what a statement is about: concepts that the document names inside it, and those whose terms stand in it."""
    found = {concept for concept, spans in concepts if any(a.overlaps(b) for a in spans for b in content)}
    for part in content:
        found.update(payload for match in _terms().iter(part.exact(text)) for payload in match.payloads)
    return found


def renew_topics(connection: Connection, documents: Iterable[int]) -> None:
    """Compute anew what the statements of documents are about."""
    s, c, d = t.StatementRow, t.ConceptRow, t.DocumentRow
    for n in documents:
        statements = list(connection.execute(select(s.id, s.day, s.content).where(s.document == n)))
        if not statements:
            continue
        keys = [r.id for r in statements]
        for i in range(0, len(keys), _AT_ONCE):
            connection.execute(delete(t.TopicRow).where(t.TopicRow.statement.in_(keys[i : i + _AT_ONCE])))
        text = connection.scalars(select(d.text).where(d.n == n)).one()
        concepts = [(r.concept, r.spans) for r in connection.execute(select(c.concept, c.spans).where(c.document == n, standing(c)))]
        rows = [
            {"concept": concept, "day": r.day, "statement": r.id}
            for r in statements
            for concept in sorted(topics(text, r.content, concepts))
        ]
        if rows:
            connection.execute(insert(t.TopicRow), rows)
