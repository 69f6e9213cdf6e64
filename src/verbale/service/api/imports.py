"""Imports by programs: upload documents, and follow how far their reading is."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Path, Request, Response, UploadFile

from verbale.service.api.schema import PROBLEMS, encoded
from verbale.service.importing import ImportState
from verbale.service.pages.asking import At, Who, address_of
from verbale.service.pages.importing import begin, state_of, stream_of
from verbale.service.security.rights import CHANGE, require

router = APIRouter(dependencies=[Depends(require("editor"))], responses=PROBLEMS, tags=["imports"])

Id = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$")]
_STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


@router.post("/imports", status_code=202, response_model=ImportState, dependencies=CHANGE)
def upload(at: At, who: Who, request: Request, files: Annotated[list[UploadFile], File()]) -> Response:
    """Take files in and begin to read them; the answer says where to follow it."""
    state = begin(at, who.name, files, address_of(request))
    made = encoded(state, 202)
    made.headers["location"] = f"/api/v1/imports/{state.id}"
    return made


@router.get("/imports", response_model=list[ImportState])
def imports(at: At) -> Response:
    """The imports since the service started, the latest first."""
    return encoded(at.imports.states())


@router.get("/imports/{id}", response_model=ImportState)
def followed(at: At, id: Id) -> Response:
    """How far an import is."""
    return encoded(state_of(at, id))


@router.get("/imports/{id}/events", response_class=Response, responses=_STREAM)
def events(at: At, id: Id) -> Response:
    """How far an import is, as server-sent events (`state`, the last `end`) with the state as JSON."""
    return stream_of(at, id)
