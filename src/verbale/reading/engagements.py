"""Engagements: which contacts between governments a document reports, announces or refers to, and who took part."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from verbale.document import Span
from verbale.findings import Delegate, Engagement, EngagementKind, Party, Place, Series, Status, When
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.dates import DateMention
from verbale.reading.layout import ENTITY, KINDS, STATUSES
from verbale.reading.parties import PartyMention, country_of_place
from verbale.reading.people import Person
from verbale.reading.sequences import spans as tag_spans
from verbale.vocabulary import groups

DELEGATE = 0.5  # probability from which a person counts as taking part
SIDE = 0.5  # probability from which a country or organisation counts as a side
DAY = 0.5  # probability from which a date counts as that of the engagement
_REFERRED = re.compile(
    r"\b(?P<kind>visit|trip|summit|meeting|talks|call|dialogue|consultations|conference|signing|joint statement|Summit|Dialogue|Meeting)\b",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:will|would|to (?:visit|travel|host|meet|hold)|is (?:set|due|scheduled|expected) to|upcoming|forthcoming|plans? to|next|"
    r"ahead of|looks? forward)\b",
    re.I,
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|to)[ \n]+(?:the[ \n]+)?$")
_SERIES_WORDS = re.compile(
    r"(?:(?P<edition>\d+)(?:st|nd|rd|th)|(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|inaugural))[ \n]+", re.I
)
_NUMBERS = {
    w: k + 1 for k, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"])
} | {"inaugural": 1}


@dataclass
class _Draft:
    """An engagement in the making."""

    kind: EngagementKind
    status: Status
    principal: bool
    at: Span
    people: list[Person] = field(default_factory=list)
    parties: dict[str, list[Span]] = field(default_factory=dict)
    date: DateMention | None = None
    published: bool = False
    place: Place | None = None
    series: Series | None = None
    confidence: float = 0.5
    sure: dict[str, float] = field(default_factory=dict)

    def add(self, party: str, spans: Iterable[Span]) -> None:
        held = self.parties.setdefault(party, [])
        held.extend(s for s in spans if s not in held)


def engagements(context: Context, people: list[Person], transcript: bool) -> list[Engagement]:
    """Find the engagements of a document about talks: the principal ones first, then those only referred to."""
    chances = context.encoding.document
    lead = context.lead
    order = sorted(KINDS, key=lambda k: -chances[k])
    kind = order[0]
    status = max(STATUSES, key=lambda s: chances[s])
    main = _Draft(kind, status, True, lead, confidence=chances[kind])
    main.people = [p for p in people if p.delegate >= DELEGATE and not p.spokes]
    _parties(main, context, lead)
    _date(main, context, transcript)
    if kind != "call":
        main.place = _place(context, lead)
    if kind in ("dialogue", "summit") or chances["dialogue"] > 0.3:
        main.series = _series(context)
    drafts = [main]
    if kind == "visit":
        drafts += _stops(main, context, people)
    drafts += _referred(context, drafts, people)
    return [_finish(d, context) for d in drafts]


def _parties(draft: _Draft, context: Context, lead: Span) -> None:
    """The parties: of the delegates, of the publisher, and those whose mentions the encoder takes for a side."""
    for person in draft.people:
        if person.party:
            draft.add(person.party, [person.named])
    for side in sides(context, draft.people):
        draft.sure[side.id] = side.confidence
        if side.confidence >= SIDE:
            draft.add(side.id, side.spans)
    own = context.speaks_for
    if own and own not in draft.parties and draft.kind != "statement":
        draft.add(own, [draft.people[0].named if draft.people else lead])
    for group in [p for p in draft.parties if p in groups()]:
        # Where the members are named the group stands for no side of its own, unless it has people there.
        members = frozenset(groups()[group].members) & set(draft.parties)
        if len(members) > 1 and not any(p.party == group for p in draft.people):
            del draft.parties[group]


@dataclass(frozen=True)
class Side:
    """A country or organisation that may be a side of the principal engagement, and the numbers that say how likely."""

    id: str
    spans: tuple[Span, ...]
    features: Mapping[str, float]
    confidence: float


def sides(context: Context, delegates: list[Person]) -> list[Side]:
    """Weigh every country and organisation that the document names, in order of first mention."""
    mentions: dict[str, list[tuple[float, PartyMention]]] = {}
    for m in context.parties:
        mentions.setdefault(m.id, []).append((context.chance("party", m.span), m))
    present = {p.party for p in delegates}
    found = []
    for party, places in mentions.items():
        best = sorted(places, key=lambda x: (-x[0], x[1].span))
        features = {
            "best": logit(best[0][0]),
            "mean": logit(float(np.mean([c for c, _ in best[:3]]))),
            "present": float(party in present),
            "own": float(party == context.speaks_for),
            "title": float(any(context.is_heading(m.span) for _, m in places)),
            "lead": float(any(m.span.start < context.lead.end for _, m in places)),
            "named": float(any(m.form in ("name", "demonym", "group") for _, m in places)),
            "group": float(party in groups()),
            "members": float(party in groups() and len(frozenset(groups()[party].members) & set(mentions)) > 1),
            "times": math.log1p(len(places)),
        }
        sure = confidence(context.encoder.calibration["side"], features)
        found.append(Side(party, tuple(m.span for _, m in best[:3]), features, sure))
    return found


def _date(draft: _Draft, context: Context, transcript: bool) -> None:
    """The date: the mention that the encoder takes for the day of the contact; of a transcript or a joint text, the day of publication."""
    named = [(context.chance("date", d.span), -d.span.start, d) for d in context.dates if d.value]
    if named and (best := max(named, key=lambda x: x[:2]))[0] >= DAY:
        draft.date = best[2]
        return
    draft.published = context.document.published_on is not None and (transcript or draft.kind in ("statement", "signing"))


def _place(context: Context, lead: Span) -> Place | None:
    """Where it takes place: the best of the places that the encoder tags early, else a city after "in" in the lead."""
    scores = context.encoding.heads["entity"]
    tag = 1 + 2 * ENTITY.index("place")
    best: tuple[float, Span] | None = None
    for kind, first, last in tag_spans(context.paths["entity"]):
        if ENTITY[kind] != "place":
            continue
        start, end = context.encoding.characters((first, last))
        rows = scores[first:last]
        chance = np.exp(rows - rows.max(1, keepdims=True))
        sure = float(((chance[:, tag] + chance[:, tag + 1]) / chance.sum(1)).mean())
        sure -= 0.2 * (start > lead.end)
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


def _series(context: Context) -> Series | None:
    """The recurring mechanism, by the first name that the encoder tags, with the edition that stands before it."""
    for kind, first, last in tag_spans(context.paths["entity"]):
        if ENTITY[kind] == "series":
            start, end = context.encoding.characters((first, last))
            span = Span(start, end)
            edition = None
            before = context.text[max(0, start - 24) : start] + context.text[start:end]
            if m := _SERIES_WORDS.search(before):
                edition = int(m["edition"]) if m["edition"] else _NUMBERS[m["word"].lower()]
            return Series(" ".join(span.exact(context.text).split()), edition, (span,), 0.7)
    return None


def _stops(visit: _Draft, context: Context, people: list[Person]) -> list[_Draft]:
    """The meetings of a trip: one for each other party whose people or officials the travellers are said to meet."""
    own = context.speaks_for or next(iter(visit.parties), None)
    travellers = [p for p in visit.people if p.party == own]
    found: dict[str, _Draft] = {}
    for sentence in context.sentences:
        words = sentence.exact(context.text)
        if sentence.start < len(context.document.title) or not re.search(
            r"\b(?:met|meet|meeting|meetings|hosted|received|talks|dialogue|spoke|consult\w*|engage\w*)\b", words, re.I
        ):
            continue
        hosts = [p for p in people if p.party and p.party != own and any(sentence.start <= m.start < sentence.end for m in p.mentions)]
        parties = dict.fromkeys(p.party for p in hosts if p.party)
        for m in context.parties_in(sentence):
            if (
                m.id != own
                and m.form == "demonym"
                and re.match(
                    r"[ \n]+(?:[\w-]+[ \n]+){0,2}(?:officials|government|counterparts|leaders|delegation)",
                    context.text[m.span.end : m.span.end + 50],
                )
            ):
                parties.setdefault(m.id)
        for party in parties:
            draft = found.get(party)
            if draft is None:
                draft = found[party] = _Draft("meeting", visit.status, True, sentence, list(travellers), confidence=0.5)
                if own:
                    draft.add(own, visit.parties.get(own, [visit.at]))
            draft.add(
                party, [p.named for p in hosts if p.party == party] or [m.span for m in context.parties_in(sentence) if m.id == party]
            )
            draft.people += [p for p in hosts if p.party == party and p not in draft.people]
            visit.add(party, draft.parties[party])
    if len(found) == 1 and not travellers:
        return []
    return list(found.values())


def _referred(context: Context, drafts: list[_Draft], people: list[Person]) -> list[_Draft]:
    """Earlier and later engagements that the document only refers to: an event word with a date of its own beside it."""
    found: list[_Draft] = []
    day = context.document.published or ""
    main = drafts[0].date.value if drafts[0].date else None
    for mention in context.dates:
        if not mention.value or mention.value == main or mention.value == day[: len(mention.value)] == day[:10]:
            continue
        sentence = context.sentence(mention.span.start)
        near = context.text[max(sentence.start, mention.span.start - 110) : min(sentence.end, mention.span.end + 40)]
        offset = max(sentence.start, mention.span.start - 110)
        event = list(_REFERRED.finditer(near))
        if not event or (sentence == drafts[0].at and mention is drafts[0].date):
            continue
        nearest = min(event, key=lambda m: abs(offset + m.start() - mention.span.start))
        words = nearest["kind"].lower()
        kind: EngagementKind = {
            "trip": "visit",
            "talks": "meeting",
            "consultations": "dialogue",
            "conference": "summit",
            "joint statement": "statement",
        }.get(words, words)  # type: ignore[assignment]
        later = mention.value > day[: len(mention.value)] if day else mention.direction == "future"
        status: Status = "planned" if later or (_PLANNED.search(near) and mention.value >= day[: len(mention.value)]) else "past"
        draft = _Draft(kind, status, False, Span(offset + nearest.start(), offset + nearest.end()), date=mention, confidence=0.4)
        for p in people:
            if p.party and any(offset <= m.start < offset + len(near) for m in p.mentions):
                draft.people.append(p)
                draft.add(p.party, [p.named])
        for m in context.parties_in(Span(offset, offset + len(near))):
            if m.form in ("name", "demonym", "group"):
                draft.add(m.id, [m.span])
        if not draft.parties:
            for party, spans in drafts[0].parties.items():
                draft.add(party, spans[:1])
        if draft.parties and not any(d.kind == kind and d.date and d.date.value == mention.value for d in found):
            found.append(draft)
    return found


def _finish(draft: _Draft, context: Context) -> Engagement:
    date = None
    if draft.date is not None and draft.date.value:
        date = When(draft.date.value, (draft.date.span,), 0.9)
    elif draft.published and context.document.published_on is not None:
        date = When(context.document.published_on.isoformat(), (draft.at,), 0.7)
    return Engagement(
        kind=draft.kind,
        status=draft.status,
        principal=draft.principal,
        parties=tuple(Party(p, tuple(sorted(set(s)))[:5], round(draft.sure.get(p, 0.9), 3)) for p, s in draft.parties.items()),
        date=date,
        place=draft.place,
        series=draft.series,
        delegates=tuple(
            Delegate(
                p.name,
                p.office,
                p.party,
                tuple(dict.fromkeys([p.named, *([p.office_span] if p.office_span else [])])),
                round(p.delegate, 3),
            )
            for p in draft.people
        ),
        spans=(draft.at,),
        confidence=round(draft.confidence, 3),
    )
