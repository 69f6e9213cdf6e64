"""Names of people: their words, and how alike two of them are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import dropwhile, takewhile
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from verbale.errors import VocabularyError
from verbale.vocabulary import countries, files, groups
from verbale.vocabulary.lexicon import fold, tokens

_NEAR = 0.90  # Jaro–Winkler similarity from which two words of a name count as spellings of one
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_JOINED = 85  # rapidfuzz ratio from which names written together and apart count as spellings of one, when the first word agrees


@dataclass(frozen=True, slots=True)
class _Lists:
    """What vocabulary/names.yaml says."""

    honorifics: frozenset[str]
    particles: frozenset[str]
    patronymics: frozenset[str]
    endings: frozenset[str]
    before: frozenset[str]
    groups: frozenset[str]
    standing: Mapping[str, str]
    """The form that stands for a diminutive or another spelling."""


@cache
def _lists() -> _Lists:
    name = "names.yaml"
    raw: Any = files.read(name)
    if not isinstance(raw, dict) or not isinstance(raw.get("diminutives"), dict) or not isinstance(raw.get("spellings"), list):
        raise VocabularyError(f"{name} must hold honorifics, particles, patronymics, endings, before, diminutives, spellings and groups")
    standing: dict[str, str] = {}
    for full, short in raw["diminutives"].items():
        standing.update({s: str(full) for s in files.texts(short, f"{name}: diminutives of {full}")})
    for spellings in raw["spellings"]:
        first, *others = files.texts(spellings, f"{name}: spellings")
        standing.update({o.replace("-", ""): first.replace("-", "") for o in others})
    listed = ("courtesies", "honorifics", "particles", "patronymics", "endings", "before", "groups")
    words = {k: frozenset(files.texts(raw.get(k), f"{name}: {k}")) for k in listed}
    return _Lists(words.pop("courtesies") | words.pop("honorifics"), **words, standing=standing)


@cache
def _governments() -> frozenset[str]:
    """The names of countries and groups, folded: a speaker so named is no person."""
    names = [n for c in countries().values() for n in (c.label, *c.names)]
    names += [n.lstrip("=") for g in groups().values() for n in (g.id, g.label, *g.names, *g.bodies)]
    return frozenset(" ".join(tokens(n).keys) for n in names)


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell people apart: folded, honorifics left out, known spellings and diminutives made one."""
    lists = _lists()
    kept = [fold(w) for part in _alone(name) for w in _pieces(part) if fold(w)]
    kept = list(dropwhile(lists.honorifics.__contains__, kept))
    while len(kept) > 1 and kept[-1] in lists.endings:
        kept.pop()
    if " ".join(kept) in _governments():
        return ()
    return tuple(lists.standing.get(w, w) for w in kept)


def _alone(name: str) -> list[str]:
    """Return the words of a name without what a reader may take along: what is owned, a verb, the next sentence, the next name."""
    words: list[str] = []
    lists = _lists()
    for word in _POSSESSIVE.split(name)[0].split():
        bare = fold(word.strip(".,"))
        small = word[0].islower() and word[1:2] not in ("'", "’") and bare.split("-")[0] not in lists.particles
        if small and any(w[0].isupper() for w in words):
            while words[-1].islower():  # a particle that led to what is left out
                words.pop()
            break
        words.append(word)
        if bare in lists.endings or (word.endswith(".") and len(bare) > 3):
            break
    return words[1:] if len(words) > 1 and fold(words[0]) in lists.before else words


def family_words(name: str) -> list[str]:
    """Return the words of a name that may stand for it alone: the last, the first, and of three or more the last but one."""
    words = name_words(name) or ("",)
    return list(dict.fromkeys((words[-1], words[0], *words[-2:-1]) if len(words) > 2 else (words[-1], words[0])))


def title_of(name: str) -> str | None:
    """Return the title that a name begins with ("President Berg"), or None."""
    titles = list(takewhile(lambda w: fold(w.strip(".,")) in _lists().honorifics, name.split()))
    return " ".join(titles).lower() if titles and len(titles) < len(name.split()) else None


def is_full(name: str) -> bool:
    """Tell whether a name has a family name and more: two words besides particles ("von der Berg" has one)."""
    return len([w for w in name_words(name) if w not in _lists().particles]) > 1


def _pieces(part: str) -> list[str]:
    """Cut "Al-Marri" at the hyphen, after a particle; join "Min-Seo" and "Marie-Anne"."""
    pieces = [p for p in part.replace("–", "-").strip('-.,()"“”').split("-") if p]
    bare = [fold(p.strip(".")) for p in pieces]
    if len(pieces) > 1 and bare[0] in _lists().particles:
        return bare
    if "." in part and len(pieces) == 1:  # "J.D." holds two initials
        return [fold(p) for p in part.split(".") if p.strip(",")]
    return ["".join(bare)]


def is_person(name: str) -> bool:
    """Tell whether a speaker so named is one person, and not a group, a government or an office."""
    lists = _lists()
    words = [fold(w) for w in name.split()]
    if not words or not any(c.isupper() for c in name) or words[0] in ("the", "both", "all"):
        return False
    if "and" in words or "&" in name:  # "President Berg and King Olaf" are two
        return False
    if lists.groups.intersection(w.strip(",.") for w in words):
        return False
    bare = [w for w in words if w.strip(".") not in lists.honorifics]
    return bool(bare) and " ".join(tokens(name).keys) not in _governments()


def likeness(a: str, b: str) -> float:
    """Return how alike two names are, from 0 to 1, given what names do: initials, particles, left-out and turned-round words.

    1 is the same words; at least 0.9 means that one name is the other with words left out or spelt otherwise and that two words
    agree; a family name that agrees alone gives 0.6.
    """
    left, right = name_words(a), name_words(b)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0 if len(left) > 1 else 0.8
    particles, patronymics = _lists().particles, _lists().patronymics
    short, long = sorted(([w for w in words if w not in particles] or list(words) for words in (left, right)), key=len)
    if short == long:
        return 0.98 if len(short) > 1 else 0.8
    if not patronymics.isdisjoint((*left, *right)) and not _spelt_alike(short[0], long[0]):
        return 0.6 if short[-1] == long[-1] else 0.4  # a father's name is no given name
    if len(short) > 1 and "".join(sorted(short)) == "".join(sorted(long)):
        return 0.97  # "Zhao Lian" and "Lian Zhao"
    if "".join(short) == "".join(long):
        return 0.95  # "Min Seo" and "Min-seo"
    if short[0] == long[0] and 1 < len(short) < len(long) and fuzz.ratio("".join(short), "".join(long)) >= _JOINED:
        return 0.92  # "Min Seo" and "Min-suh"
    total, spelt = _aligned(short, long)
    if total < len(short):
        return 0.6 if _family_agrees(short, long) else fuzz.ratio("".join(short), "".join(long)) / 200
    if len(short) == 1:
        return 0.6 if short[0] in (long[-1], long[0]) else 0.4
    family = [w for w in long if len(w) > 1 and _spelt_alike(w, short[-1])]
    if len(short[-1]) == 1 or not family:
        return 0.6  # an initial is no family name
    if family[-1] != long[-1] and 1 in (len(short[0]), len(long[0])):
        return 0.6  # the given name of one is the family name of the other
    return round(0.96 - 0.04 * spelt - 0.01 * (len(long) - len(short)), 3)


def _spelt_alike(a: str, b: str) -> bool:
    """Tell whether two words of names are one, spelt otherwise, or one the initial of the other."""
    if 1 in (len(a), len(b)):
        return a[0] == b[0]
    return a == b or (min(len(a), len(b)) > 3 and JaroWinkler.similarity(a, b) >= _NEAR)


def _aligned(short: list[str], long: list[str]) -> tuple[int, int]:
    """Count the words of the shorter name that find their like in the longer, and those of them that are spelt otherwise."""
    free, total, spelt = list(long), 0, 0
    for word in sorted(short, key=len, reverse=True):
        found = next((w for w in free if w == word), None)
        if found is None:
            place = short.index(word)  # an initial stands where the name stands
            found = next((w for w in free if 1 in (len(w), len(word)) and w[0] == word[0] and long.index(w) == place), None)
            if found is None:
                near = [(JaroWinkler.similarity(w, word), w) for w in free if min(len(w), len(word)) > 3]
                score, found = max(near, default=(0.0, ""))
                if score < _NEAR:
                    continue
            spelt += 1
        free.remove(found)
        total += 1
    return total, spelt


def _family_agrees(short: list[str], long: list[str]) -> bool:
    return short[-1] == long[-1] or JaroWinkler.similarity(short[-1], long[-1]) >= 0.95
