"""The record document by document: each reading as people corrected it, with the keys of what its findings belong to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from verbale.findings import (
    Reading,
)
from verbale.record import tables as t
from verbale.record.decisions import standing
from verbale.record.engagements import EngagementEntry, clusters_between, in_time, load, within
from verbale.record.keys import shown
from verbale.record.likeness import bounds
from verbale.record.restoring import to_commitment, to_domains, to_engagement, to_figure, to_open_domains, to_situations, to_statement
from verbale.record.rows import document_and_reading, to_document

_AT_ONCE = 200  # documents

_Grouped = dict[int, list[Any]]


@dataclass(frozen=True)
class Extract:
    """What the record holds of one document: its findings as they stand.

    Every tuple runs beside one of the reading: `engagements` names the engagement of the record that each report belongs to,
    `delegates` the people of the record who came to it, `speakers` who spoke (none for a group); `reports`, `domains`, `situations`,
    `statements`, `commitments` and `figures` are the keys of the findings themselves. `decided` names the decision of the person who
    made a finding, by the key of the finding.
    """

    reading: Reading
    reports: tuple[str, ...]
    engagements: tuple[str, ...]
    delegates: tuple[tuple[str, ...], ...]
    domains: tuple[str, ...]
    situations: tuple[str, ...]
    statements: tuple[str, ...]
    speakers: tuple[str | None, ...]
    commitments: tuple[str, ...]
    figures: tuple[str, ...]
    decided: Mapping[str, int]


def extract(
    connection: Connection,
    parties: Sequence[str] = (),
    *,
    since: str | None = None,
    until: str | None = None,
    documents: Sequence[str] | None = None,
) -> Iterator[Extract]:
    """Give what the record holds of each document, the earliest first.

    Args:
        connection: the record.
        parties: only documents that report an engagement in which all of these take part.
        since: first day of publication.
        until: last day of publication.
        documents: only these, by id.
    """
    d, e = t.DocumentRow, t.EngagementRow
    query: Select[Any] = document_and_reading()
    low, high = bounds(since, until)
    if parties:
        query = query.where(d.n.in_(select(e.document).where(e.cluster.in_(clusters_between(parties)), standing(e))))
    if low:
        query = query.where(d.day >= low)
    if high:
        query = query.where(d.day <= high)
    if documents is not None:
        for i in range(0, len(documents), _AT_ONCE):
            yield from _some(connection, list(connection.execute(query.where(d.id.in_(documents[i : i + _AT_ONCE])).order_by(d.id))))
        return
    numbers = connection.scalars(query.with_only_columns(d.n).order_by(d.day.nulls_last(), d.id)).all()
    for i in range(0, len(numbers), _AT_ONCE):
        part = numbers[i : i + _AT_ONCE]
        rows = {row.n: row for row in connection.execute(document_and_reading().where(d.n.in_(part)))}
        yield from _some(connection, [rows[n] for n in part])


def engagements(
    connection: Connection, parties: Sequence[str] = (), *, since: str | None = None, until: str | None = None
) -> list[EngagementEntry]:
    """Return the engagements by date: all of the record, or those in which all of these parties take part."""
    e = t.EngagementRow
    query = clusters_between(parties) if parties else select(e.cluster).where(standing(e)).distinct()
    found = [x for x in load(connection, connection.scalars(query).all()) if within(x.day or x.reported, since, until)]
    return sorted(found, key=in_time)


def _some(connection: Connection, rows: Sequence[Any]) -> Iterator[Extract]:
    """Give the extracts of some documents, with one query a table."""
    numbers = [row.n for row in rows]

    def of(table: Any, *more: Any) -> _Grouped:
        query = select(table.__table__, *more).where(table.document.in_(numbers), standing(table)).order_by(table.ordinal)
        return _by(connection, query if not more else query.outerjoin(t.PersonForm, t.PersonForm.id == table.form), "document")

    engagements, concepts, commitments, figures = (of(x) for x in (t.EngagementRow, t.ConceptRow, t.CommitmentRow, t.FigureRow))
    statements = of(t.StatementRow, t.PersonForm.cluster.label("person"))

    def beside(table: Any, owner: str, keys: list[int], *more: Any) -> _Grouped:
        found: _Grouped = defaultdict(list)
        for i in range(0, len(keys), 500):
            query = select(table.__table__, *more).where(getattr(table, owner).in_(keys[i : i + 500])).order_by(table.ordinal)
            query = query.join(t.PersonForm, t.PersonForm.id == table.form) if more else query
            for key, held in _by(connection, query, owner).items():
                found[key] += held
        return found

    reports = [e.id for held in engagements.values() for e in held]
    parties = beside(t.EngagementPartyRow, "engagement", reports)
    delegates = beside(t.DelegateRow, "engagement", reports, t.PersonForm.cluster.label("person"))
    promised = [c.id for held in commitments.values() for c in held]
    bound = beside(t.CommitmentPartyRow, "commitment", promised)
    about = beside(t.CommitmentDomainRow, "commitment", promised)
    for row in rows:
        n = row.n
        domains = [c for c in concepts[n] if c.kind == "domain"]
        situations = [c for c in concepts[n] if c.kind != "domain"]
        yield Extract(
            reading=Reading(
                document=to_document(row),
                about_talks=row.about_talks,
                confidence=row.reading_confidence,
                engagements=tuple(to_engagement(e, parties[e.id], delegates[e.id]) for e in engagements[n]),
                domains=to_domains(concepts[n]),
                situations=to_situations(concepts[n]),
                statements=tuple(map(to_statement, statements[n])),
                commitments=tuple(
                    to_commitment(c, [p.party for p in bound[c.id]], [x.domain for x in about[c.id]]) for c in commitments[n]
                ),
                figures=tuple(map(to_figure, figures[n])),
                open_domains=to_open_domains(row),
                reader=row.reader,
            ),
            reports=tuple(shown(e.id) for e in engagements[n]),
            engagements=tuple(shown(e.cluster) for e in engagements[n]),
            delegates=tuple(tuple(shown(g.person) for g in delegates[e.id]) for e in engagements[n]),
            domains=tuple(shown(c.id) for c in domains),
            situations=tuple(shown(c.id) for c in situations),
            statements=tuple(shown(s.id) for s in statements[n]),
            speakers=tuple(shown(s.person) if s.person is not None else None for s in statements[n]),
            commitments=tuple(shown(c.id) for c in commitments[n]),
            figures=tuple(shown(f.id) for f in figures[n]),
            decided={
                shown(f.id): f.decision
                for held in (engagements, concepts, statements, commitments, figures)
                for f in held[n]
                if f.decision is not None
            },
        )


def _by(connection: Connection, query: Any, owner: str) -> _Grouped:
    found: _Grouped = defaultdict(list)
    for row in connection.execute(query):
        found[getattr(row, owner)].append(row)
    return found
