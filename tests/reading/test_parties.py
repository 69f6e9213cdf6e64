import pytest

from verbale.reading.parties import country_of_place, party_mentions


def ids(text: str) -> list[str]:
    return [m.id for m in party_mentions(text)]


def forms(text: str) -> list[tuple[str, str, str]]:
    return [(m.span.exact(text), m.id, m.form) for m in party_mentions(text)]


def test_the_forms_of_a_mention():
    assert forms("Paris and the Élysée said that France and French officials will meet NATO.") == [
        ("Paris", "FR", "capital"),
        ("Élysée", "FR", "seat"),
        ("France", "FR", "name"),
        ("French", "FR", "demonym"),
        ("NATO", "NATO", "group"),
    ]


def test_abbreviations_are_no_pronouns():
    assert ids("The US told us that the U.S.-India and US-UK talks went on without the EU.") == ["US", "US", "IN", "US", "GB", "EU"]


def test_the_longest_name_wins():
    assert ids("Guinea-Bissau, Equatorial Guinea, Papua New Guinea and Guinea") == ["GW", "GQ", "PG", "GN"]
    assert ids("Niger and Nigeria, North Korea and the Republic of Korea, South Sudan and Sudan") == ["NE", "NG", "KP", "KR", "SS", "SD"]


def test_phrases_that_only_look_like_a_party():
    assert ids("New Mexico, the South China Sea, the Paris Agreement, Latin America and Native Americans") == []


def test_states_and_people_are_no_countries():
    assert ids("Senators from Georgia and Florida met in Atlanta.") == []
    assert ids("Georgia and Moldova signed in Tbilisi.") == ["GE", "MD", "GE"]
    assert ids("Mr. Jordan and Chad Whitfield left.") == []
    assert ids("Jordan and Israel; the Israel Defense Forces; Chad") == ["JO", "IL", "IL", "TD"]


def test_the_two_congos():
    assert ids("Congo and its eastern provinces, said Kinshasa.") == ["CD", "CD"]
    assert ids("Congo, said Brazzaville.") == ["CG", "CG"]


def test_compounds():
    assert ids("Franco-German talks and the Sino-Indian border") == ["FR", "DE", "CN", "IN"]
    assert ids("Franco spoke") == []


def test_one_mention_a_party_and_place():
    assert forms("the Philippines and Filipinos") == [("Philippines", "PH", "name"), ("Filipinos", "PH", "demonym")]


def test_doubt_is_marked():
    (mention,) = party_mentions("The Foreign Office issued a note.")
    assert mention.id == "GB" and mention.doubtful


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Geneva", "CH"),
        ("the White House", "US"),
        ("The Hague", "NL"),
        ("Camp David, Maryland", "US"),
        ("Atlanta, Georgia", "US"),
        ("Tbilisi, Georgia", "GE"),
        ("the Bayerischer Hof hotel in Munich", "DE"),
        ("Sharm El-Sheikh", "EG"),
        ("Brasilia", "BR"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_country_of_place(place, country):
    assert country_of_place(place) == country


def test_any_text_is_read():
    assert party_mentions("") == []
    assert party_mentions("\x00 " * 50) == []
