"""Words of stance in order of firmness, and whether a change of words hardens or softens."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from verbale.document import Span
from verbale.errors import VocabularyError
from verbale.vocabulary import files
from verbale.vocabulary.inflection import inflections
from verbale.vocabulary.lexicon import Lexicon

Shift = Literal["hardened", "softened"]

_FILE = "stances.yaml"


@dataclass(frozen=True, slots=True)
class Stance:
    """Words of stance in a text: their scale, their rank on it, and where they stand."""

    scale: str
    rank: int
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class StanceShift:
    """A change of stance on one scale, from the firmest words of one side to the firmest of the other."""

    shift: Shift
    scale: str
    before: str
    after: str


@cache
def _lexicon() -> Lexicon[tuple[str, int]]:
    """Every form of the words of stance, with scale and rank."""
    raw: Any = files.read(_FILE)
    if not isinstance(raw, dict) or not isinstance(raw.get("irregular"), dict):
        raise VocabularyError(f"{_FILE} must hold scales and irregular")
    irregular = {str(verb): files.texts(forms, f"{_FILE}: {verb}") for verb, forms in raw["irregular"].items()}
    found: Lexicon[tuple[str, int]] = Lexicon()
    for scale in files.rows(_FILE, raw.get("scales"), ("label", "ranks")):
        for rank, words in enumerate(scale.raw.get("ranks") or []):
            where = f"{_FILE}: rank {rank + 1} of {scale.id}"
            if not isinstance(words, dict):
                raise VocabularyError(f"{where} must hold verbs and phrases")
            forms = list(files.texts(words.get("phrases"), where))
            for verb in files.texts(words.get("verbs"), where):
                forms += _forms(verb, irregular.get(verb, ()))
            for form in dict.fromkeys(forms):
                found.add(form, (scale.id, rank))
    return found


def _forms(verb: str, irregular: tuple[str, ...]) -> list[str]:
    """Return the inflections of a verb, also of one that an adverb in -ly stands before."""
    adverb, _, rest = verb.partition(" ")
    if adverb.endswith("ly") and rest:
        return [f"{adverb} {form}" for form in inflections(rest)]
    return list(inflections(verb, irregular))


def stances(text: str) -> list[Stance]:
    """Return the words of stance of a text, from left to right."""
    return [Stance(scale, rank, m.span.exact(text), m.span) for m in _lexicon().iter(text) for scale, rank in m.payloads]


def shifts(before: str, after: str) -> list[StanceShift]:
    """Return on which scales a passage became firmer or milder.

    What both passages say as firmly as often says nothing; of the rest, the firmest words of both sides are compared, on the
    scales that both sides have.
    """
    left, right = stances(before), stances(after)
    only_left, only_right = _less(left, right), _less(right, left)
    found: dict[tuple[str, str], StanceShift] = {}
    for scale in dict.fromkeys(s.scale for s in only_left):
        a = max((s for s in only_left if s.scale == scale), key=lambda s: s.rank)
        b = max((s for s in only_right if s.scale == scale), key=lambda s: s.rank, default=None)
        if b is not None and a.rank != b.rank:
            shift = StanceShift("hardened" if b.rank > a.rank else "softened", scale, a.words, b.words)
            found.setdefault((a.words.lower(), b.words.lower()), shift)  # not again on another scale with the same words
    return list(found.values())


def _less(these: list[Stance], those: list[Stance]) -> list[Stance]:
    """Return these without those of the same rank of the same scale, one for one."""
    counted = Counter((s.scale, s.rank) for s in those)
    kept = []
    for s in these:
        if counted[s.scale, s.rank] > 0:
            counted[s.scale, s.rank] -= 1
        else:
            kept.append(s)
    return kept
