"""Engagements: which contacts between governments a document reports, announces or refers to, and who took part."""

import re
from dataclasses import replace

from verbale.document import Span
from verbale.findings import Engagement, EngagementKind
from verbale.reading.confidence import confidence
from verbale.reading.context import Context
from verbale.reading.days import days
from verbale.reading.drafts import Draft, finish
from verbale.reading.kinds import kind_of, status_of
from verbale.reading.patterns import contact
from verbale.reading.people import DELEGATE, Person
from verbale.reading.references import referred
from verbale.reading.sides import sides
from verbale.reading.trips import destinations, stops
from verbale.reading.venues import place, series, venue
from verbale.vocabulary import groups

SIDE = 0.7  # probability from which a country or organisation counts as a side
DAY = 0.4  # probability from which a date counts as that of the engagement
_NO_LIST = re.compile(
    r"[.;:\n]|\b(?:met|meets?|with|hosted|welcomed|received|spoke|while|by|between|led|and the|to|from|after|in the presence of|"
    r"counterparts?)\b",
    re.I,
)


def engagements(context: Context, people: list[Person], transcript: bool) -> list[Engagement]:
    """Find the engagements of a document about talks: the principal ones first, then those only referred to."""
    lead = context.lead
    kind, shares = kind_of(context)
    status, _ = status_of(context)
    main = Draft(kind, status, True, lead, confidence=shares[kind])
    main.people = [p for p in people if p.delegate >= DELEGATE and not p.spokes]
    _parties(main, context, lead)
    _date(main, context, transcript)
    if kind != "call":
        main.place = (venue(context) if transcript else None) or place(context, lead)
    if kind in ("dialogue", "summit"):
        main.series = series(context)
    if kind == "visit" and main.place and main.place.country == context.speaks_for is not None and not destinations(context):
        main.kind = "meeting"  # a guest received at home: the publisher does not report travel of its own
    drafts = [main]
    if main.kind == "visit":
        drafts += stops(main, context)
    drafts += _signed(drafts, context)
    drafts += referred(context, drafts, people)
    return [finish(d, context) for d in drafts]


def _signed(drafts: list[Draft], context: Context) -> list[Draft]:
    """The signature of an agreement that the title or lead tells of beside the talks; or the talks beside a signature."""
    main = drafts[0]
    if main.kind == "signing":
        talks = contact("meeting").search(context.text, len(context.document.title))
        return [_beside(main, "meeting", talks)] if talks and len(main.people) > 1 else []
    signs = contact("signing").search(context.text, 0, context.lead.end)
    if signs is None or main.kind in ("call", "statement"):
        return []
    return [_beside(main, "signing", signs)]


def _beside(main: Draft, kind: EngagementKind, words: re.Match[str]) -> Draft:
    """An engagement of the same sides on the same occasion."""
    return replace(main, kind=kind, at=Span(words.start(), words.end()), series=None, confidence=0.6)


def _parties(draft: Draft, context: Context, lead: Span) -> None:
    """The parties: of the delegates, of the publisher, and those whose mentions the encoder takes for a side."""
    first = min(draft.people, key=lambda p: p.mentions[0], default=None)
    if context.speaks_for and first is not None and first.party is None and first.mentions[0].start < context.lead.end:
        # The publisher's own people come first and without their country.
        draft.people = [replace(p, party=context.speaks_for) if p is first else p for p in draft.people]
    elif context.speaks_for and not any(p.party == context.speaks_for for p in draft.people):
        # Or they follow the other side in a title: then who has no party in the lead is theirs.
        own_first = next((p for p in draft.people if p.party is None and any(lead.overlaps(m) for m in p.mentions)), None)
        draft.people = [replace(p, party=context.speaks_for) if p is own_first else p for p in draft.people]
    for person in draft.people:
        if person.party:
            draft.add(person.party, [person.named])
    for side in sides(context, draft.people):
        draft.sure[side.id] = side.confidence
        if side.confidence >= SIDE:
            draft.add(side.id, side.spans)
    if draft.kind == "visit":
        for m in destinations(context):
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


def _date(draft: Draft, context: Context, transcript: bool) -> None:
    """The date: the mention most likely the day of the contact; of a transcript or a joint text, the day of publication."""
    weighed = [(confidence(context.encoder.calibration["date"], f), -m.span.start, m) for m, f in days(context, draft.status)]
    if weighed and (best := max(weighed, key=lambda x: x[:2]))[0] >= DAY:
        draft.date, draft.day = best[2], best[0]
        return
    draft.published = context.document.published_on is not None and (transcript or draft.kind in ("statement", "signing"))
