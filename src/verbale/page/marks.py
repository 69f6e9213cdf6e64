"""Where the findings of a reading lie in its text, as layers that a page can show or hide."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from verbale.document import Span
from verbale.findings import Reading
from verbale.page.names import concept_name, party_name
from verbale.page.outline import manner

Layer = Literal[
    "engagements", "parties", "delegates", "when-where", "domains", "open-domains", "situations", "statements", "commitments", "figures"
]

# In the order in which marks over the same words are nested, the outermost first.
LAYERS: dict[Layer, str] = {
    "commitments": "Commitments",
    "statements": "Statements",
    "engagements": "Engagements",
    "when-where": "Dates and places",
    "delegates": "Delegates",
    "parties": "Parties",
    "domains": "Domains",
    "open-domains": "Other subjects",
    "situations": "Situations",
    "figures": "Figures",
}
_DEPTH = {layer: depth for depth, layer in enumerate(LAYERS)}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the text that carry one or more findings of a layer: `role` is `source`, `cue`, `content` or `occasion` in a statement."""

    span: Span
    layer: Layer
    role: str
    labels: tuple[str, ...]
    findings: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """An identifier for the mark, the same in every page of the same reading."""
        return f"{self.layer}-{self.role}-{self.span.start}-{self.span.end}" if self.role else anchor(self.layer, self.span)


def anchor(layer: Layer, span: Span) -> str:
    """Return the identifier of the mark of a layer at a span."""
    return f"{layer}-{span.start}-{span.end}"


def marks(reading: Reading) -> list[Mark]:
    """Return every mark of the reading, each place once a layer and role, in the order of the text."""
    places: dict[tuple[Span, Layer, str], tuple[dict[str, None], dict[str, None]]] = {}
    for span, layer, role, label, finding in _placed(reading):
        labels, findings = places.setdefault((span, layer, role), ({}, {}))
        labels[label] = None
        findings[finding] = None
    found = [Mark(span, layer, role, tuple(labels), tuple(ids)) for (span, layer, role), (labels, ids) in places.items()]
    return sorted(found, key=_nesting)


def _nesting(mark: Mark) -> tuple[int, int, int, str]:
    return (mark.span.start, -mark.span.end, _DEPTH[mark.layer], mark.role)


def _placed(reading: Reading) -> Iterator[tuple[Span, Layer, str, str, str]]:
    """Yield span, layer, role, label and identifier of every place that a finding points at."""
    text = reading.document.text
    for n, engagement in enumerate(reading.engagements, 1):
        one = f"engagement-{n}"
        for span in engagement.spans:
            yield span, "engagements", "", f"{concept_name(engagement.kind)}, {engagement.status}", one
        if engagement.series:
            for span in engagement.series.spans:
                yield span, "engagements", "", f"Series: {engagement.series.name}", one
        for party in engagement.parties:
            words = party.spans[0].exact(text) if party.spans else ""
            for span in party.spans:
                yield span, "parties", "", f"Party: {party_name(party.id, words)}", one
        if engagement.date:
            for span in engagement.date.spans:
                yield span, "when-where", "", f"Date: {engagement.date.value}", one
        if engagement.place:
            for span in engagement.place.spans:
                yield span, "when-where", "", f"Place: {engagement.place.name}", one
        for delegate in engagement.delegates:
            label = ", ".join(filter(None, (delegate.name, delegate.office, delegate.party)))
            for span in delegate.spans:
                yield span, "delegates", "", f"Delegate: {label}", one
    for n, domain in enumerate(reading.domains, 1):
        for span in domain.spans:
            yield span, "domains", "", f"Domain: {domain.label} ({domain.stage})", f"domain-{n}"
    for n, subject in enumerate(reading.open_domains, 1):
        for span in subject.spans:
            yield span, "open-domains", "", f"Subject outside the vocabulary ({subject.stage})", f"open-domain-{n}"
    for n, situation in enumerate(reading.situations, 1):
        for span in situation.spans:
            yield span, "situations", "", f"{concept_name(situation.kind)}: {situation.label}", f"situation-{n}"
    for n, statement in enumerate(reading.statements, 1):
        who, one = statement.speaker.name, f"statement-{n}"
        if statement.source:
            yield statement.source, "statements", "source", f"Source: {who}", one
        if statement.cue:
            yield statement.cue, "statements", "cue", f"Cue of {who}", one
        if statement.occasion:
            yield statement.occasion, "statements", "occasion", f"Where {who} spoke", one
        for span in statement.content:
            label = f"{'Not said: statement' if statement.negated else 'Statement'} of {who} ({manner(statement)})"
            yield span, "statements", "content", label, one
    for n, commitment in enumerate(reading.commitments, 1):
        label = f"Commitment of {', '.join(commitment.parties)}" if commitment.parties else "Commitment"
        for span in commitment.spans:
            yield span, "commitments", "", label, f"commitment-{n}"
    for n, figure in enumerate(reading.figures, 1):
        for span in figure.spans:
            yield span, "figures", "", f"Figure: {figure.comparator} {figure.value:,.15g} {figure.unit or ''}".strip(), f"figure-{n}"


@dataclass(frozen=True, slots=True)
class Edge:
    """A place in a text where a piece of a mark begins or ends; `first` is true for the piece with which the mark begins."""

    at: int
    opens: bool
    mark: Mark
    first: bool


def edges(found: Iterable[Mark], start: int, end: int) -> Iterator[Edge]:
    """Yield the edges of the marks between two places of the text so that every piece lies wholly inside or outside another.

    Marks that cross each other, which markup cannot express, are cut into pieces where they cross.
    """
    queue: list[tuple[int, int, int, int, Mark, bool]] = []
    for n, mark in enumerate(found):
        low, high = max(mark.span.start, start), min(mark.span.end, end)
        if low < high:
            queue.append((low, -high, _DEPTH[mark.layer], n, mark, low == mark.span.start))
    heapq.heapify(queue)
    open_: list[tuple[int, Mark]] = []
    while queue:
        low, minus_high, depth, n, mark, first = heapq.heappop(queue)
        high = -minus_high
        while open_ and open_[-1][0] <= low:
            ended, closing = open_.pop()
            yield Edge(ended, False, closing, False)
        if open_ and open_[-1][0] < high:
            heapq.heappush(queue, (open_[-1][0], minus_high, depth, n, mark, False))
            high = open_[-1][0]
        yield Edge(low, True, mark, first)
        open_.append((high, mark))
    while open_:
        ended, closing = open_.pop()
        yield Edge(ended, False, closing, False)
