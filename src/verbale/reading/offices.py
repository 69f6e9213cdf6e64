"""Offices in a text: "deputy prime minister", "assistant secretary of state for African affairs", "H.E."."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from verbale.document import Span
from verbale.vocabulary import offices
from verbale.vocabulary.entries import Office
from verbale.vocabulary.lexicon import Lexicon, Tokens

_TAKES = re.compile(r" (?:of|for) ")
_BEFORE = re.compile(r"(?:^|[ \n(])((?:[A-Za-z][A-Za-z.]*[ -]){1,3})$")


@dataclass(frozen=True, slots=True)
class OfficeMention:
    """An office in a text.

    Attributes:
        span: where it stands, with its prefixes ("deputy") and portfolio ("of foreign affairs").
        title: it may stand straight before a name.
        party: the one party that has an office of this name, or None.
        courtesy: it is an honorific or a military rank, which shows a name but is no office.
        spokes: whoever holds it speaks for a government without taking part in talks.
    """

    span: Span
    title: bool
    party: str | None = None
    courtesy: bool = False
    spokes: bool = False


def office_mentions(words: Tokens) -> list[OfficeMention]:
    """Find the offices, honorifics and ranks of a text, from left to right."""
    text = words.text
    found: list[OfficeMention] = []
    prefixes = {p for entry in offices().prefixes for p in (entry.lower(),)}
    for match in _lexicon().iter(words):
        office = match.payload
        start, end = match.span.start, match.span.end
        if office is None:
            found.append(OfficeMention(match.span, True, courtesy=True))
            continue
        first, more = _portfolio()
        of = first.match(text, end) if office.of else more.match(text, end) if _TAKES.search(text[start:end]) else None
        if of is not None:
            end = of.end()
        while (before := _BEFORE.search(text, max(0, start - 30), start)) is not None:
            kept = _prefix(before.group(1), prefixes)
            if not kept:
                break
            start -= len(kept)
        span = Span(start, end)
        if found and span.overlaps(found[-1].span):
            continue
        found.append(OfficeMention(span, office.title, office.party, spokes=office.spokes))
    return found


def joined(known: Sequence[OfficeMention], tagged: Sequence[Span]) -> list[OfficeMention]:
    """Join the offices of the vocabulary with those that the encoder tags, where they touch; all in order.

    Args:
        known: offices in order, none overlapping another; honorifics and ranks stay as they are.
        tagged: spans in order.
    """
    starts = [o.span.start for o in known]
    gone: set[int] = set()
    made: list[OfficeMention] = []
    for span in tagged:
        inside: list[OfficeMention] = []
        if made and made[-1].span.overlaps(span):
            inside.append(made.pop())
        k = bisect_left(starts, span.end)
        while k and known[k - 1].span.end > span.start:
            k -= 1
            if k not in gone and not known[k].courtesy:
                inside.append(known[k])
                gone.add(k)
        whole = Span(min([span.start, *(o.span.start for o in inside)]), max([span.end, *(o.span.end for o in inside)]))
        party = next((o.party for o in inside if o.party), None)
        made.append(OfficeMention(whole, not inside or any(o.title for o in inside), party, spokes=any(o.spokes for o in inside)))
    return sorted([*(o for k, o in enumerate(known) if k not in gone), *made], key=lambda o: o.span)


def _prefix(words: str, prefixes: set[str]) -> str:
    """The longest end of `words` that is a prefix of offices, with the space after it."""
    parts = re.findall(r"\S+[ -]", words)
    for k in range(len(parts)):
        tail = "".join(parts[k:])
        if tail.strip(" -").lower() in prefixes:
            return tail
    return ""


@cache
def _portfolio() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may follow an office that takes "of …", and one that has it already: a chain of words of portfolios."""
    word = "(?:" + "|".join(re.escape(w) for w in sorted(offices().portfolios, key=len, reverse=True)) + r")\b(?:-\w+)?"
    joint = r"(?:,? (?:and|&) (?:the )?| of (?:the )?| for (?:the )?| (?:in|to) the |, | )"
    chain = rf"(?:{joint}{word})"
    return re.compile(rf"(?:,? |\n)(?:of|for|to|on)(?: the)? {word}{chain}*", re.I), re.compile(rf"{chain}+", re.I)


@cache
def _lexicon() -> Lexicon[Office | None]:
    titles = offices()
    made: Lexicon[Office | None] = Lexicon()
    for office in titles.offices:
        for name in (office.id, *office.names):
            made.add(name, office)
    for word in (*titles.honorifics, *titles.ranks):
        made.add(word, None, case="capital")
    return made
