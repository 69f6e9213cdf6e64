"""Candidates for domains and situations: where a text holds a term of the vocabulary, and how far the sentence takes a domain."""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from verbale import vocabulary
from verbale.document import Span
from verbale.findings import Stage
from verbale.reading.parties import PartyMention, party_mentions
from verbale.vocabulary.lexicon import Lexicon, Match, Tokens, tokens

Strength = Literal["strong", "weak", "after_party"]

_DETERMINERS = frozenset({"our", "the", "this", "these", "their", "its", "of", "to", "for", "in"})
_LINKS = frozenset({"and", "or"})
_FURTHEST = 9  # words between the head of a list and its first part ("security, economic, and humanitarian assistance")


@dataclass(frozen=True, slots=True)
class ConceptMatch:
    """A place in a text that may carry a domain or situation; `weak` where the words alone do not show it."""

    id: str
    span: Span
    weak: bool


@dataclass(frozen=True, slots=True)
class _Term:
    """A concept and how much a form shows it; no id for phrases that only look like a term."""

    id: str | None
    strength: Strength


def domain_candidates(text: str | Tokens, mentions: Sequence[PartyMention] | None = None) -> list[ConceptMatch]:
    """Return every place that may carry a domain of cooperation, from left to right.

    Terms in the names of offices and bodies ("Minister of Trade") are left out. In a list with one head each part is read with the
    head: "economic and humanitarian assistance" carries both kinds.

    Args:
        text: the text, or its words where they are at hand.
        mentions: the mentions of parties in it, where they are at hand.
    """
    words = tokens(text) if isinstance(text, str) else text
    named = {m.span.end for m in (party_mentions(words) if mentions is None else mentions)}
    found: dict[tuple[Span, str], bool] = {}
    for match in _domain_lexicon().iter(words):
        if match.payload.id is None or _is_office(words, match.first, match.last):
            continue
        for term in match.payloads:
            weak = term.strength == "weak" or (term.strength == "after_party" and not _follows_party(words, match.first, named))
            _keep(found, match.span, term.id, weak)
        for inner in _inside(words, match):
            for term in inner.payloads:
                if term.id not in {t.id for t in match.payloads}:
                    # One word inside a longer term says little: "climate" of "climate-resilient infrastructure".
                    _keep(found, inner.span, term.id, term.strength != "strong" or inner.first == inner.last)
    for span, term in _shared_heads(words):
        _keep(found, span, term.id, term.strength != "strong")
    return sorted((ConceptMatch(id, span, weak) for (span, id), weak in found.items()), key=lambda m: (m.span, m.id))


def situation_candidates(
    text: str | Tokens, parties: Collection[str] = (), mentions: Sequence[PartyMention] | None = None
) -> list[ConceptMatch]:
    """Return every place that may carry a region or situation, from left to right.

    Args:
        text: the text, or its words where they are at hand.
        parties: the parties to the talks: the bare name of one of them is no situation.
        mentions: the mentions of parties in the text, where they are at hand.
    """
    words = tokens(text) if isinstance(text, str) else text
    found: dict[tuple[Span, str], bool] = {}
    for match in _situation_lexicon().iter(words):
        if match.payload.id is None or _is_office(words, match.first, match.last):
            continue
        for term in match.payloads:
            _keep(found, match.span, term.id, term.strength == "weak")
        for inner in _inside(words, match):
            for term in inner.payloads:
                if term.id not in {t.id for t in match.payloads}:
                    # Strong in a doubtful phrase only: "Pacific region" of "Asia-Pacific region" says nothing.
                    _keep(found, inner.span, term.id, term.strength != "strong" or match.payload.strength == "strong")
    about = _bare()
    for mention in party_mentions(words) if mentions is None else mentions:
        if mention.id in about and mention.id not in parties:
            concept, strength = about[mention.id]
            _keep(found, mention.span, concept, strength == "weak" or mention.form != "name" or mention.doubtful)
    return sorted((ConceptMatch(id, span, weak) for (span, id), weak in found.items()), key=lambda m: (m.span, m.id))


def _keep(found: dict[tuple[Span, str], bool], span: Span, concept: str | None, weak: bool) -> None:
    """Note a match; a strong one outweighs a weak one at the same place."""
    if concept is not None:
        found[span, concept] = found.get((span, concept), True) and weak


@cache
def _domain_lexicon() -> Lexicon[_Term]:
    lexicon: Lexicon[_Term] = Lexicon(plural=True)
    for phrase in vocabulary.not_concepts().phrases:
        lexicon.add(phrase, _Term(None, "weak"))
    for concept in vocabulary.domains().values():
        _add(lexicon, concept.id, concept.after_party, "after_party")
        _add(lexicon, concept.id, concept.terms, "strong")
        _add(lexicon, concept.id, [t for t in concept.weak if t not in concept.after_party], "weak")
    return lexicon


@cache
def _situation_lexicon() -> Lexicon[_Term]:
    lexicon: Lexicon[_Term] = Lexicon(plural=True)
    for phrase in vocabulary.not_concepts().phrases:
        lexicon.add(phrase, _Term(None, "weak"))
    for concept in vocabulary.situations().values():
        _add(lexicon, concept.id, concept.terms, "strong")
        _add(lexicon, concept.id, concept.weak, "weak")
    return lexicon


def _add(lexicon: Lexicon[_Term], concept: str, forms: Collection[str], strength: Strength) -> None:
    for form in forms:
        lexicon.add(form, _Term(concept, strength))


@cache
def _bare() -> dict[str, tuple[str, str]]:
    """Map the code of each country that is a situation to that situation and to what its bare name shows."""
    return {code: (s.id, s.bare) for s in vocabulary.situations().values() if s.bare != "none" for code in s.parties}


def _inside(words: Tokens, match: Match[_Term]) -> Iterator[Match[_Term]]:
    """Give the terms that stand inside a longer term."""
    lexicon = _domain_lexicon() if match.payload.id in vocabulary.domains() else _situation_lexicon()
    if match.last == match.first:
        return
    for i in range(match.first, match.last + 1):
        inner = lexicon.longest_at(words, i, match.last - 1 if i == match.first else match.last)
        if inner and inner.payload.id is not None:
            yield inner


def _follows_party(words: Tokens, first: int, named: set[int]) -> bool:
    """Tell whether the name of a party stands right before a word, with or without a possessive."""
    if first == 0:
        return False
    if words.ends[first - 1] in named or words.ends[first - 1] + 1 in named:  # the second: "U.S." with its full stop
        return True
    return words.keys[first - 1] == "s" and first > 1 and words.ends[first - 2] in named


def _is_office(words: Tokens, first: int, last: int) -> bool:
    """Tell whether a term is part of the name of an office or body: "Minister of Trade", "Department of Energy", "trade minister"."""
    without = vocabulary.not_concepts()
    text, keys = words.text, words.keys
    if last + 1 < len(keys) and keys[last + 1] in without.after and text[words.ends[last] : words.starts[last + 1]] == " ":
        return True
    # Back over the words of the name ("Minister of Foreign Affairs, Trade and Culture") to "of" or "for".
    i = first - 1
    while i >= 0 and first - i <= 7:
        key = keys[i]
        if key in ("of", "for"):
            return _names_office(words, i - 1, without.before)
        titled = text[words.starts[i]].isupper() or key in ("and", "the")
        if not titled or not text[words.starts[first]].isupper() or "\n" in text[words.ends[i] : words.starts[first]]:
            return False
        i -= 1
    return False


def _names_office(words: Tokens, i: int, offices: frozenset[str]) -> bool:
    """Tell whether the word before "of" is that of an office, itself or at the end of "Assistant Secretary of State"."""
    if i < 0:
        return False
    if words.keys[i] in offices:
        return True
    return i >= 2 and words.keys[i - 1] == "of" and words.keys[i - 2] in offices


@cache
def _heads() -> dict[str, dict[tuple[str, ...], tuple[_Term, ...]]]:
    """Map the last word of each term of two or more words to the words before it: what a list may leave to its common head."""
    heads: dict[str, dict[tuple[str, ...], tuple[_Term, ...]]] = {}
    shared = {key for word in vocabulary.shared_heads() for key in tokens(word).keys}
    governing = {tokens(form).keys[0] for stage in vocabulary.stages().values() for form in stage.forms}
    for concept in vocabulary.domains().values():
        for form in concept.terms:
            if form.startswith("=") or "," in form:
                continue
            keys = tokens(form).keys
            # "strengthen cooperation" and "our borders" leave nothing to a head: what stands before it is no kind of it.
            if 2 <= len(keys) <= 4 and keys[-1] in shared and keys[0] not in governing | _DETERMINERS and not _LINKS & set(keys):
                known = heads.setdefault(keys[-1], {})
                known[tuple(keys[:-1])] = (*known.get(tuple(keys[:-1]), ()), _Term(concept.id, "strong"))
    return heads


def _shared_heads(words: Tokens) -> Iterator[tuple[Span, _Term]]:
    """Give the parts of lists that share one head: "security" of "security, economic, and humanitarian assistance"."""
    heads, keys, text = _heads(), words.keys, words.text
    for head, key in enumerate(keys):
        forms = heads.get(key)
        if forms is None or head < 3:
            continue
        first = _list_start(words, head)
        for end in range(first, head - 1):
            # A part ends before a comma or before "and", "or".
            gap = text[words.ends[end] : words.starts[end + 1]]
            if not ("," in gap or keys[end + 1] in _LINKS):
                continue
            for start in range(max(first, end - 2), end + 1):
                if any("," in text[words.ends[i] : words.starts[i + 1]] for i in range(start, end)):
                    continue
                for term in forms.get(tuple(keys[start : end + 1]), ()):
                    yield Span(words.starts[start], words.ends[end]), term


def _list_start(words: Tokens, head: int) -> int:
    """Return the first word that can belong to a list ending in a head: back over words, commas and "and", not over a sentence."""
    i = head
    while i > 0 and head - i < _FURTHEST and re.fullmatch(r"[ ,\-‐‑–&/]{1,2}", words.text[words.ends[i - 1] : words.starts[i]]):
        i -= 1
    return i


# Stages

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘(\[]*[A-Z0-9•])|\n\s*\n|\n(?=\s*[•*\-–])|[;•]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Adm|Amb|Sen|Rep|Gov|Prof|Hon|No|vs|Jr|Sr|Inc)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])$"
)


_REACH = 1500  # characters on either side in which a sentence ends


def sentence_around(text: str, span: Span) -> Span:
    """Return the sentence that a span stands in; a paragraph break, a bullet and a semicolon end a sentence too."""
    paragraph = text.find("\n\n", span.end, span.end + _REACH)
    left = max(0, span.start - _REACH, text.rfind("\n\n", max(0, span.start - _REACH), span.start))
    right = min(len(text), span.end + _REACH) if paragraph < 0 else paragraph
    start = left
    end = right
    for match in _SENTENCE_END.finditer(text, left, right):
        if match.group().startswith(".") and _ABBREVIATION.search(text, max(left, match.start() - 12), match.start()):
            continue
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end:
            end = match.start()
            break
    return Span(start, max(end, span.end))


@cache
def _stage_lexicon() -> Lexicon[Stage]:
    lexicon: Lexicon[Stage] = Lexicon()
    for entry in vocabulary.stages().values():
        for form in entry.forms:
            lexicon.add(form, entry.id)
    return lexicon


def stage_words(words: str | Tokens) -> list[tuple[Span, Stage]]:
    """Return the words of a text that govern a stage, in order, with the stage."""
    return [(m.span, m.payload) for m in _stage_lexicon().iter(words)]


def stage_shares(span: Span, governing: Sequence[tuple[Span, Stage]]) -> tuple[dict[Stage, float], Stage | None]:
    """Return the probability of each stage of a domain that stands at a span, and the stage of the last governing word before it.

    Args:
        span: place of the domain.
        governing: what `stage_words` gives for the sentence around it.
    """
    before = [stage for s, stage in governing if s.end <= span.start]
    inside = [stage for s, stage in governing if s.start >= span.start and s.end <= span.end]
    after = [stage for s, stage in governing if s.start >= span.end][:2]
    logits: dict[Stage, float] = {}
    for stage, entry in vocabulary.stages().items():
        weight = entry.weights
        logits[stage] = weight["prior"] + weight["before"] * min(2, before.count(stage))
        if before:
            logits[stage] += weight["nearest"] * (before[-1] == stage) + weight["first"] * (before[0] == stage)
        logits[stage] += weight["inside"] * inside.count(stage) + weight["after"] * after.count(stage)
    top = max(logits.values())
    weights = {stage: math.exp(logit - top) for stage, logit in logits.items()}
    total = sum(weights.values())
    return {stage: weight / total for stage, weight in weights.items()}, before[-1] if before else None
