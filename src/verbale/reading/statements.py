"""Statements: who said what, with the speaker resolved to a person or left as the group that the text names."""

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from verbale.document import Span
from verbale.findings import Mode, Speaker, Statement
from verbale.reading.attributions import Parts, link
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.layout import ATTRIBUTION
from verbale.reading.people import Person, name_tokens
from verbale.reading.quotation import quoted
from verbale.reading.transcripts import Turn
from verbale.vocabulary import cues, occasions
from verbale.vocabulary.lexicon import Lexicon

FLOOR = 0.4  # confidence from which a statement is a finding
_HE = re.compile(r"(?:he|she|his|her|him|who|the former|the latter|I|my)$", re.I)
_NOT = re.compile(r"\b(?:not|never|n[’']t|declin\w+|refus\w+|without|stopped short of|failed) (?:\w+ly |to |yet |even )?$", re.I)
_NOT_WITHIN = re.compile(r"\b(?:not|never|declined|refused)\b|n[’']t\b", re.I)
_ARTICLE = re.compile(r"(?:the|his|her|its|an?)", re.I)
_COUNTERPART = re.compile(r"\b(?:counterpart|guest|host|colleague|opposite number|interlocutor)\b", re.I)
_SHE, _HIM = re.compile(r"\b(?:she|her|herself)\b", re.I), re.compile(r"\b(?:he|him|his|himself)\b", re.I)
_MADAM, _SIR = re.compile(r"\b(?:Ms|Mrs|Miss|Madam|Dame|Lady|Queen|Smt)\b\.? *$"), re.compile(r"\b(?:Mr|Sir|Lord|King|Shri|Sheikh)\b\.? *$")
_THEY = re.compile(r"(?:they|both)$", re.I)
_GROUP = re.compile(
    r"\b(?:the|both|these|all|our)(?: (?:two|three|four|five|six|seven))? "
    r"(?:(?:foreign|prime|defen[cs]e|national security|finance|trade) )?"
    r"(?:leaders|sides|presidents|ministers|officials|countries|governments|delegations|parties|secretaries|principals|participants|partners|advisors|advisers|"
    r"nations|allies|members|chancellors|heads of state(?: and government)?|men|women|counterparts)\b",
    re.I,
)
_QUOTES = '"“”„«»「」『』‹›‘'


@dataclass
class Speech:
    """A statement in the making."""

    parts: Parts
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    features: dict[str, float]
    confidence: float


def statements(context: Context, people: list[Person], turns: list[Turn]) -> list[Statement]:
    """Find who said what in a document, in order of the words said.

    In a transcript every turn of substance is a statement of its speaker. Elsewhere the encoder's sources, cues and contents
    are joined and their speakers resolved: names, then offices ("the Prime Minister"), then pronouns by who was named or
    spoke last. A source that names a group stays as written.
    """
    if turns:
        return [s for t in turns if t.substance(context.text) for s in [_turn(t, context, people)]]
    inside = quoted(context.text)
    found: list[Statement] = []
    last: Person | None = None
    last_source: Statement | None = None
    for speech in speeches(context, inside):
        if speech.confidence < FLOOR:
            continue
        mode = _mode(speech.content, inside)
        speaker, person, sure = _speaker(speech, context, people, last, last_source)
        if speaker is None:
            continue
        statement = Statement(
            speaker,
            speech.source,
            speech.cue,
            speech.content,
            mode,
            round(speech.confidence * sure, 3),
            _stance(speech.cue, context.text),
            speech.cue is not None and _negated(speech.cue, context.text),
            _occasion(speech, context),
        )
        found.append(statement)
        last, last_source = person, statement
    return found


def _stance(cue: Span | None, text: str) -> str:
    """The class of a cue; "saying" where it has none of its own."""
    found = _cues().find(cue.exact(text)) if cue else []
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
    speaker = Speaker(person.name, person.office, person.party) if person else Speaker(turn.speaker.title())
    return Statement(speaker, turn.label, None, (turn.words,), "direct", 0.95 if person else 0.6)


def _labels(label: str, person: Person) -> bool:
    """Tell whether a label in capitals ends in the last name of a person."""
    words, name = name_tokens(label), name_tokens(person.name)
    return bool(words and name) and (words[-1] == name[-1] or (len(words) > 1 and set(words[-2:]) <= set(name)) or words[-1] in name[:1])


def speeches(context: Context, inside: npt.NDArray[np.bool_]) -> list[Speech]:
    """Weigh all attributions: those after the guidelines of the record, and those of the news kind where no such one stands."""
    made: list[Speech] = []
    known = _cues()
    for head in ("statement", "attribution"):
        taken = [c for s in made for c in s.content]
        for parts in link(context.paths[head], context.encoding.arcs, context.encoder.nothing, context.encoding.segments):
            content = tuple(s for s in (_trim(context, c) for c in parts.content) if s is not None)
            if not content or any(c.overlaps(t) for c in content for t in taken):
                continue
            cue = Span(*context.encoding.characters(parts.cue)) if parts.cue else None
            source = _whole(context, Span(*context.encoding.characters(parts.source)), cue) if parts.source else None
            features = {
                "link": logit(parts.link),
                "inner": logit(_inner(context, head, parts.content)),
                "news": float(head == "attribution"),
                "newsinner": logit(_inner(context, head, parts.content)) * (head == "attribution"),
                "nocue": float(cue is None),
                "nosource": float(source is None),
                "known": float(cue is not None and bool(known.find(cue.exact(context.text)))),
                "quoted": float(np.mean([inside[c.start : c.end].mean() for c in content])),
                "length": math.log1p(sum(b - a for a, b in parts.content)),
            }
            sure = confidence(context.encoder.calibration["statement"], features)
            made.append(Speech(parts, content, cue, source, features, sure))
    return sorted(made, key=lambda s: s.content[0])


def _whole(context: Context, source: Span, cue: Span | None) -> Span:
    """A source that is only an article, stretched to the words before the cue: "The" of "The Vice President told"."""
    text = context.text
    if cue is None or not _ARTICLE.fullmatch(source.exact(text)) or not source.end < cue.start < source.end + 60:
        return source
    between = text[source.end : cue.start]
    return source if re.search(r"[.;:\n]", between) else Span(source.start, source.end + len(between.rstrip()))


def _inner(context: Context, head: str, content: tuple[tuple[int, int], ...]) -> float:
    """Mean probability that the encoder gives to the content tags over a content."""
    rows = np.concatenate([context.encoding.heads[head][a:b] for a, b in content])
    chances = np.exp(rows - rows.max(1, keepdims=True))
    tag = 1 + 2 * ATTRIBUTION.index("content")
    return float((chances[:, tag : tag + 2].sum(1) / chances.sum(1)).mean())


@cache
def _cues() -> Lexicon[str]:
    """Verbs, nouns and phrases of saying and stance, each with its class."""
    made: Lexicon[str] = Lexicon()
    for group in cues().values():
        for word in (*(f for forms in group.verbs.values() for f in forms), *group.nouns, *group.phrases):
            made.add(word, group.id)
    return made


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


def _mode(content: tuple[Span, ...], inside: npt.NDArray[np.bool_]) -> Mode:
    share = [float(inside[c.start : c.end].mean()) for c in content]
    mean = sum(share) / len(share)
    if mean > 0.95:
        return "direct"
    return "mixed" if mean > 0.05 else "indirect"


def _speaker(
    speech: Speech, context: Context, people: list[Person], last: Person | None, before: Statement | None
) -> tuple[Speaker | None, Person | None, float]:
    """Resolve the source of a speech: the speaker, the person when it is one, and how sure."""
    text = context.text
    if speech.source is None:
        if before is not None and not text[before.content[-1].end : speech.content[0].start].count("\n\n") > 1:
            return before.speaker, last, 0.6
        return None, None, 0.0
    words = speech.source.exact(text)
    named = [p for p in people if any(m.overlaps(speech.source) for m in p.mentions)]
    if len(named) == 1 and not re.search(r"\b(?:and|officials|leaders|spokes\w+|aides?|government|administration)\b", words):
        return _as_speaker(named[0]), named[0], 1.0
    if named:
        return Speaker(_clean(words), None, _one({p.party for p in named})), None, 0.9
    if _THEY.match(words):
        group = _group(speech.source, context, people, before)
        return Speaker(group, None, None), None, 0.8 if group != words else 0.6
    if _HE.match(words):
        person = _referent(speech.source, context, people, last, words)
        if person is not None:
            return _as_speaker(person), person, 0.8
        return (before.speaker, last, 0.5) if before else (Speaker(_clean(words)), None, 0.3)
    if _COUNTERPART.search(words) and (other := _counterpart(speech.source, people, last, context)) is not None:
        return _as_speaker(other), other, 0.7
    person = _by_office(words, speech.source, context, people)
    if person is not None:
        return _as_speaker(person), person, 0.85
    parties: set[str | None] = {m.id for m in context.parties_in(speech.source)}
    return Speaker(_clean(words), None, _one(parties)), None, 0.8


def _as_speaker(person: Person) -> Speaker:
    return Speaker(person.name, person.office, person.party)


def _one(parties: set[str | None]) -> str | None:
    return next(iter(parties)) if len(parties) == 1 else None


def _clean(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:")


def _group(source: Span, context: Context, people: list[Person], before: Statement | None) -> str:
    """Whom "they" means: the group named last before, as it is written; the word itself when no group is named."""
    text = context.text
    floor = max(0, source.start - 1200)
    best = max(((m.start(), m.group()) for m in _GROUP.finditer(text, floor, source.start)), default=None)
    for k, sentence in enumerate(s for s in reversed(context.sentences) if s.end <= source.start and s.start >= floor):
        inside = sorted((m, p) for p in people for m in p.mentions if sentence.start <= m.start < sentence.end)
        for (a, _), (b, _) in pairwise(inside):
            if re.fullmatch(r"[^.;:\n]{1,60}? and [^.;:\n]{0,60}?", text[a.end : b.start]) and (best is None or a.start > best[0]):
                start = context.office_ending(a.start)
                best = ((start or a).start, text[(start or a).start : b.end])
        if (best is not None and best[0] >= sentence.start) or k > 6:
            break
    if before is None or before.source is None or before.speaker.office is not None or (best and before.source.start <= best[0]):
        return _clean(best[1]) if best else _clean(source.exact(text))
    if not _THEY.match(before.speaker.name) and not any(p.name == before.speaker.name for p in people):
        return before.speaker.name
    return _clean(best[1]) if best else _clean(source.exact(text))


def _referent(source: Span, context: Context, people: list[Person], last: Person | None, words: str) -> Person | None:
    """Whom a pronoun means: who was named as the subject of the sentence or of the one before, else who spoke last.

    People whom the text elsewhere calls by the other pronoun are passed over.
    """
    sex = 1 if words.lower() in ("she", "her") else -1 if words.lower() in ("he", "him", "his") else 0
    fits = [p for p in people if not sex or _leaning(p, people, context) * sex >= 0]
    near = [(m, p) for p in fits for m in p.mentions if m.end <= source.start]
    sentence = context.sentence(source.start)
    here = [x for x in near if x[0].start >= sentence.start]
    if last is not None and last not in fits:
        last = None
    if here and not (last is not None and any(p is last for _, p in here)):
        return min(here, key=lambda x: x[0])[1]
    if last is not None:
        return last
    earlier = [x for x in near if source.start - x[0].start < 900]
    if not earlier:
        return None
    nearest = context.sentence(max(earlier, key=lambda x: x[0])[0].start)
    return min((x for x in earlier if x[0].start >= nearest.start), key=lambda x: x[0])[1]


def _leaning(person: Person, people: list[Person], context: Context) -> int:
    """Which pronoun the text uses right after the person's name, before anyone else is named: above 0 she, below 0 he, 0 unknown."""
    text, score = context.text, 0
    for mention in person.mentions:
        end = min(
            [
                context.sentence(mention.start).end,
                *(m.start for p in people if p is not person for m in p.mentions if m.start > mention.end),
            ]
        )
        after = text[mention.end : end]
        score += len(_SHE.findall(after)) - len(_HIM.findall(after))
        before = text[max(0, mention.start - 12) : mention.start]
        score += 3 * bool(_MADAM.search(before)) - 3 * bool(_SIR.search(before))
    return score


def _counterpart(source: Span, people: list[Person], last: Person | None, context: Context) -> Person | None:
    """Whom "her counterpart" or "his guest" means: the one delegate of another side than who spoke last, of the country if one is named."""
    countries = {m.id for m in context.parties_in(source)}
    others = [
        p
        for p in people
        if p.delegate >= 0.5 and p is not last and (p.party in countries if countries else last is None or p.party != last.party)
    ]
    return others[0] if len(others) == 1 else None


def _by_office(words: str, source: Span, context: Context, people: list[Person]) -> Person | None:
    """Whom an office without a name means: the holder named last before, the publisher's own first."""
    held = set(re.findall(r"[a-z]+", words.lower())) - {"the", "of", "a", "an", "s", "us", "u"}
    countries = {m.id for m in context.parties_in(source)}
    held -= {w for m in context.parties_in(source) for w in re.findall(r"[a-z]+", m.span.exact(context.text).lower())}
    if not held or words.lower().split()[-1].endswith(("ents", "ers", "aries", "ies", "officials")):
        return None
    exact, part = [], []
    for p in people:
        for office in p.titles | ({p.office} if p.office else set()):
            titles = set(re.findall(r"[a-z]+", office))
            if titles == held:
                exact.append(p)
            elif held <= titles:
                part.append(p)
    fits = [p for p in (exact or part) if not countries or p.party in countries]
    if not fits:
        return None

    def nearness(p: Person) -> tuple[bool, int]:
        gaps = [source.start - m.start for m in p.mentions if m.start <= source.start]
        return (bool(exact) and p.party != context.speaks_for, min(gaps, default=1 << 30))

    return min(fits, key=nearness)
