"""Kind and status of the principal engagement, by the words of title and lead and by the encoder."""

import re
from functools import cache

from verbale.document import Span
from verbale.findings import EngagementKind, Status
from verbale.reading.confidence import choose, logit
from verbale.reading.context import Context
from verbale.reading.layout import KINDS, STATUSES
from verbale.reading.patterns import contact
from verbale.reading.tense import tense_at
from verbale.vocabulary import kinds
from verbale.vocabulary.lexicon import Lexicon

_TRANSCRIPT = re.compile(r"\b(?:remarks|press conference|transcript|before (?:bilateral|expanded|trilateral))\b", re.I)
_OPENING = 2  # sentences after the lead that are looked at too


def kind_of(context: Context) -> tuple[EngagementKind, dict[EngagementKind, float]]:
    """The kind of the principal engagement, and the probability of each."""
    shares = choose(context.encoder.choices["kind"], KINDS, kind_features(context))
    return max(KINDS, key=lambda k: shares[k]), shares


def status_of(context: Context) -> tuple[Status, dict[Status, float]]:
    """Whether the principal engagement was held or is planned (or past), and the probability of each."""
    shares = choose(context.encoder.choices["status"], STATUSES, status_features(context))
    return max(STATUSES, key=lambda s: shares[s]), shares


def kind_features(context: Context) -> dict[str, float]:
    """Words of `kinds.yaml` in title, lead and the sentences after it, and for each kind what the encoder gives."""
    found = dict.fromkeys(_words(context), 1.0)
    return found | {f"model:{k}": logit(context.encoding.document[k]) for k in KINDS}


def is_titled(context: Context) -> bool:
    """Tell whether the title names a kind of engagement or a transcript."""
    title = context.document.title
    return bool(_TRANSCRIPT.search(title) or _lexicon().find(title))


def _words(context: Context) -> list[str]:
    title, lead, opening = zones(context)
    words = []
    for zone, text in (("title", title), ("lead", lead), ("then", opening)):
        for m in _lexicon().find(text):
            words += [f"{zone}:{m.form.lower()}", *(f"{zone}={kind}" for kind in m.payloads)]
    return words + (["title:transcript"] if _TRANSCRIPT.search(title) else [])


def status_features(context: Context) -> dict[str, float]:
    """The tenses of title and lead, and what the encoder gives."""
    title, lead, opening = zones(context)
    found = {f"model:{s}": logit(context.encoding.document[s]) for s in STATUSES}
    for zone, words in (("title", title), ("lead", lead), ("then", opening)):
        for m in contact("ahead").finditer(words):
            found[f"{zone}:{' '.join(m.group().lower().split())}"] = 1.0
        for found_word in _lexicon().find(words):
            tense = tense_at(words, found_word.span.start, found_word.span.end)
            if zone != "title" and tense:
                found[f"{zone}:{tense}"] = 1.0
        if contact("done").search(words):
            found[f"{zone}:done"] = 1.0
    return found


def zones(context: Context) -> tuple[str, str, str]:
    """Title, lead, and the sentences after the lead."""
    lead = context.lead
    after = [s for s in context.sentences if s.start >= lead.end][:_OPENING]
    opening = Span(after[0].start, after[-1].end).exact(context.text) if after else ""
    return context.document.title, lead.exact(context.text), opening


@cache
def _lexicon() -> Lexicon[EngagementKind]:
    made: Lexicon[EngagementKind] = Lexicon(plural=True)
    for entry in kinds().values():
        for word in dict.fromkeys((*entry.title, *entry.lead)):
            made.add(word, entry.id)
    return made
