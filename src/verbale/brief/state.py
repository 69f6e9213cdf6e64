"""The state of play in six lines."""

from collections import Counter

from verbale.brief.material import FINDING, Material, Meeting, note
from verbale.brief.model import Listing, Note, Section, Sentence
from verbale.brief.news import first_time, recent
from verbale.brief.promises import chosen, standing
from verbale.brief.talks import people_words
from verbale.brief.wording import capital, day_words, listed, number, party, times

_TOP = 5
_LEVELS = {"leader": "leaders", "minister": "ministers", "official": "officials"}


def state_of_play(material: Material) -> Section:
    """Return the section, as many of its six lines as the record answers."""
    lines = (_how_often, _last, _levels, _domains, _news, _promises)
    return Section("State of play", (Listing(tuple(s for line in lines if (s := line(material)))),))


def _how_often(material: Material) -> Sentence:
    first, last = material.meetings[-1], material.meetings[0]
    n, alone = len(material.meetings), len(material.alone)
    among = f", {number(alone)} of them with nobody else" if 0 < alone < n else ""
    who = capital(listed([party(p) for p in material.parties]))
    text = f"{who} met or spoke {times(n)} between {day_words(first.day)} and {day_words(last.day)}{among}."
    if n == 1:
        text = f"{who} met or spoke once, on {day_words(last.day)}."
    return Sentence(text, _notes(last, first), "Contact")


def _last(material: Material) -> Sentence:
    both = [m for m in material.alone if {c.who.party for c in m.people} >= set(material.parties)]
    m = (both or material.alone or list(material.meetings))[0]
    who = people_words(m.people)
    what = f"{m.entry.kind} of the two" if len(m.parties) == 2 else m.entry.kind
    return Sentence(f"The last {what} was on {day_words(m.day)}" + (f": {who}." if who else "."), (m.note(),), "Latest")


def _levels(material: Material) -> Sentence | None:
    seen: dict[str, Meeting] = {}
    counted: Counter[str] = Counter()
    for m in material.meetings:
        level = m.level(material.parties)
        if level:
            counted[level] += 1
            seen.setdefault(level, m)
    told = [
        f"{_LEVELS[level]} {times(counted[level])}, last on {day_words(seen[level].day)}" for level in _LEVELS if level in seen
    ]  # fmt: skip
    return Sentence(f"By level of both sides: {'; '.join(told)}.", _notes(*seen.values()), "Level") if told else None


def _domains(material: Material) -> Sentence | None:
    counted: Counter[str] = Counter()
    last: dict[str, tuple[str, Note]] = {}
    for m in material.meetings:
        for report, domain in m.domains:
            counted[domain.id] += 1
            last.setdefault(domain.id, (domain.label, note(report.extract, domain.spans[:1])))
    top = sorted(counted, key=lambda d: (-counted[d], d))[:_TOP]
    if not top:
        return None
    words = [f"{_lower(last[d][0])} ({counted[d]})" for d in top]
    text = f"Most often on the table, by number of engagements out of {len(material.meetings)}: {listed(words)}."
    return Sentence(text, tuple(last[d][1] for d in top), "Substance")


def _news(material: Material) -> Sentence | None:
    rows = [(r, n) for r, n in first_time(material, len(material.meetings)) if recent(r.day, material.meetings[0].day)][:3]
    if not rows:
        return None
    words = [f"{_lower(row.label) if row.kind == 'domain' else row.label} ({day_words(row.day)})" for row, _ in rows]
    return Sentence(f"Newest on the agenda, never before in this record: {listed(words)}.", tuple(n for _, n in rows), "New")


def _promises(material: Material) -> Sentence | None:
    found = [p for p, confidence, _ in chosen(material) if confidence >= FINDING]
    if not found:
        return None
    by = Counter(standing(p) for p, _, _ in chosen(material))
    parts = [f"{number(by[s])} {s}" for s in ("open", "overdue", "kept", "kept in part", "not kept") if by[s]]
    n = len(found)
    text = f"The record holds {number(n)} promise{'s' if n != 1 else ''} that bind{'' if n != 1 else 's'} both sides and nobody else"
    notes = tuple(x for _, _, x in chosen(material)[:2])
    return Sentence(f"{text}: {listed(parts)}.", notes, "Promises")


def _notes(*meetings: Meeting) -> tuple[Note, ...]:
    return tuple(dict.fromkeys(m.note() for m in meetings))


def _lower(label: str) -> str:
    return label.lower() if label[1:2].islower() else label
