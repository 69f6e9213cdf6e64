"""How domains and situations are spread over the record: how often, in which years and stages, between whom."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, func, select

from verbale.errors import UnknownNameError
from verbale.record import tables as t
from verbale.record.decisions import standing

_MANY = 6  # parties from which an engagement says nothing about any two of them


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """A domain or situation of the record: in how many documents it stands, from when to when."""

    concept: str
    label: str
    kind: str
    documents: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class StageCount:
    """In how many documents of a year a concept stands at a stage; situations have none."""

    year: str
    stage: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class PairCount:
    """In how many engagements between two parties a concept was a subject, and when last."""

    parties: tuple[str, str]
    engagements: int
    last: str | None


@dataclass(frozen=True, slots=True)
class Spread:
    """A concept over the years and stages, and between whom."""

    concept: ConceptEntry
    stages: tuple[StageCount, ...]
    pairs: tuple[PairCount, ...]


def concepts(connection: Connection, concept: str | None = None) -> list[ConceptEntry]:
    """Return the domains and situations of the record, the most frequent first."""
    c, d = t.ConceptRow, t.DocumentRow
    n = func.count(c.document.distinct())
    query = (
        select(c.concept, func.min(c.label), func.min(c.kind), n, func.min(d.day), func.max(d.day))
        .join(d, d.n == c.document)
        .where(standing(c))
        .group_by(c.concept)
        .order_by(n.desc(), c.concept)
    )
    if concept is not None:
        query = query.where(c.concept == concept)
    return [ConceptEntry(*row) for row in connection.execute(query)]


def spread(connection: Connection, concept: str, *, pairs: int = 25) -> Spread:
    """Return how a domain or situation, given by its id, is spread.

    Raises:
        UnknownNameError: the record holds none of this id.
    """
    found = concepts(connection, concept)
    if not found:
        raise UnknownNameError(f"no domain or situation “{concept}” in this record; /domains and /situations list them")
    c, d = t.ConceptRow, t.DocumentRow
    years = (
        select(func.substr(d.day, 1, 4).label("year"), c.stage, c.document)
        .join(d, d.n == c.document)
        .where(c.concept == concept, standing(c), d.day.is_not(None))
    ).subquery()
    columns = (years.c.year, years.c.stage)
    counted = connection.execute(
        select(*columns, func.count(years.c.document.distinct())).group_by(*columns).order_by(years.c.year, years.c.stage)
    )
    return Spread(found[0], tuple(StageCount(*row) for row in counted), tuple(_pairs(connection, concept, pairs)))


def _pairs(connection: Connection, concept: str, limit: int) -> list[PairCount]:
    e, c, d, s, p = t.EngagementRow, t.ConceptRow, t.DocumentRow, t.SubjectRow, t.EngagementPartyRow
    query = (
        select(e.id, e.cluster, func.coalesce(e.day, d.day).label("day"), p.party)
        .join(s, s.engagement == e.id)
        .join(c, c.id == s.concept)
        .join(d, d.n == e.document)
        .join(p, p.engagement == e.id)
        .where(c.concept == concept, standing(c), standing(e))
    )
    parties: dict[int, set[str]] = defaultdict(set)
    of: dict[int, tuple[int, str | None]] = {}
    for row in connection.execute(query):
        parties[row.id].add(row.party)
        of[row.id] = (row.cluster, row.day)
    clusters: dict[tuple[str, str], set[int]] = defaultdict(set)
    last: dict[tuple[str, str], str] = {}
    for engagement, found in parties.items():
        if len(found) < _MANY:
            cluster, day = of[engagement]
            for pair in combinations(sorted(found), 2):
                clusters[pair].add(cluster)
                last[pair] = max(last.get(pair, ""), day or "")
    ordered = sorted(clusters, key=lambda pair: (-len(clusters[pair]), pair))
    return [PairCount(pair, len(clusters[pair]), last[pair] or None) for pair in ordered[:limit]]
