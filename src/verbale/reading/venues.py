"""Where a principal engagement takes place, and of which series it is."""

import re

from verbale.document import Span
from verbale.findings import Place, Series
from verbale.reading.context import Context
from verbale.reading.layout import ENTITY
from verbale.reading.parties import country_of_place
from verbale.reading.sequences import softmax
from verbale.reading.sequences import spans as tag_spans

_PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|to)[ \n]+(?:the[ \n]+)?$")
_LINE = re.compile(r"\s*(?P<place>[A-Z][^\n:,;.\d]{2,58}?)(?:,[^\n:]{0,40})?\n")
_LEAD = re.compile(r"(?:(?:the|an?|their|its|our|his|her|this)\s+)+", re.I)
_TAIL = re.compile(r"(?:\s+(?:in|on|at|of|and|for|with|held|to))+$", re.I)
_FORMAT_BEFORE = re.compile(r"[‘'\"“]?\b\d\+\d[’'\"”]? $")
_SERIES_WORDS = re.compile(
    r"(?:(?P<edition>\d+)(?:st|nd|rd|th)|(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|inaugural))[ \n]+", re.I
)
_NUMBERS = {
    w: k + 1 for k, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"])
} | {"inaugural": 1}


def venue(context: Context) -> Place | None:
    """The first line under the title of a transcript, where it is short and no time or label."""
    start = len(context.document.title)
    line = _LINE.match(context.text, start)
    if line is None or not start:
        return None
    name = line.group("place")
    return Place(name, country_of_place(name), (Span(line.start("place"), line.end("place")),), 0.8)


def place(context: Context, lead: Span) -> Place | None:
    """Where it takes place: the best of the places that the encoder tags early, else a city after "in" in the lead."""
    scores = context.encoding.heads["entity"]
    tag = 1 + 2 * ENTITY.index("place")
    best: tuple[float, Span] | None = None
    for kind, first, last in tag_spans(context.paths["entity"]):
        if ENTITY[kind] != "place":
            continue
        start, end = context.encoding.characters((first, last))
        sure = float(softmax(scores[first:last])[:, tag : tag + 2].sum(1).mean()) - 0.2 * (start > lead.end)
        if best is None or sure > best[0]:
            best = (sure, Span(start, end))
    if best is not None:
        name = " ".join(best[1].exact(context.text).split())
        return Place(name, country_of_place(name), (best[1],), round(max(0.0, best[0]), 3))
    for m in context.parties_in(lead):
        if m.form in ("capital", "seat") and _PLACE_BEFORE.search(context.text[max(0, m.span.start - 12) : m.span.start]):
            name = m.span.exact(context.text)
            return Place(name, country_of_place(name) or m.id, (m.span,), 0.5)
    return None


def series(context: Context) -> Series | None:
    """The recurring mechanism, by the first name that the encoder tags, with the edition that stands before it."""
    for kind, first, last in tag_spans(context.paths["entity"]):
        if ENTITY[kind] == "series":
            start, end = context.encoding.characters((first, last))
            if format_before := _FORMAT_BEFORE.search(context.text, max(0, start - 12), start):
                start = format_before.start()
            span = _without_edges(context.text, start, end)
            edition = None
            before = context.text[max(0, start - 24) : start] + context.text[start:end]
            if m := _SERIES_WORDS.search(before):
                edition = int(m["edition"]) if m["edition"] else _NUMBERS[m["word"].lower()]
            return Series(" ".join(span.exact(context.text).split()), edition, (span,), 0.7)
    return None


def _without_edges(text: str, start: int, end: int) -> Span:
    """A name without the article or pronoun before it and the preposition after it."""
    lead, tail = _LEAD.match(text, start, end), _TAIL.search(text, start, end)
    first, last = lead.end() if lead else start, tail.start() if tail else end
    return Span(first, last) if first < last else Span(start, end)
