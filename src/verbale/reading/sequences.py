"""Sequences of tags: the best path through the scores of a linear-chain conditional random field, and its spans."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
Ints = npt.NDArray[np.int64]

_NEVER = np.float32(-1e4)


def softmax(scores: Floats) -> Floats:
    """Return the probability of each tag, row by row, as if the pieces were independent; shape (n, tags)."""
    rows = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(rows / rows.sum(1, keepdims=True), dtype=np.float32)


def forbid(transitions: Floats) -> Floats:
    """Return transition scores, shape (tags, tags) from row to column, in which an I- follows only its own B- or I-."""
    allowed = transitions.copy()
    for inside in range(2, len(transitions), 2):
        others = [t for t in range(len(transitions)) if t not in (inside, inside - 1)]
        allowed[others, inside] = _NEVER
    return allowed


def viterbi(scores: Sequence[Floats], transitions: Sequence[Floats], segments: Sequence[tuple[int, int]]) -> list[Ints]:
    """Best tag of each piece by each of several heads, each segment decoded on its own and all of them side by side.

    Args:
        scores: for each head an array of shape (n, tags).
        transitions: for each head an array of shape (tags, tags), from row to column.
        segments: disjoint (start, end) ranges that cover the pieces to decode.

    Returns:
        For each head the tags, shape (n,), 0 outside all segments. Source of the method: Viterbi (1967); Lafferty et al. (2001).
    """
    best = [np.zeros(len(s), dtype=np.int64) for s in scores]
    if not segments or not scores:
        return best
    # One row for each pair of head and segment, longest first: those still running are a prefix. Tags that a head lacks cost too much.
    widest = max(s.shape[1] for s in scores)
    rows = sorted(((h, a, b) for h in range(len(scores)) for a, b in segments), key=lambda r: (r[1] - r[2], r[0], r[1]))
    lengths = np.asarray([b - a for _, a, b in rows])
    longest = int(lengths[0])
    laid = np.full((longest, len(rows), widest), _NEVER, dtype=np.float32)
    for row, (h, a, b) in enumerate(rows):
        laid[: b - a, row, : scores[h].shape[1]] = scores[h][a:b]
    moves = np.zeros((len(scores), widest, widest), dtype=np.float32)
    for h, t in enumerate(transitions):
        moves[h, : len(t), : len(t)] = forbid(t)
    allowed = moves[[h for h, _, _ in rows]]
    state = laid[0].copy()
    state[:, 2::2] = _NEVER  # no segment opens inside a span
    back = np.zeros((longest, len(rows), widest), dtype=np.intp)
    final = np.zeros((len(rows), widest), dtype=np.float32)
    running = len(rows)
    for step in range(1, longest + 1):
        still = int(np.searchsorted(-lengths, -step, side="left"))  # rows longer than `step`
        if still < running:
            final[still:running] = state[still:running]
            running, state, allowed = still, state[:still], allowed[:still]
        if not running:
            break
        reach = state[:, :, None] + allowed
        reach.argmax(1, out=back[step, :running])
        state = reach.max(1)
        state += laid[step, :running]
    for row, (h, a, b) in enumerate(rows):
        tag = int(final[row].argmax())
        steps = back[: b - a, row].tolist()
        tags = [0] * (b - a)
        for step in range(b - a - 1, -1, -1):
            tags[step] = tag
            tag = steps[step][tag]
        best[h][a:b] = tags
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
