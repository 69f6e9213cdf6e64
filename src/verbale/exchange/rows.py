"""The rows of the tables, document by document."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from verbale.document import Span
from verbale.exchange.selection import Selection
from verbale.exchange.tables import TABLES, Table
from verbale.record.extract import Extract

Cells = tuple[Any, ...]


def rows(selection: Selection) -> Iterator[tuple[Table, Cells]]:
    """Give the rows of all tables; those of one table come in a fixed order, those of different tables between each other."""
    engagements: set[str] = set()
    commitments: set[str] = set()
    for x in selection.documents():
        engagements.update(x.engagements)
        commitments.update(x.commitments)
        for name, made in _OF_DOCUMENT.items():
            for cells in made(x):
                yield TABLES[name], cells
    for e in selection.record.every_engagement():
        if e.key in engagements:
            parties, dates = " ".join(e.parties), " ".join(e.days)
            yield TABLES["engagements"], (
                e.key, e.day, dates, e.reported, e.kind, e.status, e.level, parties, e.place, e.series, e.edition, len(e.sources),
            )  # fmt: skip
    if selection.record.stats().assessments:
        for p in selection.record.promises():
            if p.key in commitments:
                for a in p.assessments:
                    yield TABLES["assessments"], (a.number, p.key, a.party, a.score, a.person, a.at, a.note)


def _places(spans: Sequence[Span]) -> str:
    return " ".join(f"{s.start}:{s.end}" for s in spans)


def _words(spans: Sequence[Span], text: str) -> str:
    return " […] ".join(s.exact(text) for s in spans)


def _documents(x: Extract) -> Iterator[Cells]:
    d = x.reading.document
    day = d.published_on
    yield (
        d.id, d.title, day.isoformat() if day else None, d.published, d.publisher, d.url, d.language, d.kind, x.reading.about_talks,
        x.reading.confidence, x.reading.reader,
    )  # fmt: skip


def _reports(x: Extract) -> Iterator[Cells]:
    for key, engagement, e in zip(x.reports, x.engagements, x.reading.engagements, strict=True):
        yield (
            key, engagement, x.reading.document.id, e.kind, e.status, e.principal, e.date.value if e.date else None,
            e.place.name if e.place else None, e.place.country if e.place else None, e.series.name if e.series else None,
            e.series.edition if e.series else None, e.confidence, _places(e.spans),
        )  # fmt: skip


def _parties(x: Extract) -> Iterator[Cells]:
    for key, e in zip(x.reports, x.reading.engagements, strict=True):
        for p in e.parties:
            yield key, p.id, p.confidence, _places(p.spans)


def _delegates(x: Extract) -> Iterator[Cells]:
    for key, people, e in zip(x.reports, x.delegates, x.reading.engagements, strict=True):
        for n, (person, d) in enumerate(zip(people, e.delegates, strict=True)):
            yield key, n, person, d.name, d.office, d.party, d.confidence, _places(d.spans)


def _domains(x: Extract) -> Iterator[Cells]:
    text = x.reading.document.text
    for key, d in zip(x.domains, x.reading.domains, strict=True):
        yield key, x.reading.document.id, d.id, d.label, d.stage, _words(d.spans[:1], text), d.confidence, _places(d.spans)


def _situations(x: Extract) -> Iterator[Cells]:
    text = x.reading.document.text
    for key, s in zip(x.situations, x.reading.situations, strict=True):
        yield key, x.reading.document.id, s.id, s.label, s.kind, _words(s.spans[:1], text), s.confidence, _places(s.spans)


def _statements(x: Extract) -> Iterator[Cells]:
    text = x.reading.document.text
    for key, person, s in zip(x.statements, x.speakers, x.reading.statements, strict=True):
        yield (
            key, x.reading.document.id, person, s.speaker.name, s.speaker.office, s.speaker.party,
            s.cue.exact(text) if s.cue else None, _words(s.content, text), s.mode, s.stance, s.negated, s.confidence, _places(s.content),
        )  # fmt: skip


def _commitments(x: Extract) -> Iterator[Cells]:
    text = x.reading.document.text
    for key, c in zip(x.commitments, x.reading.commitments, strict=True):
        parties, domains = " ".join(c.parties), " ".join(c.domains)
        yield key, x.reading.document.id, parties, domains, c.deadline, _words(c.spans, text), c.confidence, _places(c.spans)


def _figures(x: Extract) -> Iterator[Cells]:
    text = x.reading.document.text
    for key, f in zip(x.figures, x.reading.figures, strict=True):
        yield key, x.reading.document.id, f.value, f.unit, f.comparator, _words(f.spans, text), f.confidence, _places(f.spans)


_OF_DOCUMENT: dict[str, Callable[[Extract], Iterator[Cells]]] = {
    "documents": _documents,
    "reports": _reports,
    "parties": _parties,
    "delegates": _delegates,
    "domains": _domains,
    "situations": _situations,
    "statements": _statements,
    "commitments": _commitments,
    "figures": _figures,
}
"""What makes the rows of each table from one document."""
