"""Material: what a brief is made from. Engagements that the record is sure of, with their reports, people and documents."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from verbale.brief.model import Note
from verbale.brief.who import Directory, Named
from verbale.document import Span
from verbale.findings import Domain, Engagement, Situation
from verbale.record import Coverage, Record
from verbale.record.engagements import EngagementEntry, in_time, level_name
from verbale.record.extract import Extract
from verbale.record.followup import PromiseEntry
from verbale.record.ledger import LedgerRow
from verbale.record.likeness import level
from verbale.vocabulary import countries, groups
from verbale.vocabulary.lexicon import Lexicon

ENGAGEMENT, PARTY, PERSON, FINDING = 0.75, 0.85, 0.8, 0.6
"""The confidence from which an engagement, a party, a person and any other finding come into a brief."""

FEW = 4
"""Parties up to which an engagement is between them, and not a gathering at which they met too."""


_QUESTION = re.compile(r"^Q\b", re.MULTILINE)  # how transcripts mark a question of the press


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


def gather(record: Record, parties: Sequence[str], *, since: str | None, until: str | None, as_of: str) -> Material:
    """Return the material for a brief on these parties."""
    codes = record.party_codes(parties)
    entries = record.timeline(codes, since=since, until=until)
    extracts = {x.reading.document.id: x for x in record.extract(codes)} if entries else {}
    sides = {p for e in entries if len(e.parties) <= FEW * 2 for p in e.parties}
    people = {p.key: p for code in sorted(sides) for p in record.people(party=code)}
    directory = Directory(people.values(), extracts.values())
    found = [m for e in entries if (m := meeting(e, codes, extracts, directory))]
    few = merged(m for m in found if len(m.parties) <= FEW)
    wide = merged(m for m in found if len(m.parties) > FEW)
    planned = [r for e in entries if e.status == "planned" for r in _reports(e, extracts) if r.parties >= frozenset(codes)]
    announced = [r for r in planned if r.found.confidence >= ENGAGEMENT and len(r.parties) <= FEW]
    return Material(record, codes, entries.coverage, tuple(few), tuple(wide), tuple(announced), directory, as_of, since, until)


def gather_for(
    record: Record, entries: Sequence[EngagementEntry], *, as_of: str, since: str | None = None, until: str | None = None
) -> tuple[Material, list[Meeting]]:
    """Return an empty material, and those of some engagements that a brief can tell of, whoever their parties are."""
    documents = sorted({s.document for e in entries for s in e.sources})
    extracts = {x.reading.document.id: x for x in record.extract(documents=documents)}
    directory = Directory(record.people(), extracts.values())
    found = merged(m for e in entries if (m := meeting(e, (), extracts, directory)))
    coverage = record.people(limit=1).coverage
    return Material(record, (), coverage, (), (), (), directory, as_of, since, until), found


def _reports(entry: EngagementEntry, extracts: dict[str, Extract]) -> list[Report]:
    return [
        Report(x, i)
        for source in entry.sources
        if (x := extracts.get(source.document))
        for i, key in enumerate(x.engagements)
        if key == entry.key
    ]


def meeting(entry: EngagementEntry, parties: Sequence[str], extracts: dict[str, Extract], directory: Directory) -> Meeting | None:
    """Return an engagement that was held as a brief tells it, or None where no report is sure enough of it and of these parties.

    Each of these must be there by a person whom a report is sure of, or all be named in its title (of a visit, the one that is visited): a
    document that only mentions a party is no report of talks with it.
    """
    reports = [r for r in _reports(entry, extracts) if _sure(r, parties)] if entry.status == "held" else []
    kept: list[Report] = []
    people: dict[str, Came] = {}
    present: set[str] = set()
    for report in reports:
        came = list(_came(report, directory))
        title = report.extract.reading.document.title
        there = {c.who.party for c in came} | {p for p in report.parties if _names(p, title)}
        by_people = {c.who.party for c in came}
        told_of = report.found.kind == "visit" or by_people >= set(parties) or all(_names(p, title) for p in parties)
        if came and told_of and there >= set(parties) and not _asked_by_the_press(report.extract, parties):
            kept.append(report)
            present |= there
            for c in came:
                people.setdefault(c.who.key, c)
    if not kept:
        return None
    kept.sort(key=lambda r: (-len([d for d in r.found.delegates if d.confidence >= PERSON]), -r.found.confidence))
    ranked = sorted(people.values(), key=lambda c: (c.who.party, c.who.name))
    return Meeting(entry, tuple(kept), tuple(ranked), frozenset(present), (entry.key,))


def _asked_by_the_press(x: Extract, parties: Sequence[str]) -> bool:
    """Tell whether a document is one side's answers to journalists, which tell of talks in passing and are no report of them."""
    asked = len(_QUESTION.findall(x.reading.document.text)) > 1
    speak = {s.speaker.party for s in x.reading.statements if s.mode == "direct"}
    return asked and len(speak & set(parties)) < 2


def _sure(report: Report, parties: Sequence[str]) -> bool:
    e = report.found
    return e.status == "held" and e.principal and e.confidence >= ENGAGEMENT and report.parties >= frozenset(parties)


def _came(report: Report, directory: Directory) -> Iterable[Came]:
    for key, d in zip(report.extract.delegates[report.index], report.found.delegates, strict=True):
        who = directory.named(key, d) if d.confidence >= PERSON else None
        if who and who.party in report.parties:
            yield Came(who, note(report.extract, d.spans[:1]))


@cache
def _forms(party: str) -> Lexicon[str]:
    country, group = countries().get(party), groups().get(party)
    forms: tuple[str, ...] = (group.label, *group.names) if group else ()
    if country:
        forms = (country.label, *country.names, *country.adjectives, *country.people)
    return Lexicon([(form.lstrip("="), party) for form in forms])


def _names(party: str, title: str) -> bool:
    return next(iter(_forms(party).iter(title)), None) is not None


def merged(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Return the meetings, the latest first, those of one day between the same people told as one."""
    found: list[Meeting] = []
    for m in sorted(meetings, key=lambda m: (len(m.people), len(m.reports)), reverse=True):
        same = next((i for i, other in enumerate(found) if _same(m, other)), None)
        if same is None:
            found.append(m)
        else:
            first = found[same]
            found[same] = replace(first, reports=(*first.reports, *m.reports), keys=(*first.keys, *m.keys))
    return sorted(found, key=lambda m: in_time(m.entry), reverse=True)


def _same(a: Meeting, b: Meeting) -> bool:
    if a.day != b.day or len(a.day) < 10 or a.parties != b.parties:
        return False
    left, right = ({(c.who.party, c.who.key) for c in m.people} for m in (a, b))
    shared = {party for party, _ in left & right}
    return len(shared) > 1 or left <= right or right <= left
