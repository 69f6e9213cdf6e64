"""Readings as JSON: what goes out comes back, and what does not fit its text is refused."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample
from verbale.document import Document, Span
from verbale.errors import ReadingFormatError
from verbale.findings import Figure, Reading, Speaker, Statement


def spans_in(node):
    if isinstance(node, dict):
        if {"start", "end"} <= node.keys():
            yield node
        for value in node.values():
            yield from spans_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans_in(value)


def test_a_reading_comes_back_from_its_json():
    reading = sample.reading()
    assert Reading.from_json(reading.to_json()) == reading
    assert Reading.from_json(reading.to_json()).to_json() == reading.to_json()


def test_every_span_of_the_json_carries_its_words():
    plain = json.loads(sample.reading().to_json())
    found = list(spans_in(plain))
    assert len(found) > 15
    assert all(plain["document"]["text"][s["start"] : s["end"]] == s["exact"] for s in found)


def test_the_json_names_the_document_by_the_hash_of_its_text():
    plain = sample.reading().to_dict()
    assert plain["document"]["id"] == sample.reading().document.id
    assert next(iter(plain["document"])) == "id"


def test_whole_numbers_are_written_as_such():
    text = "12 and 2.5"
    figures = (Figure(12.0, None, "=", (Span(0, 2),)), Figure(2.5, None, "=", (Span(7, 10),)))
    plain = json.loads(Reading(Document(text), True, figures=figures).to_json())
    assert [type(f["value"]) for f in plain["figures"]] == [int, float]


def test_fields_that_came_later_may_be_missing():
    raw = sample.raw()
    assert all("stance" not in s for s in raw["statements"])
    assert [(s.stance, s.negated, s.occasion) for s in Reading.from_dict(raw).statements] == [("saying", False, None)] * 2


def test_fields_that_another_version_added_are_let_be():
    assert Reading.from_dict(sample.raw() | {"mood": "cordial"}) == sample.reading()


@pytest.mark.parametrize(
    ("start", "end", "exact"),
    [(0, 6, "Sweden"), (0, 6, None), (0, 10_000, sample.TEXT), (-3, 6, "Norway"), (6, 6, ""), (0, "six", "Norway")],
    ids=["other words", "no words", "beyond the text", "before the text", "empty", "no number"],
)
def test_a_span_that_does_not_fit_the_text_is_refused(start, end, exact):
    raw = sample.raw()
    raw["engagements"][0]["parties"][0]["spans"][0] = {"start": start, "end": end, "exact": exact}
    with pytest.raises(ReadingFormatError):
        Reading.from_dict(raw)


def test_the_refusal_quotes_the_words_that_are_not_there():
    raw = sample.raw()
    raw["domains"][0]["spans"][0]["exact"] = "deep sea mining"
    with pytest.raises(ReadingFormatError, match="does not read “deep sea mining”"):
        Reading.from_dict(raw)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("document",), None),
        (("document", "text"), 7),
        (("domains", 0, "stage"), "abandoned"),
        (("engagements", 0, "kind"), "duel"),
        (("statements", 0, "speaker"), "Astrid Nygaard"),
        (("figures", 0, "comparator"), "!="),
        (("commitments",), {}),
    ],
)
def test_a_field_of_another_kind_is_refused(path, value):
    raw = copy.deepcopy(sample.raw())
    node = raw
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(ReadingFormatError, match="not a reading"):
        Reading.from_dict(raw)


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", "{}", b"\xff\xfe", '{"document": {}}'])
def test_what_is_no_reading_is_refused(raw):
    with pytest.raises(ReadingFormatError, match="not a reading"):
        Reading.from_json(raw)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80), st.data())
def test_any_text_and_any_span_come_back(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    said = Statement(Speaker(text), span, None, (span,), "mixed", 0.5, "urging", True, span)
    reading = Reading(Document(text), True, statements=(said,))
    assert Reading.from_json(reading.to_json()) == reading
