"""Signing in with a password, and signing out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from verbale.errors import AccessError
from verbale.service.pages.asking import At, Who, address_of
from verbale.service.rendering import local, page_of
from verbale.service.security.rights import CHANGE, own_pages
from verbale.service.security.visitors import SESSION, cookie

router = APIRouter(include_in_schema=False)


@router.get("/sign-in", name="sign_in")
def ask(who: Who, request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """Show the form, or go on where somebody has signed in already."""
    if who.role is not None:
        return RedirectResponse(local(next) or "/", 303)
    return page_of(request, "sign_in.html", {"title": "Sign in", "next": next, "said": ""}, 200)


@router.post("/sign-in", dependencies=[Depends(own_pages)])
def check(
    at: At,
    request: Request,
    name: Annotated[str, Form(max_length=100)],
    password: Annotated[str, Form(max_length=1024)],
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Begin a session for a name with its password; after some failures one has to wait."""
    where = address_of(request)
    try:
        at.attempts.refuse(name, where)
    except AccessError as error:
        at.accounts.note(name, "sign-in refused", "too many tries", where)
        return _again(request, next, str(error), 429)
    person = at.accounts.check(name, password)
    if person is None:
        at.attempts.failed(name, where)
        at.accounts.note(name, "sign-in failed", "", where)
        return _again(request, next, "name and password do not fit; try again, or ask whoever runs this service", 401)
    at.attempts.succeeded(name, where)
    at.accounts.note(name, "sign-in", "", where)
    made = RedirectResponse(local(next) or "/", 303)
    made.headers.append("set-cookie", cookie(SESSION, request.state.sessions.begin(person), request.url.scheme))
    return made


def _again(request: Request, next: str, said: str, status: int) -> Response:
    return page_of(request, "sign_in.html", {"title": "Sign in", "next": next, "said": said}, status)


@router.post("/sign-out", dependencies=CHANGE)
def leave(request: Request) -> Response:
    """End the session in this browser."""
    made = RedirectResponse("/sign-in", 303)
    made.headers.append("set-cookie", cookie(SESSION, "", request.url.scheme, seconds=0))
    return made
