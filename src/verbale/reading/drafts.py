"""Draft: an engagement in the making."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from verbale.document import Span
from verbale.findings import Delegate, Engagement, EngagementKind, Party, Place, Series, Status, When
from verbale.reading.context import Context
from verbale.reading.dates import DateMention
from verbale.reading.people import Person


@dataclass
class Draft:
    """An engagement in the making.

    Attributes:
        at: where the text tells of it.
        people: its delegates.
        parties: for each party the places that show it.
        day: confidence of the date.
        published: the date is that of the publication.
        sure: confidence of the parties.
    """

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
        """Take a party in, with the places that show it."""
        held = self.parties.setdefault(party, [])
        held.extend(s for s in spans if s not in held)


def finish(draft: Draft, context: Context) -> Engagement:
    """Turn a draft into a finding."""
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
