"""Review: the queue of findings, the least sure first, and one finding; accepted, rejected, amended, and taken back."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from verbale.errors import ConflictError, UnknownNameError
from verbale.service.amending import amended, fields, value_of
from verbale.service.desk import Desk
from verbale.service.pages.asking import At, PageNumber, Part, Who, address_of, offset
from verbale.service.rendering import Found, local, page, page_of, pages_router
from verbale.service.security.rights import CHANGE, require

router = pages_router()
changes = APIRouter(dependencies=[Depends(require("reviewer")), *CHANGE], include_in_schema=False)

_SIZE = 15
Why = Annotated[str, Form(max_length=2000)]
Seen = Annotated[int, Form(ge=0, lt=1 << 62)]
Next = Annotated[str, Form(max_length=2000)]


@page(router, "/review", "review.html")
def review(at: At, kind: Annotated[str, Query(max_length=20)] = "", number: PageNumber = 1) -> Found:
    """Find the findings that wait for a decision, the least sure first."""
    waiting = at.record.waiting()
    total = waiting[kind] if kind in waiting else sum(waiting.values())
    found = at.record.queue(kind or None, limit=_SIZE, offset=offset(number, _SIZE))
    return {"title": "Review", "kind": kind, "waiting": waiting, "queue": found, "part": Part(number, total, _SIZE)}


@page(router, "/finding/{key}", "finding.html")
def finding(at: At, key: str) -> Found:
    """Find one finding by its key, with what was decided about it."""
    return shown(at, key)


def shown(at: Desk, key: str) -> dict[str, Any]:
    """Return what the page of a finding shows."""
    sheet, entry = at.record.finding(key)
    value = value_of(sheet, entry) if entry.number else None
    return {
        "title": f"{entry.kind.capitalize()}: {entry.label}",
        "finding": entry,
        "value": value,
        "document": {"id": sheet.reading.document.id, "title": sheet.reading.document.title},
        "page_only": {"fields": fields(entry.kind, value) if value else []},
    }


@changes.post("/finding/{key}/{verb}")
async def decide(at: At, who: Who, request: Request, key: str, verb: str, seen: Seen = 0, why: Why = "", next: Next = "") -> Response:
    """Accept, reject or amend a finding; refused where somebody else has decided about it since the page was made."""
    form = {k: str(v) for k, v in (await request.form()).items()}
    return await run_in_threadpool(lambda: _decide(at, who.name, request, key, verb, seen, why, next, form))


def _decide(at: Desk, name: str, request: Request, key: str, verb: str, seen: int, why: str, next: str, form: dict[str, str]) -> Response:
    r = at.record
    try:
        if verb == "accept":
            made = partial(r.accept, key, person=name, why=why, seen=seen)
        elif verb == "reject":
            made = partial(r.reject, key, person=name, why=why, seen=seen)
        elif verb == "amend":
            sheet, entry = r.finding(key)
            value = amended(entry.kind, value_of(sheet, entry), form)
            made = partial(r.amend, key, value, person=name, why=why, seen=seen)
        else:
            raise UnknownNameError(f"a finding can be accepted, rejected or amended, not “{verb}”")
        at.change(name, verb, f"finding {key}", made, address=address_of(request))
    except ConflictError as error:
        if request.headers.get("hx-request"):
            return page_of(request, "finding_card.html", {**shown(at, key), "said": str(error)}, 200)
        raise
    return _after(at, request, key, next)


@changes.post("/decision/{number}/undo")
def undo(at: At, who: Who, request: Request, number: int, finding: Annotated[str, Form(max_length=16)], next: Next = "") -> Response:
    """Take a decision back."""
    at.change(
        who.name, "undo", f"decision {number}", partial(at.record.undo, "decision", number, person=who.name), address=address_of(request)
    )
    return _after(at, request, finding, next)


def _after(at: Desk, request: Request, key: str, next: str) -> Response:
    """Show the finding as it is now: in place, or on the page that the form names."""
    if request.headers.get("hx-request"):
        return page_of(request, "finding_card.html", {**shown(at, key), "said": ""})
    return RedirectResponse(local(next) or f"/finding/{key}", 303)
