"""Clusters computed over judgements: what is the same as what, and nothing merged for good.

After the resolver of nomenklatura (OpenSanctions): identity is a set of judgements over pairs; here a person's come first, and
two that are judged different never come into one cluster over a third.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement that holds: two keys, the lesser first, what was judged, how surely, and whether by a person."""

    left: int
    right: int
    verdict: str
    score: float
    human: bool

    @property
    def pair(self) -> Pair:
        """The two keys."""
        return self.left, self.right


def clusters(judgements: Iterable[Judged]) -> dict[int, int]:
    """Return the cluster of every key that a judgement of sameness joined to another: the least key of the cluster names it.

    Joins are made in this order: people's, then computed ones from the surest down. A computed join is left out where it would
    bring together two keys that are judged different, by a person or by computation, unless a person says they are the same.
    """
    listed = list(judgements)
    human: Mapping[Pair, str] = {j.pair: j.verdict for j in listed if j.human}
    enemies: dict[int, set[int]] = defaultdict(set)
    for j in listed:
        if j.verdict == "different" and (j.human or j.pair not in human):
            enemies[j.left].add(j.right)
            enemies[j.right].add(j.left)
    members: dict[int, set[int]] = {}
    root: dict[int, int] = {}

    def of(key: int) -> int:
        return root.get(key, key)

    joins = [j for j in listed if j.verdict == "same" and (j.human or j.pair not in human)]
    for j in sorted(joins, key=lambda j: (not j.human, -j.score, j.left, j.right)):
        a, b = sorted((of(j.left), of(j.right)))
        if a == b:
            continue
        first, second = members.get(a, {a}), members.get(b, {b})
        small, large = sorted((first, second), key=len)
        if not j.human and any(not enemies[k].isdisjoint(large) for k in small if k in enemies):
            continue
        members[a] = first | second
        members.pop(b, None)
        for key in members[a]:
            root[key] = a
    return root
