"""Mentions: where the names of people stand in a document."""

import re
from bisect import bisect_left

from verbale.document import Span
from verbale.reading.context import Context
from verbale.reading.layout import ENTITY
from verbale.reading.patterns import name_run, name_word
from verbale.reading.sequences import softmax
from verbale.reading.sequences import spans as tag_spans
from verbale.vocabulary.lexicon import fold
from verbale.vocabulary.wordings import courtesies

SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\b\.?")
_WORD = re.compile(r"[^\W\d_][\w’'.\-]*")
_FIRST = re.compile(r"(\w+)\.?[ \u00a0]+(?=[A-Z])")
_TOKEN = re.compile(r"[^\W_]+")


def name_tokens(name: str) -> list[str]:
    """Words of a name that tell people apart: folded, honorifics left out."""
    return [w for w in (fold(t) for t in _TOKEN.findall(name)) if w not in courtesies()]


def mentions(context: Context) -> list[Span]:
    """Places of names: those that the encoder tags, stretched over the whole name, and those that follow an office or honorific."""
    text = context.text
    taken: list[Span] = []

    def take(start: int, end: int) -> None:
        span = _tidy(text, *_stretch(context, start, end))
        if span is None or context.is_title_or_party(span):
            return
        # The encoder may begin a name twice.
        if taken and (span.overlaps(taken[-1]) or (taken[-1].end < span.start and text[taken[-1].end : span.start] in (" ", "\u00a0"))):
            span = Span(min(span.start, taken[-1].start), max(span.end, taken[-1].end))
            taken.pop()
        taken.append(span)

    for kind, first, last in tag_spans(context.paths["entity"]):
        if ENTITY[kind] in ("delegate", "person"):
            take(*context.encoding.characters((first, last)))
    tagged = sorted(taken)
    starts = [s.start for s in tagged]
    for office in context.offices:
        after = name_run().match(text, skip(text, office.span.end))
        if after is None or not office.title or after.start() - office.span.end > 2 or context.is_heading(Span(after.start(), after.end())):
            continue
        k = bisect_left(starts, after.end())
        if k and tagged[k - 1].end > after.start():
            continue
        span = _tidy(text, after.start(), after.end())
        if span is None or context.is_title_or_party(span) or context.parties_in(span) or context.date_in(span):
            continue
        if name_tokens(span.exact(text)):
            taken.append(span)
    return taken


def _stretch(context: Context, start: int, end: int) -> tuple[int, int]:
    """Widen a tagged range over neighbouring words with capitals that belong to the same name.

    Not over words of an office, party or date, not in a title (where every word has a capital), and over the first word of a
    sentence only when the encoder gives it some chance of being a name.
    """
    text = context.text
    if end <= len(context.document.title):
        return start, end
    while (before := name_word("before").search(text, max(0, start - 40), start)) is not None:
        span = Span(before.start(1), before.end(1))
        if not _joins(context, span, before.group(1)):
            break
        start = span.start
    while (after := name_word("after").match(text, end)) is not None:
        span = Span(after.start(1), after.end(1))
        if not _joins(context, span, after.group(1).split()[-1]):
            break
        end = span.end
    return start, end


def _joins(context: Context, span: Span, word: str) -> bool:
    if context.office_over(span) or context.party_over(span) or context.date_in(span) or fold(word) in courtesies():
        return False
    if context.sentence(span.start).start + 1 >= span.start:
        return name_chance(span, context, ("delegate", "person")) > 0.1
    return True


def skip(text: str, at: int) -> int:
    """Return the place after the spaces at `at`."""
    while at < len(text) and text[at] in " \u00a0":
        at += 1
    return at


def _tidy(text: str, start: int, end: int) -> Span | None:
    """Stretch a tagged range to whole words and a following Jr.; cut a possessive; None when no word with a capital is left."""
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "’'-") and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        end += len(re.match(r"-[\w’'-]+", text[end:]).group())  # type: ignore[union-attr]
    if suffix := SUFFIX.match(text, end):
        end = suffix.end()
    words = text[start:end]
    for possessive in ("’s", "'s", "’", "'"):
        if words.endswith(possessive):
            end -= len(possessive)
            break
    while start < end and not text[start].isalnum():
        start += 1
    while (first := _FIRST.match(text, start, end)) and fold(first.group(1)) in courtesies():
        start = first.end()
    while end > start and text[end - 1] in " ,;:\n\u00a0":
        end -= 1
    if start >= end or not any(c.isupper() for c in text[start:end]) or not _WORD.search(text[start:end]):
        return None
    return Span(start, end)


def name_chance(span: Span, context: Context, names: tuple[str, ...]) -> float:
    """Return the mean probability over the pieces of a span that the encoder gives to the tags of `names`, against all other tags."""
    first, last = context.encoding.range(span.start, span.end)
    if first >= last:
        return 0.0
    tags = [t for n in names for t in (1 + 2 * ENTITY.index(n), 2 + 2 * ENTITY.index(n))]
    return float(softmax(context.encoding.heads["entity"][first:last])[:, tags].sum(1).mean())
