"""What people decide, by programs: the same rules as on the pages, with the name of who asks."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from verbale.errors import DecisionError
from verbale.service.api.schema import PROBLEMS, Add, Decide, Judge, Key, Numbers, Score, Written, encoded
from verbale.service.pages.asking import At, Who, address_of
from verbale.service.security.rights import CHANGE, require

router = APIRouter(dependencies=[Depends(require("reviewer")), *CHANGE], responses=PROBLEMS, tags=["decisions"])

Number = Annotated[int, Path(ge=1, lt=1 << 31)]


@router.post("/findings/{key}/decisions", status_code=201, response_model=Numbers)
def decide(at: At, who: Who, request: Request, key: Key, made: Decide) -> Response:
    """Accept, reject or amend a finding."""
    r = at.record
    if made.verb == "amend":
        if made.value is None:
            raise DecisionError("to amend, give in `value` the finding that is put in place")
        value = made.value
        done = partial(r.amend, key, value, person=who.name, why=made.why, seen=made.seen)
    elif made.verb == "accept":
        done = partial(r.accept, key, person=who.name, why=made.why, seen=made.seen)
    else:
        done = partial(r.reject, key, person=who.name, why=made.why, seen=made.seen)
    number = at.change(who.name, made.verb, f"finding {key}", done, address=address_of(request))
    return encoded({"numbers": [number]}, 201)


@router.post("/documents/{id}/findings", status_code=201, response_model=Numbers)
def add(at: At, who: Who, request: Request, id: Written, made: Add) -> Response:
    """Add a finding that the reader missed."""
    document = at.record.document_id(id)
    done = partial(at.record.add_finding, document, made.kind, made.value, person=who.name, why=made.why)
    return encoded({"numbers": [at.change(who.name, "add", f"{made.kind} in {document[:12]}", done, address=address_of(request))]}, 201)


@router.delete("/decisions/{number}", status_code=204)
def undo_decision(at: At, who: Who, request: Request, number: Number) -> Response:
    """Take a decision back."""
    at.change(
        who.name, "undo", f"decision {number}", partial(at.record.undo, "decision", number, person=who.name), address=address_of(request)
    )
    return Response(status_code=204)


@router.post("/promises/{key}/assessments", status_code=201, response_model=Numbers)
def assess(at: At, who: Who, request: Request, key: Key, made: Score) -> Response:
    """Score a promise: −1 not complied with, 0 partly, +1 fully; 0 and +1 need evidence."""
    cited = [(at.record.document_id(e.document), e.words) for e in made.evidence]
    done = partial(at.record.assess, key, made.score, person=who.name, evidence=cited, note=made.note, party=made.party)
    return encoded({"numbers": at.change(who.name, "assess", f"promise {key}: {made.score:+d}", done, address=address_of(request))}, 201)


@router.delete("/assessments/{number}", status_code=204)
def undo_assessment(at: At, who: Who, request: Request, number: Number) -> Response:
    """Take a score back."""
    done = partial(at.record.undo, "assessment", number, person=who.name)
    at.change(who.name, "undo", f"assessment {number}", done, address=address_of(request))
    return Response(status_code=204)


@router.post("/judgements", status_code=201, response_model=Numbers, dependencies=[Depends(require("editor"))])
def judge(at: At, who: Who, request: Request, made: Judge) -> Response:
    """Judge entries the same, or different from all that they are joined with."""
    judged = at.record.merge if made.verb == "merge" else at.record.split
    done = partial(judged, made.kind, made.entries, person=who.name, why=made.why)
    what = f"{made.kind} {', '.join(made.entries)}"
    return encoded({"numbers": at.change(who.name, made.verb, what, done, address=address_of(request))}, 201)


@router.delete("/judgements/{number}", status_code=204, dependencies=[Depends(require("editor"))])
def undo_judgement(at: At, who: Who, request: Request, number: Number) -> Response:
    """Take a judgement back."""
    done = partial(at.record.undo, "judgement", number, person=who.name)
    at.change(who.name, "undo", f"judgement {number}", done, address=address_of(request))
    return Response(status_code=204)
