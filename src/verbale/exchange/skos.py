"""The vocabularies as SKOS in Turtle, and SKOS as vocabulary files."""

import re
from pathlib import Path
from typing import IO, Any

import yaml
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from verbale.errors import ExchangeError
from verbale.exchange.selection import Selection, iri
from verbale.vocabulary import Concept, countries, domains, kinds, situations, stages

_SCHEMES = {
    "domains": "Domains of cooperation",
    "situations": "Regions and situations",
    "stages": "Stages of a domain",
    "kinds": "Kinds of engagement",
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEADINGS = ("security", "economy", "technology", "energy-climate", "society", "order")


def write(selection: Selection, out: IO[bytes]) -> None:
    """Write all vocabularies; what a record holds makes no difference to them."""
    out.write(graph().serialize(format="turtle", encoding="utf-8"))


def graph() -> Graph:
    """Return the vocabularies as a graph.

    A term that carries a concept by itself is an `altLabel`, a weak one a `hiddenLabel`, what counts a `scopeNote`; a domain stands under
    a concept for its heading; a situation about countries points at them with `related`.
    """
    g = Graph()
    g.bind("skos", SKOS)
    for scheme, label in _SCHEMES.items():
        g.add((_scheme(scheme), RDF.type, SKOS.ConceptScheme))
        g.add((_scheme(scheme), DCTERMS.title, Literal(label, lang="en")))
    for heading in _HEADINGS:
        _concept(g, _heading(heading), heading, heading.replace("-", " and ").capitalize(), "domains")
        g.add((_heading(heading), SKOS.topConceptOf, _scheme("domains")))
    for c in domains().values():
        _vocabulary_concept(g, c, "domains")
        g.add((URIRef(iri("concept", c.id)), SKOS.broader, _heading(c.broader)))
    for c in situations().values():
        _vocabulary_concept(g, c, "situations")
        g.add((URIRef(iri("concept", c.id)), DCTERMS.type, Literal(c.kind)))
        for code in c.parties:
            g.add((URIRef(iri("concept", c.id)), SKOS.related, URIRef(iri("party", code))))
            g.add((URIRef(iri("party", code)), SKOS.prefLabel, Literal(countries()[code].label, lang="en")))
    for stage in stages().values():
        _concept(g, URIRef(iri("stage", stage.id)), stage.id, stage.label, "stages", stage.definition)
    for kind in kinds().values():
        _concept(g, URIRef(iri("kind", kind.id)), kind.id, kind.label, "kinds", kind.definition)
    return g


def _scheme(name: str) -> URIRef:
    return URIRef(iri("scheme", name))


def _heading(name: str) -> URIRef:
    return URIRef(iri("heading", name))


def _concept(g: Graph, node: URIRef, identifier: str, label: str, scheme: str, definition: str = "") -> None:
    g.add((node, RDF.type, SKOS.Concept))
    g.add((node, SKOS.inScheme, _scheme(scheme)))
    g.add((node, SKOS.notation, Literal(identifier)))
    g.add((node, SKOS.prefLabel, Literal(label, lang="en")))
    if definition:
        g.add((node, SKOS.definition, Literal(definition, lang="en")))


def _vocabulary_concept(g: Graph, c: Concept, scheme: str) -> None:
    node = URIRef(iri("concept", c.id))
    _concept(g, node, c.id, c.label, scheme)
    if c.scope:
        g.add((node, SKOS.scopeNote, Literal(c.scope, lang="en")))
    for term in c.terms:
        g.add((node, SKOS.altLabel, Literal(term, lang="en")))
    for term in c.weak:
        g.add((node, SKOS.hiddenLabel, Literal(term, lang="en")))


def read(path: Path) -> list[Concept]:
    """Return the domains, regions and situations of a SKOS file in Turtle, sorted by id.

    A concept needs an English `prefLabel` and either a `broader` heading (then it is a domain) or the scheme of situations. Its id is
    its `notation`, or the end of its address.

    Raises:
        ExchangeError: the file cannot be read, is no Turtle, holds no such concept, or a concept is incomplete.
    """
    try:
        g = Graph().parse(data=path.read_text("utf-8"), format="turtle")
    except (OSError, UnicodeDecodeError) as error:
        raise ExchangeError(f"{path}: cannot be read ({error}); give a file of SKOS in Turtle and UTF-8") from error
    except Exception as error:  # the parsers of rdflib raise what they like
        raise ExchangeError(f"{path}: not Turtle ({' '.join(str(error).split())[:200]})") from error
    found = [_read(g, node, path) for node in g.subjects(RDF.type, SKOS.Concept) if _is_ours(g, node)]
    if not found:
        raise ExchangeError(f"{path}: no concept with a broader heading urn:verbale:heading:… and none in urn:verbale:scheme:situations")
    return sorted(found, key=lambda c: (c.kind != "domain", c.id))


def _is_ours(g: Graph, node: Any) -> bool:
    headed = any((node, SKOS.broader, _heading(h)) in g for h in _HEADINGS)
    return headed or (node, SKOS.inScheme, _scheme("situations")) in g


def _read(g: Graph, node: Any, path: Path) -> Concept:
    label = _english(g, node, SKOS.prefLabel)
    identifier = str(g.value(node, SKOS.notation) or re.split(r"[/#:]", str(node))[-1]).lower()
    if not label or not _SLUG.fullmatch(identifier):
        raise ExchangeError(f"{path}: the concept {node} needs an English prefLabel and a notation such as `maritime-security`")
    heading = next((h for h in _HEADINGS if (node, SKOS.broader, _heading(h)) in g), "")
    kind = "domain" if heading else str(g.value(node, DCTERMS.type) or "situation")
    parties = sorted(str(p).rpartition(":")[2] for p in g.objects(node, SKOS.related) if str(p).startswith(iri("party", "")))
    return Concept(
        identifier,
        label[0],
        "domain" if kind == "domain" else "region" if kind == "region" else "situation",
        next(iter(_english(g, node, SKOS.scopeNote)), ""),
        heading,
        tuple(sorted(_english(g, node, SKOS.altLabel))),
        tuple(sorted(_english(g, node, SKOS.hiddenLabel))),
        parties=tuple(parties),
    )


def _english(g: Graph, node: Any, predicate: Any) -> list[str]:
    return sorted(str(v) for v in g.objects(node, predicate) if getattr(v, "language", None) in (None, "en"))


def to_yaml(concepts: list[Concept]) -> str:
    """Return concepts as a vocabulary file, `domains.yaml` or `situations.yaml`."""
    rows = []
    for c in concepts:
        row: dict[str, Any] = {"id": c.id, "label": c.label}
        if c.kind != "domain":
            row |= {"kind": c.kind} | ({"parties": list(c.parties), "bare": "none"} if c.parties else {})
        else:
            row |= {"broader": c.broader}
        rows.append(row | {"scope": c.scope, "terms": list(c.terms)} | ({"weak": list(c.weak)} if c.weak else {}))
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=140)
