"""Engagements: which contacts between governments a document reports, announces or refers to, and who took part."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from verbale.document import Span
from verbale.findings import Delegate, Engagement, EngagementKind, Party, Place, Series, Status, When
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.dates import DateMention
from verbale.reading.kinds import kind_of, status_of
from verbale.reading.layout import ENTITY
from verbale.reading.parties import PartyMention, country_of_place
from verbale.reading.people import Person
from verbale.reading.sequences import spans as tag_spans
from verbale.reading.sides import sides
from verbale.vocabulary import groups

DELEGATE = 0.5  # probability from which a person counts as taking part
SIDE = 0.6  # probability from which a country or organisation counts as a side
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
_MEETS = re.compile(
    r"\b(?:met|meet|meets|meeting|meetings|hosted|received|talks|consultations|consulted|discussed|discussions|engagements|"
    r"conferred|sat down)\b",
    re.I,
)
_LINE = re.compile(r"\s*(?P<place>[A-Z][^\n:,;.\d]{2,58}?)(?:,[^\n:]{0,40})?\n")
_RANGE = re.compile(r"\d\s*(?:-|–|—|to|and|through|until)\s*\w*\s*\d|\b(?:week|month)\b")
_TRAVELS = re.compile(r"\b(?:travel|visit|arrive|fly|depart|continue|proceed|head|stop)(?:s|ed|led|ing|ling)?\b", re.I)
_NO_DESTINATION = re.compile(
    r"[;:]? \b(?:for|from|where|with|joined|ahead|as|to (?:meet|attend|discuss|participate|lead|join|represent|hold|mark))\b"
)
_NO_LIST = re.compile(r"[.;:\n]|\b(?:met|meets?|with|hosted|welcomed|received|spoke|while|by|between|led|and the|to|from|after)\b", re.I)
_FORMAT_BEFORE = re.compile(r"[‘'\"“]?\b\d\+\d[’'\"”]? $")
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
    day: float = 0.9
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
    lead = context.lead
    kind, shares = kind_of(context)
    status, _ = status_of(context)
    main = _Draft(kind, status, True, lead, confidence=shares[kind])
    main.people = [p for p in people if p.delegate >= DELEGATE and not p.spokes]
    _parties(main, context, lead)
    _date(main, context, transcript)
    if kind != "call":
        main.place = (_venue(context) if transcript else None) or _place(context, lead)
    if kind in ("dialogue", "summit"):
        main.series = _series(context)
    drafts = [main]
    if kind == "visit":
        drafts += _stops(main, context)
    drafts += _referred(context, drafts, people)
    return [_finish(d, context) for d in drafts]


def _parties(draft: _Draft, context: Context, lead: Span) -> None:
    """The parties: of the delegates, of the publisher, and those whose mentions the encoder takes for a side."""
    first = min(draft.people, key=lambda p: p.mentions[0], default=None)
    if context.speaks_for and first is not None and first.party is None and first.mentions[0].start < context.lead.end:
        # The publisher's own people come first and without their country.
        draft.people = [replace(p, party=context.speaks_for) if p is first else p for p in draft.people]
    for person in draft.people:
        if person.party:
            draft.add(person.party, [person.named])
    for side in sides(context, draft.people):
        draft.sure[side.id] = side.confidence
        if side.confidence >= SIDE:
            draft.add(side.id, side.spans)
    if draft.kind == "visit":
        for m in _destinations(context):
            draft.add(m.id, [m.span])
    own = context.speaks_for
    if own and own not in draft.parties and draft.kind != "statement":
        draft.add(own, [draft.people[0].named if draft.people else lead])
    draft.people = _listed(draft.people, context)
    absent = [p for p in draft.parties if p not in {x.party for x in draft.people} and p not in groups()]
    homeless = [p for p in draft.people if p.party is None]
    if len(absent) == 1 and homeless and len(draft.parties) == 2:
        # Two sides, one without people: those whose side is not told are its own.
        draft.people = [replace(p, party=absent[0]) if p.party is None else p for p in draft.people]
    for group in [p for p in draft.parties if p in groups()]:
        # Where the members are named the group stands for no side of its own, unless it has people there.
        members = frozenset(groups()[group].members) & set(draft.parties)
        if len(members) > 1 and not any(p.party == group for p in draft.people):
            del draft.parties[group]


def _destinations(context: Context) -> list[PartyMention]:
    """The countries that the lead says someone travels to."""
    travel = _TRAVELS.search(context.text, context.lead.start, context.lead.end)
    if travel is None:
        return []
    stop = _NO_DESTINATION.search(context.text, travel.end() + 3, context.lead.end)
    return [m for m in context.parties_in(Span(travel.start(), stop.start() if stop else context.lead.end)) if m.form == "name"]


def _listed(people: list[Person], context: Context) -> list[Person]:
    """Give those whose party is not told that of the person right before them in the same list: "met President A, Minister B and C"."""
    done: list[Person] = []
    for person in sorted(people, key=lambda p: p.named):
        before = next((p for p in reversed(done) if p.party), None)
        if person.party is None and before is not None:
            between = context.text[before.named.end : person.named.start]
            if len(between) < 160 and not _NO_LIST.search(between):
                person = replace(person, party=before.party)  # noqa: PLW2901 - the person with a party takes the place of the one without
        done.append(person)
    return [next(d for d in done if d.named == p.named) for p in people]


def _date(draft: _Draft, context: Context, transcript: bool) -> None:
    """The date: the mention most likely the day of the contact; of a transcript or a joint text, the day of publication."""
    weighed = [(confidence(context.encoder.calibration["date"], f), -m.span.start, m) for m, f in days(context, draft.status)]
    if weighed and (best := max(weighed, key=lambda x: x[:2]))[0] >= DAY:
        draft.date, draft.day = best[2], best[0]
        return
    draft.published = context.document.published_on is not None and (transcript or draft.kind in ("statement", "signing"))


def days(context: Context, status: Status) -> list[tuple[DateMention, dict[str, float]]]:
    """The dates that the document names, with the numbers by which each is weighed as the day of the principal engagement."""
    day = context.document.published or ""
    found = []
    # A line that holds nothing but a date tells when the text was published.
    lines = {d.span: context.paragraph(d.span.start) for d in context.dates}
    dated = [
        d
        for d in context.dates
        if d.value and len(d.value) > 4 and lines[d.span].end - lines[d.span].start > d.span.end - d.span.start + 14
    ]
    for m in dated:
        value = str(m.value)
        at = m.span.start
        later = value > day[: len(value)]
        features = {
            "model": logit(context.chance("date", m.span)),
            "lead": float(context.lead.start <= at < context.lead.end),
            "soon": float(context.lead.end <= at < context.lead.end + 400),
            "first": float(m is dated[0]),
            "title": float(context.is_heading(m.span)),
            "today": float(bool(day) and value == day[:10]),
            "full": float(len(value) == 10),
            "amiss": float(later != (status == "planned") and bool(day)),
            "contact": float(bool(_MEETS.search(context.sentence(at).exact(context.text)))),
        }
        found.append((m, features))
    return found


def _venue(context: Context) -> Place | None:
    """The first line under the title of a transcript, where it is short and no time or label: "Oval Office"."""
    start = len(context.document.title)
    line = _LINE.match(context.text, start)
    if line is None or not start:
        return None
    name = line.group("place")
    return Place(name, country_of_place(name), (Span(line.start("place"), line.end("place")),), 0.8)


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
            if format_before := _FORMAT_BEFORE.search(context.text, max(0, start - 12), start):
                start = format_before.start()
            span = Span(start, end)
            edition = None
            before = context.text[max(0, start - 24) : start] + context.text[start:end]
            if m := _SERIES_WORDS.search(before):
                edition = int(m["edition"]) if m["edition"] else _NUMBERS[m["word"].lower()]
            return Series(" ".join(span.exact(context.text).split()), edition, (span,), 0.7)
    return None


def _stops(visit: _Draft, context: Context) -> list[_Draft]:
    """The meetings of a trip: one with each host of whom the document says that the travellers meet someone there.

    The visit keeps the travellers as its delegates; each meeting has them and the host's own people.
    """
    own = context.speaks_for or next((p.party for p in visit.people if p.party), next(iter(visit.parties), None))
    if own:
        # Who is named in the lead and has no party told travels; the others are met where they are named.
        visit.people = [replace(p, party=own) if p.party is None and p.mentions[-1].start < context.lead.end else p for p in visit.people]
    travellers = [p for p in visit.people if p.party == own]
    hosts = [p for p in visit.parties if p != own]
    found: list[_Draft] = []
    for host in hosts:
        people = [p for p in visit.people if p.party == host or (p.party is None and _met_in(p, context, hosts) == host)]
        places = [m for m in context.parties if m.id == host] if len(hosts) > 1 else context.parties
        near = [context.paragraph(m.span.start) for m in places if m.span.start > len(context.document.title)]
        near += [context.paragraph(m.start) for p in people for m in p.mentions]
        meets = next((m for span in sorted(set(near)) for m in [_MEETS.search(context.text, span.start, span.end)] if m), None)
        travel = [
            m
            for span in sorted(set(near))
            if span.end > context.lead.end
            for m in [_TRAVELS.search(context.text, max(span.start, context.lead.end), span.end)]
            if m
        ]
        if meets is None and (len(hosts) == 1 or not travel):
            continue
        kind: EngagementKind = "meeting" if meets else "visit"
        found_at = meets or travel[0]
        people = [replace(p, party=host) for p in people]
        stop = _Draft(kind, visit.status, True, Span(found_at.start(), found_at.end()), [*travellers, *people], confidence=0.6)
        for party in (own, host):
            if party:
                stop.add(party, visit.parties.get(party, [visit.at]))
        stop.sure = visit.sure
        if len(hosts) == 1:
            stop.date, stop.published, stop.place = visit.date, visit.published, visit.place
        else:
            written = next((m for m in places if m.form == "capital"), None) or next((m for m in places if m.form == "name"), None)
            spots = [context.sentence(m.span.start) for m in places if m.span.start > len(context.document.title)]
            own_spots = [x for x in spots if x.start >= context.lead.end] or spots
            stop.date = next((d for d in _full(context) if any(x.start <= d.span.start < x.end for x in own_spots)), None)
            if stop.date is None and visit.date is not None and not _RANGE.search(visit.date.span.exact(context.text)):
                stop.date = visit.date  # a trip of one day
            stop.place = Place(written.span.exact(context.text), host, (written.span,), 0.5) if written else None
        found.append(stop)
    if found:
        visit.people = travellers or visit.people
    return found


def _full(context: Context) -> list[DateMention]:
    """The dates that name a day."""
    return [d for d in context.dates if d.value and len(d.value) == 10]


def _met_in(person: Person, context: Context, hosts: list[str]) -> str | None:
    """The host whose people a person without a known party belongs to: the only one, or the one that the paragraph of the name is about."""
    if len(hosts) == 1:
        return hosts[0]
    body = next((m for m in person.mentions if m.start > len(context.document.title)), person.named)
    return next((m.id for m in context.parties_in(context.paragraph(body.start)) if m.id in hosts), None)


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
        date = When(draft.date.value, (draft.date.span,), round(draft.day, 3))
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
