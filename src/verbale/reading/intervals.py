"""Intervals: spans with what belongs to each, asked which of them overlap another span."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from verbale.document import Span

T = TypeVar("T")


class Intervals(Generic[T]):
    """Spans with what belongs to each.

    An answer takes time logarithmic in the number of spans, and linear in how many of them lie over one place.
    """

    def __init__(self, pairs: Iterable[tuple[Span, T]]) -> None:
        self._pairs = sorted(pairs, key=lambda p: p[0])
        self._starts = [s.start for s, _ in self._pairs]
        self._reach = list(accumulate((s.end for s, _ in self._pairs), max))  # the furthest end up to each

    def over(self, start: int, end: int) -> list[tuple[Span, T]]:
        """Return the spans that share a character with the stretch from `start` to `end`, in order, with what belongs to each."""
        k = bisect_left(self._starts, end)
        found = []
        while k and self._reach[k - 1] > start:
            k -= 1
            if self._pairs[k][0].end > start:
                found.append(self._pairs[k])
        return found[::-1]

    def __contains__(self, span: Span) -> bool:
        """Tell whether one of the spans overlaps a span."""
        return bool(self.over(span.start, span.end))
