"""The best path through tag scores."""

import itertools

import numpy as np
import pytest

from verbale.reading.sequences import forbid, spans, viterbi


def best_by_hand(scores: np.ndarray, transitions: np.ndarray) -> list[int]:
    """Try every path."""
    allowed = forbid(transitions)

    def total(path: tuple[int, ...]) -> float:
        start = -1e4 if path[0] and path[0] % 2 == 0 else 0.0
        return start + sum(scores[i, t] for i, t in enumerate(path)) + sum(allowed[a, b] for a, b in itertools.pairwise(path))

    return list(max(itertools.product(range(scores.shape[1]), repeat=len(scores)), key=total))


@pytest.mark.parametrize("seed", range(8))
def test_it_finds_what_trying_every_path_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    transitions = rng.normal(size=(5, 5)).astype(np.float32)
    scores = rng.normal(size=(9, 5)).astype(np.float32) * 2
    segments = [(0, 5), (5, 6), (6, 9)]
    other = rng.normal(size=(9, 3)).astype(np.float32) * 2
    paths = viterbi([scores, other], [transitions, transitions[:3, :3]], segments)
    for path, given, moves in ((paths[0], scores, transitions), (paths[1], other, transitions[:3, :3])):
        for start, end in segments:
            assert path[start:end].tolist() == best_by_hand(given[start:end], moves)


def test_inside_follows_only_its_own_span() -> None:
    scores = np.zeros((3, 5), dtype=np.float32)
    scores[:, 2] = 5  # I- of the first name everywhere
    path = viterbi([scores], [np.zeros((5, 5), dtype=np.float32)], [(0, 3)])[0]
    assert spans(path) == [(0, 0, 3)]


def test_no_pieces_no_spans() -> None:
    assert viterbi([np.zeros((0, 5), dtype=np.float32)], [np.zeros((5, 5), dtype=np.float32)], [])[0].tolist() == []
