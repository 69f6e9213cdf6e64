"""References: earlier and later engagements that a document only mentions."""

from verbale.document import Span
from verbale.findings import Status
from verbale.reading.context import Context
from verbale.reading.drafts import Draft
from verbale.reading.patterns import contact, event
from verbale.reading.people import Person
from verbale.vocabulary.wordings import referred as referred_nouns


def referred(context: Context, drafts: list[Draft], people: list[Person]) -> list[Draft]:
    """Earlier and later engagements that the document only refers to: an event word with a date of its own beside it."""
    kinds = referred_nouns()
    found: list[Draft] = []
    day = context.document.published or ""
    main = drafts[0].date.value if drafts[0].date else None
    for mention in context.dates:
        if not mention.value or mention.value == main or mention.value == day[: len(mention.value)] == day[:10]:
            continue
        sentence = context.sentence(mention.span.start)
        near = context.text[max(sentence.start, mention.span.start - 110) : min(sentence.end, mention.span.end + 40)]
        offset = max(sentence.start, mention.span.start - 110)
        events = list(event().finditer(near))
        if not events or (sentence == drafts[0].at and mention is drafts[0].date):
            continue
        nearest = min(events, key=lambda m: abs(offset + m.start() - mention.span.start))
        kind = kinds[" ".join(nearest.group().lower().split())]
        later = mention.value > day[: len(mention.value)] if day else mention.direction == "future"
        status: Status = "planned" if later or (contact("ahead").search(near) and mention.value >= day[: len(mention.value)]) else "past"
        draft = Draft(kind, status, False, Span(offset + nearest.start(), offset + nearest.end()), date=mention, confidence=0.4)
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
