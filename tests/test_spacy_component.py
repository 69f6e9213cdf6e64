"""The spaCy component: found by its name alone, and its findings survive storage and other processes."""

import pytest

from verbale.reading import attributions

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: the component is not tested here")

TEXT = "Ms Okafor said the treaty would be signed in May."


@pytest.fixture
def pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("verbale_attributions")
    return nlp


def test_attributions_are_those_of_the_text(pipeline):
    doc = pipeline(TEXT)
    assert doc._.attributions == attributions(TEXT) != ()
    found = {(span.label_, span.text) for span in doc.spans["attributions"]}
    assert ("SOURCE", "Ms Okafor") in found and ("CUE", "said") in found
    assert {span.id_ for span in doc.spans["attributions"]} == {"0"}


def test_a_document_without_attributions_has_none(pipeline):
    for text in ("", " ", "Rain."):
        doc = pipeline(text)
        assert doc._.attributions == () and not doc.spans["attributions"]


def test_a_stored_document_and_a_stored_pipeline_keep_them(pipeline, tmp_path):
    doc = pipeline(TEXT)
    again = spacy.tokens.Doc(pipeline.vocab).from_bytes(doc.to_bytes())
    assert again._.attributions == doc._.attributions
    pipeline.to_disk(tmp_path)
    assert spacy.load(tmp_path)(TEXT)._.attributions == doc._.attributions


def test_two_processes_find_the_same(pipeline):
    texts = [TEXT, "Rain.", "“We agree,” Mr Lind told reporters."]
    one, two = ([d._.attributions for d in pipeline.pipe(texts, n_process=n, batch_size=1)] for n in (1, 2))
    assert one == two
