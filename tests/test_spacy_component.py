"""The spaCy component."""

import pytest

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: the extra [spacy] is not tested here")


def test_the_component_fills_spans_and_attributions() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("verbale_attributions")
    text = "“We will open the border in May,” Foreign Minister Grace Otieno said on Monday."
    doc = nlp(text)
    found = doc._.attributions
    assert len(found) == 1
    assert text[found[0].cue[0].start : found[0].cue[0].end] == "said"
    words = {span.label_: span.text for span in doc.spans["attributions"]}
    assert words["CUE"] == "said"
    assert "open the border in May" in words["CONTENT"]
    assert "Otieno" in words["SOURCE"]


def test_an_empty_text_has_none() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("verbale_attributions")
    assert list(nlp("").spans["attributions"]) == []
