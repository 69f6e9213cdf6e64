"""Which spans overlap another: the answer of a plain search, however the spans lie."""

from hypothesis import given
from hypothesis import strategies as st

from verbale.document import Span
from verbale.reading.intervals import Intervals

SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1]))


@given(st.lists(SPANS, max_size=25), SPANS)
def test_finds_what_a_plain_search_finds(spans: list[Span], asked: Span) -> None:
    """In order, with what belongs to each, spans of equal place in the order given."""
    intervals = Intervals((s, k) for k, s in enumerate(spans))
    expected = sorted(((s, k) for k, s in enumerate(spans) if s.overlaps(asked)), key=lambda p: p[0])
    assert intervals.over(asked.start, asked.end) == expected
    assert (asked in intervals) == bool(expected)
