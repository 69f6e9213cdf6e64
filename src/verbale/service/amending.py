"""Amending a finding by a form: which of its fields a person may change, and the finding that comes of it. Its words stay."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, get_args

from verbale.errors import DecisionError
from verbale.findings import Comparator, EngagementKind, Mode, Stage, Status
from verbale.record.sheet import FindingEntry, Sheet
from verbale.vocabulary import domains, situations

_LISTED = {"parties", "domains"}
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "engagement": ("kind", "status", "principal", "date.value", "place.name", "place.country", "series.name", "series.edition"),
    "domain": ("id", "stage"),
    "situation": ("id",),
    "statement": ("speaker.name", "speaker.office", "speaker.party", "mode", "negated"),
    "commitment": ("parties", "domains", "deadline"),
    "figure": ("value", "unit", "comparator"),
}
_NUMBERS = {"value": float, "series.edition": int}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its name (a path into the finding), label, present value, and the values to choose from, if not any."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]


def value_of(sheet: Sheet, entry: FindingEntry) -> dict[str, Any]:
    """Return a finding as the reading has it in JSON.

    Raises:
        DecisionError: it was rejected or replaced.
    """
    if entry.number == 0:
        raise DecisionError("this finding was rejected or replaced; take that back first")
    plain: dict[str, Any] = sheet.reading.to_dict()[f"{entry.kind}s"][entry.number - 1]
    return plain


def fields(kind: str, value: Mapping[str, Any]) -> list[Field]:
    """Return the fields that a person may change."""
    found = []
    for name in _FIELDS[kind]:
        present, known = _at(value, name)
        if known:
            label = name.replace(".", " ").replace("id", kind).replace(" value", "").capitalize()
            written, choices = _written(present), _choices(kind, name)
            if choices and written not in dict(choices):  # of another vocabulary
                choices = ((written, written), *choices)
            found.append(Field(name, label, written, choices))
    return found


def amended(kind: str, value: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
    """Return the finding with the fields of a form in place of its own.

    Raises:
        DecisionError: a field does not hold what it must, or nothing was changed.
    """
    made = deepcopy(dict(value))
    for field in fields(kind, value):
        if field.name in form and form[field.name].strip() != field.value:
            written = form[field.name].strip()
            if field.choices and written not in {choice for choice, _ in field.choices}:
                raise DecisionError(f"{field.label}: “{written}” is none of {', '.join(c for c, _ in field.choices)[:300]}")
            _put(made, field.name, _read(field, written))
    if kind in ("domain", "situation") and made["id"] != value["id"]:
        made["label"] = dict(_choices(kind, "id")).get(made["id"], made["label"])
        if kind == "situation" and made["id"] in situations():
            made["kind"] = situations()[made["id"]].kind
    if made == value:
        raise DecisionError("nothing was changed; accept the finding, or change a field")
    made.pop("confidence", None)
    return made


def _at(value: Any, path: str) -> tuple[Any, bool]:
    """Return what stands at a path, and whether the path exists: of a date that is not there nothing can be changed."""
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return None, False
        value = value[name]
    return value, True


def _put(value: Any, path: str, new: Any) -> None:
    *above, last = path.split(".")
    for name in above:
        value = value[name]
    value[last] = new


def _written(present: Any) -> str:
    if isinstance(present, list):
        return ", ".join(present)
    if isinstance(present, bool):
        return "yes" if present else "no"
    return "" if present is None else str(present)


def _read(field: Field, written: str) -> Any:
    last = field.name.split(".")[-1]
    if last in _LISTED:
        return [w for w in (part.strip() for part in written.split(",")) if w]
    if field.choices == _YES_NO:
        return written == "yes"
    if field.name in _NUMBERS and written:
        try:
            return _NUMBERS[field.name](json.loads(written))
        except (ValueError, TypeError) as error:
            raise DecisionError(f"{field.label}: “{written}” is not a number") from error
    return written or None


_YES_NO = (("yes", "yes"), ("no", "no"))


def _choices(kind: str, name: str) -> tuple[tuple[str, str], ...]:
    if name == "id":
        listed: Mapping[str, Any] = domains() if kind == "domain" else situations()
        return tuple(sorted(((e.id, e.label) for e in listed.values()), key=lambda x: x[1]))
    if name in ("principal", "negated"):
        return _YES_NO
    kinds: Mapping[str, Any] = {"kind": EngagementKind, "status": Status, "stage": Stage, "mode": Mode, "comparator": Comparator}
    return tuple((v, v) for v in get_args(kinds[name])) if name in kinds else ()
