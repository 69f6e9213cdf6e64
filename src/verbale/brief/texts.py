"""How the wording changed between the last two joint texts of the same parties."""

from verbale.brief.material import FINDING, Material, note
from verbale.brief.model import Listing, Section, Sentence
from verbale.brief.wording import day_words, quotable, quoted
from verbale.document import Span
from verbale.findings import Domain, Situation
from verbale.record.comparison import Comparison, Passage, PassagePair
from verbale.record.extract import Extract
from verbale.vocabulary import kinds
from verbale.vocabulary.lexicon import Lexicon

_SHIFTS, _ADDED = 4, 2
_NOTHING = Passage(Span(0, 1), "", ())
_LONG = 1500  # characters from which a text is one that wording can be followed in


def changes_of_wording(material: Material) -> Section | None:
    """Return the section, or None where the record holds no two joint texts of these parties."""
    found = joint_texts(material)
    earlier = [x for x in found if x.reading.document.published_on != found[0].reading.document.published_on]
    if not earlier:
        return None
    after, before = found[0], earlier[0]
    compared = material.record.compare(before.reading.document.id, after.reading.document.id)
    return between(before, after, compared)


def joint_texts(material: Material) -> list[Extract]:
    """Return the joint texts of these parties alone, the latest first: what a title calls so, and none that is about a third."""
    names = Lexicon([(form, "joint") for form in kinds()["statement"].title if "joint" in form or "declaration" in form])
    alone = {r.extract.reading.document.id for m in material.alone for r in m.reports}
    return [
        x
        for x in material.documents()
        if x.reading.document.id in alone
        and len(x.reading.document.text) >= _LONG
        and next(iter(names.iter(x.reading.document.title)), None) is not None
    ]


def between(before: Extract, after: Extract, compared: Comparison) -> Section:
    """Return the section on two documents."""
    days = [x.reading.document.published_on for x in (before, after)]
    old, new = (day_words(d.isoformat()) if d else "undated" for d in days)
    head = Sentence(
        f"Compared are {before.reading.document.title} ({old}) and {after.reading.document.title} ({new}).",
        tuple(note(x, x.reading.engagements[0].spans[:1]) for x in (before, after)),
    )
    blocks = [Listing((head,))]
    shifts = [s for p in compared.pairs if (s := _shifted(p, before, after))]
    if shifts:
        blocks.append(Listing(tuple(shifts[:_SHIFTS]), "Hardened and softened"))
    for change, heading, x in (("added", f"Only in the text of {new}", after), ("dropped", f"Only in the text of {old}", before)):
        concepts = [c for c in compared.concepts if c.change == change]
        sentences = []
        for c in concepts:
            held: list[Domain | Situation] = [*x.reading.domains, *x.reading.situations]
            place = next((d for d in held if d.id == c.concept and d.confidence >= FINDING), None)
            if place:
                sentences.append((c.label, place.spans[:1]))
        if sentences:
            words = ", ".join(name for name, _ in sentences[:12])
            told = Sentence(f"{words}.", (note(x, [s for _, spans in sentences[:12] for s in spans]),), "Subjects")
            changed = {c.concept for c in concepts}
            pairs = sorted((p for p in compared.pairs if p.change == change), key=lambda p: -_weight(p, changed))
            quotes = [s for p in pairs if (s := _only(p, x))]
            blocks.append(Listing((told, *quotes[:_ADDED]), heading))
    return Section("Changes of wording between the last two joint texts", tuple(blocks))


def _shifted(pair: PassagePair, before: Extract, after: Extract) -> Sentence | None:
    if not pair.shifts or pair.before is None or pair.after is None:
        return None
    if not (quotable(pair.before.text) and quotable(pair.after.text)):
        return None
    shift = pair.shifts[0]
    text = f"{quoted(pair.before.text)} became {quoted(pair.after.text)}"
    notes = (note(before, [pair.before.span]), note(after, [pair.after.span]))
    return Sentence(text, notes, f"{shift.shift.capitalize()}, {shift.before} → {shift.after}")


def _weight(pair: PassagePair, changed: set[str]) -> int:
    """Return how much a passage tells of what changed: its subjects that only this text has, then all of them."""
    here = set((pair.after or pair.before or _NOTHING).concepts)
    return 10 * len(here & changed) + len(here)


def _only(pair: PassagePair, x: Extract) -> Sentence | None:
    passage = pair.after or pair.before
    if passage is None or not passage.concepts or not quotable(passage.text):
        return None
    return Sentence(quoted(passage.text), (note(x, [passage.span]),))
