"""Lists of plain words by which contacts, occasions, speakers and names are recognised."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import get_args

from verbale.errors import VocabularyError
from verbale.findings import EngagementKind
from verbale.vocabulary import files
from verbale.vocabulary.inflection import inflections


@cache
def occasions() -> Mapping[str, tuple[str, ...]]:
    """Return the words that open and close the phrase of an occasion of speech, under `leads` and `nouns`."""
    name = "occasions.yaml"
    raw = files.read(name)
    if not isinstance(raw, dict):
        raise VocabularyError(f"{name} must hold leads and nouns")
    return MappingProxyType({k: files.texts(raw.get(k), f"{name}: {k}") for k in ("leads", "nouns")})


@cache
def contacts() -> Mapping[str, tuple[str, ...]]:
    """Return the words by which contacts are recognised, every form of each, under `contact`, `meeting`, `travel`,
    `signing`, `ahead` and `done`."""
    name = "contacts.yaml"
    raw = files.read(name)
    if not isinstance(raw, dict) or not isinstance(raw.get("forms"), dict):
        raise VocabularyError(f"{name} must hold lists of words, and forms")
    found: dict[str, tuple[str, ...]] = {}
    for key in ("contact", "meeting", "travel", "signing", "ahead", "done"):
        entry = raw.get(key)
        if not isinstance(entry, dict):
            raise VocabularyError(f"{name}: {key} must hold verbs and words")
        verbs = files.texts(entry.get("verbs"), f"{name}: the verbs of {key}")
        forms = [f for v in verbs for f in inflections(v, files.texts(raw["forms"].get(v), f"{name}: the forms of {v}"))]
        found[key] = tuple(dict.fromkeys([*forms, *files.texts(entry.get("words"), f"{name}: the words of {key}")]))
    return MappingProxyType(found)


@cache
def referred() -> Mapping[str, EngagementKind]:
    """Return the nouns of an engagement that a text only refers to, each with its kind."""
    name = "contacts.yaml"
    listed = files.read(name).get("referred")
    if not isinstance(listed, dict) or not set(listed) <= set(get_args(EngagementKind)):
        raise VocabularyError(f"{name}: referred must list nouns by kind of engagement")
    return MappingProxyType({word: kind for kind in get_args(EngagementKind) for word in files.texts(listed.get(kind), f"{name}: {kind}")})


@cache
def speakers() -> Mapping[str, tuple[str, ...]]:
    """Return the words by which it is told who is meant where no name stands, list by list."""
    name = "speakers.yaml"
    raw = files.read(name)
    if not isinstance(raw, dict):
        raise VocabularyError(f"{name} must hold lists of words")
    return MappingProxyType({str(k): files.texts(v, f"{name}: {k}") for k, v in raw.items()})


@cache
def name_particles() -> frozenset[str]:
    """Return the small words inside a name ("al", "van der")."""
    return frozenset(files.texts(files.read("names.yaml").get("particles"), "names.yaml: particles"))


@cache
def courtesies() -> frozenset[str]:
    """Return the words before or after a name that belong to no name and are no office ("Mr", "Jr"), folded."""
    return frozenset(files.texts(files.read("names.yaml").get("courtesies"), "names.yaml: courtesies"))
