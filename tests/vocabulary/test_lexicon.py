import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.errors import VocabularyError
from verbale.vocabulary.lexicon import Lexicon, fold, tokens


def found(lexicon: Lexicon[str], text: str) -> list[tuple[str, str]]:
    return [(m.span.exact(text), m.payload) for m in lexicon.find(text)]


def test_the_longest_form_wins_and_nothing_overlaps():
    lexicon = Lexicon([("security", "s"), ("food security", "f"), ("security council", "c")])
    assert found(lexicon, "Food security came before the security council and security.") == [
        ("Food security", "f"),
        ("security council", "c"),
        ("security", "s"),
    ]


def test_spelling_of_hyphens_apostrophes_spaces_and_accents_does_not_matter():
    lexicon = Lexicon([("Côte d'Ivoire", "CI"), ("counter-terrorism", "ct"), ("workers' rights", "wr"), ("Trinidad and Tobago", "TT")])
    text = "Cote d’Ivoire, counter terrorism, counter‑terrorism, workers’ rights, Trinidad & Tobago, counter\nterrorism"
    assert [p for _, p in found(lexicon, text)] == ["CI", "ct", "ct", "wr", "TT", "ct"]


def test_an_exact_form_keeps_its_capitals():
    lexicon = Lexicon([("=US", "US"), ("U.S.", "US")])
    assert found(lexicon, "Tell us: the US and the U.S., not Us.") == [("US", "US"), ("U.S.", "US")]


def test_a_capital_first_letter_can_be_asked_for():
    lexicon = Lexicon([("Turkey", "TR")], case="capital")
    assert found(lexicon, "turkey, Turkey, TURKEY") == [("Turkey", "TR"), ("TURKEY", "TR")]


def test_sentence_ends_and_commas_end_a_phrase():
    lexicon = Lexicon([("trade agreement", "t"), ("Washington, D.C.", "W")])
    assert found(lexicon, "They spoke of trade. Agreement came, trade, agreement (trade) agreement.\n\nTrade\n\nagreement") == []
    assert found(lexicon, "in Washington, D.C. today") == [("Washington, D.C.", "W")]


def test_plurals_when_asked_for():
    lexicon = Lexicon([("supply chain", "s"), ("embassy", "e"), ("wish", "w")], plural=True)
    assert [t for t, _ in found(lexicon, "supply chains, embassies, wishes, supply chain's")] == [
        "supply chains",
        "embassies",
        "wishes",
        "supply chain",
    ]


def test_two_payloads_of_one_form_are_both_given():
    (match,) = Lexicon([("Congo", "CD"), ("Congo", "CG")]).find("the Congo")
    assert match.payloads == ("CD", "CG")


def test_a_plus_is_a_word():
    lexicon = Lexicon([("2+2", "d")])
    assert found(lexicon, "the 2+2, the 2 + 2, 2.2 and 2-2") == [("2+2", "d"), ("2 + 2", "d")]


def test_several_lexicons_share_the_words_of_a_text():
    words = tokens("Trade and climate")
    assert Lexicon([("trade", 1)]).find(words)[0].payload == 1
    assert Lexicon([("climate", 2)]).find(words)[0].span.exact(words.text) == "climate"
    assert Lexicon([("trade", 1)]).longest_at(words, 1) is None


def test_a_form_without_words_is_refused():
    with pytest.raises(VocabularyError, match="holds no word"):
        Lexicon([("…", "x")])


def test_folding():
    assert fold("Élysée") == "elysee" and fold("Łódź") == "lodz" and fold("co\u00adoperate") == "cooperate" and fold("&") == "and"


@given(st.text(max_size=300))
def test_any_text_gives_spans_inside_it(text: str):
    for match in Lexicon([("a", 1), ("a b", 2), ("0", 3), ("é", 4)], plural=True).find(text):
        assert match.span.exact(text)


def test_it_is_fast():
    lexicon = Lexicon([(f"word{i} phrase{i % 7} end", i) for i in range(5000)])
    text = " ".join(f"word{i % 9000} phrase{i % 5} and the end of it" for i in range(5000))
    words = tokens(text)
    start = time.perf_counter()
    lexicon.find(words)
    assert len(words.keys) / (time.perf_counter() - start) > 100_000
