"""Import: documents are uploaded, and their reading is followed as it goes on."""

from collections.abc import AsyncIterator
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, File, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from verbale.errors import UnknownNameError
from verbale.service.desk import Desk
from verbale.service.importing import ImportState
from verbale.service.pages.asking import At, Who, address_of
from verbale.service.rendering import Found, page
from verbale.service.security.rights import CHANGE, require

router = APIRouter()

_BEAT_S = 5.0  # a stream says at least so often that it is alive


@page(router, "/import", "imports.html", role="editor")
def imports(at: At) -> Found:
    """List the imports of this service."""
    return {"title": "Add documents", "imports": at.imports.states(), "page_only": {"limits": at.imports.limits}}


@page(router, "/import/{id}", "import.html", role="editor")
def followed(at: At, id: str) -> Found:
    """Find how far an import is."""
    return {"title": "Import", "state": state_of(at, id)}


def state_of(at: Desk, id: str) -> ImportState:
    """Return how far an import is.

    Raises:
        UnknownNameError: there is none of this id.
    """
    found = at.imports.state(id)
    if found is None:
        raise UnknownNameError(f"there is no import “{id}”; imports are forgotten when the service stops, their documents are not")
    return found


@router.get("/import/{id}/events", dependencies=[Depends(require("editor"))], include_in_schema=False)
def events(at: At, id: str) -> Response:
    """Stream how far an import is, as server-sent events, until it ends."""
    return stream_of(at, id)


def stream_of(at: Desk, id: str) -> StreamingResponse:
    """Return the stream of an import: one event a change, the last of type `end`."""
    first = state_of(at, id)

    async def told() -> AsyncIterator[bytes]:
        state = first
        yield _event(state)
        while not state.ended:
            further = await run_in_threadpool(at.imports.next_state, id, state, _BEAT_S)
            yield b": still here\n\n" if further == state else _event(further)
            state = further

    return StreamingResponse(told(), media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"})


def _event(state: ImportState) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (b"end" if state.ended else b"state", msgspec.json.encode(state))


@router.post("/import", dependencies=[Depends(require("editor")), *CHANGE], include_in_schema=False)
def upload(at: At, who: Who, request: Request, files: Annotated[list[UploadFile], File()]) -> Response:
    """Take files in and begin to read them."""
    return RedirectResponse(f"/import/{begin(at, who.name, files, address_of(request)).id}", 303)


def begin(at: Desk, who: str, files: list[UploadFile], address: str) -> ImportState:
    """Begin an import and note it in the audit log.

    Raises:
        IntakeError: there is no file, there are too many, or one is over the limit.
    """
    given = [(f.filename or "a file", f.file) for f in files if f.filename]
    state = at.imports.start(who, given)
    at.accounts.note(who, "import", f"{state.id}: {', '.join(state.files)}", address)
    return state
