import pytest

from verbale.document import Span
from verbale.reading.concepts import domain_candidates, sentence_around, situation_candidates, stage_shares, stage_words


def strong(text: str) -> set[str]:
    return {m.id for m in domain_candidates(text) if not m.weak}


def weak(text: str) -> set[str]:
    return {m.id for m in domain_candidates(text) if m.weak}


def situations(text: str, *parties: str) -> set[str]:
    return {m.id for m in situation_candidates(text, parties) if not m.weak}


def stage(text: str, words: str) -> str:
    start = text.index(words)
    span = Span(start, start + len(words))
    sentence = sentence_around(text, span)
    shares, _ = stage_shares(span, [(s, stage) for s, stage in stage_words(text) if s.overlaps(sentence)])
    return max(shares, key=lambda s: shares[s])


def test_domains_of_a_report():
    text = "The ministers spoke of defence cooperation, critical minerals, outer space, logistics and people-to-people ties."
    assert strong(text) == {"defence-cooperation", "critical-minerals", "outer-space", "logistics-cooperation", "people-to-people"}


def test_american_and_british_spelling():
    assert strong("labor rights, defense industry") == strong("labour rights, defence industry") == {"labor-rights", "defence-industry"}


@pytest.mark.parametrize(
    "text",
    [
        "Minister of Trade Ana Example attended.",
        "the Secretary of Energy and the Under Secretary of State for Climate",
        "the Minister of Foreign Affairs, Trade and Culture",
        "The trade minister and the Climate Envoy met at the Department of Agriculture.",
        "They attended the Munich Security Conference.",
    ],
)
def test_offices_and_bodies_are_no_subject(text):
    assert strong(text) == set()


def test_an_office_does_not_hide_a_subject():
    assert strong("The Minister of Trade spoke of tariffs.") == {"trade"}


def test_parts_of_a_list_share_its_head():
    text = "They announced security, economic, and humanitarian assistance."
    assert {"defence-cooperation", "development-assistance", "humanitarian-aid"} <= strong(text)
    places = {m.id: m.span.exact(text) for m in domain_candidates(text) if not m.weak}
    assert places["defence-cooperation"] == "security" and places["humanitarian-aid"] == "humanitarian assistance"
    assert {"food-security", "energy-security"} <= strong("food and energy security")


def test_relationship_named_after_a_party():
    assert "strategic-partnership" in strong("The U.S.-Japan alliance is strong.")
    assert "strategic-partnership" in strong("Norway's partnership with Chile")
    assert "strategic-partnership" not in strong("a partnership of banks")


def test_doubt_is_marked():
    assert "energy-security" in weak("They spoke of energy.") and strong("They spoke of energy.") == set()


def test_a_term_inside_a_longer_term():
    found = {(m.id, m.weak) for m in domain_candidates("resilient critical minerals supply chains")}
    assert ("critical-minerals", False) in found and ("supply-chains", False) in found


def test_situations():
    text = "They exchanged views on the Indo-Pacific, the Western Balkans, the Red Sea and the war in Ukraine."
    assert situations(text) == {"indo-pacific", "western-balkans", "red-sea-yemen", "ukraine-war"}


def test_a_party_is_no_situation():
    assert situations("They spoke about Iran and China.", "CN", "NO") == {"iran"}
    assert situations("They spoke about Iran and China.") == {"iran", "china"}
    assert situations("Ukraine will send a delegation.", "UA", "PL") == set()
    assert situations("They condemned the war in Ukraine.", "UA", "PL") == {"ukraine-war"}
    assert situations("Talks touched the South China Sea.", "PH") == {"south-china-sea"}


def test_adjectives_are_doubtful():
    matches = situation_candidates("an Iranian official")
    assert {m.id for m in matches if m.weak} == {"iran"} and not [m for m in matches if not m.weak]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The ministers discussed trade.", "trade", "explored"),
        ("They exchanged views on food security.", "food security", "explored"),
        ("They emphasized the importance of maritime security.", "maritime security", "explored"),
        ("The leaders reaffirmed their commitment to human rights.", "human rights", "continued"),
        ("They agreed to deepen and expand defense cooperation.", "defense cooperation", "advanced"),
        ("The two sides signed and launched a new agreement on semiconductors.", "semiconductors", "launched"),
        ("He condemned the terrorist attack and raised concerns about it.", "terrorist attack", "contested"),
    ],
)
def test_stage_by_the_governing_words(text, words, expected):
    assert stage(text, words) == expected


def test_sentences():
    text = "Mr. Lee met U.S. officials. They spoke of trade; then of health.\n\nNext"
    start = text.index("trade")
    assert sentence_around(text, Span(start, start + 5)).exact(text) == "They spoke of trade"
    assert sentence_around(text, Span(4, 7)).exact(text) == "Mr. Lee met U.S. officials"


def test_any_text_is_read():
    for text in ("", "\n" * 1000, "ش" * 200, "and and , , and"):
        assert domain_candidates(text) == [] and situation_candidates(text) == []
