"""Who a request comes from: the one local user, somebody who has signed in, a program with a token, or nobody."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from verbale.service.security.accounts import ROLES, Accounts, Person, Role

SESSION, VISIT = "verbale_session", "verbale_visit"
_SESSION_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a request comes from. `way` is `open` (no users: one local user), `session`, `token` or `nobody`."""

    name: str
    role: Role | None
    way: str
    csrf: str = ""

    def may(self, role: Role) -> bool:
        """Tell whether somebody of this role may do what the visitor asks."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)


class Sessions:
    """Signed cookies that say who has signed in; and what a form must carry to come from our own pages."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._signer = URLSafeTimedSerializer(secret, salt="verbale.session", signer_kwargs={"digest_method": hashlib.sha256})

    def begin(self, person: Person) -> str:
        """Return the cookie of a session that begins."""
        return str(self._signer.dumps([person.name, person.epoch]))

    def person(self, cookie: str, accounts: Accounts) -> Person | None:
        """Return the person of a session, or None where it has ended, is forged, or the password was changed since."""
        try:
            name, epoch = self._signer.loads(cookie, max_age=_SESSION_S)
        except (BadSignature, ValueError, TypeError):
            return None
        found = accounts.person(str(name))
        return found if found and found.epoch == epoch else None

    def csrf(self, visit: str, name: str) -> str:
        """Return what forms must carry: bound to this browser and this person."""
        return hmac.new(self._secret, f"{visit}\x1f{name}".encode(), hashlib.sha256).hexdigest()


class Identify:
    """ASGI middleware that says in `request.state.visitor` who a request comes from, and gives each browser a cookie of its own."""

    def __init__(self, app: ASGIApp, accounts: Accounts, person: str) -> None:
        self._app, self._accounts, self._person = app, accounts, person
        self._sessions: Sessions | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        visit = connection.cookies.get(VISIT, "")
        fresh = not (len(visit) == 32 and visit.isalnum())
        visit = secrets.token_hex(16) if fresh else visit
        sessions = self.sessions()  # a file of a few kilobytes: quicker than to hand it to a thread
        visitor = self._visitor(connection, bool(self._accounts.people()), visit, sessions)
        state: dict[str, Any] = scope.setdefault("state", {})
        state["visitor"], state["sessions"] = visitor, sessions

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and fresh and visitor.way != "token":
                MutableHeaders(scope=message).append("set-cookie", cookie(VISIT, visit, scope["scheme"]))
            await send(message)

        await self._app(scope, receive, with_cookie)

    def sessions(self) -> Sessions:
        """Return what signs; the secret is read again once there is a file to keep it in."""
        if self._sessions is None:
            self._sessions = Sessions(self._accounts.secret())
        return self._sessions

    def _visitor(self, connection: HTTPConnection, users: bool, visit: str, sessions: Sessions) -> Visitor:
        scheme, _, value = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            found = self._accounts.bearer(value.strip())
            if found is None:
                return Visitor("", None, "nobody")
            person, scope = found
            return Visitor(person.name, min(person.role, scope, key=ROLES.index), "token")
        if not users:
            return Visitor(self._person, "admin", "open", sessions.csrf(visit, ""))
        signed_in = sessions.person(connection.cookies.get(SESSION, ""), self._accounts)
        if signed_in is None:
            return Visitor("", None, "nobody", sessions.csrf(visit, ""))
        return Visitor(signed_in.name, signed_in.role, "session", sessions.csrf(visit, signed_in.name))


def cookie(name: str, value: str, scheme: str, *, seconds: int | None = None) -> str:
    """Return the header of a cookie that scripts cannot read, other sites cannot send, and that is kept to TLS behind TLS."""
    jar: SimpleCookie = SimpleCookie()
    jar[name] = value
    jar[name]["path"] = "/"
    jar[name]["httponly"] = True
    jar[name]["samesite"] = "Lax"
    if scheme == "https":
        jar[name]["secure"] = True
    if seconds is not None:
        jar[name]["max-age"] = seconds
    return jar[name].OutputString()
