"""Open domains: subjects of cooperation that the vocabulary lacks, told by the words around them."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from verbale import vocabulary
from verbale.document import Span
from verbale.findings import Domain, OpenDomain, Situation
from verbale.reading.concepts import domain_candidates, situation_candidates
from verbale.reading.context import Context
from verbale.reading.intervals import Intervals
from verbale.reading.parties import PartyMention
from verbale.reading.stages import stage_of
from verbale.vocabulary.lexicon import Lexicon, Tokens

_LONGEST = 6  # words of a subject
_SHORTEST = 4  # letters of its longest word
_NEAREST = 3  # concepts that are named beside it
_SPANS = 5  # places that it points at
_BREAK = re.compile(r"[^ \n\-\u2010\u2011,'’/]|\n\s*\n| [-/]|[-/] ")
_JOINS = ("and", "or")
_DETERMINERS = [["the"], ["a"], ["an"], ["their"], ["our"], ["its"], ["this"], ["these"], ["that"], ["those"]]


def open_domains(context: Context, found: Sequence[Domain | Situation]) -> list[OpenDomain]:
    """Find the phrases by which parties name what they work on where no concept of the vocabulary, party, office or date stands.

    The stage is that of the words around it, as for a domain; the nearest concepts are those that the encoder takes it for first.

    Args:
        context: the document.
        found: the domains and situations that were found in it.
    """
    taken = [m.span for m in context.all_parties] + [o.span for o in context.offices] + [d.span for d in context.dates]
    named = Intervals((s, None) for s in [*taken, *(s for f in found for s in f.spans)])
    phrases: dict[str, list[tuple[float, Span]]] = {}
    for span, sure in subjects(context.words, context.all_parties):
        if span not in named:
            phrases.setdefault(" ".join(span.exact(context.text).lower().split()), []).append((sure, span))
    return [
        OpenDomain(
            phrase,
            _nearest(context, places[0][1]),
            stage_of(context, [s for _, s in places]),
            tuple(s for _, s in places[:_SPANS]),
            max(sure for sure, _ in places),
        )
        for phrase, places in phrases.items()
    ]


def subjects(words: Tokens, mentions: Sequence[PartyMention] | None = None) -> list[tuple[Span, float]]:
    """Give each phrase that stands where a subject of cooperation stands and holds no term of the vocabularies, in order.

    With each goes how often a phrase found in its way is a subject, between 0 and 1.

    Args:
        words: the text.
        mentions: the mentions of parties in it, where they are at hand.
    """
    found: dict[Span, float] = {}
    for match in _openings().iter(words):
        for part in _parts(words, match.last + 1):
            if _names_subject(words, part):
                found.setdefault(Span(words.starts[part[0]], words.ends[part[-1]]), match.payload)
    if not found:
        return []
    known = Intervals((k.span, k.weak) for k in [*domain_candidates(words, mentions), *situation_candidates(words, (), mentions)])
    # A doubtful term makes a phrase known only as its noun: "road safety" is no road.
    held = {s for s in found if any(not weak or k.end >= s.end for k, weak in known.over(s.start, s.end))}
    return sorted((span, sure) for span, sure in found.items() if span not in held)


def _parts(words: Tokens, first: int) -> list[list[int]]:
    """The words of the parts of a list that starts at a word; one part where it is no list."""
    rules, keys = vocabulary.open_domains(), words.keys
    if first + 1 < len(keys) and keys[first] in rules.general and keys[first + 1] in ("of", "with", "to"):
        return []  # "cooperation in support of"
    parts: list[list[int]] = [[]]
    joined = clause = False
    for i in range(first, len(keys)):
        key, gap = keys[i], words.text[words.ends[i - 1] : words.starts[i]]
        if _BREAK.search(gap) or (i == first and "," in gap):
            break
        if "," in gap or key in _JOINS:
            parts.append([])
        joined = joined or key in _JOINS
        if key in _JOINS:
            continue
        told = key in _told() if parts[-1] else len(parts) > 1 and key.endswith("ed")
        if key in rules.ends | rules.verbs or told or len(parts[-1]) == _LONGEST:
            # "cooperation on millets, and the ministers agreed": what stands before a verb is a clause of its own.
            clause = told or key in rules.verbs or len(parts[-1]) == _LONGEST
            break
        parts[-1].append(i)
    if clause and len(parts) > 1:
        del parts[-1]
    if not joined:
        del parts[1:]
    whole = _shared(words, [_trimmed(words, part) for part in parts])
    return [part for n, part in enumerate(whole) if n == 0 or len(part) > 1]


def _trimmed(words: Tokens, part: list[int]) -> list[int]:
    """A part without the words that only lead to its subject, and without a link that leads to nothing."""
    keys = words.keys
    while part and keys[part[0]] in vocabulary.open_domains().leads:
        part = part[1:]
    if len(part) > 1 and keys[part[-1]].endswith("ing") and keys[part[-1] + 1 : part[-1] + 2] in _DETERMINERS:
        return []  # "projects furthering the …": a verb with its object
    while part and keys[part[-1]] == "of":
        part = part[:-1]
    return part


def _shared(words: Tokens, parts: list[list[int]]) -> list[list[int]]:
    """The parts, where a single word is joined with the part whose noun it may share: "cultural and scientific exchange"."""
    whole: list[list[int]] = []
    waiting: list[int] = []
    for part in parts:
        if len(part) == 1 and (words.keys[part[0]].endswith(vocabulary.open_domains().modifiers) or _joined_next(words, part[0])):
            waiting = waiting or part
        elif part:
            whole.append(list(range(waiting[0], part[-1] + 1)) if waiting and len(part) > 1 else part)
            waiting = []
    return whole


def _joined_next(words: Tokens, i: int) -> bool:
    """Tell whether a word in the singular stands right before "and" or "or"."""
    return not words.keys[i].endswith("s") and words.keys[i + 1 : i + 2] in (["and"], ["or"])


def _names_subject(words: Tokens, part: list[int]) -> bool:
    """Tell whether the words of a phrase can name a subject: a noun of substance, no name, no number, no act."""
    rules = vocabulary.open_domains()
    keys, written = [words.keys[i] for i in part], [words.text[words.starts[i] : words.ends[i]] for i in part]
    if max(map(len, keys)) < _SHORTEST or any((w[0].isupper() and not w.isupper()) or w[0].isdigit() for w in written):
        return False
    if keys[0] in _acts() or (keys[0].endswith(("ing", "ly")) and keys[1:2] not in ([], ["of"])):
        return False
    if len(keys) == 1:
        return keys[0] not in rules.general | rules.plain | rules.qualifiers and not keys[0].endswith((*rules.abstract, *rules.modifiers))
    cut = words.text.startswith("-", words.ends[part[-1]])  # "many technological state" of "state-of-the-art technologies"
    if cut or keys[-1] in rules.general | rules.leads | rules.qualifiers or keys[-1].endswith("ly"):
        return False
    if keys[-1] in rules.plain:
        small = rules.general | rules.plain | rules.qualifiers | set(_JOINS)
        return any(k not in small and not k.endswith(rules.modifiers) for k in keys)
    return True


def _nearest(context: Context, span: Span) -> tuple[str, ...]:
    """The concepts that the encoder would take a phrase for first, were it one of them."""
    first, last = context.encoding.range(span.start, span.end)
    if first >= last:
        return ()
    scores = context.encoding.heads["domain"][first:last, 1:].mean(0)
    known = vocabulary.domains()
    return tuple(i for i in (context.encoder.domains[k] for k in np.argsort(-scores, kind="stable")) if i in known)[:_NEAREST]


@cache
def _openings() -> Lexicon[float]:
    return Lexicon((form, opening.sure) for opening in vocabulary.open_domains().openings for form in opening.forms)


@cache
def _told() -> frozenset[str]:
    """Verbs of speech and of stages in the past, which end a phrase that has begun: "the areas discussed"."""
    kinds = (vocabulary.cues(), vocabulary.stages())
    past = {f for kind in kinds for entry in kind.values() for forms in entry.verbs.values() for f in forms if f.endswith("ed")}
    return frozenset(past | {"said"})


@cache
def _acts() -> frozenset[str]:
    """Verbs that a list of subjects may run into: "cooperate on fisheries and strengthen their ties"."""
    verbs = {v for kind in (vocabulary.cues(), vocabulary.stages()) for entry in kind.values() for v in entry.verbs}
    return frozenset(verbs | vocabulary.open_domains().acts)
