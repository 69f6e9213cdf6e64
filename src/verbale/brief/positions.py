"""Positions: what the sides said together and each for itself on regions and situations, in the words of the sources."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from verbale.brief.gathering import names_party
from verbale.brief.material import FINDING, Material, note
from verbale.brief.model import Listing, Note, Section, Sentence
from verbale.brief.promises import shown
from verbale.brief.wording import day_words, quotable, quoted, sentence_around
from verbale.document import Span
from verbale.findings import Statement
from verbale.record.extract import Extract
from verbale.record.lookup import party_label
from verbale.vocabulary import files, situations
from verbale.vocabulary.lexicon import Lexicon

_SITUATIONS = 6
_EACH = 1  # quotations of one side on one situation
_CONSIDERED = 4  # the latest of a side, of which one that names the situation outright is taken before one that only names its country
TOGETHER = "Together"


@dataclass(frozen=True)
class Position:
    """What one side, or both together, said on a situation."""

    situation: str
    side: str
    who: str
    day: str | None
    note: Note


def positions(material: Material) -> Section | None:
    """Return the section: for each situation the latest words of both together and of each side.

    What is quoted as a promise is not quoted again here.
    """
    promised = shown(material)
    found = [p for p in spoken(material) if (p.note.document, p.note.spans) not in promised]
    blocks = []
    for situation in chosen(material):
        sentences = []
        for side in (TOGETHER, *material.parties):
            here = [p for p in found if p.situation == situation and p.side == side][:_CONSIDERED]
            said = sorted(here, key=lambda p: not _outright(p))[:_EACH]
            for p in said:
                lead = TOGETHER if side == TOGETHER else party_label(side)
                who = "" if side == TOGETHER else f"{p.who}, "
                sentences.append(Sentence(f"{who}{day_words(p.day)}: {quoted(p.note.words[0])}", (p.note,), lead))
        if sentences:
            blocks.append(Listing(tuple(sentences), label(situation)))
    return Section("Positions in their own words", tuple(blocks)) if blocks else None


def _outright(p: Position) -> bool:
    return next(iter(_terms(p.situation).iter(p.note.words[0])), None) is not None


@cache
def _terms(situation: str) -> Lexicon[str]:
    known = situations().get(situation)
    return Lexicon([(term.lstrip("="), situation) for term in (known.label, *known.terms)] if known else [], plural=True)


def label(situation: str) -> str:
    """Return the name of a situation."""
    known = situations().get(situation)
    return known.label if known else situation.replace("-", " ").capitalize()


def chosen(material: Material) -> list[str]:
    """Return the situations on which most was said, those named most recently first among equals."""
    counted: Counter[str] = Counter()
    latest: dict[str, str] = {}
    for m in material.meetings:
        for _, s in m.situations:
            counted[s.id] += 2 if m.parties <= set(material.parties) else 1
            latest.setdefault(s.id, m.day)
    spoken_of = {p.situation for p in spoken(material)}
    ranked = [s for s in counted if s in spoken_of and counted[s] > 1 and s not in {p.lower() for p in material.parties}]
    ranked.sort(key=lambda s: (latest[s], s), reverse=True)
    return sorted(ranked, key=lambda s: -counted[s])[:_SITUATIONS]


def spoken(material: Material) -> list[Position]:
    """Return every statement that can be quoted, the latest first; no sentence of a source stands twice."""
    found: list[Position] = []
    used: set[tuple[str, Span]] = set()
    small = {r.extract.reading.document.id for m in material.alone for r in m.reports}
    ordered = sorted(material.documents(), key=lambda x: x.reading.document.id not in small)
    for x in ordered:
        for key, s in zip(x.speakers, x.reading.statements, strict=True):
            side = _side(key, s, x, material)
            named = material.directory.named(key, s.speaker) if key else None
            if side is None or s.confidence < FINDING or s.negated or (side != TOGETHER and named is None):
                continue
            for situation in x.reading.situations:
                sentence = _sentence(x, s, situation.spans)
                if sentence and (situation.id + side, sentence) not in used and (x.reading.document.id, sentence) not in used:
                    used |= {(x.reading.document.id, sentence), (situation.id + side, sentence)}
                    who = f"{named.name} ({named.office})" if named and named.office else named.name if named else ""
                    day = x.reading.document.published_on
                    found.append(Position(situation.id, side, who, day.isoformat() if day else None, note(x, [sentence])))
                    break
    return found


def _side(person: str | None, s: Statement, x: Extract, material: Material) -> str | None:
    """Return for whom a statement is made: a party by a person of its own, or all together by a group that is named."""
    if person is not None:
        return s.speaker.party if s.speaker.party in material.parties else None
    words = s.speaker.name.lower().split()
    if s.speaker.party is not None or s.mode == "direct" or not words:
        return None
    return TOGETHER if words[-1] in _together() or all(names_party(p, s.speaker.name) for p in material.parties) else None


@cache
def _together() -> frozenset[str]:
    raw = files.read("names.yaml")
    return frozenset(files.texts(raw.get("together") if isinstance(raw, dict) else None, "names.yaml: together"))


def _sentence(x: Extract, s: Statement, places: tuple[Span, ...]) -> Span | None:
    """Return the sentence in which a statement names a situation, where it can be quoted."""
    text = x.reading.document.text
    for place in places:
        if any(place.overlaps(c) for c in s.content):
            sentence = sentence_around(text, place)
            if sentence is not None and quotable(sentence.exact(text)):
                return sentence
    return None
