"""Promises: the board of those open, overdue and assessed; one with candidate evidence; a person's score of it."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from verbale.document import Span
from verbale.errors import DecisionError, SpanError
from verbale.record.followup import Status
from verbale.service.pages.asking import At, PageNumber, Part, Who, address_of, offset
from verbale.service.rendering import Found, page, pages_router
from verbale.service.security.rights import CHANGE, require

router = pages_router()
changes = APIRouter(dependencies=[Depends(require("reviewer")), *CHANGE], include_in_schema=False)

_SIZE = 20
_EVIDENCE = 8
Name = Annotated[str, Query(max_length=100)]


@page(router, "/promises", "promises.html")
def promises(at: At, status: Status = "open", party: Name = "", domain: Name = "", number: PageNumber = 1) -> Found:
    """Find the promises of a status, the latest first."""
    parties = [party] if party.strip() else []
    about = domain.strip() or None
    board = at.record.board(status, parties=parties, domain=about, as_of=at.today(), limit=_SIZE, offset=offset(number, _SIZE))
    return {
        "title": "Promises",
        "status": status,
        "counts": board.counts,
        "promises": board.promises,
        "part": Part(number, board.counts[status], _SIZE),
        "compliance": at.record.compliance("party") if status == "assessed" else [],
        "page_only": {"party": party, "domain": domain, "domains": [c for c in at.record.concepts() if c.kind == "domain"]},
    }


@page(router, "/promise/{key}", "promise.html")
def promise(at: At, key: str) -> Found:
    """Find one promise by its key, with passages that may show what became of it."""
    found = at.record.promise(key, as_of=at.today())
    return {"title": "Promise", "promise": found, "evidence": list(at.record.evidence(key, limit=_EVIDENCE))}


@changes.post("/promise/{key}/assess")
def assess(
    at: At,
    who: Who,
    request: Request,
    key: str,
    score: Annotated[int, Form(ge=-1, le=1)],
    evidence: Annotated[list[str], Form(max_length=20)] = [],
    document: Annotated[str, Form(max_length=2000)] = "",
    words: Annotated[str, Form(max_length=5000)] = "",
    note: Annotated[str, Form(max_length=5000)] = "",
    party: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Score a promise, with passages that were proposed (`evidence`: document, start and end) or words of any document."""
    cited: list[tuple[str, str | Span]] = [_cited(e) for e in evidence]
    if document.strip() or words.strip():
        if not (document.strip() and words.strip()):
            raise DecisionError("evidence is a document of the record and the words in it; give both")
        cited.append((at.record.document_id(document.strip()), words.strip()))
    made = partial(at.record.assess, key, score, person=who.name, evidence=cited, note=note, party=party or None)
    at.change(who.name, "assess", f"promise {key}: {score:+d}", made, address=address_of(request))
    return RedirectResponse(f"/promise/{key}", 303)


def _cited(written: str) -> tuple[str, Span]:
    try:
        document, start, end = written.split(":")
        return document, Span(int(start), int(end))
    except (ValueError, SpanError) as error:
        raise DecisionError(f"“{written[:80]}” names no passage; choose one of those proposed") from error


@changes.post("/assessment/{number}/undo")
def undo(at: At, who: Who, request: Request, number: int, promise: Annotated[str, Form(max_length=16)]) -> Response:
    """Take a score back."""
    taken = partial(at.record.undo, "assessment", number, person=who.name)
    at.change(who.name, "undo", f"assessment {number}", taken, address=address_of(request))
    return RedirectResponse(f"/promise/{promise}", 303)
