"""Where a text names a government or an organisation, and in which country a place lies."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from verbale import vocabulary
from verbale.document import Span
from verbale.vocabulary.entries import Context
from verbale.vocabulary.lexicon import Lexicon, Match, Tokens, fold, tokens

MentionForm = Literal["name", "demonym", "capital", "seat", "group"]


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A place in a text that names a party.

    Attributes:
        id: ISO 3166-1 alpha-2 code, or the short name of an organisation.
        span: where it stands.
        form: `name` ("France"), `demonym` ("French"), `capital` ("Paris"), `seat` ("the Élysée") or `group` ("NATO").
        doubtful: the words often mean something else, and the document does not show that they mean the party here.
    """

    id: str
    span: Span
    form: MentionForm
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a form may mean: no id for phrases that only look like a party."""

    id: str | None
    form: MentionForm
    ambiguous: bool = False


def party_mentions(text: str | Tokens) -> list[PartyMention]:
    """Return every mention of a government or organisation in the text, from left to right.

    A form that may mean several things is judged by the rest of the document (Georgia beside Atlanta or beside Tbilisi) and by the
    words around it (a first name before a surname); clear cases of another meaning are left out, open ones are marked doubtful.
    """
    words = tokens(text) if isinstance(text, str) else text
    found: list[PartyMention] = []
    verdicts: dict[tuple[str, str], Literal["keep", "doubt", "drop"]] = {}
    for match in _lexicon().iter(words):
        named: set[str] = set()  # "Philippines" is a name and, by rule, a plural of "Philippine": one mention
        for sense in match.payloads:
            if sense.id is None or sense.id in named:
                continue
            doubtful = False
            if sense.ambiguous:
                verdict = _verdict(words, match.form, sense.id, verdicts)
                if verdict == "drop" or _is_name_of_person(words, match):
                    continue
                doubtful = verdict == "doubt"
            named.add(sense.id)
            found.append(PartyMention(sense.id, match.span, sense.form, doubtful))
    found.extend(_combining(words))
    return sorted(found, key=lambda m: (m.span, m.id))


def country_of_place(name: str) -> str | None:
    """Return the code of the country that a place lies in, or None where the vocabulary does not know it.

    A place is a city, region, building or country; of "Camp David, Maryland" the last known part decides, unless that part is ambiguous.
    """
    known = _places()
    whole = known.get(_place_key(name))
    if whole:
        return whole[0]
    parts = [known[key] for part in name.split(",") if (key := _place_key(part)) in known]
    sure = [code for code, ambiguous in parts if not ambiguous]
    if sure or parts:
        return sure[-1] if sure else parts[-1][0]
    inside = [m.payload for m in _place_lexicon().iter(name)]
    sure = [code for code, ambiguous in inside if not ambiguous]
    if sure or inside:
        return sure[-1] if sure else inside[-1][0]
    return None


@cache
def _lexicon() -> Lexicon[_Sense]:
    """Build the lexicon of everything that names a party, and of what only looks like it."""
    lexicon: Lexicon[_Sense] = Lexicon(case="capital")
    for phrase in vocabulary.not_parties():
        lexicon.add(phrase, _Sense(None, "name"))
    for country in vocabulary.countries().values():
        if country.territory:
            continue
        kinds: list[tuple[MentionForm, tuple[str, ...], bool]] = [
            ("name", country.names, False),
            ("demonym", country.adjectives, True),
            ("demonym", country.people, False),
            ("capital", country.capitals, False),
            ("seat", country.seats, False),
        ]
        for kind, forms, plural in kinds:
            for form in forms:
                lexicon.add(form, _Sense(country.id, kind, form.lstrip("=") in country.ambiguous), plural=plural)
    for group in vocabulary.groups().values():
        for form in group.names:
            lexicon.add(form, _Sense(group.id, "group"))
        for form in group.bodies:
            lexicon.add(form, _Sense(group.id, "seat"))
    return lexicon


@cache
def _before_hyphen() -> dict[str, str]:
    return {fold(form): c.id for c in vocabulary.countries().values() for form in c.combining}


def _combining(words: Tokens) -> list[PartyMention]:
    """Return the first halves of compounds such as "Franco-German"."""
    forms, text, found = _before_hyphen(), words.text, list[PartyMention]()
    for i, key in enumerate(words.keys):
        if key in forms and text[words.starts[i]].isupper() and text[words.ends[i] : words.ends[i] + 1] in ("-", "‐", "‑", "–"):
            found.append(PartyMention(forms[key], Span(words.starts[i], words.ends[i]), "demonym"))
    return found


@cache
def _contexts() -> tuple[tuple[Context, Lexicon[bool]], ...]:
    """Return each context with the lexicon of its words: True for those that show the country, False for those that deny it."""
    found = []
    for context in vocabulary.contexts():
        evidence = Lexicon[bool](case="capital")
        for words, shows in ((context.shows, True), (context.denies, False)):
            for word in words:
                evidence.add(word, shows, case="capital" if word.lstrip("=")[0].isupper() else "any")
        found.append((context, evidence))
    return tuple(found)


def _verdict(
    words: Tokens, form: str, code: str, known: dict[tuple[str, str], Literal["keep", "doubt", "drop"]]
) -> Literal["keep", "doubt", "drop"]:
    """Judge by the whole document whether an ambiguous form means the country; `known` keeps the verdicts of the document."""
    if (form, code) not in known:
        known[form, code] = "keep"
        for context, evidence in _contexts():
            if context.id == code and form in context.forms:
                seen = {m.payload for m in evidence.iter(words)}
                known[form, code] = context.default if len(seen) != 1 else ("keep" if True in seen else "drop")
    return known[form, code]


@cache
def _ordinary() -> frozenset[str]:
    """The words of the vocabularies: one of these after a country's name makes it no first name ("Israel Defense Forces")."""
    listed: list[str] = [o.id for o in vocabulary.offices().offices] + [n for o in vocabulary.offices().offices for n in o.names]
    for concept in (*vocabulary.domains().values(), *vocabulary.situations().values()):
        listed += [concept.label, concept.scope, *concept.terms, *concept.weak]
    for kind in vocabulary.kinds().values():
        listed += [*kind.title, *kind.lead]
    for group in vocabulary.groups().values():
        listed += [group.label, *group.names, *group.bodies]
    for country in vocabulary.countries().values():
        listed += [*country.names, *country.adjectives, *country.people, *country.capitals, *country.seats]
    listed += list(vocabulary.places())
    return frozenset(key for phrase in listed for key in tokens(phrase).keys)


@cache
def _titles() -> frozenset[str]:
    """The words that stand before a person's name: titles, honorifics, ranks."""
    titles = vocabulary.offices()
    return frozenset(tokens(t).keys[-1] for t in (*titles.honorifics, *titles.ranks))


def _is_name_of_person(words: Tokens, match: Match[_Sense]) -> bool:
    """Tell whether an ambiguous form is part of a person's name: before a surname, or after a first name or "Mr."."""
    text, first, last = words.text, match.first, match.last
    if last + 1 < len(words.keys) and text[words.ends[last] : words.starts[last + 1]] == " ":
        following = text[words.starts[last + 1] : words.ends[last + 1]]
        if following[0].isupper() and not following.isupper() and words.keys[last + 1] not in _ordinary():
            return True
    if first and text[words.ends[first - 1] : words.starts[first]] in (" ", ". "):
        before = text[words.starts[first - 1] : words.ends[first - 1]]
        return words.keys[first - 1] in _titles() and before[0].isupper() and before.lower() not in ("chief", "major", "general")
    return False


def _place_key(name: str) -> str:
    """Return the folded words of a place's name, without its article."""
    keys = tokens(name).keys
    return " ".join(keys[1:] if keys[:1] == ["the"] else keys)


@cache
def _places() -> dict[str, tuple[str, bool]]:
    """Map every known place to its country and to whether its name is ambiguous."""
    found: dict[str, tuple[str, bool]] = {}
    for name, code in vocabulary.places().items():
        found[_place_key(name)] = (code, False)
    for country in vocabulary.countries().values():
        for form in (*country.names, *country.capitals, *country.seats):
            found.setdefault(_place_key(form), (country.id, form.lstrip("=") in country.ambiguous))
    return found


@cache
def _place_lexicon() -> Lexicon[tuple[str, bool]]:
    """Build a lexicon of the places, for names that hold more words than the place ("the Bayerischer Hof hotel in Munich")."""
    lexicon: Lexicon[tuple[str, bool]] = Lexicon(case="capital")
    for name, code in vocabulary.places().items():
        lexicon.add(name, (code, False))
    for country in vocabulary.countries().values():
        for form in (*country.names, *country.capitals, *country.seats, *country.adjectives):
            lexicon.add(form, (country.id, form.lstrip("=") in country.ambiguous))
    return lexicon
