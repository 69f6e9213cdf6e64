"""Domains with their stage, and situations: terms of the vocabularies, weighed by the encoder."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from verbale.document import Span
from verbale.findings import Domain, Situation
from verbale.reading.concepts import ConceptMatch, domain_candidates, situation_candidates
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.sequences import Floats, softmax
from verbale.reading.stages import stage_of
from verbale.vocabulary import domains as domain_concepts
from verbale.vocabulary import situations as situation_concepts

# Confidence from which a concept is a finding, set where F1 on the held-out labels is highest.
DOMAIN_FLOOR = 0.5
SITUATION_FLOOR = 0.35
_SHORTEST = 4  # letters of the longest word of a stretch that the encoder alone takes for a concept
_SPANS = 5  # places that a finding points at


@dataclass
class Evidence:
    """What speaks for one concept in a document: its places, best first, and the numbers by which its confidence is reckoned."""

    places: list[tuple[float, Span]] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)


def domains(context: Context) -> list[Domain]:
    """Find the domains of cooperation that were a subject between the parties, each with the furthest stage reached."""
    matches = domain_candidates(context.words, context.all_parties)
    known = domain_concepts()
    found = []
    for concept, evidence in weigh(context, "domain", context.encoder.domains, matches).items():
        sure = confidence(context.encoder.calibration["domain"], evidence.features)
        if concept not in known or sure < DOMAIN_FLOOR:
            continue
        spans = tuple(sorted({s for _, s in evidence.places[:_SPANS]}))
        stage = stage_of(context, [s for _, s in evidence.places])
        found.append(Domain(concept, known[concept].label, stage, spans, round(sure, 3)))
    return sorted(found, key=lambda d: d.spans[0])


def situations(context: Context, parties: set[str]) -> list[Situation]:
    """Find the regions and situations on which views were exchanged; a party to the talks is none by its bare name."""
    matches = situation_candidates(context.words, parties, context.all_parties)
    known = situation_concepts()
    found = []
    for concept, evidence in weigh(context, "situation", context.encoder.situations, matches).items():
        sure = confidence(context.encoder.calibration["situation"], evidence.features)
        if concept not in known or sure < SITUATION_FLOOR:
            continue
        spans = tuple(sorted({s for _, s in evidence.places[:_SPANS]}))
        found.append(Situation(concept, known[concept].label, known[concept].kind, spans, round(sure, 3)))
    return sorted(found, key=lambda s: s.spans[0])


def weigh(context: Context, head: str, ids: Sequence[str], matches: Sequence[ConceptMatch]) -> Mapping[str, Evidence]:
    """Gather the evidence for every concept: matches of its terms, and stretches that the encoder alone takes for it."""
    number = {c: k + 1 for k, c in enumerate(ids)}
    chances = softmax(context.encoding.heads[head])
    found: dict[str, Evidence] = {}
    grouped: dict[str, list[ConceptMatch]] = {}
    for m in matches:
        grouped.setdefault(m.id, []).append(m)
    seen: dict[str, list[tuple[float, Span]]] = {}
    for concept, span, sure in _stretches(context, chances, ids):
        seen.setdefault(concept, []).append((sure, span))
    for concept in dict.fromkeys([*grouped, *seen]):
        evidence = found[concept] = Evidence()
        column = number.get(concept)
        own, some = [], []
        for m in grouped.get(concept, []):
            first, last = context.encoding.range(m.span.start, m.span.end)
            wide = max(1, last - first)
            own.append(float(chances[first:last, column].sum()) / wide if column is not None else 0.0)
            some.append(1 - float(chances[first:last, 0].sum()) / wide if first < last else 0.0)
            evidence.places.append((own[-1] + some[-1] - 0.2 * m.weak, m.span))
        alone = [(s, p) for s, p in seen.get(concept, []) if not any(p.overlaps(m.span) for m in grouped.get(concept, []))]
        evidence.places += [(2 * s, p) for s, p in alone]
        evidence.places.sort(key=lambda x: (-x[0], x[1]))
        strong = [m for m in grouped.get(concept, []) if not m.weak]
        # A concept that the model was not taught: it says nothing for or against, and a strong term decides alone.
        silent = column is None and bool(strong)
        evidence.features = {
            "own": 0.0 if silent else logit(max(own, default=0.0)),
            "some": 0.0 if silent else logit(max(some, default=0.0)),
            "alone": max((s for s, _ in alone), default=0.0),
            "strong": float(bool(strong)),
            "weak": float(bool(grouped.get(concept)) and not strong),
            "times": math.log1p(len(grouped.get(concept, []))),
            "title": float(any(context.is_heading(m.span) for m in grouped.get(concept, []))),
        }
    return found


def _stretches(context: Context, chances: Floats, ids: Sequence[str]) -> list[tuple[str, Span, float]]:
    """Runs of pieces to which the encoder gives the same concept, widened to whole words."""
    best = chances.argmax(1)
    found = []
    edges = np.flatnonzero(np.diff(np.concatenate([[0], best, [0]])))
    for first, last in pairwise(edges):
        if best[first] == 0:
            continue
        start, end = context.encoding.characters((int(first), int(last)))
        if max(map(len, context.text[start:end].split()), default=0) < _SHORTEST:
            continue  # "and", "of": a stray piece of a longer wording
        found.append((ids[int(best[first]) - 1], Span(start, end), float(chances[first:last, best[first]].mean())))
    return found
