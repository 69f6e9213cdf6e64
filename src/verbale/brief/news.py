"""What is new, what moved a stage and what was dropped in the last engagements."""

from collections.abc import Sequence

from verbale.brief.material import FINDING, Material, Report, note
from verbale.brief.model import Listing, Note, Section, Sentence
from verbale.brief.talks import first_quotable
from verbale.brief.wording import day_words, quoted
from verbale.findings import Domain, Situation
from verbale.record.ledger import LedgerRow
from verbale.record.likeness import period

_RECENT = 10  # engagements that count as recent
_YEAR = 366
_CLOSE = 3  # parties beyond which what is new need not be new between these
_EACH = 3  # sentences of a kind
_TELLING = frozenset(("launched", "delivered", "contested"))
"""Stages whose arrival is news; between the others the wording of one report more or less decides."""


def whats_new(material: Material) -> Section | None:
    """Return the section, or None where nothing changed in the last engagements."""
    groups = (
        ("On the agenda for the first time in this record", [_quoted(row, material) for row, _ in first_time(material, _RECENT)]),
        ("Back after a year or more of silence", [_quoted(row, material) for row in _rows(material, "resumed")]),
        ("Moved", [_moved(row, material) for row in _rows(material, "moved") if row.stage in _TELLING]),
        ("In the edition before, not in this one", [_dropped(row, material) for row in _rows(material, "dropped")]),
    )
    blocks = [Listing(_best(found), heading) for heading, found in groups]
    kept = tuple(b for b in blocks if b.sentences)
    return Section("What is new, moved, dropped", kept) if kept else None


def recent(day: str | None, last: str) -> bool:
    """Tell whether a day lies in the year before another."""
    found, end = period(day or ""), period(last)
    return bool(found and end and (end[1] - found[0]).days <= _YEAR)


def _best(found: Sequence[Sentence | None]) -> tuple[Sentence, ...]:
    """Return the first sentences, those that quote where any do, and no quotation twice."""
    kept = {s.notes: s for s in reversed([s for s in found if s])}
    ordered = [s for s in found if s and kept[s.notes] is s]
    quoting = [s for s in ordered if "“" in s.text]
    return tuple((quoting or ordered)[:_EACH])


def first_time(material: Material, last: int) -> list[tuple[LedgerRow, Note]]:
    """Return the rows of the ledger that are new in the last so many engagements, the latest first, with a note each."""
    found = []
    for row in _rows(material, "new", last):
        at = _at(row, material)
        if at is not None:
            found.append((row, note(at[0].extract, at[1].spans[:1])))
    return found


def _rows(material: Material, news: str, last: int = _RECENT) -> list[LedgerRow]:
    recent = {key for m in material.meetings[:last] if len(m.parties) <= _CLOSE for key in m.keys}
    found = [r for r in material.ledger if r.news == news and r.engagement in recent]
    return sorted(found, key=lambda r: (r.day or "", r.concept), reverse=True)


def _at(row: LedgerRow, material: Material) -> tuple[Report, Domain | Situation] | None:
    """Return where a recent engagement has a concept that the reading is sure of."""
    for m in material.meetings:
        if row.engagement in m.keys:
            found: Sequence[tuple[Report, Domain | Situation]] = [*m.domains, *m.situations]
            return next(((r, c) for r, c in found if c.id == row.concept and c.confidence >= FINDING), None)
    return None


def _quoted(row: LedgerRow, material: Material) -> Sentence | None:
    at = _at(row, material)
    if at is None:
        return None
    report, concept = at
    text = report.extract.reading.document.text
    sentence = first_quotable(text, concept.spans)
    stage = f", {row.stage}" if row.stage else ""
    told = f"{day_words(row.day)}{stage}"
    if sentence is None:
        return Sentence(f"{told}.", (note(report.extract, concept.spans[:1]),), row.label)
    return Sentence(f"{told}: {quoted(sentence.exact(text))}", (note(report.extract, [sentence]),), row.label)


def _moved(row: LedgerRow, material: Material) -> Sentence | None:
    found = _quoted(row, material)
    if found is None or not row.stage_before or row.before == row.day:
        return None
    was = f"from {row.stage_before} ({day_words(row.before)}) to {row.stage} ({day_words(row.day)})"
    _, colon, quotation = found.text.partition(": ")
    return Sentence(f"{was}: {quotation}" if colon else f"{was}.", found.notes, found.lead)


def _dropped(row: LedgerRow, material: Material) -> Sentence | None:
    sources = [s for s in row.sources if s.spans]
    if not sources:
        return None
    s = sources[0]
    name = f" of {row.series}" if row.series else ""
    told = f"in the edition{name} of {day_words(row.before)}, not in that of {day_words(row.day)}."
    return Sentence(told, (Note(s.document, s.title, s.publisher, s.day, s.url, s.spans[:1], (s.quote,)),), row.label)
