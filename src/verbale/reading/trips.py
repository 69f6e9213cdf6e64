"""Trips: the countries that somebody travels to, and the meetings there."""

import re
from dataclasses import replace

from verbale.document import Span
from verbale.findings import EngagementKind, Place
from verbale.reading.context import Context
from verbale.reading.dates import DateMention
from verbale.reading.drafts import Draft
from verbale.reading.parties import PartyMention
from verbale.reading.patterns import contact
from verbale.reading.people import Person

_RANGE = re.compile(r"\d\s*(?:-|–|—|to|and|through|until)\s*\w*\s*\d|\b(?:week|month)\b")
_NO_DESTINATION = re.compile(
    r"[;:]? \b(?:for|from|where|with|joined|ahead|as|to (?:meet|attend|discuss|participate|lead|join|represent|hold|mark))\b"
)


def destinations(context: Context) -> list[PartyMention]:
    """The countries that the lead says someone travels to."""
    travel = contact("travel").search(context.text, context.lead.start, context.lead.end)
    if travel is None:
        return []
    stop = _NO_DESTINATION.search(context.text, travel.end() + 3, context.lead.end)
    return [
        m for m in context.parties_in(Span(travel.start(), stop.start() if stop else context.lead.end)) if m.form in ("name", "capital")
    ]


def stops(visit: Draft, context: Context) -> list[Draft]:
    """The meetings of a trip: one with each host of whom the document says that the travellers meet someone there.

    The visit keeps the travellers as its delegates; each meeting has them and the host's own people.
    """
    own = context.speaks_for or next((p.party for p in visit.people if p.party), next(iter(visit.parties), None))
    if own:
        # Who is named in the lead and has no party told travels; the others are met where they are named.
        visit.people = [replace(p, party=own) if p.party is None and p.mentions[-1].start < context.lead.end else p for p in visit.people]
    travellers = [p for p in visit.people if p.party == own]
    hosts = [p for p in visit.parties if p != own]
    found: list[Draft] = []
    for host in hosts:
        people = [p for p in visit.people if p.party == host or (p.party is None and _met_in(p, context, hosts) == host)]
        places = [m for m in context.parties if m.id == host] if len(hosts) > 1 else context.parties
        near = [context.paragraph(m.span.start) for m in places if m.span.start > len(context.document.title)]
        near += [context.paragraph(m.start) for p in people for m in p.mentions]
        meets = next((m for span in sorted(set(near)) for m in [contact("meeting").search(context.text, span.start, span.end)] if m), None)
        travel = [
            m
            for span in sorted(set(near))
            if span.end > context.lead.end
            for m in [contact("travel").search(context.text, max(span.start, context.lead.end), span.end)]
            if m
        ]
        if meets is None and (len(hosts) == 1 or not travel):
            continue
        kind: EngagementKind = "meeting" if meets else "visit"
        found_at = meets or travel[0]
        people = [replace(p, party=host) for p in people]
        stop = Draft(kind, visit.status, True, Span(found_at.start(), found_at.end()), [*travellers, *people], confidence=0.6)
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
            days = [d for d in _days(context, planned=visit.status == "planned") if any(x.start <= d.span.start < x.end for x in own_spots)]
            stop.date = next(iter(days), None)
            if stop.date is None and visit.date is not None and not _RANGE.search(visit.date.span.exact(context.text)):
                stop.date = visit.date  # a trip of one day
            stop.place = Place(written.span.exact(context.text), host, (written.span,), 0.5) if written else None
        found.append(stop)
    if found:
        visit.people = travellers or visit.people
        # Of those who are met on the way only the countries travelled to are parties to the visit itself.
        away = {m.id for m in destinations(context)}
        if away & set(hosts):
            visit.parties = {p: s for p, s in visit.parties.items() if p == own or p in away}
    return found


def _days(context: Context, *, planned: bool) -> list[DateMention]:
    """The dates that name a day which lies, against the day of publication, where the trip does."""
    published = (context.document.published or "")[:10]
    full = [d for d in context.dates if d.value and len(d.value) == 10]
    return [d for d in full if not published or str(d.value) == published or (str(d.value) > published) == planned]


def _met_in(person: Person, context: Context, hosts: list[str]) -> str | None:
    """The host whose people a person without a known party belongs to: the only one, or the one that the paragraph of the name is about."""
    if len(hosts) == 1:
        return hosts[0]
    body = next((m for m in person.mentions if m.start > len(context.document.title)), person.named)
    return next((m.id for m in context.parties_in(context.paragraph(body.start)) if m.id in hosts), None)
