"""The last engagements, what is announced, and where the sources differ."""

from collections.abc import Iterable, Sequence

from verbale.brief.material import FINDING, Came, Material, Meeting, Report, note
from verbale.brief.model import Listing, Section, Sentence
from verbale.brief.wording import capital, day_words, listed, party, quotable, quoted, sentence_around
from verbale.document import Span
from verbale.record.lookup import party_label
from verbale.vocabulary import countries

_LAST = 6  # engagements
_SUBJECTS = 5
_PEOPLE = 3  # of a side
_ANNOUNCED = 3


def last_engagements(material: Material) -> Section:
    """Return the section on the last engagements."""
    blocks = [Listing(tuple(told(m, material.parties) for m in material.meetings[:_LAST]))]
    announced = [s for r in material.announced[::-1] if (s := _announced(r, material))]
    if announced:
        blocks.append(Listing(tuple(announced[:_ANNOUNCED]), "Announced"))
    differing = [s for m in material.meetings[: 2 * _LAST] for s in differences(m)]
    if differing:
        blocks.append(Listing(tuple(differing), "Where the sources differ"))
    return Section("Last engagements", tuple(blocks))


def told(m: Meeting, parties: Sequence[str] = ()) -> Sentence:
    """Return the sentence on an engagement: what, where, who, and on what."""
    where = f" {'to' if m.entry.kind == 'visit' else 'in'} {place}" if (place := _place(m)) else ""
    others = sorted(m.parties - set(parties))
    along = f", with {listed([party(p) for p in others])}" if others and parties else ""
    what = capital(m.entry.kind) + where + along
    if m.entry.series and len(m.entry.series.split()) > 1 and m.entry.series[-1].isalnum():
        what += f" ({m.entry.series})"
    who = people_words(m.people)
    subjects = [d.label.lower() if d.label[1:2].islower() else d.label for _, d in m.domains[:_SUBJECTS]]
    on = f". On the table: {', '.join(subjects)}" if subjects else ""
    notes = [m.note()]
    for report, domain in m.domains[:_SUBJECTS]:
        if report is not m.reports[0] and all(n.document != report.extract.reading.document.id for n in notes):
            notes.append(note(report.extract, domain.spans[:1]))
    spans = [d.spans[0] for r, d in m.domains[:_SUBJECTS] if r is m.reports[0]]
    notes[0] = note(m.reports[0].extract, [*notes[0].spans, *spans])
    return Sentence(f"{what}: {who}{on}." if who else f"{what}{on}.", tuple(notes), day_words(m.day))


def people_words(people: Iterable[Came]) -> str:
    """Return people with office and party, three of a side at most."""
    told: dict[str, list[str]] = {}
    for c in people:
        inside = f"{c.who.office}, {party_label(c.who.party)}" if c.who.office else party_label(c.who.party)
        told.setdefault(c.who.party, []).append(f"{c.who.name} ({inside})")
    return "; ".join(name for names in told.values() for name in names[:_PEOPLE])


def _place(m: Meeting) -> str | None:
    """Return the place as written, where it reads as one."""
    found = [r.found.place for r in m.reports if r.found.place and r.found.place.confidence >= FINDING]
    names = [" ".join(p.name.replace("*", " ").split()).strip(" ,.") for p in found]
    whole = [n for n in names if n[:1].isupper() and len(n.split()) <= 4 and not any(o != n and n in o for o in names)]
    return min(whole, key=len, default=None)


def _announced(report: Report, material: Material) -> Sentence | None:
    """Return the sentence of the source that announces an engagement, where nothing that was held on that day shows that it is over."""
    e, text = report.found, report.extract.reading.document.text
    newest = material.meetings[0].day if material.meetings else ""
    if e.date is None or e.date.value[:7] < newest[:7] or e.date.value <= newest:
        return None
    sentence = sentence_around(text, e.spans[0])
    if sentence is None:
        return None
    return Sentence(quoted(sentence.exact(text)), (note(report.extract, [sentence]),), day_words(e.date.value))


def differences(m: Meeting) -> list[Sentence]:
    """Return what the reports of one engagement say differently of its date, place and kind, every answer with its source."""
    found = []
    for what in ("date", "place"):
        said: dict[str, tuple[Report, tuple[Span, ...]]] = {}
        for r in m.reports:
            date, place = r.found.date, r.found.place
            if what == "date" and date and date.confidence >= FINDING:
                said.setdefault(day_words(date.value), (r, date.spans[:1]))
            elif what == "place" and place and place.confidence >= FINDING:
                said.setdefault(" ".join(place.name.replace("*", " ").split()), (r, place.spans[:1]))
        if len(said) > 1 and not _alike(what, list(said)):
            answers = [f"{words} ({r.extract.reading.document.title})" for words, (r, _) in said.items()]
            notes = tuple(note(r.extract, spans) for r, spans in said.values())
            found.append(Sentence(f"On the {what} of the {m.entry.kind}: {listed(answers)}.", notes, day_words(m.day)))
    return found


def _alike(what: str, answers: list[str]) -> bool:
    """Tell whether answers can be one: a date and a part of it; places that share a word; a palace, which may be in any town."""
    if what == "date":
        words = [set(a.split()) for a in answers]
        return all(w <= max(words, key=len) for w in words)
    seats = {seat for country in countries().values() for seat in country.seats}
    rest = [set(a.lower().replace(",", " ").split()) for a in answers if not any(seat in a for seat in seats)]
    return len(rest) < 2 or bool(set[str].intersection(*rest))


def first_quotable(text: str, spans: Iterable[Span]) -> Span | None:
    """Return the first sentence around one of these places that can be quoted."""
    for span in spans:
        sentence = sentence_around(text, span)
        if sentence is not None and quotable(sentence.exact(text)):
            return sentence
    return None
