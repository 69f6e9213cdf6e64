"""The reader: runs the encoder over a document and lets each kind of finding take what it needs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from verbale.document import Document, Span
from verbale.findings import (
    Attribution,
    Commitment,
    Domain,
    Engagement,
    Figure,
    OpenDomain,
    Reading,
    Situation,
    Statement,
)
from verbale.reading.attributions import link
from verbale.reading.commitments import commitments
from verbale.reading.confidence import confidence, logit
from verbale.reading.context import Context
from verbale.reading.domains import domains, situations
from verbale.reading.encoder import encoder
from verbale.reading.engagements import engagements
from verbale.reading.figures import figures
from verbale.reading.kinds import is_titled
from verbale.reading.open_domains import open_domains
from verbale.reading.people import people
from verbale.reading.sequences import Floats
from verbale.reading.statements import statements
from verbale.reading.transcripts import turns
from verbale.vocabulary import groups

Finding = TypeVar("Finding", Engagement, Domain, Situation, Statement, Commitment, Figure, OpenDomain)

# A document that the first look gives less than this is let go without a full reading; set so that no document
# about talks of the labelled sets is lost (see benchmarks/quality.json).
GLANCE = 0.05
TALKS = 0.5


def read_document(document: Document, *, min_confidence: float = 0.0) -> Reading:
    """Read a document: engagements, domains, situations, statements, commitments and figures, each with its spans.

    Pure: the same document gives the same reading, byte for byte. The first window is read before anything else; a document
    that it shows not to be about talks between governments is not read further and has no findings.

    Args:
        document: what to read; English.
        min_confidence: leave out findings less sure than this, between 0 and 1.
    """
    model = encoder()
    encoding = model.encode_if(document.text, GLANCE)
    if encoding is None or not len(encoding.pieces):
        return Reading(document, False, 1.0, reader=model.version)
    context = Context(document, model, encoding)
    named = people(context)
    spoken = turns(document.text)
    met = engagements(context, named, bool(spoken))
    sure = confidence(model.calibration["about"], about_features(context, met))
    if sure < TALKS:
        return Reading(document, False, round(1 - sure, 3), reader=model.version)
    parties = {p.id for e in met if e.principal for p in e.parties}
    homes = {d.name: d.party for e in met if e.principal for d in e.delegates}
    named = [p if p.party else replace(p, party=homes.get(p.name)) for p in named]
    subjects, views = domains(context), situations(context, parties)
    said = statements(context, named, spoken)
    return Reading(
        document=document,
        about_talks=True,
        confidence=round(sure, 3),
        engagements=_kept(met, min_confidence),
        domains=_kept(subjects, min_confidence),
        situations=_kept(views, min_confidence),
        statements=_kept(said, min_confidence),
        commitments=_kept(commitments(context, met, subjects, said), min_confidence),
        figures=_kept(figures(document.text), min_confidence),
        # What is spoken freely is too loose for patterns of written phrases.
        open_domains=() if spoken else _kept(open_domains(context, [*subjects, *views]), min_confidence),
        reader=model.version,
    )


def about_features(context: Context, met: Sequence[Engagement]) -> dict[str, float]:
    """The numbers by which it is weighed whether a document is about talks between governments."""
    main = met[0]
    return {
        "model": logit(context.encoding.document["about_talks"]),
        "sides": float(len(main.parties) > 1 or any(p.id in groups() for p in main.parties)),
        "met": float(len({d.party for d in main.delegates if d.party}) > 1),
        "title": float(is_titled(context)),
    }


def _kept(found: Sequence[Finding], floor: float) -> tuple[Finding, ...]:
    return tuple(f for f in found if f.confidence >= floor)


def attributions(text: str) -> tuple[Attribution, ...]:
    """Find who is said to have said or thought what, in any English text, in the sense of PolNeAR.

    Spans count characters of `text` as it stands. Time is linear in the length of the text.
    """
    model = encoder()
    encoding = model.encode(text)
    return tuple(
        Attribution(
            source=(Span(*encoding.characters(parts.source)),) if parts.source else (),
            cue=(Span(*encoding.characters(parts.cue)),) if parts.cue else (),
            content=tuple(Span(*encoding.characters(c)) for c in parts.content),
            confidence=round(parts.link, 3),
        )
        for parts in link(model.paths(encoding)["attribution"], encoding.arcs, model.nothing, encoding.segments)
    )


def embed(passages: Sequence[str]) -> Floats:
    """Return a vector of each passage, of length 1: those of like meaning lie close together by their cosine.

    Shape (passages, 384); the row of a passage without words is zero.
    """
    return encoder().embed(passages)
