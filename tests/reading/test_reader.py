"""Whole readings: what a user relies on, whatever the text."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbale.document import Document
from verbale.findings import Reading
from verbale.reading import attributions, read_document

REPORT = Document.compose(
    "Norway and Kenya agree to deepen cooperation on clean energy",
    """NAIROBI, March 4 (Reuters) - Norway and Kenya will expand cooperation on clean energy and fisheries, Kenyan Foreign Minister
Grace Otieno said on Monday after talks with her Norwegian counterpart, Ingrid Solheim, in Nairobi.

"We will open a joint training centre in Mombasa by June," Otieno told reporters. Solheim said Norway would provide $40 million for
geothermal power.

The two ministers also discussed the war in Sudan and condemned attacks on shipping in the Red Sea.""".replace("\n", " ").replace(
        "  ", "\n\n"
    ),
    published="2024-03-04T18:00:00+03:00",
)

# Texts that look like news, with everything in them that has ever confused a reader of news.
WORDS = st.sampled_from(
    [
        "President Ruto",
        "said",
        "“",
        "”",
        '"',
        "the two sides",
        "met",
        "today",
        "in Oslo",
        "\n\n",
        ".",
        ",",
        "Minister Ås",
        "$5 million",
        "agreed to",
        "NATO",
        "климат",
        "שלום",
        "𝒳",
        "e\u0301",
        "\u200f",
        "trade",
        "PRESIDENT RUTO:",
        "Q",
        "Ukraine",
        "will",
        "he",
        "they",
        "’s",
        "‘",
        "’",
        "1",
        "\u00a0",
        "- ",
        "#",
        "…",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=80).map(" ".join))


def spans_of(node: object) -> list[dict[str, object]]:
    """Every span in a reading as JSON."""
    if isinstance(node, dict):
        if {"start", "end", "exact"} <= node.keys():
            return [node]
        return [s for v in node.values() for s in spans_of(v)]
    return [s for v in node for s in spans_of(v)] if isinstance(node, list) else []


def talks(text: str) -> Document:
    """A document whose opening is plainly about talks, so that all of it is read in full."""
    return Document.compose(REPORT.title, REPORT.text + "\n\n" + text, published=REPORT.published)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_every_span_says_what_the_text_says_and_two_readings_are_the_same(text: str) -> None:
    document = talks(text)
    reading = read_document(document).to_dict()
    for span in spans_of(reading):
        assert document.text[span["start"] : span["end"]] == span["exact"] != ""  # type: ignore[misc]
    assert read_document(document).to_json() == json.dumps(reading, ensure_ascii=False, separators=(",", ":"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_attributions_of_any_text_lie_inside_it(text: str) -> None:
    for found in attributions(text):
        for span in (*found.source, *found.cue, *found.content):
            assert 0 <= span.start < span.end <= len(text)


def test_a_report_of_talks_is_read() -> None:
    reading = read_document(REPORT)
    assert reading.about_talks
    main = reading.engagements[0]
    assert main.principal
    assert {p.id for p in main.parties} == {"NO", "KE"}
    assert {d.name for d in main.delegates} == {"Grace Otieno", "Ingrid Solheim"}
    assert {d.party for d in main.delegates} == {"NO", "KE"}
    assert {"clean-energy"} <= {d.id for d in reading.domains}
    assert {"sudan"} <= {s.id for s in reading.situations}
    quoted = next(s for s in reading.statements if s.mode == "direct")
    assert quoted.speaker.name == "Grace Otieno"
    assert quoted.content[0].exact(REPORT.text).startswith("We will open a joint training centre")
    assert (40_000_000, "USD") in {(f.value, f.unit) for f in reading.figures}


def test_confidence_lies_between_nothing_and_certainty_and_a_floor_keeps_what_is_above() -> None:
    every = read_document(REPORT)
    kept = read_document(REPORT, min_confidence=0.6)
    findings = [*every.engagements, *every.domains, *every.situations, *every.statements, *every.commitments, *every.figures]
    assert all(0 <= f.confidence <= 1 for f in findings)
    assert kept.domains == tuple(d for d in every.domains if d.confidence >= 0.6)


def test_a_domestic_notice_has_no_findings() -> None:
    reading = read_document(
        Document.compose("County fair opens on Saturday", "The county fair opens on Saturday with cattle shows and a pie contest.")
    )
    assert not reading.about_talks
    assert reading.to_dict()["engagements"] == []


def test_a_reading_survives_its_own_json() -> None:
    reading = read_document(REPORT)
    assert Reading.from_json(reading.to_json()).to_json() == reading.to_json()


@pytest.mark.parametrize(
    "text",
    ["", "   ", "a" * 1_000_000, "\n" * 1_000_000, "“" * 20_000, "\u200fمرحبا " * 5_000, "said " * 20_000, "PRESIDENT X: yes\n\n" * 3_000],
    ids=["empty", "blank", "one word of a megabyte", "a million lines", "marks never closed", "right to left", "cues only", "labels only"],
)
def test_hostile_texts_are_read_or_refused_but_never_break(text: str) -> None:
    assert read_document(Document(text=text)).to_json()
    attributions(text)


def test_a_format_belongs_to_the_name_of_a_series() -> None:
    text = (
        "Kenya and Norway held their third ‘2+2’ foreign and defence ministerial dialogue in Oslo on Monday. "
        "Kenyan Foreign Minister Grace Otieno and Norwegian Foreign Minister Ingrid Solheim led the talks "
        "and agreed to meet again next year in Nairobi."
    )
    reading = read_document(Document.compose("Kenya, Norway hold 2+2 dialogue in Oslo", text, published="2024-03-04"))
    series = reading.engagements[0].series
    assert series is not None
    assert "2+2" in series.name
    assert series.edition == 3
