"""One's own account: the tokens for programs, and the password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from verbale.errors import AccessError, SettingError
from verbale.service.pages.asking import At, Who, address_of
from verbale.service.rendering import page_of
from verbale.service.security.accounts import ROLES, Role
from verbale.service.security.rights import CHANGE, require
from verbale.service.security.visitors import Visitor

router = APIRouter(include_in_schema=False)
_SIGNED_IN = [Depends(require("reader"))]


@router.get("/account", dependencies=_SIGNED_IN)
def account(at: At, who: Who, request: Request) -> Response:
    """Show the tokens of who has signed in."""
    return _page(at, who, request)


def _page(at: At, who: Visitor, request: Request, secret: str = "") -> Response:
    scopes = ROLES[: ROLES.index(who.role) + 1] if who.role else ()
    tokens = at.accounts.tokens(who.name) if who.way == "session" else []
    return page_of(request, "account.html", {"title": "Account", "tokens": tokens, "scopes": scopes, "secret": secret})


def _by_password(who: Visitor) -> Visitor:
    """Refuse who has no account, or comes with a token: a token cannot make others."""
    if who.way != "session":
        raise AccessError("only somebody who has signed in can change an account; add users with `verbale user add`", 403)
    return who


@router.post("/account/tokens", dependencies=[*_SIGNED_IN, *CHANGE])
def add_token(
    at: At, who: Who, request: Request, label: Annotated[str, Form(max_length=100)] = "", scope: Annotated[Role, Form()] = "reader"
) -> Response:
    """Make a token and show its secret this once."""
    _by_password(who)
    if not who.may(scope):
        raise AccessError(f"a token of yours can be for {who.role} at most", 403)
    token, secret = at.accounts.add_token(who.name, label, scope)
    at.accounts.note(who.name, "token made", f"{token.id}: {token.label}, {scope}", address_of(request))
    return _page(at, who, request, secret)


@router.post("/account/tokens/{id}/revoke", dependencies=[*_SIGNED_IN, *CHANGE])
def revoke(at: At, who: Who, request: Request, id: str) -> Response:
    """End a token of one's own."""
    at.accounts.revoke(id, _by_password(who).name)
    at.accounts.note(who.name, "token revoked", id, address_of(request))
    return RedirectResponse("/account", 303)


@router.post("/account/password", dependencies=[*_SIGNED_IN, *CHANGE])
def password(
    at: At, who: Who, request: Request, old: Annotated[str, Form(max_length=1024)], new: Annotated[str, Form(max_length=1024)]
) -> Response:
    """Change one's password, which ends every session."""
    where = address_of(request)
    at.attempts.refuse(_by_password(who).name, where)
    if at.accounts.check(who.name, old) is None:
        at.attempts.failed(who.name, where)
        raise SettingError("the present password is not right; nothing was changed")
    at.accounts.set_password(who.name, new)
    at.accounts.note(who.name, "password changed", "", where)
    return RedirectResponse("/sign-in", 303)
