"""Confidence: how likely a finding is right, from a few numbers about it."""

import math
from collections.abc import Mapping, Sequence
from typing import TypeVar

C = TypeVar("C", bound=str)


def logit(p: float) -> float:
    """Log-odds of a probability, kept finite."""
    return math.log((p + 1e-3) / (1 - p + 1e-3))


def confidence(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return the probability that a finding is right, by logistic regression over its features.

    `weights` come with the model and are fitted on documents that the model did not learn from (Platt, 1999); the weight
    `bias` stands alone, and a feature without a weight counts nothing.
    """
    total = weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def choose(weights: Mapping[str, float], classes: Sequence[C], features: Mapping[str, float]) -> dict[C, float]:
    """Return the probability of each class by multinomial logistic regression.

    The weight of a feature for a class is named `class|feature`, the constant of a class `class|`; the feature `model:class` speaks for
    its own class only, by the one weight `model`.
    """
    totals: dict[C, float] = {}
    for name in classes:
        total = weights.get(f"{name}|", 0.0) + weights.get("model", 0.0) * features.get(f"model:{name}", 0.0)
        total += sum(weights.get(f"{name}|{feature}", 0.0) * value for feature, value in features.items())
        totals[name] = total
    top = max(totals.values())
    shares = {name: math.exp(total - top) for name, total in totals.items()}
    return {name: share / sum(shares.values()) for name, share in shares.items()}
