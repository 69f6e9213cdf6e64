"""Speakers: whom the source of a statement means, by name, office or pronoun."""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

from verbale.document import Span
from verbale.findings import Speaker, Statement
from verbale.reading.context import Context
from verbale.reading.intervals import Intervals
from verbale.reading.patterns import group, speaker, titled, whole_speaker
from verbale.reading.people import DELEGATE, Person
from verbale.reading.speeches import Speech

_SEVERAL = re.compile(r"\b(?:and|officials|leaders|spokes\w+|aides?|government|administration)\b")
_JOINT = re.compile(r"[^.;:\n]{1,60}? and [^.;:\n]{0,60}?")
_STOP = re.compile(r"[.;\n]")
_WORDS = re.compile(r"[a-z]+")
_SMALL = frozenset({"the", "of", "a", "an", "s", "us", "u"})
_PLURALS = ("ents", "ers", "aries", "ies", "officials")
_BACK = 1200  # characters in which the group that "they" means is looked for
_NEAR = 900  # characters in which whom a pronoun means is looked for
_SENTENCES = 8  # sentences in which two people named together are looked for


class Speakers:
    """Resolves the sources of one document, in the order in which they stand."""

    def __init__(self, context: Context, people: list[Person]) -> None:
        self._context, self._people = context, people
        self._last: Person | None = None
        self._before: Statement | None = None

    def heard(self, statement: Statement, person: Person | None) -> None:
        """Remember who spoke last."""
        self._before, self._last = statement, person

    def resolve(self, speech: Speech) -> tuple[Speaker | None, Person | None, float]:
        """Return the speaker of a speech, the person when it is one, and how sure that is; no speaker where the text shows none."""
        text, last, before = self._context.text, self._last, self._before
        source = speech.source
        if source is None:
            if before is not None and text.count("\n\n", before.content[-1].end, speech.content[0].start) <= 1:
                return before.speaker, last, 0.6
            return None, None, 0.0
        words = source.exact(text)
        named = list({p.named: p for _, p in self._mentions.over(source.start, source.end)}.values())
        if len(named) == 1 and not _SEVERAL.search(words):
            return as_speaker(named[0]), named[0], 1.0
        if named:
            return Speaker(_clean(words), None, _one({p.party for p in named})), None, 0.9
        if (named_after := self._apposed(source, speech.cue)) is not None:
            return as_speaker(named_after), named_after, 0.95
        if whole_speaker("they").match(words):
            meant = self._group(source)
            return Speaker(meant, None, None), None, 0.8 if meant != words else 0.6
        if whole_speaker("oneself").match(words):
            person = self._referent(source, words)
            if person is not None:
                return as_speaker(person), person, 0.8
            return (before.speaker, last, 0.5) if before else (Speaker(_clean(words)), None, 0.3)
        if speaker("counterpart").search(words) and (other := self._counterpart(source)) is not None:
            return as_speaker(other), other, 0.7
        person = self._by_office(words, source)
        if person is not None:
            return as_speaker(person), person, 0.85
        parties: set[str | None] = {m.id for m in self._context.parties_in(source)}
        return Speaker(_clean(words), None, _one(parties)), None, 0.8

    @cached_property
    def _mentions(self) -> Intervals[Person]:
        return Intervals((m, p) for p in self._people for m in p.mentions)

    def _group(self, source: Span) -> str:
        """Whom "they" means: the group named last before, as it is written; the word itself when no group is named."""
        context, text, before = self._context, self._context.text, self._before
        floor = max(0, source.start - _BACK)
        best = max(((m.start(), m.group()) for m in group().finditer(text, floor, source.start)), default=None)
        for sentence in context.sentences_before(source.start, _SENTENCES):
            if sentence.start < floor:
                break
            inside = [m for m, _ in self._mentions.over(sentence.start, sentence.end) if m.start >= sentence.start]
            for a, b in pairwise(inside):
                if _JOINT.fullmatch(text[a.end : b.start]) and (best is None or a.start > best[0]):
                    start = context.office_ending(a.start)
                    best = ((start or a).start, text[(start or a).start : b.end])
            if best is not None and best[0] >= sentence.start:
                break
        if before is None or before.source is None or before.speaker.office is not None or (best and before.source.start <= best[0]):
            return _clean(best[1]) if best else _clean(source.exact(text))
        if not whole_speaker("they").match(before.speaker.name) and not any(p.name == before.speaker.name for p in self._people):
            return before.speaker.name
        return _clean(best[1]) if best else _clean(source.exact(text))

    def _referent(self, source: Span, words: str) -> Person | None:
        """Whom a pronoun means: who was named as the subject of the sentence or of the one before, else who spoke last.

        People whom the text elsewhere calls by the other pronoun are passed over.
        """
        sex = 1 if whole_speaker("she").match(words) else -1 if whole_speaker("he").match(words) else 0

        def fits(person: Person) -> bool:
            return not sex or self._leaning[person.named] * sex >= 0

        if words.lower() in ("who", "the latter"):
            before = [p for m, p in self._mentions.over(max(0, source.start - _NEAR), source.start) if m.end <= source.start]
            return before[-1] if before else None
        near = [x for x in self._mentions.over(max(0, source.start - _NEAR), source.start) if x[0].end <= source.start and fits(x[1])]
        sentence = self._context.sentence(source.start)
        here = [x for x in near if x[0].start >= sentence.start]
        last = self._last if self._last is not None and fits(self._last) else None
        if here and not (last is not None and any(p is last for _, p in here)):
            return here[0][1]
        previous = [x for x in near if any(x[0].start >= s.start for s in self._context.sentences_before(sentence.start, 1))]
        if last is not None and previous and not any(p is last for _, p in previous):
            return previous[0][1]
        if last is not None:
            return last
        if not near:
            return None
        nearest = self._context.sentence(near[-1][0].start)
        return next(p for m, p in near if m.start >= nearest.start)

    @cached_property
    def _leaning(self) -> dict[Span, int]:
        """Which pronouns the text uses right after each person's name, before anyone else is named: above 0 she, below 0 he, 0 unknown.

        The key is the place of the fullest name.
        """
        text = self._context.text
        found = dict.fromkeys((p.named for p in self._people), 0)
        for person, mention in ((p, m) for p in self._people for m in p.mentions):
            sentence = self._context.sentence(mention.start)
            others = (m.start for m, p in self._mentions.over(mention.end, sentence.end) if p is not person and m.start > mention.end)
            end = min(others, default=sentence.end)
            before = text[max(0, mention.start - 12) : mention.start]
            score = 3 * bool(titled("madam").search(before)) - 3 * bool(titled("sir").search(before))
            if end > mention.end:
                after = text[mention.end : end]
                score += len(speaker("she").findall(after)) - len(speaker("he").findall(after))
            found[person.named] += score
        return found

    def _apposed(self, source: Span, cue: Span | None) -> Person | None:
        """Who is named right after the source, before the cue: "Her counterpart, the foreign minister X, called"."""
        text = self._context.text
        if cue is None or not source.end < cue.start < source.end + 120 or text[source.end] != ",":
            return None
        inside = self._mentions.over(source.end, cue.start)
        if len(inside) != 1 or _STOP.search(text, source.end, inside[0][0].start):
            return None
        return inside[0][1]

    def _counterpart(self, source: Span) -> Person | None:
        """Whom "her counterpart" means: the one delegate of another side than who spoke last, of the country if one is named."""
        countries = {m.id for m in self._context.parties_in(source)}
        last = self._last
        others = [
            p
            for p in self._people
            if p.delegate >= DELEGATE and p is not last and (p.party in countries if countries else last is None or p.party != last.party)
        ]
        return others[0] if len(others) == 1 else None

    def _by_office(self, words: str, source: Span) -> Person | None:
        """Whom an office without a name means: the holder named last before, the publisher's own first."""
        context = self._context
        inside = context.parties_in(source)
        countries = {m.id for m in inside}
        held = set(_WORDS.findall(words.lower())) - _SMALL
        held -= {w for m in inside for w in _WORDS.findall(m.span.exact(context.text).lower())}
        if not held or words.lower().split()[-1].endswith(_PLURALS):
            return None
        exact, part = [], []
        for p in self._people:
            for office in p.titles | ({p.office} if p.office else set()):
                titles = set(_WORDS.findall(office))
                if titles == held:
                    exact.append(p)
                elif held <= titles:
                    part.append(p)
        fits = [p for p in (exact or part) if not countries or p.party in countries]
        if not fits:
            return None

        def nearness(p: Person) -> tuple[bool, int]:
            k = bisect_right(p.mentions, Span(source.start, source.start + 1))
            gap = source.start - p.mentions[k - 1].start if k else 1 << 30
            return (bool(exact) and p.party != context.speaks_for, gap)

        return min(fits, key=nearness)


def as_speaker(person: Person) -> Speaker:
    """Return a person as the speaker of a statement."""
    return Speaker(person.name, person.office, person.party)


def _one(parties: set[str | None]) -> str | None:
    return next(iter(parties)) if len(parties) == 1 else None


def _clean(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:")
