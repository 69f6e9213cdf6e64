"""Sequences of tags: the best path through the scores of a linear-chain conditional random field, and its spans."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
Ints = npt.NDArray[np.int64]

_NEVER = np.float32(-1e4)


def forbid(transitions: Floats) -> Floats:
    """Return transition scores, shape (tags, tags) from row to column, in which an I- follows only its own B- or I-."""
    allowed = transitions.copy()
    for inside in range(2, len(transitions), 2):
        others = [t for t in range(len(transitions)) if t not in (inside, inside - 1)]
        allowed[others, inside] = _NEVER
    return allowed


def viterbi(scores: Floats, transitions: Floats, segments: Sequence[tuple[int, int]]) -> Ints:
    """Best tag of each piece, each segment decoded on its own and all of them side by side.

    Args:
        scores: shape (n, tags).
        transitions: shape (tags, tags), from row to column.
        segments: disjoint (start, end) ranges that cover the pieces to decode.

    Returns:
        Tags, shape (n,), 0 outside all segments. Source of the method: Viterbi (1967); Lafferty et al. (2001).
    """
    best = np.zeros(len(scores), dtype=np.int64)
    if not segments:
        return best
    allowed = forbid(transitions)
    order = sorted(segments, key=lambda s: s[0] - s[1])  # longest first: those still running are a prefix
    lengths = np.asarray([e - s for s, e in order])
    starts = np.asarray([s for s, _ in order])
    longest = int(lengths[0])
    state = scores[starts].copy()
    state[:, 2::2] = _NEVER  # no segment opens inside a span
    back = np.zeros((longest, len(order), scores.shape[1]), dtype=np.int8)
    final = np.zeros((len(order), scores.shape[1]), dtype=np.float32)
    running = len(order)
    for step in range(1, longest + 1):
        still = int(np.searchsorted(-lengths, -step, side="left"))  # segments longer than `step`
        final[still:running] = state[still:running]
        running = still
        if not running:
            break
        reach = state[:running, :, None] + allowed[None]
        back[step, :running] = reach.argmax(1)
        state = reach.max(1) + scores[starts[:running] + step]
    for row, (start, end) in enumerate(order):
        tag = int(final[row].argmax())
        for step in range(end - start - 1, -1, -1):
            best[start + step] = tag
            tag = int(back[step, row, tag])
    return best


def spans(path: Ints) -> list[tuple[int, int, int]]:
    """Runs of B- I- I- … in a path of tags: (name index, first piece, piece after the last), in order."""
    found: list[tuple[int, int, int]] = []
    tags = path.tolist()
    at = 0
    for at in np.flatnonzero(path % 2 == 1).tolist():
        end = at + 1
        while end < len(tags) and tags[end] == tags[at] + 1:
            end += 1
        found.append(((tags[at] - 1) // 2, at, end))
    return found
