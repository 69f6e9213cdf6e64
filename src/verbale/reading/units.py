"""The vocabulary of amounts, `units.yaml`, as matchers: numbers, currencies, measures, things and comparators."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from verbale.errors import VocabularyError
from verbale.findings import Comparator
from verbale.vocabulary import files

_NAME = "units.yaml"
_START = r"(?<![\w.,/+\u2010-\u2015-])"  # an amount does not begin within a word, a date or another number
_FIGURE = r"\d{1,9},\d{1,2}(?![\d,])|(?:\d{1,3}(?:,\d{2,3}){0,5},\d{3}|\d{1,15})(?:\.\d{1,9})?"  # no number is longer


@dataclass(frozen=True, slots=True)
class Units:
    """What the grammar of amounts asks the vocabulary.

    Attributes:
        words: words that stand for a number, with its value.
        scales: words that multiply one, and the letters that do so right behind a figure.
        indefinite: words for an indefinite number, with the least that it may be.
        shares: fractions in words, in percent.
        currencies: what may stand before a figure of money, with the code of its currency.
        units: forms of currencies and measures behind a number, with the unit.
        money: codes of the currencies.
        comparators: words of comparison with their sign.
        amount: finds a number with the currency before it, its scale and its suffix.
        compared: finds a comparator at the end of what stands before an amount.
        trailing: finds a comparator at the beginning of what stands behind one.
        unit: finds a currency or a measure at the beginning of what stands behind a number.
        share: finds a fraction in words.
        things: nouns whose number counts, in lower case, with their unit.
        uncounted: nouns whose number never counts.
    """

    words: Mapping[str, float]
    scales: Mapping[str, float]
    indefinite: Mapping[str, float]
    shares: Mapping[str, float]
    currencies: Mapping[str, str]
    units: Mapping[str, str]
    money: frozenset[str]
    comparators: Mapping[str, Comparator]
    amount: re.Pattern[str]
    compared: re.Pattern[str]
    trailing: re.Pattern[str]
    unit: re.Pattern[str]
    share: re.Pattern[str]
    things: Mapping[tuple[str, ...], str]
    uncounted: frozenset[str]

    def unit_of(self, form: str) -> str:
        """Return the unit that a form found by `unit` stands for."""
        return self.units[form] if form in self.units else self.units[form.lower()]


@cache
def units() -> Units:
    """Return the vocabulary of amounts.

    Raises:
        VocabularyError: the file is malformed.
    """
    raw = files.read(_NAME)
    if not isinstance(raw, dict):
        raise VocabularyError(f"{_NAME} must be a mapping")
    words, scales, suffixes = _values(raw, "numbers"), _values(raw, "scales"), _values(raw, "suffixes")
    indefinite, shares = _values(raw, "indefinite"), _values(raw, "fractions")
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for code, forms in _mapping(raw, "currencies").items():
        for form in files.texts(forms.get("before"), f"{_NAME}: {code}"):
            before[form] = str(code)
        for form in files.texts(forms.get("after"), f"{_NAME}: {code}"):
            after[form if form.isupper() or not form.isascii() else form.lower()] = str(code)
    for unit, forms in _mapping(raw, "measures").items():
        for form in files.texts(forms, f"{_NAME}: {unit}"):
            after[form] = str(unit)
            after[form.lower()] = str(unit)
    comparators = _comparators(raw, "comparators")
    trailing = _comparators(raw, "behind")
    things = {
        tuple(form.lower().split()): str(unit)
        for unit, forms in _mapping(raw, "things").items()
        for form in files.texts(forms, f"{_NAME}: {unit}")
    }
    currency = rf"(?:(?P<currency>{_any(before)})\s?)?"
    loosely = rf"(?P<indefinite>(?i:{_any(indefinite)}))\sof"
    one = rf"(?i:half\san?|an?(?:\s(?:additional|further|extra|estimated))?)(?=\s(?i:{_any(scales)})\b)"
    number = rf"{_FIGURE}|(?i:{_any(words)})(?:-(?i:{_any(words)}))?|{one}"
    scale = rf"(?:[\s-](?i:{_any(scales)})\b){{1,2}}|(?i:{_any(suffixes)})\b"
    return Units(
        words=words,
        scales={**suffixes, **scales},
        indefinite=indefinite,
        shares=shares,
        currencies=before,
        units=after,
        money=frozenset(before.values()),
        comparators={**comparators, **trailing},
        amount=re.compile(rf"{_START}{currency}(?:(?P<number>{number})(?P<scale>{scale})?|{loosely})(?!\w)"),
        compared=re.compile(rf"\b(?P<comparator>{_any(comparators)})\s(?:an?\s|the\s)?(?:additional\s)?$", re.IGNORECASE),
        trailing=re.compile(rf"\s?(?P<comparator>{_any(trailing)})(?!\w)", re.IGNORECASE),
        unit=re.compile(
            rf"[\s-]?(?:of\s)?(?P<unit>{_any(f for f in after if f.isupper())}|(?i:{_any(f for f in after if not f.isupper())}))(?!\w)"
        ),
        share=re.compile(rf"\b(?P<share>{_any(shares)})\sof\b", re.IGNORECASE),
        things=things,
        uncounted=frozenset(word.lower() for word in files.texts(raw.get("not_things"), f"{_NAME}: not_things")),
    )


def _any(forms: Iterable[str]) -> str:
    """Return an expression for any of some forms, the longest first."""
    return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in sorted(forms, key=len, reverse=True))


def _mapping(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key)
    if not isinstance(value, dict):
        raise VocabularyError(f"{_NAME}: {key} must be a mapping")
    return value


def _values(raw: Mapping[str, Any], key: str) -> dict[str, float]:
    value = _mapping(raw, key)
    if not all(isinstance(number, int | float) for number in value.values()):
        raise VocabularyError(f"{_NAME}: every entry of {key} needs a number")
    return {str(word).lower(): float(number) for word, number in value.items()}


def _comparators(raw: Mapping[str, Any], key: str) -> dict[str, Comparator]:
    found: dict[str, Comparator] = {}
    for sign, forms in _mapping(raw, key).items():
        if sign not in get_args(Comparator):
            raise VocabularyError(f"{_NAME}: {sign} under {key} is no comparator")
        found.update(dict.fromkeys((f.lower() for f in files.texts(forms, f"{_NAME}: {sign}")), cast(Comparator, sign)))
    return found
