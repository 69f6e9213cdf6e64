"""What a request must show before it may do something: a role, and for a change that it comes from our own pages."""

import hmac
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import Depends, Request

from verbale.errors import AccessError
from verbale.service.security.accounts import Role
from verbale.service.security.visitors import Visitor

_SIMPLE = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "")
"""Types of content that a browser sends to another site without asking that site first."""


def visitor(request: Request) -> Visitor:
    """Return who a request comes from."""
    found: Visitor = request.state.visitor
    return found


def require(role: Role) -> Callable[[Request], Visitor]:
    """Return a dependency that lets through who has a role, or more."""

    def check(request: Request) -> Visitor:
        found = visitor(request)
        if found.role is None:
            raise AccessError("sign in first, or give a valid token as `Authorization: Bearer …`", 401)
        if not found.may(role):
            raise AccessError(f"this needs the role {role}; you are signed in as {found.name} with the role {found.role}", 403)
        return found

    return check


async def own_pages(request: Request) -> None:
    """Refuse a change that another site makes a browser ask for.

    A token needs nothing more. Else the browser's own word on the origin must fit, and a request of a kind that a browser sends
    anywhere must carry what only our pages know.

    Raises:
        AccessError: it comes from elsewhere, or does not carry it.
    """
    who = visitor(request)
    if who.way == "token":
        return
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") or (
        origin and urlsplit(origin).netloc != request.headers.get("host", "")
    ):
        raise AccessError("this request comes from another site; open the page here and try again", 403)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method != "POST" or kind not in _SIMPLE:  # a browser asks another site first
        return
    given = request.headers.get("x-csrf-token")
    if given is None and kind in _SIMPLE[:2]:
        given = str((await request.form()).get("csrf", ""))
    if not hmac.compare_digest((given or "").encode(), who.csrf.encode()):
        raise AccessError("the form is out of date or did not come from a page of this service; load the page again and repeat", 403)


CHANGE = [Depends(own_pages)]
"""Dependencies of every route that changes something."""
