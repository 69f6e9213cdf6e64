"""Patterns and lexicons made of the vocabulary's lists of words."""

import re
from collections.abc import Iterable
from functools import cache

from verbale.vocabulary import cues
from verbale.vocabulary.lexicon import Lexicon
from verbale.vocabulary.wordings import contacts, name_particles, referred, speakers

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'\-]*\.?"
"""A word that begins with a capital."""


def words(listed: Iterable[str]) -> str:
    """Return an alternative of words, the longest first, in which a space stands for any white space."""
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(set(listed), key=lambda w: (-len(w), w))) + ")"


@cache
def contact(key: str) -> re.Pattern[str]:
    """Return what finds the words of a list of contacts.yaml: `contact`, `meeting`, `travel`, `signing`, `ahead`, `done`."""
    return re.compile(rf"\b{words(contacts()[key])}\b", re.I)


@cache
def event() -> re.Pattern[str]:
    """Return what finds the noun of an engagement that a text refers to."""
    return re.compile(rf"\b{words(referred())}\b", re.I)


@cache
def speaker(key: str) -> re.Pattern[str]:
    """Return what finds the words of a list of speakers.yaml."""
    return re.compile(rf"\b{words(speakers()[key])}\b", re.I)


@cache
def whole_speaker(key: str) -> re.Pattern[str]:
    """Return what tells whether a text is one of the words of a list of speakers.yaml and nothing else."""
    return re.compile(rf"{words(speakers()[key])}$", re.I)


@cache
def titled(key: str) -> re.Pattern[str]:
    """Return what tells whether a text ends in a word of a list of speakers.yaml that stands before names (`madam`, `sir`)."""
    return re.compile(rf"\b{words(speakers()[key])}\b\.?\s*$")


@cache
def group() -> re.Pattern[str]:
    """Return what finds a group of speakers: "the two foreign ministers"."""
    s = speakers()
    return re.compile(
        rf"\b{words(s['determiners'])}(?: {words(s['numbers'])})? (?:{words(s['qualifiers'])} )?{words(s['nouns'])}\b",
        re.I,
    )


@cache
def together() -> re.Pattern[str]:
    """Return what finds words by which a clause binds all sides."""
    s = speakers()
    return re.compile(rf"\b{words([*s['nouns'], *s['jointly']])}\b", re.I)


@cache
def name_run() -> re.Pattern[str]:
    """Return what reads a name: words with capitals, small particles between them."""
    small = rf"(?:{words(name_particles())}[ \u00a0-]+){{0,2}}"
    return re.compile(rf"{CAPITAL}(?:[ \u00a0]+{small}{CAPITAL}){{0,4}}")


@cache
def name_word(side: str) -> re.Pattern[str]:
    """Return what reads one more word of a name, before (group 1) or after it, with the particles between."""
    small = rf"(?:{words(name_particles())}[ \u00a0-]){{0,2}}"
    if side == "before":
        return re.compile(rf"(?:^|(?<=[\s(“\"‘]))({CAPITAL})[ \u00a0]{small}$")
    return re.compile(rf"[ \u00a0]({small}{CAPITAL})")


@cache
def stance_words() -> Lexicon[str]:
    """Return the verbs, nouns and phrases of saying and stance, each with its class."""
    made: Lexicon[str] = Lexicon()
    for group in cues().values():
        for word in (*(f for forms in group.verbs.values() for f in forms), *group.nouns, *group.phrases):
            made.add(word, group.id)
    return made
