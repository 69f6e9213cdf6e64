"""Who said what: spans of source, cue and content, and the arcs that tie them together."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from verbale.reading.layout import ARC_SIZE, ARCS, ATTRIBUTION
from verbale.reading.sequences import Floats, Halves, Ints, spans


@dataclass(frozen=True)
class Parts:
    """One attribution as ranges of word pieces; `cue` or `source` may be missing."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    link: float  # probability of the arcs taken


def link(path: Ints, arcs: Halves, nothing: Floats, segments: Sequence[tuple[int, int]]) -> list[Parts]:
    """Join the spans of a tag path into attributions by the arcs between their pieces.

    Every content takes the cue to which its pieces point together; contents that take the same cue are one broken quotation.
    Every cue takes one source, every content without a cue its own.

    Args:
        path: tags of the pieces, shape (n,).
        arcs: queries and keys, shape (n, 2 x ARC_SIZE x arcs).
        nothing: key of "no far end" for each arc, shape (arcs, ARC_SIZE).
        segments: ranges of pieces that were read in one window. An arc stays within one, because queries and keys know where
            in their window they stand and not in which.
    """
    by_role: dict[str, list[tuple[int, int]]] = {name: [] for name in ATTRIBUTION}
    for role, first, last in spans(path):
        by_role[ATTRIBUTION[role]].append((first, last))
    cues, sources = by_role["cue"], by_role["source"]
    starts = [a for a, _ in segments]

    def beside(near: tuple[int, int], candidates: list[tuple[int, int]]) -> list[tuple[int, int]]:
        low, high = segments[bisect_right(starts, near[0]) - 1]
        return candidates[bisect_left(candidates, (low, 0)) : bisect_left(candidates, (high, 0))]

    grouped: dict[tuple[int, int] | None, list[tuple[tuple[int, int], float]]] = {}
    for content in by_role["content"]:
        cue, chance = _far_end("content to cue", content, beside(content, cues), arcs, nothing)
        grouped.setdefault(cue, []).append((content, chance))
    found: list[Parts] = []
    for cue, members in grouped.items():
        if cue is None:
            for content, chance in members:
                source, sure = _far_end("content to source", content, beside(content, sources), arcs, nothing)
                found.append(Parts(source, None, (content,), chance * sure))
            continue
        source, sure = _far_end("cue to source", cue, beside(cue, sources), arcs, nothing)
        chance = float(np.mean([c for _, c in members]))
        found.append(Parts(source, cue, tuple(c for c, _ in members), chance * sure))
    return sorted(found, key=lambda a: a.content[0])


def _far_end(
    arc: str, near: tuple[int, int], candidates: list[tuple[int, int]], arcs: Halves, nothing: Floats
) -> tuple[tuple[int, int] | None, float]:
    """The candidate span to which the pieces of `near` point together, or None, with its probability among the candidates."""
    k = ARCS.index(arc)
    start = 2 * k * ARC_SIZE
    query = arcs[near[0] : near[1], start : start + ARC_SIZE].astype(np.float32)
    keys = arcs[[c[0] for c in candidates], start + ARC_SIZE : start + 2 * ARC_SIZE].astype(np.float32).reshape(-1, ARC_SIZE)
    logits = query @ np.concatenate([nothing[k][None], keys]).T / np.float32(ARC_SIZE**0.5)
    logits -= logits.max(1, keepdims=True)
    chances = np.exp(logits)
    chances /= chances.sum(1, keepdims=True)
    mean = chances.mean(0)
    best = int(mean.argmax())
    return (candidates[best - 1] if best else None), float(mean[best])
