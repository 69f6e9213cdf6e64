"""Commitments: promises of future action, who is bound by them, on what, until when."""

import math
import re

from verbale.document import Span
from verbale.findings import Commitment, Domain, Engagement, Statement
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.intervals import Intervals
from verbale.reading.patterns import together
from verbale.reading.sequences import softmax
from verbale.reading.sequences import spans as tag_spans

FLOOR = 0.3  # confidence from which a promise is a finding
_JOINTLY = re.compile(r"\bwe will jointly\b", re.I)
_UNTIL = re.compile(r"\b(?:by|before|until|no later than|by the end of|in|on|during|later|next)\b[^.;]{0,12}$", re.I)


def commitments(context: Context, engagements: list[Engagement], domains: list[Domain], statements: list[Statement]) -> list[Commitment]:
    """Find the promises that the encoder marks, in order, and who is bound by each.

    The subject of the clause binds its party; "the two sides" and the like bind all parties of the principal engagement.
    """
    everyone = tuple(dict.fromkeys(p.id for e in engagements if e.principal for p in e.parties))
    words_said = Intervals((place, s) for s in statements for place in (*s.content, *((s.cue,) if s.cue else ())))
    found = []
    for span, features in promises(context, statements):
        sure = confidence(context.encoder.calibration["commitment"], features)
        if sure < FLOOR:
            continue
        held = tuple(d.id for d in domains if any(s.overlaps(span) for s in d.spans))
        found.append(Commitment(_bound(context, span, everyone, words_said), held, _deadline(context, span), (span,), round(sure, 3)))
    return found


def promises(context: Context, statements: list[Statement]) -> list[tuple[Span, dict[str, float]]]:
    """The clauses that the encoder marks as promises, in order, with the numbers by which their confidence is reckoned."""
    text = context.text
    scores = context.encoding.heads["commitment"]
    said = Intervals((c, s) for s in statements for c in s.content)
    found = []
    for _, first, last in tag_spans(context.paths["commitment"]):
        start, end = context.encoding.characters((first, last))
        while end > start and text[end - 1] in ' .,;:\n"”':
            end -= 1
        if end - start < 8:
            continue
        span = Span(start, end)
        inner = 1 - softmax(scores[first:last])[:, 0]
        features = {
            "mean": logit(float(inner.mean())),
            "least": logit(float(inner.min())),
            "length": math.log1p(last - first),
            "spoken": float(span in said),
        }
        found.append((span, features))
    return found


def _bound(context: Context, span: Span, everyone: tuple[str, ...], words_said: Intervals[Statement]) -> tuple[str, ...]:
    """The parties that a promise binds: of its subject, of the speaker who makes it, else all that take part."""
    text = context.text
    sentence = context.sentence(span.start)
    lead = text[sentence.start : span.start]
    opening = span.exact(text)[:60]
    for _, statement in words_said.over(span.start, span.end):
        if statement.speaker.party and not _JOINTLY.search(opening):
            return (statement.speaker.party,)
        named = context.parties_in(statement.source) if statement.source else []
        return tuple(dict.fromkeys(m.id for m in named if m.id in everyone)) or everyone
    subject = [m.id for m in context.parties_in(Span(sentence.start, span.start))] if lead.strip() else []
    subject += [m.id for m in context.parties_in(Span(span.start, min(len(text), span.start + 40)))]
    named_here = tuple(dict.fromkeys(p for p in subject if p in everyone))
    if named_here and not together().search(lead + opening[:30]):
        return named_here
    return everyone or ((context.speaks_for,) if context.speaks_for else ())


def _deadline(context: Context, span: Span) -> str | None:
    """The last future date that the promise itself names, after "by", "before", "in" and the like."""
    inside = [d for d in context.dates if span.start <= d.span.start and d.span.end <= span.end and d.value]
    for mention in reversed(inside):
        later = context.document.published is None or str(mention.value) >= context.document.published[: len(str(mention.value))]
        if later and (
            _UNTIL.search(context.text[max(0, mention.span.start - 30) : mention.span.start + 6]) or mention.direction == "future"
        ):
            return mention.value
    return None
