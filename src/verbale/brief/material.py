"""Material: what a brief is made from. Engagements that the record is sure of, with their reports, people and documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from verbale.brief.model import Note
from verbale.brief.who import Directory, Named
from verbale.document import Span
from verbale.findings import Domain, Engagement, Situation
from verbale.record import Coverage, Record
from verbale.record.engagements import EngagementEntry, level_name
from verbale.record.extract import Extract
from verbale.record.followup import PromiseEntry
from verbale.record.ledger import LedgerRow
from verbale.record.likeness import level

ENGAGEMENT, PARTY, PERSON, FINDING = 0.75, 0.85, 0.8, 0.6
"""The confidence from which an engagement, a party, a person and any other finding come into a brief."""

FEW = 4
"""Parties up to which an engagement is between them, and not a gathering at which they met too."""


@dataclass(frozen=True)
class Report:
    """An engagement as one document reports it."""

    extract: Extract
    index: int

    @property
    def found(self) -> Engagement:
        """The engagement as read."""
        return self.extract.reading.engagements[self.index]

    @property
    def parties(self) -> frozenset[str]:
        """The parties that the reading is sure of."""
        return frozenset(p.id for p in self.found.parties if p.confidence >= PARTY)


@dataclass(frozen=True)
class Came:
    """A person at an engagement, and where that stands."""

    who: Named
    note: Note


@dataclass(frozen=True)
class Meeting:
    """An engagement that a brief tells of: the entry of the record, and the reports that are sure of it, the fullest first.

    `parties` are those who are there by a person or named in a title: one that a document only mentions is left out.
    """

    entry: EngagementEntry
    reports: tuple[Report, ...]
    people: tuple[Came, ...]
    parties: frozenset[str]
    keys: tuple[str, ...]

    @property
    def day(self) -> str:
        """Its date, or the day of the first report where none is known."""
        return self.entry.day or self.entry.reported or ""

    @property
    def domains(self) -> list[tuple[Report, Domain]]:
        """The domains that were its subjects, each once, those of the fullest report first."""
        found: dict[str, tuple[Report, Domain]] = {}
        for report in self.reports:
            for domain in report.extract.reading.domains:
                if domain.confidence >= FINDING:
                    found.setdefault(domain.id, (report, domain))
        return list(found.values())

    @property
    def situations(self) -> list[tuple[Report, Situation]]:
        """The regions and situations that were its subjects."""
        found: dict[str, tuple[Report, Situation]] = {}
        for report in self.reports:
            for situation in report.extract.reading.situations:
                if situation.confidence >= FINDING:
                    found.setdefault(situation.id, (report, situation))
        return list(found.values())

    def level(self, parties: Sequence[str]) -> str | None:
        """Return the level: the lowest of the highest offices in which these parties are there."""
        return level_name(level((c.who.party, c.who.office) for c in self.people if c.who.party in parties))

    def note(self) -> Note:
        """Return the note on the engagement itself: the places of the fullest report that say what, when, where and who."""
        report = self.reports[0]
        e = report.found
        spans = [*e.spans[:1], *(e.date.spans[:1] if e.date else ()), *(e.place.spans[:1] if e.place else ())]
        spans += [d.spans[0] for d in e.delegates if d.confidence >= PERSON and d.party in report.parties]
        return note(report.extract, spans)


@dataclass
class Material:
    """Everything that the sections of a brief ask for: `meetings` of few parties, `gatherings` of more, what is `announced`.

    `exactly` says that only promises count that bind these parties and nobody else.
    """

    record: Record
    parties: tuple[str, ...]
    coverage: Coverage
    meetings: tuple[Meeting, ...]
    gatherings: tuple[Meeting, ...]
    announced: tuple[Report, ...]
    directory: Directory
    as_of: str
    since: str | None = None
    until: str | None = None
    exactly: bool = True

    @cached_property
    def ledger(self) -> list[LedgerRow]:
        """The ledger between these parties, also of what came before the period."""
        return list(self.record.ledger(self.parties, until=self.until))

    @cached_property
    def promises(self) -> list[PromiseEntry]:
        """The promises between these parties in the period."""
        as_of = date.fromisoformat(self.as_of)
        return list(self.record.promises(self.parties, since=self.since, until=self.until, as_of=as_of))

    @property
    def alone(self) -> list[Meeting]:
        """The meetings in which only these parties took part, the latest first."""
        return [m for m in self.meetings if m.parties == frozenset(self.parties)]

    def documents(self) -> list[Extract]:
        """Return the documents that report the meetings, the latest first."""
        found = {r.extract.reading.document.id: r.extract for m in self.meetings for r in m.reports}
        return sorted(found.values(), key=lambda x: (x.reading.document.published or "", x.reading.document.id), reverse=True)


def note(x: Extract, spans: Iterable[Span]) -> Note:
    """Return the note on places of a document, in their order; a place within another is not named again."""
    d = x.reading.document
    every = set(spans)
    kept = tuple(sorted(s for s in every if not any(s != o and o.start <= s.start and s.end <= o.end for o in every)))
    day = d.published_on
    return Note(d.id, d.title, d.publisher, day.isoformat() if day else None, d.url, kept, tuple(s.exact(d.text) for s in kept))
