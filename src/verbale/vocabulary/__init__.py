"""The controlled lists: domains, situations, stages, kinds of engagement, groups, offices, countries, places, cues.

Each list is a YAML file beside this module that can be edited without touching Python; each function here reads one, checks it and
keeps it. Every one of them raises VocabularyError when its file is malformed.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, cast, get_args

from verbale.errors import VocabularyError
from verbale.findings import EngagementKind, Stage
from verbale.vocabulary import files
from verbale.vocabulary.alternatives import spell_out
from verbale.vocabulary.entries import (
    Concept,
    Context,
    Country,
    CueClass,
    Group,
    KindEntry,
    Level,
    NotConcepts,
    Office,
    OpenDomainRules,
    Opening,
    StageEntry,
    Titles,
)
from verbale.vocabulary.inflection import inflections

__all__ = [
    "Concept",
    "Context",
    "Country",
    "CueClass",
    "Group",
    "KindEntry",
    "NotConcepts",
    "Office",
    "OpenDomainRules",
    "Opening",
    "StageEntry",
    "Titles",
    "contexts",
    "countries",
    "cues",
    "domains",
    "groups",
    "kinds",
    "not_concepts",
    "not_parties",
    "occasions",
    "offices",
    "open_domains",
    "places",
    "shared_heads",
    "situations",
    "stages",
]

_PLACES = ("nearest", "before", "first", "inside", "after", "prior")
_BROADER = frozenset({"security", "economy", "technology", "energy-climate", "society", "order"})


@cache
def domains() -> Mapping[str, Concept]:
    """Return the domains of cooperation by id, in the order of their file."""
    name = "domains.yaml"
    found: dict[str, Concept] = {}
    for row in files.rows(name, files.read(name), ("label", "broader", "scope", "terms", "weak", "after_party")):
        found[row.id] = Concept(
            row.id,
            row.text("label"),
            "domain",
            row.text("scope"),
            row.choice("broader", sorted(_BROADER)),
            _terms(row, "terms"),
            _terms(row, "weak"),
            _terms(row, "after_party"),
        )
    return MappingProxyType(found)


@cache
def situations() -> Mapping[str, Concept]:
    """Return the regions and situations by id, in the order of their file."""
    name = "situations.yaml"
    found: dict[str, Concept] = {}
    for row in files.rows(name, files.read(name), ("label", "kind", "scope", "parties", "bare", "terms", "weak")):
        parties = row.texts("parties")
        strange = [code for code in parties if code not in countries()]
        if strange:
            raise VocabularyError(f"{name}: {row.id} names codes of no country: {', '.join(strange)}")
        found[row.id] = Concept(
            row.id,
            row.text("label"),
            cast(Literal["region", "situation"], row.choice("kind", ("region", "situation"))),
            row.text("scope", ""),
            terms=_terms(row, "terms"),
            weak=_terms(row, "weak"),
            parties=parties,
            bare=cast(Literal["strong", "weak", "none"], row.choice("bare", ("strong", "weak", "none")) if parties else "none"),
        )
    return MappingProxyType(found)


def _terms(row: files.Row, field: str) -> tuple[str, ...]:
    """Return the surface forms of a field, each "(a|b)" written out."""
    try:
        return tuple(dict.fromkeys(form for pattern in row.texts(field) for form in spell_out(pattern)))
    except VocabularyError as error:
        raise VocabularyError(f"{row.name}: in {field} of {row.id}: {error}") from error


@cache
def not_concepts() -> NotConcepts:
    """Return what holds a term of a domain or situation and means another thing ("Minister of Trade")."""
    name = "not_concepts.yaml"
    raw = files.read(name)
    if not isinstance(raw, dict):
        raise VocabularyError(f"{name} must hold phrases, before and after")
    phrases, before, after = (files.texts(raw.get(k), f"{name}: {k}") for k in ("phrases", "before", "after"))
    return NotConcepts(tuple(form for pattern in phrases for form in spell_out(pattern)), frozenset(before), frozenset(after))


@cache
def shared_heads() -> frozenset[str]:
    """Return the nouns that the parts of a list may share ("economic and humanitarian assistance")."""
    return frozenset(files.texts(files.read("shared_heads.yaml"), "shared_heads.yaml"))


@cache
def open_domains() -> OpenDomainRules:
    """Return how subjects of cooperation that no vocabulary holds are told."""
    name, endings = "open_domains.yaml", ("modifiers", "abstract")
    sets = ("leads", "ends", "verbs", "general", "plain", "qualifiers", "acts")
    raw = files.read(name)
    if not isinstance(raw, dict) or not set(raw) <= {"openings", *sets, *endings}:
        raise VocabularyError(f"{name} must hold {', '.join(('openings', *sets, *endings))}, and nothing else")
    openings = []
    for row in files.rows(name, raw.get("openings"), ("sure", "forms")):
        sure = row.raw.get("sure")
        if not isinstance(sure, int | float) or not 0 < sure <= 1:
            raise VocabularyError(f"{name}: the field sure of {row.id} must be a number above 0 and not above 1, not {sure!r}")
        openings.append(Opening(float(sure), _terms(row, "forms")))
    words = {k: files.texts(raw.get(k), f"{name}: {k}") for k in (*sets, *endings)}
    return OpenDomainRules(
        tuple(openings),
        leads=frozenset(words["leads"]),
        ends=frozenset(words["ends"]),
        verbs=frozenset(words["verbs"]),
        general=frozenset(words["general"]),
        plain=frozenset(words["plain"]),
        qualifiers=frozenset(words["qualifiers"]),
        acts=frozenset(words["acts"]),
        modifiers=words["modifiers"],
        abstract=words["abstract"],
    )


@cache
def stages() -> Mapping[Stage, StageEntry]:
    """Return the stages by id, in order of choice: where two apply, the earlier wins."""
    name = "stages.yaml"
    found: dict[Stage, StageEntry] = {}
    for row in files.rows(name, files.read(name), ("label", "definition", "verbs", "words", "weights")):
        if row.id not in get_args(Stage):
            raise VocabularyError(f"{name}: there is no stage {row.id}; the stages are {', '.join(get_args(Stage))}")
        stage = cast(Stage, row.id)
        verbs = {v: inflections(v) for v in row.texts("verbs")}
        found[stage] = StageEntry(
            stage, row.text("label"), row.text("definition"), verbs, row.texts("words"), row.numbers("weights", _PLACES)
        )
    if tuple(found) != get_args(Stage):
        raise VocabularyError(f"{name}: the stages must be {', '.join(get_args(Stage))}, in this order")
    return MappingProxyType(found)


@cache
def kinds() -> Mapping[EngagementKind, KindEntry]:
    """Return the kinds of engagement by id."""
    name = "kinds.yaml"
    found: dict[EngagementKind, KindEntry] = {}
    for row in files.rows(name, files.read(name), ("label", "definition", "title", "lead")):
        if row.id not in get_args(EngagementKind):
            raise VocabularyError(f"{name}: there is no kind {row.id}; the kinds are {', '.join(get_args(EngagementKind))}")
        kind = cast(EngagementKind, row.id)
        found[kind] = KindEntry(kind, row.text("label"), row.text("definition"), row.texts("title"), row.texts("lead"))
    return MappingProxyType(found)


@cache
def groups() -> Mapping[str, Group]:
    """Return the organisations and groups by id."""
    name = "groups.yaml"
    found = {
        row.id: Group(row.id, row.text("label"), row.texts("names"), row.texts("bodies"), row.texts("members"))
        for row in files.rows(name, files.read(name), ("label", "names", "bodies", "members"))
    }
    known = countries()
    for group in found.values():
        strange = [m for m in group.members if m not in known and m not in found]
        if strange:
            raise VocabularyError(f"{name}: members of {group.id} that are neither countries nor groups: {', '.join(strange)}")
    return MappingProxyType(found)


@cache
def offices() -> Titles:
    """Return the offices, and the prefixes, honorifics and military ranks around them."""
    name = "offices.yaml"
    raw = files.read(name)
    if not isinstance(raw, dict):
        raise VocabularyError(f"{name} must hold offices, prefixes, honorifics, ranks and portfolios")
    listed = tuple(
        Office(
            row.id,
            cast(Level, row.choice("level", get_args(Level))),
            row.texts("names"),
            row.flag("title"),
            row.flag("of"),
            row.flag("spokes"),
            row.text("party") if "party" in row.raw else None,
        )
        for row in files.rows(name, raw.get("offices"), ("level", "names", "title", "of", "spokes", "party"))
    )
    around = (files.texts(raw.get(k), f"{name}: {k}") for k in ("prefixes", "honorifics", "ranks", "portfolios"))
    return Titles(listed, *around)


@cache
def countries() -> Mapping[str, Country]:
    """Return the countries and territories by code: ISO 3166-1 with the names of CLDR, and what countries.yaml adds."""
    import pycountry  # noqa: PLC0415 - both cost time to load and not every reading of the vocabulary needs them
    from babel import Locale  # noqa: PLC0415

    name = "countries.yaml"
    raw = files.read(name)
    if not isinstance(raw, dict):
        raise VocabularyError(f"{name} must hold countries, territories and not_parties")
    fields = ("label", "names", "adjectives", "people", "capitals", "seats", "combining", "ambiguous")
    added = {row.id: row for row in files.rows(name, raw.get("countries"), fields)}
    territories = set(files.texts(raw.get("territories"), f"{name}: territories"))
    display = Locale("en").territories
    listed: dict[str, list[str]] = {"XK": []}
    for entry in pycountry.countries:
        given = [getattr(entry, f, "") for f in ("name", "common_name", "official_name")]
        listed[entry.alpha_2] = [g for g in given if g]
    strange = (set(added) | territories) - set(listed)
    if strange:
        raise VocabularyError(f"{name}: no codes of ISO 3166-1: {', '.join(sorted(strange))}")
    found: dict[str, Country] = {}
    for code, standard in sorted(listed.items()):
        row = added.get(code) or files.Row(name, {"id": code}, fields)
        shown = str(display.get(code) or (standard or [code])[0])
        # Names as lists print them ("Iran, Islamic Republic of", "Congo - Kinshasa") are not names as texts write them.
        names = [n for n in (*row.texts("names"), shown, *standard) if "," not in n and " - " not in n and "(" not in n and "SAR" not in n]
        found[code] = Country(
            code,
            row.text("label", shown),
            tuple(dict.fromkeys(names)),
            row.texts("adjectives"),
            row.texts("people"),
            row.texts("capitals"),
            row.texts("seats"),
            row.texts("combining"),
            frozenset(f.lstrip("=") for f in row.texts("ambiguous")),
            code in territories,
        )
    return MappingProxyType(found)


@cache
def contexts() -> tuple[Context, ...]:
    """Return what tells the meaning of a country's ambiguous forms from the rest of a document."""
    name, found = "countries.yaml: contexts", list[Context]()
    raw = files.read("countries.yaml").get("contexts")
    if not isinstance(raw, list):
        raise VocabularyError(f"{name} must be a list")
    for entry in raw:
        row = files.Row(name, entry, ("form", "for", "against", "default"))
        default = cast(Literal["keep", "doubt", "drop"], row.choice("default", ("keep", "doubt", "drop")))
        if row.id not in countries():
            raise VocabularyError(f"{name}: {row.id} is no code of a country")
        found.append(Context(frozenset(row.texts("form")), row.id, row.texts("for"), row.texts("against"), default))
    return tuple(found)


@cache
def not_parties() -> tuple[str, ...]:
    """Return phrases that hold the name of a country and mean another thing ("New Mexico", "Paris Agreement")."""
    return files.texts(files.read("countries.yaml").get("not_parties"), "countries.yaml: not_parties")


@cache
def places() -> Mapping[str, str]:
    """Return the code of the country of well-known cities, regions and venues, by their name as usually written."""
    name = "places.yaml"
    raw = files.read(name)
    if not isinstance(raw, dict):
        raise VocabularyError(f"{name} must map the code of a country to a list of places")
    known, found = countries(), dict[str, str]()
    for code, listed in raw.items():
        if code not in known:
            raise VocabularyError(f"{name}: {code!r} is no code of a country (quote NO, which YAML takes for a truth value)")
        for place in files.texts(listed, f"{name}: the places of {code}"):
            if found.setdefault(place, code) != code:
                raise VocabularyError(f"{name}: {place} stands under {found[place]} and under {code}")
    return MappingProxyType(found)


@cache
def cues() -> Mapping[str, CueClass]:
    """Return the words that report speech or stance, by class."""
    name = "cues.yaml"
    found: dict[str, CueClass] = {}
    for row in files.rows(name, files.read(name), ("label", "verbs", "irregular", "nouns", "phrases")):
        irregular = row.raw.get("irregular") or {}
        verbs = row.texts("verbs")
        if not isinstance(irregular, dict) or not set(irregular) <= set(verbs):
            raise VocabularyError(f"{name}: the irregular forms of {row.id} must map verbs of its list to their forms")
        forms = {v: inflections(v, files.texts(irregular.get(v), f"{name}: the irregular forms of {v}")) for v in verbs}
        found[row.id] = CueClass(row.id, row.text("label"), forms, row.texts("nouns"), row.texts("phrases"))
    return MappingProxyType(found)
