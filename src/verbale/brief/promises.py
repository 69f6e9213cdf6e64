"""Promises: those that bind the parties and nobody else, by what became of them."""

from verbale.brief.material import FINDING, Material, note
from verbale.brief.model import Listing, Note, Section, Sentence
from verbale.brief.wording import day_words, quotable, quoted, sentence_around
from verbale.document import Span
from verbale.record.extract import Extract
from verbale.record.followup import PromiseEntry
from verbale.record.lookup import party_label

_EACH = {"overdue": 6, "kept": 5, "kept in part": 5, "not kept": 5, "open": 6}
_HEADINGS = {
    "overdue": "Past their date, not assessed",
    "kept": "Assessed as kept (+1)",
    "kept in part": "Assessed as kept in part (0)",
    "not kept": "Assessed as not kept (−1)",
    "open": "Open",
}
Chosen = tuple[PromiseEntry, float, Note]


def promises(material: Material) -> Section | None:
    """Return the section, or None where the record holds no such promise."""
    found = chosen(material)
    blocks = []
    for state, heading in _HEADINGS.items():
        here = [p for p in found if standing(p[0]) == state]
        sentences = tuple(told(p) for p in here[: _EACH[state]])
        if sentences:
            rest = len(here) - len(sentences)
            blocks.append(Listing(sentences, heading + (f": the latest {len(sentences)} of {len(here)}" if rest else "")))
    return Section("Promises", tuple(blocks)) if blocks else None


def shown(material: Material) -> set[tuple[str, tuple[Span, ...]]]:
    """Return the places that the section on promises quotes."""
    found = chosen(material)
    kept = [n for state, most in _EACH.items() for _, _, n in [c for c in found if standing(c[0]) == state][:most]]
    return {(n.document, n.spans) for n in kept}


def standing(promise: PromiseEntry) -> str:
    """Return what became of a promise: open, overdue, kept, kept in part or not kept, by the lowest score that it has."""
    if not promise.assessments:
        return promise.status
    return {1: "kept", 0: "kept in part", -1: "not kept"}[min(a.score for a in promise.assessments)]


def chosen(material: Material) -> list[Chosen]:
    """Return the promises that the reading is sure of: those with a date first, then the latest.

    They bind exactly these parties; those of one engagement bind whomever they may.
    """
    reported = {x.reading.document.id: x for x in material.documents()}
    found: dict[str, Chosen] = {}
    for p in material.promises:
        x = reported.get(p.source.document)
        if x is None or not _binds(p, material):
            continue
        confidence = _confidence(x, p)
        span = p.source.spans[0]
        sentence = sentence_around(x.reading.document.text, span)
        if confidence < FINDING or sentence is None or not p.source.spans[-1].end <= sentence.end:
            continue
        words = sentence.exact(x.reading.document.text)
        if quotable(words):
            found.setdefault(words, (p, confidence, note(x, [sentence])))
    ranked = sorted(found.values(), key=lambda c: (c[0].day or "", c[1], c[0].key), reverse=True)
    return sorted(ranked, key=lambda c: c[0].deadline is None)


def _binds(p: PromiseEntry, material: Material) -> bool:
    return set(p.parties) == set(material.parties) if material.exactly else bool(p.parties)


def _confidence(x: Extract, promise: PromiseEntry) -> float:
    return next((c.confidence for k, c in zip(x.commitments, x.reading.commitments, strict=True) if k == promise.key), 0.0)


def told(found: Chosen) -> Sentence:
    """Return the sentence on a promise: the words of the source, until when, and how it was assessed."""
    promise, _, on = found
    text = quoted(on.words[0])
    if promise.deadline:
        text += f" By {day_words(promise.deadline)}."
    notes = [on]
    for a in promise.assessments:
        text += f" {party_label(a.party)} {a.score:+d}, by {a.person}" + (f": {a.note.rstrip('.')}." if a.note else ".")
        notes += [Note(s.document, s.title, s.publisher, s.day, s.url, s.spans, (s.quote,)) for s in a.evidence]
    return Sentence(text, tuple(notes), day_words(promise.day))
