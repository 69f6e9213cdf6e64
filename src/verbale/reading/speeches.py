"""Speeches: the attributions of a document as spans of source, cue and content, weighed."""

import math
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verbale.document import Span
from verbale.reading.attributions import link
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.intervals import Intervals
from verbale.reading.layout import ATTRIBUTION
from verbale.reading.patterns import stance_words
from verbale.reading.sequences import softmax

_ARTICLE = re.compile(r"(?:the|his|her|its|an?)", re.I)
_QUOTES = '"“”„«»「」『』‹›‘'
_CONTENT = slice(1 + 2 * ATTRIBUTION.index("content"), 3 + 2 * ATTRIBUTION.index("content"))


@dataclass
class Speech:
    """A statement in the making."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    features: dict[str, float]
    confidence: float


def speeches(context: Context, inside: npt.NDArray[np.bool_]) -> list[Speech]:
    """Weigh all attributions: those after the guidelines of the record, and those of the news kind where no such one stands."""
    made: list[Speech] = []
    for head in ("statement", "attribution"):
        taken = Intervals((c, s) for s in made for c in s.content)
        chances = softmax(context.encoding.heads[head])[:, _CONTENT].sum(1)
        for parts in link(context.paths[head], context.encoding.arcs, context.encoder.nothing, context.encoding.segments):
            content = tuple(s for s in (_trim(context, c) for c in parts.content) if s is not None)
            if not content or any(c in taken for c in content):
                continue
            cue = Span(*context.encoding.characters(parts.cue)) if parts.cue else None
            source = _whole(context, Span(*context.encoding.characters(parts.source)), cue) if parts.source else None
            inner = logit(float(np.concatenate([chances[a:b] for a, b in parts.content]).mean()))
            features = {
                "link": logit(parts.link),
                "inner": inner,
                "news": float(head == "attribution"),
                "newsinner": inner * (head == "attribution"),
                "nocue": float(cue is None),
                "nosource": float(source is None),
                "known": float(cue is not None and bool(stance_words().find(cue.exact(context.text)))),
                "quoted": float(np.mean([inside[c.start : c.end].mean() for c in content])),
                "length": math.log1p(sum(b - a for a, b in parts.content)),
            }
            sure = confidence(context.encoder.calibration["statement"], features)
            made.append(Speech(content, cue, source, features, sure))
    return sorted(made, key=lambda s: s.content[0])


def _whole(context: Context, source: Span, cue: Span | None) -> Span:
    """A source that is only an article, stretched to the words before the cue: "The" of "The minister told"."""
    text = context.text
    if cue is None or not _ARTICLE.fullmatch(source.exact(text)) or not source.end < cue.start < source.end + 60:
        return source
    between = text[source.end : cue.start]
    return source if re.search(r"[.;:\n]", between) else Span(source.start, source.end + len(between.rstrip()))


def _trim(context: Context, pieces: tuple[int, int]) -> Span | None:
    """The words of a content: whole words, without the quotation marks around all of it, a comma or a leading "that"."""
    text = context.text
    start, end = context.encoding.characters(pieces)
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and text[start] in " \n,;:—–-":
            start += 1
        while end > start and text[end - 1] in " \n,;:—–":
            end -= 1
        words = text[start:end]
        if words and words[0] in _QUOTES and not any(c in _QUOTES + "’" for c in words[1:-1]):
            start += 1
        if words and words[-1] in '"”»」』›' and not any(c in _QUOTES for c in words[:-1][1:]):
            end -= 1
        if words.startswith("that ") or words.startswith("That "):
            start += 5
        changed = (start, end) != before
    if end - start > 1 and text[end - 1] == "." and start > 0 and text[start - 1] not in _QUOTES and text[start].islower():
        end -= 1
    return Span(start, end) if start < end and any(c.isalnum() for c in text[start:end]) else None
