"""Lexicon: finds many phrases in a text at once, by words, in one walk from left to right."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Literal, TypeVar

from verbale.document import Span
from verbale.errors import VocabularyError

P = TypeVar("P")

CaseRule = Literal["any", "capital", "exact"]
"""How a form must be capitalised: any way, with a capital first letter, or exactly as it is written in the lexicon."""

# A word is a run of letters and digits; a soft hyphen, a zero-width character or a combining accent does not end it.
# "&" and "+" are words of their own, so that "R&D" is "R and D" and "2+2" is not "2.2".
_WORD = re.compile(r"[^\W_]+(?:[\u00ad\u200b-\u200d\u2060\u0300-\u036f]+[^\W_]*)*|[&+]")
_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
# What may stand between two words of one phrase: spaces, hyphens, dashes, apostrophes, full stops of abbreviations, slashes.
_SPACE = r"[ \t\u00a0\u2007-\u200a\u202f]*"
_GAP = re.compile(rf"{_SPACE}\n?{_SPACE}|[\-\u2010-\u2015\u2212/.]|['’‘`´ʼ]{_SPACE}|[ \u00a0]?[\-\u2010-\u2015][ \u00a0]?")
_AFTER_DOT = re.compile(r"\.[ \u00a0\n]?(?:[\-\u2010-\u2015]|[’'])?")
_ABBREVIATED = 4  # letters of a word whose full stop may be that of an abbreviation ("St.", "Gen.", "Prof.")


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the word in lower case, without accents, soft hyphens or zero-width characters."""
    return _bare(word).lower()


def _bare(word: str) -> str:
    """Return the word without accents and invisible characters, its case kept."""
    if word == "&":
        return "and"
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word.translate(_UNDECOMPOSED)) if c.isalnum())


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text: where each starts and ends, and its folded form. Several lexicons can share one."""

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]


def tokens(text: str) -> Tokens:
    """Cut a text into words, once for all the lexicons that will read it."""
    spans = [m.span() for m in _WORD.finditer(text)]
    if text.isascii():
        lowered = text.lower()
        keys = [lowered[a:b] if b - a > 1 else fold(lowered[a:b]) for a, b in spans]
    else:
        keys = [fold(text[a:b]) for a, b in spans]
    return Tokens(text, [a for a, _ in spans], [b for _, b in spans], keys)


@dataclass(frozen=True, slots=True)
class Match(Generic[P]):
    """A phrase found in a text: where it stands, the form of the lexicon that it matched, and what the lexicon says of it.

    `first` and `last` are the indices of its first and last word in the Tokens of the text.
    """

    span: Span
    form: str
    payloads: tuple[P, ...]
    first: int
    last: int

    @property
    def payload(self) -> P:
        """The first (usually the only) payload of the form."""
        return self.payloads[0]


@dataclass(slots=True)
class _Entry(Generic[P]):
    """One form at the end of its path: its words as written when capitals matter, and its payloads."""

    form: str
    case: CaseRule
    exact: tuple[str, ...]
    payloads: list[P]


class _Node(Generic[P]):
    """A place in the tree of forms: what ends here and which words lead further."""

    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.entries: list[_Entry[P]] = []
        self.next: dict[str, _Node[P]] = {}


class Lexicon(Generic[P]):
    """A set of phrases, each with one or more payloads, that finds its phrases in a text, leftmost and longest first.

    Words are compared without regard to case, accents, the kind of apostrophe, hyphen or space, and hyphens may stand for
    spaces ("counter-terrorism" is "counter terrorism"); a comma or the end of a sentence ends a phrase unless the form has the
    comma too. A form that begins with `=` is found only in exactly its own capitals ("=US"). A possessive 's after a form does not
    hinder the match and is not part of it. Two payloads under the same form are both given.

    Args:
        pairs: forms with their payloads.
        case: how forms without `=` must be capitalised.
        plural: find the plural of each form's last word too.

    Raises:
        VocabularyError: a form holds no word.
    """

    def __init__(self, pairs: Iterable[tuple[str, P]] = (), *, case: CaseRule = "any", plural: bool = False) -> None:
        self._roots: dict[str, _Node[P]] = {}
        self._case: CaseRule = case
        self._plural = plural
        self._size = 0
        for form, payload in pairs:
            self.add(form, payload)

    def __len__(self) -> int:
        return self._size

    def add(self, form: str, payload: P, *, case: CaseRule | None = None, plural: bool | None = None) -> None:
        """Add a form; `case` and `plural` stand in for those of the lexicon.

        Raises:
            VocabularyError: the form holds no word.
        """
        rule: CaseRule = case or self._case
        written = form
        if form.startswith("="):
            rule, written = "exact", form[1:]
        path, exact = _path(written)
        if not path:
            raise VocabularyError(f"the form “{form}” holds no word; write at least one letter or digit")
        self._size += 1
        self._insert(path, _Entry(written, rule, exact, [payload]))
        if self._plural if plural is None else plural:
            for ending in _plurals(exact[-1]):
                self._insert(
                    (*path[:-1], path[-1][: len(path[-1]) - len(fold(exact[-1]))] + fold(ending)),
                    _Entry(written, rule, (*exact[:-1], ending), [payload]),
                )

    def _insert(self, path: tuple[str, ...], entry: _Entry[P]) -> None:
        node = self._roots.setdefault(path[0], _Node())
        for key in path[1:]:
            node = node.next.setdefault(key, _Node())
        for known in node.entries:
            if known.case == entry.case and (known.case != "exact" or known.exact == entry.exact):
                known.payloads.extend(p for p in entry.payloads if p not in known.payloads)
                return
        node.entries.append(entry)

    def find(self, text: str | Tokens) -> list[Match[P]]:
        """Return the matches in a text, from left to right, none overlapping another."""
        return list(self.iter(text))

    def iter(self, text: str | Tokens) -> Iterator[Match[P]]:
        """Give the matches one by one, as `find` would."""
        words = tokens(text) if isinstance(text, str) else text
        root, free = self._roots.get, 0
        for i, key in enumerate(words.keys):
            node = root(key)
            if node is None or i < free:
                continue
            match = self._longest(words, i, node, len(words.keys) - 1)
            if match is not None:
                free = match.last + 1
                yield match

    def _longest(self, words: Tokens, first: int, node: _Node[P], last: int) -> Match[P] | None:
        """Return the longest form that starts at a word and ends with or before another, or None."""
        best: Match[P] | None = None
        i = first
        while True:
            if node.entries:
                found = [e for e in node.entries if _cased(e, words, first, i)]
                if found:
                    payloads = found[0].payloads if len(found) == 1 else list(dict.fromkeys(p for e in found for p in e.payloads))
                    end = words.ends[i]
                    # An abbreviation keeps its last full stop: "U.S." and not "U.S".
                    if found[0].form.endswith(".") and words.text.startswith(".", end):
                        end += 1
                    best = Match(Span(words.starts[first], end), found[0].form, tuple(payloads), first, i)
            i += 1
            if not node.next or i > last:
                return best
            key = _step(words, i)
            following = node.next.get(key) if key else None
            if following is None:
                return best
            node = following

    def longest_at(self, words: Tokens, index: int, last: int | None = None) -> Match[P] | None:
        """Return the longest form that starts at the word with this index (and ends with or before the word `last`), or None."""
        node = self._roots.get(words.keys[index])
        return None if node is None else self._longest(words, index, node, len(words.keys) - 1 if last is None else last)


def _step(words: Tokens, i: int) -> str | None:
    """Return the key that leads from word i-1 to word i: the word, with a comma before it if one stands there; None at a break."""
    before, after = words.ends[i - 1], words.starts[i]
    if after - before == 1 and words.text[before] == " ":
        return words.keys[i]
    gap = words.text[before:after]
    if _GAP.fullmatch(gap) or (before - words.starts[i - 1] <= _ABBREVIATED and _AFTER_DOT.fullmatch(gap)):
        return words.keys[i]
    return "," + words.keys[i] if gap.strip() == "," else None


def _cased(entry: _Entry[P], words: Tokens, first: int, last: int) -> bool:
    """Tell whether the words from first to last are capitalised as the entry asks."""
    if entry.case == "any":
        return True
    if entry.case == "capital":
        return words.text[words.starts[first]].isupper() or words.text[words.starts[first]].isdigit()
    return all(_bare(words.text[words.starts[i] : words.ends[i]]) == entry.exact[i - first] for i in range(first, last + 1))


def _path(form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys that lead to a form in the tree, and its words as written without accents."""
    found = list(_WORD.finditer(form))
    keys: list[str] = []
    for n, m in enumerate(found):
        comma = n > 0 and "," in form[found[n - 1].end() : m.start()]
        keys.append(("," if comma else "") + fold(m.group()))
    return tuple(keys), tuple(_bare(m.group()) for m in found)


def _plurals(word: str) -> list[str]:
    """Return the regular plural of a word, or nothing where it has none."""
    if len(word) < 2 or word[-1] == "s" or not word[-1].isalpha():
        return []
    if word.endswith(("ch", "sh", "x", "z")):
        return [word + "es"]
    if word[-1] == "y" and word[-2] not in "aeiou":
        return [word[:-1] + "ies"]
    return [word + "s"]
