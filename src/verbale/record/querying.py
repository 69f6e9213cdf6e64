"""The language of search queries: words, "phrases", prefixes*, AND, OR, NOT and brackets, the same for both databases."""

import re
from dataclasses import dataclass

from verbale.errors import QueryError
from verbale.record.words import folded_words


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other; the last may be the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    query: "Query"


@dataclass(frozen=True, slots=True)
class All:
    """All of these."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple["Query", ...]


Query = Phrase | Not | All | Either

_TOKEN = re.compile(r'\s*(?:(?P<open>\()|(?P<close>\))|(?P<phrase>-?"[^"]*"\*?|-?“[^”]*”\*?)|(?P<word>[^\s()"“”]+))')
_DEEP = 50


def parse(written: str) -> Query:
    """Parse a query: words must all be there; `OR` between alternatives; `NOT` or a leading `-` leaves out.

    Raises:
        QueryError: brackets or quotation marks do not match, an operator lacks a side, there is no word, or only words to leave out.
    """
    tokens: list[tuple[str, str]] = []
    at = 0
    while written[at:].strip():
        match = _TOKEN.match(written, at)
        if match is None:
            raise QueryError(f"a quotation mark is not closed in the query “{written}”")
        tokens.append((match.lastgroup or "", match.group(match.lastgroup or 0)))
        at = match.end()
    query, rest = _either(tokens, 0, written, 0)
    if rest < len(tokens):
        raise QueryError(f"a bracket is closed that was not opened in the query “{written}”")
    if query is None:
        raise QueryError("the query holds no word to search for")
    if not _asks(query):
        raise QueryError(f"the query “{written}” only leaves out; say what to search for besides")
    return query


def _either(tokens: list[tuple[str, str]], at: int, written: str, depth: int) -> tuple[Query | None, int]:
    parts: list[Query] = []
    while True:
        part, at = _every(tokens, at, written, depth)
        operator = at < len(tokens) and tokens[at] == ("word", "OR")
        if part is not None:
            parts.append(part)
        elif operator or parts:
            raise QueryError(f"OR needs something on both sides in the query “{written}”")
        if not operator:
            return (parts[0] if len(parts) == 1 else Either(tuple(parts)) if parts else None), at
        at += 1


def _every(tokens: list[tuple[str, str]], at: int, written: str, depth: int) -> tuple[Query | None, int]:
    if depth > _DEEP:
        raise QueryError("the query has too many brackets within brackets")
    parts: list[Query] = []
    negated = False
    while at < len(tokens) and tokens[at] != ("word", "OR") and tokens[at][0] != "close":
        kind, value = tokens[at]
        at += 1
        if (kind, value) == ("word", "AND"):
            continue
        if (kind, value) == ("word", "NOT"):
            negated = True
            continue
        if kind == "open":
            part, at = _either(tokens, at, written, depth + 1)
            if at >= len(tokens):
                raise QueryError(f"a bracket is not closed in the query “{written}”")
            at += 1
        else:
            if value.startswith("-") and len(value) > 1:
                negated, value = not negated, value[1:]
            words = folded_words(value)
            part = Phrase(tuple(words), value.endswith("*")) if words else None
        if part is not None:
            parts.append(Not(part) if negated else part)
            negated = False
    if negated:
        raise QueryError(f"NOT needs something after it in the query “{written}”")
    return (parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else None), at


def _asks(query: Query) -> bool:
    """Tell whether a query asks for something, and does not only leave out."""
    match query:
        case Phrase():
            return True
        case Not():
            return False
        case All(parts):
            return any(_asks(p) for p in parts)
        case Either(parts):
            return all(_asks(p) for p in parts)


def phrases(query: Query) -> list[Phrase]:
    """Return the phrases that a query asks for, to be shown in a snippet."""
    match query:
        case Phrase():
            return [query]
        case Not():
            return []
        case All(parts) | Either(parts):
            return [p for part in parts for p in phrases(part)]


def to_fts5(query: Query) -> str:
    """Write a query for SQLite's FTS5."""
    match query:
        case Phrase(words, prefix):
            return '"' + " ".join(words) + '"' + ("*" if prefix else "")
        case Not(inner):
            return to_fts5(inner)
        case Either(parts):
            return "(" + " OR ".join(to_fts5(p) for p in parts) + ")"
        case All(parts):
            wanted = [to_fts5(p) for p in parts if not isinstance(p, Not)]
            unwanted = [to_fts5(p) for p in parts if isinstance(p, Not)]
            asked = "(" + " AND ".join(wanted) + ")"
            return f"({asked} NOT ({' OR '.join(unwanted)}))" if unwanted else asked


def to_tsquery(query: Query) -> str:
    """Write a query for PostgreSQL's `to_tsquery`. The words hold letters and digits only."""
    match query:
        case Phrase(words, prefix):
            return "(" + " <-> ".join([*words[:-1], words[-1] + (":*" if prefix else "")]) + ")"
        case Not(inner):
            return "!" + to_tsquery(inner)
        case Either(parts):
            return "(" + " | ".join(to_tsquery(p) for p in parts) + ")"
        case All(parts):
            return "(" + " & ".join(to_tsquery(p) for p in parts) + ")"


def holds(query: Query, words: list[str]) -> bool:
    """Tell whether words, folded, answer a query."""
    match query:
        case Phrase():
            return bool(places(query, words))
        case Not(inner):
            return not holds(inner, words)
        case All(parts):
            return all(holds(p, words) for p in parts)
        case Either(parts):
            return any(holds(p, words) for p in parts)


def places(phrase: Phrase, words: list[str]) -> list[tuple[int, int]]:
    """Return where a phrase stands among words, as first and last index."""
    n, wanted = len(phrase.words), phrase.words
    found = []
    for i in range(len(words) - n + 1):
        last = words[i + n - 1]
        if all(words[i + k] == wanted[k] for k in range(n - 1)) and (last == wanted[-1] or (phrase.prefix and last.startswith(wanted[-1]))):
            found.append((i, i + n - 1))
    return found
