"""Rows of the record turned back into findings."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, cast

import msgspec

from verbale.findings import (
    Commitment,
    Delegate,
    Domain,
    Engagement,
    Figure,
    OpenDomain,
    Party,
    Place,
    Series,
    Situation,
    Speaker,
    Statement,
    When,
)


def to_engagement(e: Any, parties: Iterable[Any], delegates: Iterable[Any]) -> Engagement:
    """Return the engagement of a row, with its rows of parties and of delegates in order."""
    return Engagement(
        e.kind,
        e.status,
        e.principal,
        tuple(Party(p.party, p.spans, p.confidence) for p in parties),
        When(e.day, e.day_spans, e.day_confidence) if e.day is not None else None,
        Place(e.place, e.country, e.place_spans, e.place_confidence) if e.place is not None else None,
        Series(e.series, e.edition, e.series_spans, e.series_confidence) if e.series is not None else None,
        tuple(Delegate(d.name, d.office, d.party, d.spans, d.confidence) for d in delegates),
        e.spans,
        e.confidence,
    )


def to_domains(concepts: Iterable[Any]) -> tuple[Domain, ...]:
    """Return the domains among rows of concepts."""
    return tuple(Domain(c.concept, c.label, c.stage, c.spans, c.confidence) for c in concepts if c.kind == "domain")


def to_situations(concepts: Iterable[Any]) -> tuple[Situation, ...]:
    """Return the situations among rows of concepts."""
    return tuple(Situation(c.concept, c.label, c.kind, c.spans, c.confidence) for c in concepts if c.kind != "domain")


def to_statement(s: Any) -> Statement:
    """Return the statement of a row."""
    return Statement(
        Speaker(s.speaker, s.office, s.party),
        s.source[0] if s.source else None,
        s.cue[0] if s.cue else None,
        s.content,
        cast(Literal["direct", "mixed", "indirect"], s.mode),
        s.confidence,
        s.stance,
        s.negated,
        s.occasion[0] if s.occasion else None,
    )


def to_commitment(c: Any, parties: Sequence[str], domains: Sequence[str]) -> Commitment:
    """Return the commitment of a row, with the codes of who is bound and the ids of its domains."""
    return Commitment(tuple(parties), tuple(domains), c.deadline, c.spans, c.confidence)


def to_figure(f: Any) -> Figure:
    """Return the figure of a row."""
    return Figure(f.value, f.unit, f.comparator, f.spans, f.confidence)


def to_open_domains(row: Any) -> tuple[OpenDomain, ...]:
    """Return the open domains that a row of a reading holds."""
    return msgspec.convert(row.open_domains or (), tuple[OpenDomain, ...])
