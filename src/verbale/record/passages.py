"""Passages of a text: its sentences, as spans."""

import re

from verbale.document import Span

# A sentence ends at a full stop, question or exclamation mark before a space and a capital, and at a line's end.
_END = re.compile(r"(?<=[.!?])[”\"’)\]]*\s+(?=[“\"‘(\[]?[A-ZÀ-ÖØ-ÞĀ-Ž0-9])|\s*\n+\s*")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Adm|Capt|Hon|Jr|Sr|No|vs|Inc|Ltd|Co)|\b[A-Z])\.$")


def passages(text: str) -> list[Span]:
    """Return the sentences of a text, in order, without the spaces around them."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if "\n" not in match.group() and _ABBREVIATED.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        marks = len(match.group()) - len(match.group().lstrip('”"’)]'))
        _add(found, text, start, match.start() + marks)
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    part = text[start:end]
    if any(c.isalnum() for c in part):
        begin = start + len(part) - len(part.lstrip())
        found.append(Span(begin, begin + len(part.strip())))
