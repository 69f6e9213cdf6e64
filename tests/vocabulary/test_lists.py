from collections import defaultdict

import pytest

from verbale import vocabulary
from verbale.errors import VocabularyError
from verbale.vocabulary import files
from verbale.vocabulary.alternatives import spell_out
from verbale.vocabulary.inflection import inflections
from verbale.vocabulary.lexicon import tokens

EVERY = [
    vocabulary.domains,
    vocabulary.situations,
    vocabulary.not_concepts,
    vocabulary.shared_heads,
    vocabulary.stages,
    vocabulary.kinds,
    vocabulary.groups,
    vocabulary.offices,
    vocabulary.countries,
    vocabulary.contexts,
    vocabulary.not_parties,
    vocabulary.places,
    vocabulary.cues,
]


@pytest.mark.parametrize("load", EVERY)
def test_every_list_loads_and_is_kept(load):
    assert load() is load()


def test_every_concept_has_terms_and_domains_a_heading():
    for concept in vocabulary.domains().values():
        assert len(concept.terms) + len(concept.weak) >= 12, concept.id
        assert concept.broader and concept.scope
    for concept in vocabulary.situations().values():
        assert concept.terms, concept.id


# Terms that show two concepts by themselves.
MEANT = {
    "trade and investment",
    "trade and technology council",
    "semiconductor value chain",
    "digital connectivity",
    "climate resilient infrastructure",
}


@pytest.mark.parametrize("load", [vocabulary.domains, vocabulary.situations])
def test_a_term_shows_one_concept(load):
    homes = defaultdict(set)
    for concept in load().values():
        for term in concept.terms:
            homes[" ".join(tokens(term).keys)].add(concept.id)
    assert {term: found for term, found in homes.items() if len(found) > 1 and term not in MEANT} == {}


def test_a_term_is_strong_or_weak():
    for concept in (*vocabulary.domains().values(), *vocabulary.situations().values()):
        assert not set(concept.terms) & set(concept.weak), concept.id


def test_situations_that_are_countries_name_a_code():
    about = {s.id: s.parties for s in vocabulary.situations().values() if s.parties}
    assert about["china"] == ("CN",) and about["iraq-syria"] == ("IQ", "SY")
    assert all((s.bare == "none") <= (not s.parties) for s in vocabulary.situations().values())


def test_countries_have_names_as_texts_write_them():
    known = vocabulary.countries()
    assert "Ivory Coast" in known["CI"].names and "Türkiye" in known["TR"].names and "XK" in known
    assert known["CD"].label == "Democratic Republic of the Congo" and known["US"].label == "United States"
    assert not any("," in n or "(" in n for c in known.values() for n in c.names)


def test_groups_know_their_members():
    assert set(vocabulary.groups()["QUAD"].members) == {"AU", "IN", "JP", "US"}
    assert len(vocabulary.groups()["EU"].members) == 27


def test_offices_have_a_level_and_are_in_lower_case():
    listed = {o.id: o for o in vocabulary.offices().offices}
    assert listed["prime minister"].level == "leader" and listed["foreign minister"].level == "minister"
    assert all(o.id == o.id.lower() for o in listed.values())


def test_verbs_are_inflected():
    assert inflections("reaffirm") == ("reaffirm", "reaffirms", "reaffirmed", "reaffirming")
    assert inflections("agree") == ("agree", "agrees", "agreed", "agreeing")
    assert inflections("call for") == ("call for", "calls for", "called for", "calling for")
    assert "pledged" in vocabulary.cues()["promising"].forms and "said" in vocabulary.cues()["saying"].forms
    assert "committed" in vocabulary.cues()["promising"].verbs["commit"]


def test_alternatives_are_spelt_out():
    assert spell_out("(trade|border) talks") == ["trade talks", "border talks"]
    assert spell_out("peace (and |)stability") == ["peace and stability", "peace stability"]
    assert spell_out("plain words") == ["plain words"]
    for broken in ("(a|b", "(a) b", "((a|b)|c)", "a | b"):
        with pytest.raises(VocabularyError, match="brackets"):
            spell_out(broken)
    with pytest.raises(VocabularyError, match="forms"):
        spell_out("(a|b|c|d|e|f|g|h|i|j)" * 5)


def test_stages_are_in_order_of_choice_and_weighed():
    assert list(vocabulary.stages()) == ["contested", "delivered", "launched", "advanced", "continued", "explored"]
    assert "strengthened" in vocabulary.stages()["advanced"].forms and "grown" in vocabulary.stages()["advanced"].forms


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ({"id": "x"}, "must be a list"),
        ([{"label": "x"}], "needs an id"),
        ([{"id": False}], "quote NO"),
        ([{"id": "x"}, {"id": "x"}], "occurs twice"),
        ([{"id": "x", "colour": "red"}], "unknown fields: colour"),
    ],
)
def test_a_malformed_file_is_refused(raw, says):
    with pytest.raises(VocabularyError, match=says):
        files.rows("list.yaml", raw, ("label",))


def test_a_malformed_field_is_refused():
    row = files.Row("list.yaml", {"id": "x", "terms": [1], "title": "yes", "level": "boss"}, ("terms", "title", "level"))
    with pytest.raises(VocabularyError, match="the field terms of x must be a list of words"):
        row.texts("terms")
    with pytest.raises(VocabularyError, match="true or false"):
        row.flag("title")
    with pytest.raises(VocabularyError, match="one of leader"):
        row.choice("level", ("leader",))
    with pytest.raises(VocabularyError, match="needs the field label"):
        row.text("label")
    with pytest.raises(VocabularyError, match="a number for each of"):
        row.numbers("weights", ("prior",))


def test_a_missing_or_broken_file_is_refused(monkeypatch, tmp_path):
    with pytest.raises(VocabularyError, match="there is no vocabulary file"):
        files.read("nothing.yaml")
    (tmp_path / "broken.yaml").write_text("a: [1", "utf-8")
    monkeypatch.setattr(files, "files", lambda _: tmp_path)
    with pytest.raises(VocabularyError, match="is not YAML"):
        files.read("broken.yaml")
