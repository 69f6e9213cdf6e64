"""Findings as W3C Web Annotations in JSON-LD, with PROV: which reader or person made each, and from which document."""

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

import verbale
from verbale.document import Span
from verbale.exchange.selection import Selection, document_iri, iri
from verbale.record.extract import Extract
from verbale.record.review import Decision

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The context of the Web Annotation Data Model (W3C Recommendation, 2017)."""

_MORE = {
    "prov": "http://www.w3.org/ns/prov#",
    "verbale": "urn:verbale:term:",
    "confidence": {"@id": "verbale:confidence"},
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasAssociatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
    "generatedAtTime": {"@id": "prov:generatedAtTime"},
}


def write(selection: Selection, out: IO[bytes]) -> None:
    """Write one AnnotationPage: an annotation for every finding, its places as position and quote selectors.

    The body names the concept (`classifying`), the person or party (`identifying`) or says what was found (`describing`), the
    properties of the finding beside it as JSON text.
    """
    decisions = {d.number: d for d in selection.record.decisions()}
    out.write(_json({"@context": [CONTEXT, _MORE], "id": "urn:verbale:annotations", "type": "AnnotationPage"})[:-1] + b', "items": [')
    first = True
    for x in selection.documents():
        for annotation in annotations(x, decisions):
            out.write((b"\n" if first else b",\n") + _json(annotation))
            first = False
    out.write(b"\n]}\n")


def annotations(x: Extract, decisions: dict[int, Decision]) -> Iterator[dict[str, Any]]:
    """Give the annotations of one document."""
    reading = x.reading
    for key, engagement, e in zip(x.reports, x.engagements, reading.engagements, strict=True):
        what = {
            "kind": e.kind, "status": e.status, "parties": [p.id for p in e.parties], "date": e.date.value if e.date else None,
            "place": e.place.name if e.place else None, "series": e.series.name if e.series else None,
        }  # fmt: skip
        bodies = [{"id": iri("engagement", engagement), "type": "SpecificResource", "purpose": "identifying"}, _text(what)]
        yield _annotation(x, key, "engagement", bodies, e.spans, e.confidence, decisions)
    for key, d in zip(x.domains, reading.domains, strict=True):
        bodies = [_concept(d.id), _text({"stage": d.stage})]
        yield _annotation(x, key, "domain", bodies, d.spans, d.confidence, decisions)
    for key, s in zip(x.situations, reading.situations, strict=True):
        yield _annotation(x, key, "situation", [_concept(s.id)], s.spans, s.confidence, decisions)
    for key, person, said in zip(x.statements, x.speakers, reading.statements, strict=True):
        about = {"speaker": said.speaker.name, "party": said.speaker.party, "mode": said.mode, "stance": said.stance}
        bodies = [_text(about | {"negated": said.negated})]
        if person:
            bodies.insert(0, {"id": iri("person", person), "type": "SpecificResource", "purpose": "identifying"})
        yield _annotation(x, key, "statement", bodies, said.content, said.confidence, decisions)
    for key, c in zip(x.commitments, reading.commitments, strict=True):
        bodies = [_text({"parties": list(c.parties), "deadline": c.deadline}), *(_concept(i) for i in c.domains)]
        yield _annotation(x, key, "commitment", bodies, c.spans, c.confidence, decisions)
    for key, f in zip(x.figures, reading.figures, strict=True):
        bodies = [_text({"value": f.value, "unit": f.unit, "comparator": f.comparator})]
        yield _annotation(x, key, "figure", bodies, f.spans, f.confidence, decisions)


def _annotation(
    x: Extract,
    key: str,
    kind: str,
    bodies: Sequence[dict[str, Any]],
    spans: Sequence[Span],
    confidence: float,
    decisions: dict[int, Decision],
) -> dict[str, Any]:
    document = x.reading.document
    source = document.url or document_iri(document.id)
    targets = [{"type": "SpecificResource", "source": source, "selector": s.selectors(document.text)} for s in spans]
    decision = decisions.get(x.decided.get(key, -1))
    found: dict[str, Any] = {
        "id": iri("finding", key),
        "type": "Annotation",
        "motivation": "classifying" if kind in ("domain", "situation") else "describing",
        "label": kind,
        "body": [*bodies],
        "target": targets,
        "confidence": confidence,
        "wasDerivedFrom": document_iri(document.id),
    }
    if decision is None:
        software = f"urn:verbale:reader:{x.reading.reader or 'unknown'}"
        found["generator"] = {"id": software, "type": ["Software", "prov:SoftwareAgent"], "name": f"verbale {verbale.__version__}"}
        found["wasGeneratedBy"] = {
            "id": f"urn:verbale:reading:{document.id}", "type": "prov:Activity", "wasAssociatedWith": software,
        }  # fmt: skip
    else:
        person = {"id": f"urn:verbale:decision:{decision.number}#person", "type": ["Person", "prov:Person"], "name": decision.person}
        found |= {"creator": person, "wasAttributedTo": person["id"], "created": decision.at, "generatedAtTime": decision.at}
    return found


def _concept(identifier: str) -> dict[str, Any]:
    return {"id": iri("concept", identifier), "type": "SpecificResource", "purpose": "classifying"}


def _text(what: dict[str, Any]) -> dict[str, Any]:
    value = json.dumps({k: v for k, v in what.items() if v is not None}, ensure_ascii=False)
    return {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": value}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
