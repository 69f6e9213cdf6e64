"""Vectors of passages: what is alike in meaning, or at least in words, lies close together."""

import zlib
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from verbale.record.words import folded_words

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""What embeds passages: one row of length 1 for each (of length 0 for a passage without words)."""

_WIDTH = 4096
_GRAMS = (3, 4, 5)
_WORD_WEIGHT = 2.0  # a whole word counts as much as two of its character n-grams


def embed_words(passages: Sequence[str]) -> Vectors:
    """Embed passages by their words and the character n-grams of these, hashed, weighted by TF-IDF over the passages given.

    Needs no model and gives the same on every machine. Source: feature hashing after Weinberger et al., ICML 2009; n-grams within
    word boundaries as in fastText (Bojanowski et al., TACL 2017).
    """
    counts = [_features(p) for p in passages]
    spread = Counter(f for found in counts for f in found)
    vectors = np.zeros((len(passages), _WIDTH), dtype=np.float32)
    for row, found in zip(vectors, counts, strict=True):
        for feature, weight in found.items():
            hashed = zlib.crc32(feature.encode("utf-8"))
            rarity = np.log((1 + len(passages)) / (1 + spread[feature])) + 1
            row[hashed % _WIDTH] += (1 if hashed & 0x8000_0000 else -1) * (1 + np.log(weight)) * rarity * _share(feature)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors


def embed_meaning(passages: Sequence[str]) -> Vectors:
    """Embed passages by what the shipped encoder makes of them together with their words, both counting the same.

    The encoder finds what is said in other words; the words keep apart what is said alike of different things.
    """
    from verbale.reading import embed  # noqa: PLC0415 - loads the encoder

    return np.hstack([embed_words(passages), embed(passages)]) * np.float32(np.sqrt(0.5))


def _features(passage: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in folded_words(passage):
        found["w" + word] += 1
        bounded = f"<{word}>"
        for n in _GRAMS:
            for i in range(len(bounded) - n + 1):
                found[bounded[i : i + n]] += 1
    return found


def _share(feature: str) -> float:
    return _WORD_WEIGHT if feature[0] == "w" and feature[1:].isalnum() and "<" not in feature else 1.0
