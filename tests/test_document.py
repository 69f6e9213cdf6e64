"""Document and Span: layout of a text, identity, and finding a place again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.document import Document, Span
from verbale.errors import SpanError

TEXT = "Lima talks\n\nNorway and Peru met. Peru will publish maps. Norway will pay, and Peru will publish reports."
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=120)


def test_a_document_is_its_title_a_blank_line_and_paragraphs_parted_by_one():
    document = Document.compose("  Lima \n talks ", "\r\n\r\nFirst   paragraph.\r\n \t \r\n\r\nSecond one\r\nin two lines. \r\n")
    assert document.text == "Lima talks\n\nFirst paragraph.\n\nSecond one\nin two lines."
    assert document.title == "Lima talks"


def test_a_document_without_a_title_begins_with_its_body():
    assert Document.compose("", "Only this.").text == "Only this."


def test_identity_does_not_depend_on_how_accents_are_encoded():
    composed, combining = Document(text="Café"), Document(text="Cafe\u0301")
    assert composed.id == combining.id
    assert composed.id != Document(text="Cafe").id


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T23:30:00-05:00", "2024-05-03"),  # already the 4th in UTC
        ("2024-05-03T01:00:00Z", "2024-05-03"),
        ("2024-05-03 something", "2024-05-03"),
        ("soon", None),
        (None, None),
    ],
)
def test_the_day_of_publication_is_that_of_the_publishers_own_time_zone(published, day):
    found = Document(text="x", published=published).published_on
    assert (found.isoformat() if found else None) == day


def test_a_span_gives_its_words_and_knows_what_it_overlaps():
    assert Span(12, 18).exact(TEXT) == "Norway"
    assert Span(0, 4).overlaps(Span(3, 8)) and not Span(0, 4).overlaps(Span(4, 8))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 4), (5, 2)])
def test_an_impossible_span_is_refused(start, end):
    with pytest.raises(SpanError, match="a span must"):
        Span(start, end)


def test_a_span_beyond_its_text_is_refused():
    with pytest.raises(SpanError, match="ends after its text"):
        Span(0, 1000).exact(TEXT)


@given(WORDS, st.data())
def test_selectors_lead_back_to_their_span(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert Span.from_selectors(span.selectors(text), text) == span


@given(WORDS, WORDS, st.data())
def test_a_shifted_text_keeps_the_quotation(text, before, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    shifted = before + text
    found = Span.from_selectors(span.selectors(text), shifted)
    assert found.exact(shifted) == span.exact(text)


def test_of_several_occurrences_the_one_with_the_same_surroundings_is_found():
    start = TEXT.rindex("Peru will publish")
    selectors = Span(start, start + len("Peru will publish")).selectors(TEXT)
    shifted = TEXT.replace("Lima talks", "Talks in Lima on forests and maps")
    found = Span.from_selectors(selectors, shifted)
    assert shifted[found.end :].startswith(" reports")


def test_a_quotation_that_was_edited_slightly_is_found_by_likeness():
    selectors = [{"type": "TextQuoteSelector", "exact": "Norway and Peru met. Peru will soon publish maps.", "prefix": "", "suffix": ""}]
    assert "Peru will publish maps" in Span.from_selectors(selectors, TEXT).exact(TEXT)


@pytest.mark.parametrize(
    "selectors",
    [
        [{"type": "TextQuoteSelector", "exact": "the price of copper in 1908"}],
        [{"type": "TextPositionSelector", "start": 5000, "end": 5010}],
        [{"type": "TextPositionSelector", "start": "five", "end": 10}],
        [{"type": "TextPositionSelector", "start": float("inf"), "end": 10}],
        [{"type": "TextQuoteSelector"}],
        [],
    ],
)
def test_selectors_that_name_no_place_are_an_error_of_ours(selectors):
    with pytest.raises(SpanError):
        Span.from_selectors(selectors, TEXT)


def test_a_frequent_quotation_in_a_long_text_is_found_at_once():
    text = "a b " * 20_000
    selectors = Span(40_000, 40_001).selectors(text)
    assert Span.from_selectors(selectors, "x" + text).exact("x" + text) == "a"
