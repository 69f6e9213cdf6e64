"""Sides: how likely each country or organisation that a document names takes part in its talks."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from verbale.document import Span
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.parties import PartyMention
from verbale.reading.people import Person
from verbale.vocabulary import groups


@dataclass(frozen=True)
class Side:
    """A country or organisation that may be a side of the principal engagement, and the numbers that say how likely."""

    id: str
    spans: tuple[Span, ...]
    features: Mapping[str, float]
    confidence: float


def sides(context: Context, delegates: list[Person]) -> list[Side]:
    """Weigh every country and organisation that the document names, in order of first mention."""
    mentions: dict[str, list[tuple[float, PartyMention]]] = {}
    for m in context.parties:
        mentions.setdefault(m.id, []).append((context.chance("party", m.span), m))
    present = {p.party for p in delegates}
    found = []
    for party, places in mentions.items():
        best = sorted(places, key=lambda x: (-x[0], x[1].span))
        features = {
            "best": logit(best[0][0]),
            "mean": logit(float(np.mean([c for c, _ in best[:3]]))),
            "present": float(party in present),
            "own": float(party == context.speaks_for),
            "title": float(any(context.is_heading(m.span) for _, m in places)),
            "lead": float(any(m.span.start < context.lead.end for _, m in places)),
            "named": float(any(m.form in ("name", "demonym", "group") for _, m in places)),
            "group": float(party in groups()),
            "members": float(party in groups() and len(frozenset(groups()[party].members) & set(mentions)) > 1),
            "times": math.log1p(len(places)),
        }
        sure = confidence(context.encoder.calibration["side"], features)
        found.append(Side(party, tuple(m.span for _, m in best[:3]), features, sure))
    return found
