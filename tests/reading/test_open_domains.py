"""Subjects of cooperation that no vocabulary holds, and concepts that a user adds to one."""

from collections.abc import Iterator

import pytest

from verbale import vocabulary
from verbale.document import Document
from verbale.findings import Reading
from verbale.reading import concepts, read_document
from verbale.reading.open_domains import subjects
from verbale.reading.suggestions import suggest
from verbale.vocabulary import files
from verbale.vocabulary.lexicon import tokens


def found(text: str) -> list[str]:
    return [span.exact(text) for span, _ in subjects(tokens(text))]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("The two sides agreed to deepen cooperation on seed banks.", ["seed banks"]),
        ("They signed a memorandum of understanding on beekeeping with Kenya.", []),
        ("They signed a memorandum of understanding on yak herding with Mongolia.", ["yak herding"]),
        ("Cooperation in the fields of falconry, horse breeding and trade grew.", ["falconry", "horse breeding"]),
        ("They will cooperate on peatlands, snow leopards and reindeer herds.", ["peatlands", "snow leopards", "reindeer herds"]),
        ("Both hailed collaboration on traditional and modern calligraphy.", ["traditional and modern calligraphy"]),
    ],
)
def test_the_phrase_after_an_opening_is_a_subject(text: str, phrases: list[str]) -> None:
    assert found(text) == phrases


@pytest.mark.parametrize(
    "text",
    [
        "They agreed to expand cooperation on a range of issues of mutual interest.",
        "Cooperation in support of the people of the valley will go on.",
        "They discussed cooperation in Africa and with Mr Otieno.",
        "They praised cooperation on trade and climate change.",
        "They will cooperate on regional challenges and strengthen their ties.",
        "They spoke of cooperation in 2024 and in all areas discussed.",
        "The accord on ensuring that both can profit stands.",
        "The agreement on the port.",
    ],
)
def test_what_names_nothing_new_is_no_subject(text: str) -> None:
    assert found(text) == []


def test_a_clause_after_a_comma_is_no_part_of_a_list() -> None:
    assert found("They agreed on cooperation on seed banks, and the ministers said they would meet.") == ["seed banks"]
    assert found("They renewed the pact on reindeer husbandry, Mexico will send experts.") == ["reindeer husbandry"]


REPORT = Document.compose(
    "Norway and Kenya widen their cooperation",
    "NAIROBI, March 4 (Reuters) - Kenyan Foreign Minister Grace Otieno met her Norwegian counterpart Ingrid Solheim in Nairobi on Monday. "
    "The two ministers agreed to deepen cooperation on clean energy and to launch cooperation on lighthouse keeping. "
    "They also discussed the closure of the Kelp Bay. Solheim announced an agreement on falconry.",
    published="2024-03-04T18:00:00+03:00",
)


def test_a_reading_holds_them_with_nearest_concepts_stage_and_words() -> None:
    reading = read_document(REPORT)
    by_phrase = {o.phrase: o for o in reading.open_domains}
    assert set(by_phrase) == {"lighthouse keeping", "falconry"}
    keeping = by_phrase["lighthouse keeping"]
    assert [s.exact(REPORT.text) for s in keeping.spans] == ["lighthouse keeping"]
    assert 0.5 < keeping.confidence < 1 and keeping.stage in vocabulary.stages()
    assert len(keeping.nearest) == 3 and set(keeping.nearest) <= set(vocabulary.domains())
    assert "clean-energy" in {d.id for d in reading.domains}
    assert Reading.from_json(reading.to_json()) == reading


@pytest.fixture
def own_concepts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The vocabularies as they are after a user added a domain and a situation."""
    domain = {"id": "lighthouses", "label": "Lighthouses", "broader": "economy", "scope": "their upkeep", "terms": ["lighthouse keeping"]}
    situation = {"id": "kelp-dispute", "label": "Kelp dispute", "kind": "situation", "terms": ["Kelp Bay"]}
    added = {"domains.yaml": domain | {"weak": ["beacons"]}, "situations.yaml": situation}
    real = files.read
    monkeypatch.setattr(files, "read", lambda name: [*real(name), added[name]] if name in added else real(name))
    kept = [vocabulary.domains, vocabulary.situations]
    kept += [concepts._domain_lexicon, concepts._situation_lexicon, concepts._heads, concepts._bare]
    for cached in kept:
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in kept:
        cached.cache_clear()


@pytest.mark.usefixtures("own_concepts")
def test_a_concept_that_a_user_adds_is_found_by_its_terms() -> None:
    reading = read_document(REPORT)
    own = {d.id: d for d in reading.domains}
    assert 0.5 < own["lighthouses"].confidence < 0.95 and own["lighthouses"].label == "Lighthouses"
    assert {s.exact(REPORT.text) for s in own["lighthouses"].spans} == {"lighthouse keeping"}
    assert "kelp-dispute" in {s.id for s in reading.situations}
    assert "lighthouse keeping" not in {o.phrase for o in reading.open_domains}


@pytest.mark.usefixtures("own_concepts")
def test_a_weak_term_alone_does_not_carry_a_concept_that_the_model_was_not_taught() -> None:
    body = REPORT.text.split("\n\n", 1)[1].replace("lighthouse keeping", "beacons")
    document = Document.compose(REPORT.title, body, published=REPORT.published)
    assert "lighthouses" not in {d.id for d in read_document(document).domains}


def test_suggestions_count_documents_and_join_singular_and_plural() -> None:
    def reading(body: str) -> Reading:
        return read_document(Document.compose(REPORT.title, REPORT.text.split("\n\n", 1)[1] + body, published=REPORT.published))

    readings = [reading(""), reading(" They praised cooperation on snow leopards."), reading(" They lauded cooperation on snow leopard.")]
    first, *others = suggest(readings)
    assert (first.phrase, first.documents, len(first.nearest)) == ("falconry", 3, 3)
    assert "agreement on falconry" in first.example and first.source == REPORT.title
    assert [(s.phrase, s.documents) for s in others] == [("lighthouse keeping", 3), ("snow leopards", 2)]


@pytest.mark.usefixtures("own_concepts")
def test_what_was_adopted_is_not_suggested_again() -> None:
    raw = read_document(REPORT).to_dict()
    start = REPORT.text.index("lighthouse keeping")
    words = {"start": start, "end": start + 18, "exact": "lighthouse keeping"}
    raw["open_domains"] = [{"phrase": "lighthouse keeping", "nearest": [], "stage": "explored", "spans": [words]}]
    assert suggest([Reading.from_dict(raw)]) == []
