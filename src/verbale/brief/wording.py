"""How things are put: dates, lists, names of parties, and sentences of a source to quote."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from verbale.document import Span
from verbale.errors import VocabularyError
from verbale.record.lookup import party_label
from verbale.record.passages import passages
from verbale.vocabulary import files

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LONGEST = 330  # characters of a quotation
_SHORTEST = 30
_SPOKEN = re.compile(
    r"\((?:as interpreted|inaudible|applause|laughter|crosstalk)|\[|\w- —|\b(\w+) — \1\b|— ?$"
    r"|^(?:Q|Well|And|So|But|MR\.|MS\.|THE PRESIDENT)\b|^\W",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\b[A-Z]{2,} [A-Z]{3,}\b")


def day_words(day: str | None) -> str:
    """Return a date as people write it: 5 May 2023, May 2023, 2023, or `undated`."""
    if not day:
        return "undated"
    year, *rest = day.split("-")
    if len(rest) == 2:
        return f"{int(rest[1])} {_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{_MONTHS[int(rest[0]) - 1]} {year}" if rest else year


def listed(words: Sequence[str]) -> str:
    """Return words as a list with “and” before the last."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


@cache
def _with_article() -> frozenset[str]:
    raw = files.read("articles.yaml")
    if not isinstance(raw, dict):
        raise VocabularyError("articles.yaml must hold the list `the`")
    return frozenset(files.texts(raw.get("the"), "articles.yaml: the"))


def party(code: str) -> str:
    """Return the name of a party as it stands within a sentence: “the United States”, “Japan”."""
    return f"the {party_label(code)}" if code in _with_article() else party_label(code)


def capital(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def times(n: int) -> str:
    """Return how often: once, twice, five times."""
    return {1: "once", 2: "twice"}.get(n, f"{number(n)} times")


def number(n: int) -> str:
    """Return a number, up to twelve in words."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return small[n] if n < len(small) else f"{n:,}"


def sentence_around(text: str, span: Span) -> Span | None:
    """Return the sentence of the text in which a span begins, where it can be quoted as a whole: neither too long nor broken speech."""
    for sentence in _sentences(text):
        if sentence.start <= span.start < sentence.end:
            return sentence if quotable(sentence.exact(text)) else None
    return None


@lru_cache(maxsize=64)
def _sentences(text: str) -> list[Span]:
    return passages(text)


def quotable(words: str) -> bool:
    """Tell whether words read well between quotation marks: a sentence of moderate length without the marks of a transcript."""
    return (
        _SHORTEST <= len(words) <= _LONGEST
        and "\n" not in words
        and words[:1].isupper()
        and words[-1] in ".!”"
        and not _SPOKEN.search(words)
        and not _SHOUTED.search(words)
        and words.count("“") == words.count("”")
        and words.count("(") == words.count(")")
    )


def quoted(words: str) -> str:
    """Return words in quotation marks; marks within become single ones."""
    return f"“{words.replace('“', '‘').replace('”', '’')}”"
