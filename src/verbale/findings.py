"""The findings that a reading holds, and the reading itself, as documented in the reference under "The reading"."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

import msgspec

from verbale.display import table
from verbale.document import Document, Span
from verbale.errors import ReadingFormatError, SpanError

EngagementKind = Literal["call", "meeting", "summit", "dialogue", "visit", "signing", "statement"]
Status = Literal["held", "planned", "past"]
Stage = Literal["contested", "delivered", "launched", "advanced", "continued", "explored"]
Mode = Literal["direct", "mixed", "indirect"]
Comparator = Literal["=", ">", "<", "~"]


@dataclass(frozen=True, slots=True)
class Party:
    """A government or organisation that takes part: ISO 3166-1 alpha-2 code, or the short name of an organisation."""

    id: str
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class When:
    """A date in ISO 8601, as precise as the document allows: a day, a month or a year."""

    value: str
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an engagement takes place, as written, with the ISO code of the country where it is known."""

    name: str
    country: str | None
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Series:
    """A recurring mechanism by its name as written, with the number of the edition where it is given."""

    name: str
    edition: int | None
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person who takes part, with the fullest name and the office that the document gives, and the party acted for."""

    name: str
    office: str | None
    party: str | None
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Engagement:
    """A contact between governments: a call, meeting, summit, dialogue, visit, signing or joint statement.

    `principal` is true for those that the document exists to report.
    """

    kind: EngagementKind
    status: Status
    principal: bool
    parties: tuple[Party, ...]
    date: When | None
    place: Place | None
    series: Series | None
    delegates: tuple[Delegate, ...]
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain of cooperation that was a subject between the parties, with the furthest stage reached."""

    id: str
    label: str
    stage: Stage
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class OpenDomain:
    """A subject of cooperation that the vocabulary of domains lacks: its `phrase` in lower case, and the ids of the `nearest` domains."""

    phrase: str
    nearest: tuple[str, ...]
    stage: Stage
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Situation:
    """A region or situation on which views were exchanged; `kind` is `region` or `situation`."""

    id: str
    label: str
    kind: str
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke: the fullest name in the document (or the group as written), office and party where they are known."""

    name: str
    office: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what: a report of speech or public stance, with the words that name its source, its cue and its content.

    `stance` is the class of the cue in the vocabulary of cues (`saying`, `asserting`, `urging`, `promising`, `welcoming`,
    `criticising`, `denying`); `negated` is true for what was not said; `occasion` are the words that say where it was said.
    """

    speaker: Speaker
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    mode: Mode
    confidence: float = 1.0
    stance: str = "saying"
    negated: bool = False
    occasion: Span | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise of future action: who is bound, on which domains, until when (ISO 8601), in which words."""

    parties: tuple[str, ...]
    domains: tuple[str, ...]
    deadline: str | None
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount that matters to the substance: `value` as a plain number in `unit` (`USD`, `%`, `MW`, `vaccine doses`)."""

    value: float
    unit: str | None
    comparator: Comparator
    spans: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said or thought what, as three sets of spans, in the sense of PolNeAR (Newell et al., LREC 2018)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found in one document."""

    document: Document
    about_talks: bool
    confidence: float = 1.0
    engagements: tuple[Engagement, ...] = ()
    domains: tuple[Domain, ...] = ()
    situations: tuple[Situation, ...] = ()
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    figures: tuple[Figure, ...] = ()
    reader: str = ""
    open_domains: tuple[OpenDomain, ...] = ()  # last, so that readings made by position stay what they were

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as JSON-ready objects; every span carries `exact`, the words of the text at that place."""
        plain = _plain(self, self.document.text)
        document = plain.pop("document")
        return {"document": {"id": self.document.id, **document}, **plain}

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the findings, each with the words of its first place and how sure it is."""
        text = self.document.text

        def row(kind: str, what: str, spans: tuple[Span, ...], confidence: float) -> dict[str, Any]:
            return {"kind": kind, "what": what, "words": spans[0].exact(text) if spans else "", "confidence": f"{confidence:.2f}"}

        rows = [
            row(e.kind, " – ".join([" ".join(p.id for p in e.parties), e.date.value if e.date else "undated"]), e.spans, e.confidence)
            for e in self.engagements
        ]
        rows += [row("domain", f"{d.label}, {d.stage}", d.spans, d.confidence) for d in self.domains]
        rows += [row(s.kind, s.label, s.spans, s.confidence) for s in self.situations]
        rows += [row("statement", f"{s.speaker.name}, {s.mode}", s.content, s.confidence) for s in self.statements]
        rows += [row("commitment", " ".join(c.parties), c.spans, c.confidence) for c in self.commitments]
        rows += [row("figure", f"{f.comparator} {f.value:,.10g} {f.unit or ''}".strip(), f.spans, f.confidence) for f in self.figures]
        return table(rows, f"{self.document.title or 'Untitled'}: {len(rows)} findings.", most=40)

    def to_json(self) -> str:
        """Return the reading as one line of JSON, byte for byte the same for the same document and reader."""
        return msgspec.json.encode(self.to_dict()).decode("utf-8")

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any]) -> "Reading":
        """Rebuild a reading from what `to_dict` gave, checking that every `exact` is what the text says.

        Raises:
            ReadingFormatError: a field is missing or of the wrong type, or a span does not match the text.
        """
        try:
            reading = msgspec.convert(raw, cls)
        except (msgspec.ValidationError, ValueError, SpanError) as error:
            raise ReadingFormatError(f"not a reading: {error}") from error
        _check_spans(raw, reading.document.text)
        return reading

    @classmethod
    def from_json(cls, raw: str | bytes) -> "Reading":
        """Rebuild a reading from its JSON.

        Raises:
            ReadingFormatError: not JSON, or not a reading.
        """
        try:
            return cls.from_dict(msgspec.json.decode(raw, type=dict))
        except msgspec.DecodeError as error:
            raise ReadingFormatError(f"not a reading: {error}") from error


def _plain(node: Any, text: str) -> Any:
    """Turn dataclasses into dictionaries and tuples into lists; a span gains its `exact`."""
    if isinstance(node, Span):
        return {"start": node.start, "end": node.end, "exact": node.exact(text)}
    if is_dataclass(node):
        return {f.name: _plain(getattr(node, f.name), text) for f in fields(node)}
    if isinstance(node, tuple):
        return [_plain(item, text) for item in node]
    if isinstance(node, float):
        return int(node) if node.is_integer() and abs(node) < 2**53 else node
    return node


def _check_spans(node: Any, text: str) -> None:
    """Raise ReadingFormatError at the first span that lies outside the text or whose `exact` is not what stands there."""
    if isinstance(node, Mapping):
        if {"start", "end"} <= node.keys():
            start, end, exact = node["start"], node["end"], node.get("exact")
            if end > len(text) or text[start:end] != exact:
                raise ReadingFormatError(f"the span {start} to {end} does not read “{str(exact)[:60]}” in the text")
        else:
            for value in node.values():
                _check_spans(value, text)
    elif isinstance(node, list | tuple):
        for value in node:
            _check_spans(value, text)
