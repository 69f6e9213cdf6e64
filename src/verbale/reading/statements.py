"""Statements: who said what, with the speaker resolved to a person or left as the group that the text names."""

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from verbale.document import Span
from verbale.findings import Mode, Speaker, Statement
from verbale.reading.context import Context
from verbale.reading.mentions import name_tokens
from verbale.reading.patterns import stance_words
from verbale.reading.people import Person
from verbale.reading.quotation import quoted
from verbale.reading.speakers import Speakers, as_speaker
from verbale.reading.speeches import Speech, speeches
from verbale.reading.transcripts import Turn
from verbale.vocabulary.wordings import occasions

FLOOR = 0.4  # confidence from which a statement is a finding
_NOT = re.compile(r"\b(?:not|never|n[’']t|declin\w+|refus\w+|without|stopped short of|failed) (?:\w+ly |to |yet |even )?$", re.I)
_NOT_WITHIN = re.compile(r"\b(?:not|never|declined|refused)\b|n[’']t\b", re.I)


def statements(context: Context, people: list[Person], turns: list[Turn]) -> list[Statement]:
    """Find who said what in a document, in order of the words said.

    In a transcript every turn of substance is a statement of its speaker. Elsewhere the encoder's sources, cues and contents
    are joined and their speakers resolved: names, then offices ("the Prime Minister"), then pronouns by who was named or
    spoke last. A source that names a group stays as written.
    """
    if turns:
        return [s for t in turns if t.substance(context.text) for s in [_turn(t, context, people)]]
    inside = quoted(context.text)
    speakers = Speakers(context, people)
    found: list[Statement] = []
    for speech in speeches(context, inside):
        if speech.confidence < FLOOR:
            continue
        speaker, person, sure = speakers.resolve(speech)
        if speaker is None:
            continue
        statement = Statement(
            speaker,
            speech.source,
            speech.cue,
            speech.content,
            _mode(speech.content, inside),
            round(speech.confidence * sure, 3),
            _stance(speech.cue, context.text),
            speech.cue is not None and _negated(speech.cue, context.text),
            _occasion(speech, context),
        )
        found.append(statement)
        speakers.heard(statement, person)
    return found


def _stance(cue: Span | None, text: str) -> str:
    """The class of a cue; "saying" where it has none of its own."""
    found = stance_words().find(cue.exact(text)) if cue else []
    return found[-1].payload if found else "saying"


def _negated(cue: Span, text: str) -> bool:
    """Tell whether a cue is negated: "did not say", "declined to confirm", "without mentioning"."""
    return bool(_NOT.search(text, max(0, cue.start - 24), cue.start) or _NOT_WITHIN.search(cue.exact(text)))


def _occasion(speech: Speech, context: Context) -> Span | None:
    """The phrase in the sentence of the cue, outside the words said, that names an occasion of speech."""
    place = speech.cue or speech.source
    if place is None:
        return None
    sentence = context.sentence(place.start)
    for m in _occasions().finditer(context.text, sentence.start, sentence.end):
        span = Span(m.start(), m.end())
        if not any(span.overlaps(c) for c in speech.content):
            return span
    return None


@cache
def _occasions() -> re.Pattern[str]:
    words = occasions()
    leads, nouns = ("|".join(re.escape(w) for w in sorted(words[k], key=len, reverse=True)) for k in ("leads", "nouns"))
    return re.compile(rf"\b(?:(?:{leads})(?: [\w’'.-]+){{0,4}}?|told)(?: [\w’'-]+)? (?:{nouns})\b", re.I)


def _turn(turn: Turn, context: Context, people: list[Person]) -> Statement:
    person = next((p for p in people if _labels(turn.speaker, p)), None)
    if person is None and turn.speaker.lower().startswith("the "):
        held = turn.speaker.lower().removeprefix("the ")
        fits = [p for p in people if p.office and set(held.split()) <= set(p.office.split())]
        person = min(fits, key=lambda p: (p.party != context.speaks_for, p.mentions[0]), default=None)
    speaker = as_speaker(person) if person else Speaker(turn.speaker.title())
    return Statement(speaker, turn.label, None, (turn.words,), "direct", 0.95 if person else 0.6)


def _labels(label: str, person: Person) -> bool:
    """Tell whether a label in capitals ends in a name of a person: "PRESIDENT X"."""
    words, name = name_tokens(label), name_tokens(person.name)
    return bool(words and name) and (words[-1] in name or (len(words) > 1 and set(words[-2:]) <= set(name)))


def _mode(content: tuple[Span, ...], inside: npt.NDArray[np.bool_]) -> Mode:
    share = [float(inside[c.start : c.end].mean()) for c in content]
    mean = sum(share) / len(share)
    if mean > 0.95:
        return "direct"
    return "mixed" if mean > 0.05 else "indirect"
