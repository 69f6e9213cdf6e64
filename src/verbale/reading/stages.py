"""Stages: how far the parties went with a domain, by the words of the sentences that carry it and by the encoder."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from verbale.document import Span
from verbale.findings import Stage
from verbale.reading.concepts import sentence_around, stage_shares
from verbale.reading.confidence import choose, logit
from verbale.reading.context import Context
from verbale.reading.layout import STAGES
from verbale.reading.sequences import softmax
from verbale.vocabulary.lexicon import fold

_PLACES = 5  # places of a domain whose sentences are looked at
_NEAR = 8  # words on either side that count most
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\$")


def stage_of(context: Context, spans: Sequence[Span]) -> Stage:
    """Return the stage that the sentences around the places of a domain, the best places first, give most weight to."""
    shares = choose(context.encoder.choices["stage"], STAGES, stage_features(context, spans))
    return max(STAGES, key=lambda s: shares[s])


def stage_features(context: Context, spans: Sequence[Span]) -> dict[str, float]:
    """The numbers by which stages are weighed: words before, inside and after, what the vocabulary and the encoder say."""
    text, scores = context.text, context.encoding.heads["stage"]
    found: defaultdict[str, float] = defaultdict(float)
    given = dict.fromkeys(STAGES, 0.0)
    share = 1 / len(spans[:_PLACES])
    for span in spans[:_PLACES]:
        sentence = sentence_around(text, span)
        before = _words(text[sentence.start : span.start])
        for k, word in enumerate(reversed(before)):
            found[f"before {word}"] += share * (1.0 if k < _NEAR else 0.6)
        for word in _words(text[span.end : sentence.end])[:_NEAR]:
            found[f"after {word}"] += share * 0.7
        for word in _words(span.exact(text)):
            found[f"inside {word}"] += share * 0.5
        shares, cue = stage_shares(span, context.stage_words.over(sentence.start, sentence.end))
        for stage, chance in shares.items():
            found[f"words {stage}"] += share * math.log(chance + 1e-3) / 2
        if cue is not None:
            found[f"cue {cue}"] += share
        first, last = context.encoding.range(span.start, span.end)
        row = softmax(scores[first:last]).mean(0) if first < last else np.full(len(STAGES), 1 / len(STAGES))
        for stage, chance in zip(STAGES, row.tolist(), strict=True):
            given[stage] += share * chance
    return dict(found) | {f"model:{s}": logit(p) for s, p in given.items()}


def _words(text: str) -> list[str]:
    return [fold(m.group()) for m in _WORD.finditer(text)]
