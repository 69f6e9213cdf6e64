"""The brief on one person."""

from collections import defaultdict

from verbale.brief.compose import finished
from verbale.brief.gathering import gather_for
from verbale.brief.material import FINDING, Came, Meeting, note
from verbale.brief.model import Brief, Grid, Listing, Section, Sentence
from verbale.brief.talks import told
from verbale.brief.wording import capital, day_words, number, quotable, quoted, sentence_around, times
from verbale.errors import UnknownNameError
from verbale.findings import Domain, Situation
from verbale.record import Record
from verbale.record.extract import Extract
from verbale.record.lookup import party_label
from verbale.record.people import PersonEntry

_LAST, _MET, _SAID = 10, 10, 10


def of_person(record: Record, who: str, *, since: str | None = None, until: str | None = None, purpose: str = "", as_of: str) -> Brief:
    """Return the brief on a person, given by name or key: offices, last engagements, whom they met, and what they said.

    Raises:
        UnknownNameError: nobody is so called.
    """
    person = record.people(who)[0]
    entries = [e for e in record.every_engagement(since=since, until=until) if any(p.key == person.key for p in e.people)]
    material, found = gather_for(record, entries, as_of=as_of, since=since, until=until)
    meetings = [m for m in found if len(m.parties) > 1 and any(c.who.key == person.key for c in m.people)]
    title = person.name + (f", {party_label(person.party)}" if person.party else "")
    sections: list[Section | None] = []
    remarks = [] if meetings else [f"The record holds no talks of {person.name} that it is sure enough of."]
    if meetings:
        sections = [_who(person, meetings), _last(person, meetings), _met(person, meetings), _said(person, meetings)]
    return finished(title, purpose, since, until, as_of, material.coverage, sections, remarks)


def _own(person: PersonEntry, m: Meeting) -> Came:
    found = next((c for c in m.people if c.who.key == person.key), None)
    if found is None:
        raise UnknownNameError(f"{person.name} did not take part in the engagement {m.entry.key}")
    return found


def _who(person: PersonEntry, meetings: list[Meeting]) -> Section:
    offices: dict[str, list[tuple[Meeting, Came]]] = defaultdict(list)
    for m in meetings:
        came = _own(person, m)
        offices[came.who.office or "without office"].append((m, came))
    last, first = meetings[0], meetings[-1]
    text = f"The record tells of {number(len(meetings))} engagements between {day_words(first.day)} and {day_words(last.day)}."
    sentences = [Sentence(text, tuple(dict.fromkeys((last.note(), first.note()))), "Contact")]
    for office, found in offices.items():
        when = f"Seen from {day_words(found[-1][0].day)} to {day_words(found[0][0].day)}, {times(len(found))}."
        sentences.append(Sentence(when, tuple(dict.fromkeys((found[0][1].note, found[-1][1].note))), capital(office)))
    return Section("Who", (Listing(tuple(sentences)),))


def _last(person: PersonEntry, meetings: list[Meeting]) -> Section:
    return Section("Last engagements", (Listing(tuple(told(m, [_own(person, m).who.party]) for m in meetings[:_LAST])),))


def _met(person: PersonEntry, meetings: list[Meeting]) -> Section | None:
    seen: dict[str, list[tuple[Meeting, Came]]] = defaultdict(list)
    for m in meetings:
        for c in m.people:
            if c.who.party != _own(person, m).who.party:
                seen[c.who.key].append((m, c))
    ranked = sorted(seen.values(), key=lambda found: (-len(found), found[0][1].who.name))[:_MET]
    rows = tuple(
        (
            Sentence(", ".join(x for x in (c.who.name, c.who.office, party_label(c.who.party)) if x), (c.note,)),
            Sentence(day_words(m.day), (m.note(),)),
            Sentence(times(len(found)), (found[-1][0].note(),)),
        )
        for found in ranked
        for m, c in found[:1]
    )
    return Section("Whom they met most", (Grid(("Person", "Last met", "In all"), rows),)) if rows else None


def _said(person: PersonEntry, meetings: list[Meeting]) -> Section | None:
    documents: dict[str, Extract] = {r.extract.reading.document.id: r.extract for m in meetings for r in m.reports}
    found: dict[str, Sentence] = {}
    for x in sorted(documents.values(), key=lambda x: (x.reading.document.published or "", x.reading.document.id), reverse=True):
        text, day = x.reading.document.text, x.reading.document.published_on
        for key, s in zip(x.speakers, x.reading.statements, strict=True):
            concepts: list[Situation | Domain] = [*x.reading.situations, *x.reading.domains]
            subjects = [c.label for c in concepts if any(a.overlaps(b) for a in c.spans for b in s.content)]
            sentence = sentence_around(text, s.content[0])
            if key != person.key or s.negated or s.confidence < FINDING or not subjects or sentence is None:
                continue
            words = sentence.exact(text)
            if quotable(words):
                told_on = f"{day_words(day.isoformat() if day else None)}: {quoted(words)}"
                found.setdefault(words, Sentence(told_on, (note(x, [sentence]),), subjects[0]))
    return Section("What they said", (Listing(tuple(list(found.values())[:_SAID])),)) if found else None
