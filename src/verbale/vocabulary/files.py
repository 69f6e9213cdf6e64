"""Reads the YAML files of the vocabulary, and says where one is malformed."""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import yaml

from verbale.errors import VocabularyError

# libyaml's parser is ten times as fast; it is in every binary wheel of PyYAML but not in a build without a C compiler.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(name: str) -> Any:
    """Return what the vocabulary file of that name holds, as plain lists and mappings.

    Raises:
        VocabularyError: there is no such file, or it is not YAML.
    """
    path = files("verbale.vocabulary").joinpath(name)
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except OSError as error:
        raise VocabularyError(f"there is no vocabulary file {name}; the installation is incomplete, install verbale again") from error
    except yaml.YAMLError as error:
        raise VocabularyError(f"{name} is not YAML: {' '.join(str(error).split())}") from error


class Row:
    """One entry of a vocabulary file, with readers of its fields that name file and entry when a field is wrong."""

    def __init__(self, name: str, raw: Any, fields: Iterable[str]) -> None:
        if not isinstance(raw, Mapping) or not isinstance(raw.get("id"), str):
            why = "every entry needs an id in letters (quote NO and ON, which YAML takes for truth values)"
            raise VocabularyError(f"{name}: {why}: {str(raw)[:80]}")
        unknown = set(raw) - set(fields) - {"id"}
        if unknown:
            raise VocabularyError(f"{name}: the entry {raw['id']} has unknown fields: {', '.join(sorted(map(str, unknown)))}")
        self.name, self.raw, self.id = name, raw, str(raw["id"])

    def text(self, field: str, default: str | None = None) -> str:
        """Return a field of text; without a default it must be there.

        Raises:
            VocabularyError: the field is missing or not text.
        """
        value = self.raw.get(field, default)
        if not isinstance(value, str):
            raise VocabularyError(f"{self.name}: the entry {self.id} needs the field {field} in words, not {value!r}")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a field that lists texts, empty when it is absent.

        Raises:
            VocabularyError: the field is not a list of texts.
        """
        return texts(self.raw.get(field), f"{self.name}: the field {field} of {self.id}")

    def numbers(self, field: str, names: Iterable[str]) -> dict[str, float]:
        """Return a field that maps each of some names to a number.

        Raises:
            VocabularyError: a name is missing or another one is there, or a value is no number.
        """
        value, wanted = self.raw.get(field), tuple(names)
        if not isinstance(value, Mapping) or set(value) != set(wanted) or not all(isinstance(v, int | float) for v in value.values()):
            raise VocabularyError(f"{self.name}: the field {field} of {self.id} must give a number for each of {', '.join(wanted)}")
        return {name: float(value[name]) for name in wanted}

    def flag(self, field: str) -> bool:
        """Return a field that is true or false, false when it is absent.

        Raises:
            VocabularyError: the field is neither true nor false.
        """
        value = self.raw.get(field, False)
        if not isinstance(value, bool):
            raise VocabularyError(f"{self.name}: the field {field} of {self.id} is true or false, not {value!r}")
        return value

    def choice(self, field: str, allowed: Iterable[str]) -> str:
        """Return a field that is one of some words.

        Raises:
            VocabularyError: the field is none of them.
        """
        value, words = self.text(field), tuple(allowed)
        if value not in words:
            raise VocabularyError(f"{self.name}: the field {field} of {self.id} is one of {', '.join(words)}, not {value!r}")
        return value


def texts(value: Any, where: str) -> tuple[str, ...]:
    """Return a list of texts as a tuple, empty for None.

    Raises:
        VocabularyError: the value is not a list of texts; the message begins with `where`.
    """
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise VocabularyError(f"{where} must be a list of words; quote what YAML takes for a number or a truth value: {str(value)[:120]}")
    return tuple(value)


def rows(name: str, raw: Any, fields: Iterable[str]) -> list[Row]:
    """Return the entries of a list, checked for ids that occur twice.

    Raises:
        VocabularyError: not a list, an entry without an id or with unknown fields, or an id twice.
    """
    if not isinstance(raw, list):
        raise VocabularyError(f"{name} must be a list of entries")
    found = [Row(name, entry, tuple(fields)) for entry in raw]
    seen: set[str] = set()
    for row in found:
        if row.id in seen:
            raise VocabularyError(f"{name}: the id {row.id} occurs twice")
        seen.add(row.id)
    return found
