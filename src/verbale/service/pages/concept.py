"""Domains, and regions and situations: lists of them, and one over the years, between whom, and who said what."""

from verbale.service.charts import stages_by_year
from verbale.service.pages.asking import At, PageNumber, Part, offset
from verbale.service.rendering import Found, page, pages_router

router = pages_router()

_STATEMENTS = 8


@page(router, "/domains", "concepts.html")
def domains(at: At) -> Found:
    """List the domains of the record."""
    return {"title": "Domains", "concepts": [c for c in at.record.concepts() if c.kind == "domain"]}


@page(router, "/situations", "concepts.html")
def situations(at: At) -> Found:
    """List the regions and situations of the record."""
    return {"title": "Regions and situations", "concepts": [c for c in at.record.concepts() if c.kind != "domain"]}


@page(router, "/domain/{id}", "concept.html")
def domain(at: At, id: str, number: PageNumber = 1) -> Found:
    """Find a domain by its id."""
    return _concept(at, id, number)


@page(router, "/situation/{id}", "concept.html")
def situation(at: At, id: str, number: PageNumber = 1) -> Found:
    """Find a region or situation by its id."""
    return _concept(at, id, number)


def _concept(at: At, id: str, number: int) -> Found:
    spread = at.record.spread(id)
    engagements, total = at.record.engagements(concept=spread.concept.concept, offset=offset(number), limit=25)
    return {
        "title": spread.concept.label,
        "spread": spread,
        "engagements": engagements,
        "part": Part(number, total),
        "statements": list(at.record.said(about=spread.concept.concept, limit=_STATEMENTS)),
        "charts": {"stages": stages_by_year(spread.stages)},
    }
