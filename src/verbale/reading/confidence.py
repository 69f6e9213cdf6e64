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


def choose(weights: Mapping[str, Sequence[float]], classes: Sequence[C], features: Mapping[str, float]) -> dict[C, float]:
    """Return the probability of each class by multinomial logistic regression.

    `weights` maps a feature to its weights for the classes in order, and the empty name to their constants; the feature `model:CLASS`
    speaks for its own class only, by the one weight under `model`.
    """
    totals = list(weights[""])
    for feature, value in features.items():
        if (row := weights.get(feature)) is not None:
            for k, weight in enumerate(row):
                totals[k] += weight * value
    trust = weights["model"][0]
    totals = [total + trust * features.get(f"model:{name}", 0.0) for total, name in zip(totals, classes, strict=True)]
    top = max(totals)
    shares = [math.exp(total - top) for total in totals]
    return {name: share / sum(shares) for name, share in zip(classes, shares, strict=True)}
