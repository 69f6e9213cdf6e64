"""Amounts that matter to the substance: money, shares, quantities of goods and power, people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

from verbale.document import Span
from verbale.findings import Comparator, Figure
from verbale.reading.units import Units, units

# How sure each kind of amount is; measured against the annotated documents by benchmarks.
_MONEY, _MEASURE, _THING, _NOUN = 0.95, 0.9, 0.8, 0.6
_LARGE = 1000.0  # from here on a number counts with any noun, below it only with one that the vocabulary lists
_AROUND = 40  # characters before an amount in which its comparator stands
_PHRASE = 90  # characters behind a number in which its noun stands
_WORDS = 7  # words behind a number among which its noun stands
_SEVERAL = 5  # the least number in words that is an amount ("two ministers" are a party to the talks)
_YEARS = range(1900, 2101)

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*\.?")
_CLAUSE_END = re.compile(r"[;:!?()\[\]\n\"“”]|\.(?=\s|$)(?<!U\.S\.)|—|–|,(?!\d)")
_STOP = frozenset(
    (
        "in", "on", "at", "to", "from", "for", "by", "with", "or", "that", "which", "who", "whom", "were", "was", "are", "is", "have",
        "has", "had", "will", "would", "can", "could", "per", "each", "as", "since", "this", "last", "than", "through", "across", "under",
        "over", "into", "being", "been", "be", "including", "between", "during", "before", "after", "against", "annually", "worldwide",
        "globally", "a", "an",
    )
)  # fmt: skip
_LINKS = frozenset(("of", "the", "our", "their", "its", "more", "and", "other", "additional", "new"))
_ADJECTIVE = re.compile(
    r"-|['’]|(?:ic|al|ive|ed|ing|ous|ary|able|ible|ful|less|ern|ian|ese|ish|est|er)$|^(?:new|more|young|rural|fake|small|large|poor|key)$"
)

_DEMONYM = re.compile(r"[A-Z][a-z]+(?:ans|is|ons|ese|ots)$")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_LABEL = re.compile(r"(?:[A-Z][\w.]*|[Nn]o\.)\s$")  # a name before a bare number makes it a label ("Resolution 2254")
_RANGE = re.compile(r"\s?(?:[-–—]|to|and)\s?")
_AWAY = re.compile(r"\s(?:away|apart|from\s(?:here|the))\b")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as read: its value, the scale that is in it (1 for none), the currency before it, and where it stands."""

    value: float
    scale: float
    currency: str | None
    words: bool
    start: int
    end: int


def figures(text: str) -> tuple[Figure, ...]:
    """Return the amounts in `text` in the order of their first mention, each value in each unit once with all its places.

    Dates, ordinals, ages, and counts of meetings, countries or days are not amounts. A range gives its least and its most.
    """
    merged: dict[tuple[float, str | None], Figure] = {}
    for figure in sorted(_amounts(text, units()), key=lambda figure: figure.spans[0].start):
        known = merged.get((figure.value, figure.unit))
        spans = figure.spans if known is None else known.spans + figure.spans
        first = known or figure
        merged[figure.value, figure.unit] = Figure(first.value, first.unit, first.comparator, spans, first.confidence)
    return tuple(merged.values())


def _amounts(text: str, vocabulary: Units) -> Iterator[Figure]:
    """Yield every mention of an amount: first the shares in words, then the numbers."""
    for share in vocabulary.share.finditer(text):
        start, comparator = _compared(text, share.start(), vocabulary)
        value = vocabulary.shares[" ".join(share["share"].lower().split())]
        yield Figure(value, "%", comparator, (Span(start, share.end("share")),), _MEASURE)
    position = 0
    while (match := vocabulary.amount.search(text, position)) is not None:
        position = match.end()
        first = _number(match, vocabulary)
        second = _range_end(text, first, vocabulary)
        last = second or first
        if second and first.scale == 1 and first.value * second.scale < second.value:  # "$300-500 million"
            first = replace(first, value=first.value * second.scale, scale=second.scale)
        plus = text.startswith("+", last.end)  # "30+ projects"
        if plus:
            last = replace(last, end=last.end + 1)
        found = _unit(text, last, first.currency, vocabulary)
        if found is None:
            continue
        unit, end, confidence = found
        start, comparator = _compared(text, first.start, vocabulary)
        comparator = ">" if plus else comparator
        behind = vocabulary.trailing.match(text, end)
        if behind and comparator == "=":
            comparator, end = vocabulary.comparators[behind["comparator"].lower()], behind.end()
        span = (Span(start, end),)
        if second:
            yield Figure(first.value, unit, ">", span, confidence)
            yield Figure(second.value, unit, "<", span, confidence)
        else:
            yield Figure(first.value, unit, comparator, span, confidence)
        position = max(position, end)


def _number(match: re.Match[str], vocabulary: Units) -> _Number:
    """Read the number of a match of `Units.amount`."""
    currency = vocabulary.currencies[" ".join(match["currency"].split())] if match["currency"] else None
    if match["indefinite"]:
        value = vocabulary.indefinite[" ".join(match["indefinite"].lower().split())]
        return _Number(value, value, currency, True, match.start(), match.end("indefinite"))
    written = match["number"].lower()
    in_words = not written[0].isdigit()
    if not in_words:
        value = float(written.replace(",", "." if _DECIMAL_COMMA.fullmatch(written) else ""))
    elif written.startswith("half"):
        value = 0.5
    elif written.startswith(("a ", "an ")) or written in ("a", "an"):
        value = 1.0
    else:
        value = sum(vocabulary.words[word] for word in written.split("-"))
    scale = prod(vocabulary.scales[word] for word in re.findall(r"[^\s-]+", (match["scale"] or "").lower()))
    return _Number(round(value * scale, 6), scale, currency, in_words, match.start(), match.end())


def _range_end(text: str, first: _Number, vocabulary: Units) -> _Number | None:
    """Return the second number of a range that begins with `first`."""
    link = _RANGE.match(text, first.end)
    if not link or (link[0].strip() == "and" and not re.search(r"\b[Bb]etween\s$", text[max(0, first.start - 9) : first.start])):
        return None
    # The grammar asks for a place where an amount may begin, and a hyphen before it is not one.
    rest = vocabulary.amount.match(text[link.end() : link.end() + 60])
    if not rest or rest["indefinite"] or not rest["number"][0].isdigit():
        return None
    second = _number(rest, vocabulary)
    if second.value < first.value or (second.currency and second.currency != first.currency):
        return None
    return replace(second, start=second.start + link.end(), end=second.end + link.end())


def _compared(text: str, start: int, vocabulary: Units) -> tuple[int, Comparator]:
    """Return where an amount begins with its comparator, and the comparator."""
    found = vocabulary.compared.search(text[max(0, start - _AROUND) : start])
    if not found:
        return start, "="
    return max(0, start - _AROUND) + found.start(), vocabulary.comparators[" ".join(found["comparator"].lower().split())]


def _unit(text: str, number: _Number, currency: str | None, vocabulary: Units) -> tuple[str, int, float] | None:
    """Return the unit behind a number, where it ends and how sure it is; None when the number counts nothing of substance."""
    behind = vocabulary.unit.match(text, number.end)
    unit = vocabulary.unit_of(" ".join(behind["unit"].split())) if behind else None
    if currency or unit in vocabulary.money:
        return (
            (unit if unit in vocabulary.money else currency) or "",
            behind.end() if behind and unit in vocabulary.money else number.end,
            _MONEY,
        )
    if behind and unit:
        if _AWAY.match(text, behind.end()) or (unit == "%" and number.value == 100 and not text.startswith(" of", behind.end())):
            return None  # how far a place is, how much someone agrees
        return unit, behind.end() - (3 if behind["unit"].lower().endswith(" of") else 0), _MEASURE
    return _thing(text, number, vocabulary)


def _thing(text: str, number: _Number, vocabulary: Units) -> tuple[str, int, float] | None:
    """Return the noun that a number counts."""
    written = text[number.start : number.end]
    if number.scale == 1 and number.value in _YEARS and "," not in written:
        return None
    if number.words and number.scale == 1 and number.value < _SEVERAL:
        return None
    clause = text[number.end : number.end + _PHRASE]
    stop = _CLAUSE_END.search(clause)
    tokens = list(_TOKEN.finditer(clause[: stop.start()] if stop else clause))[:_WORDS]
    if not tokens or not clause[:1].isspace():
        return None
    kept: list[re.Match[str]] = []
    for place, token in enumerate(tokens):
        word = token[0].lower()
        for length in (3, 2, 1):
            phrase = tuple(t[0].lower() for t in tokens[place : place + length])
            if phrase in vocabulary.things:
                unit, head = vocabulary.things[phrase], " ".join(phrase)
                return (_named(kept, head) if unit == head else unit), number.end + tokens[place + len(phrase) - 1].end(), _THING
        if _DEMONYM.match(token[0]):
            return "people", number.end + token.end(), _THING
        if word in vocabulary.uncounted or word in _STOP:
            break
        kept.append(token)
    if number.scale == 1 and (
        number.value < _LARGE or ("," not in written and _LABEL.search(text[max(0, number.start - 30) : number.start]))
    ):
        return None
    if any(token[0].lower() in vocabulary.uncounted for token in tokens[: len(kept) + 1]):
        return None
    cut = next((i for i, token in enumerate(kept) if i and token[0].lower() in ("of", "and")), len(kept))
    kept = kept[:cut]
    while kept and not kept[-1][0].lower().endswith("s"):
        kept.pop()
    if not kept:
        return None
    return _named(kept[:-1], kept[-1][0].lower()), number.end + kept[-1].end(), _NOUN


def _named(before: list[re.Match[str]], head: str) -> str:
    """Return a noun with the nouns that stand right before it ("drug overdose deaths"), and without its adjectives."""
    nouns: list[str] = []
    for token in reversed(before):
        word = token[0]
        if word == "and":
            return head  # of two nouns before it neither names the thing alone
        if word.lower() in _LINKS or word[0].isupper() or _ADJECTIVE.search(word):
            break
        nouns.insert(0, word)
    return " ".join([*nouns, head])
