"""The brief on one engagement."""

from verbale.brief.compose import finished
from verbale.brief.gathering import gather_for
from verbale.brief.material import Material, Meeting, note
from verbale.brief.model import Brief, Listing, Note, Section, Sentence
from verbale.brief.news import whats_new
from verbale.brief.positions import positions
from verbale.brief.promises import promises
from verbale.brief.questions import open_questions
from verbale.brief.talks import differences, first_quotable, told
from verbale.brief.wording import day_words, listed, quoted
from verbale.record import Record
from verbale.record.accounts import AccountRow

_SUBJECTS = 10
_ONLY = 6
_MANY = 6  # parties beyond which the positions of each are no longer told apart


def of_engagement(record: Record, key: str, *, purpose: str = "", as_of: str) -> Brief:
    """Return the brief on one engagement, given by key or by a document that reports it.

    Raises:
        UnknownNameError: there is no such engagement.
    """
    entry = record.engagement(key)
    material, found = gather_for(record, [entry], as_of=as_of)
    m = found[0] if found else None
    title = f"{entry.series or entry.kind.capitalize()} of {day_words(entry.day or entry.reported)}"
    if m is None:
        remark = "No report of this engagement is sure enough to tell of it; `verbale timeline` shows what was read."
        return finished(title, purpose, None, None, as_of, material.coverage, [], [remark])
    material.parties = tuple(sorted(m.parties))
    material.meetings, material.exactly = (m,), False
    few = len(m.parties) <= _MANY
    sections = [
        _what_happened(m),
        _subjects(m),
        whats_new(material) if len(m.parties) > 1 else None,
        positions(material) if few else None,
        promises(material),
        _only_in_one(material, m),
        open_questions(material) if few else None,
    ]
    return finished(title, purpose, None, None, as_of, material.coverage, sections, [])


def _what_happened(m: Meeting) -> Section:
    sentences = [told(m)]
    if m.entry.edition:
        series = next((r for r in m.reports if r.found.series), None)
        if series and series.found.series:
            text = f"It is edition {m.entry.edition} of {m.entry.series}."
            sentences.append(Sentence(text, (note(series.extract, series.found.series.spans[:1]),), "Series"))
    for report in m.reports:
        text = report.extract.reading.document.text
        sentence = first_quotable(text, report.found.spans)
        if sentence is not None:
            sentences.append(Sentence(quoted(sentence.exact(text)), (note(report.extract, [sentence]),), "In the words of the source"))
            break
    blocks = [Listing(tuple(sentences))]
    differing = differences(m)
    if differing:
        blocks.append(Listing(tuple(differing), "Where the sources differ"))
    return Section("What happened", tuple(blocks))


def _subjects(m: Meeting) -> Section | None:
    """Return the domains with their stages, each in a sentence of the source."""
    found = []
    used = set()
    for report, domain in m.domains:
        text = report.extract.reading.document.text
        sentence = first_quotable(text, domain.spans)
        if sentence is not None and (report.extract.reading.document.id, sentence) not in used:
            used.add((report.extract.reading.document.id, sentence))
            lead = f"{domain.label}, {domain.stage}"
            found.append(Sentence(quoted(sentence.exact(text)), (note(report.extract, [sentence]),), lead))
    return Section("On the table", (Listing(tuple(found[:_SUBJECTS])),)) if found else None


def _only_in_one(material: Material, m: Meeting) -> Section | None:
    """Return what only one of several accounts mentions."""
    rows = [row for key in m.keys for row in material.record.accounts(key)]
    found = [s for row in rows if row.kind in ("domain", "situation", "region", "commitment") and (s := _account(row))]
    return Section("What only one account mentions", (Listing(tuple(found[:_ONLY])),)) if found else None


def _account(row: AccountRow) -> Sentence | None:
    if row.only is None:
        return None
    s = row.mentions[0].source
    said = "a promise" if row.kind == "commitment" else row.item.replace("-", " ")
    on = Note(s.document, s.title, s.publisher, s.day, s.url, s.spans[:1], (s.quote,))
    return Sentence(f"{said}, not in {listed(list(row.missing))}.", (on,), row.only)
