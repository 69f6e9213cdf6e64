"""Errors as answers: `application/problem+json` (RFC 9457) for programs, a page for people; each says what to do."""

import logging
from http import HTTPStatus
from urllib.parse import quote

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from verbale.errors import AccessError, ConflictError, DecisionError, IntakeError, RecordError, UnknownNameError, VerbaleError
from verbale.service.rendering import page_of, wants_page

_STATUS: tuple[tuple[type[VerbaleError], int], ...] = (
    (UnknownNameError, 404),
    (ConflictError, 409),
    (DecisionError, 422),
    (IntakeError, 422),
    (RecordError, 503),
)
_log = logging.getLogger("verbale.service")


def status_of(error: VerbaleError) -> int:
    """Return the code of HTTP for an error of ours."""
    if isinstance(error, AccessError):
        return error.status
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 422)


def answer_errors(app: FastAPI) -> None:
    """Let an application answer every error as a problem or a page."""

    @app.exception_handler(VerbaleError)
    def of_ours(request: Request, error: VerbaleError) -> Response:
        status = status_of(error)
        if status == 401 and wants_page(request):
            here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            where = quote(here if request.method == "GET" else "/", safe="")
            return Response(status_code=303, headers={"location": f"/sign-in?next={where}"})
        return problem(request, status, str(error))

    @app.exception_handler(HTTPException)
    def of_http(request: Request, error: HTTPException) -> Response:
        said = str(error.detail)
        if error.status_code == 404 and said == "Not Found":
            said = f"there is nothing at {request.url.path}"
        return problem(request, error.status_code, said, dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    def of_parameters(request: Request, error: RequestValidationError) -> Response:
        found = [f"{'.'.join(str(x) for x in e['loc'][1:]) or e['loc'][0]}: {e['msg']}" for e in error.errors()]
        return problem(request, 422, "; ".join(found))

    @app.exception_handler(Exception)
    def of_nobody(request: Request, error: Exception) -> Response:
        _log.error("a defect of verbale at %s", request.url.path, exc_info=error)
        return problem(request, 500, "a defect of verbale: please report it with what you did; the server's log tells more")


def problem(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return an error in the form that who asks can read."""
    title = HTTPStatus(status).phrase
    more = dict(headers or {})
    if status == 401:
        more["www-authenticate"] = "Bearer"
    if status == 429:
        more["retry-after"] = next((w for w in detail.split() if w.isdigit()), "60")
    if wants_page(request):
        made = page_of(request, "error.html", {"title": title, "status": status, "detail": detail}, status)
        made.headers.update(more)
        return made
    body = msgspec.json.encode({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(body, status, more, "application/problem+json")
