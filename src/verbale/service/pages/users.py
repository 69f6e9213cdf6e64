"""For admins: the people who may sign in, and the audit log."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from verbale.errors import SettingError
from verbale.service.pages.asking import At, PageNumber, Who, address_of, offset
from verbale.service.rendering import Found, page
from verbale.service.security.accounts import ROLES, Role
from verbale.service.security.rights import CHANGE, require

router = APIRouter()
changes = APIRouter(dependencies=[Depends(require("admin")), *CHANGE], include_in_schema=False)

_SIZE = 100
Name = Annotated[str, Form(max_length=100)]


@page(router, "/users", "users.html", role="admin")
def users(at: At) -> Found:
    """List who may sign in, and the tokens."""
    return {"title": "Users", "people": at.accounts.people(), "tokens": at.accounts.tokens(), "roles": ROLES}


@page(router, "/audit", "audit.html", role="admin")
def audit(at: At, number: PageNumber = 1) -> Found:
    """List every change, the latest first."""
    entries = at.accounts.audit(limit=_SIZE + 1, offset=offset(number, _SIZE))
    return {"title": "Audit log", "entries": entries[:_SIZE], "page": number, "more": len(entries) > _SIZE}


@changes.post("/users")
def add(
    at: At, who: Who, request: Request, name: Name, password: Annotated[str, Form(max_length=1024)], role: Annotated[Role, Form()]
) -> Response:
    """Add a person; the first one must be an admin, or nobody could add another."""
    if not at.accounts.people() and role != "admin":
        raise SettingError("the first user must be an admin")
    at.accounts.add(name.strip(), role, password)
    at.accounts.note(who.name, "user added", f"{name.strip()}, {role}", address_of(request))
    return RedirectResponse("/users", 303)


@changes.post("/users/role")
def set_role(at: At, who: Who, request: Request, name: Name, role: Annotated[Role, Form()]) -> Response:
    """Give a person another role."""
    at.accounts.set_role(name, role)
    at.accounts.note(who.name, "role changed", f"{name}, {role}", address_of(request))
    return RedirectResponse("/users", 303)


@changes.post("/users/remove")
def remove(at: At, who: Who, request: Request, name: Name) -> Response:
    """Take a person out."""
    at.accounts.remove(name)
    at.accounts.note(who.name, "user removed", name, address_of(request))
    return RedirectResponse("/users", 303)
