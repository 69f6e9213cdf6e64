"""Confidence: how likely a finding is right, from a few numbers about it."""

import math
from collections.abc import Mapping


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
