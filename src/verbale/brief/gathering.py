"""Gathering the material of a brief: which engagements the record is sure enough of, and who was there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from verbale.brief.material import ENGAGEMENT, FEW, PERSON, Came, Material, Meeting, Report, note
from verbale.brief.who import Directory
from verbale.record import Record
from verbale.record.engagements import EngagementEntry, in_time
from verbale.record.extract import Extract
from verbale.vocabulary import countries, groups
from verbale.vocabulary.lexicon import Lexicon

_QUESTION = re.compile(r"^Q\b", re.MULTILINE)  # how transcripts mark a question of the press


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
        there = {c.who.party for c in came} | {p for p in report.parties if names_party(p, title)}
        by_people = {c.who.party for c in came}
        told_of = report.found.kind == "visit" or by_people >= set(parties) or all(names_party(p, title) for p in parties)
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


def names_party(party: str, title: str) -> bool:
    """Tell whether words name a party, by a name, an adjective or its people."""
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
