"""Answers kept ready: what the same address gave for the same state of the record is given again."""

import asyncio
import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import anyio
import anyio.to_thread
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from verbale.service.desk import Desk, desk
from verbale.service.security.visitors import Visitor

CSRF = f"csrf-{secrets.token_hex(16)}"
"""Stands in a page where each visitor's own form token goes: the page itself is the same for all of one role."""

_MOST_BYTES = 32_000_000

Answer = Callable[[Request], Awaitable[Response]]


class PageWithTwin(HTMLResponse):
    """A page together with its twin, which the script that draws its charts asks for next."""

    def __init__(self, body: str, twin: bytes) -> None:
        super().__init__(body)
        self.twin = twin


def _twin_of(address: str) -> str:
    path, _, query = address.partition("?")
    return f"{'/index' if path == '/' else path}.json?{query}"


class Kept:
    """Answers by address, role and state of the record; those not asked for the longest go first."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[str, ...], tuple[bytes, str]] = OrderedDict()
        self._asked: dict[tuple[str, ...], asyncio.Lock] = {}
        self.asking = anyio.CapacityLimiter(1)  # asks for the state apart from the questions, so that what is kept never waits for those

    async def give(self, key: tuple[str, ...], request: Request, answer: Answer) -> Response:
        """Return the answer that is kept, or make it; many who ask at once wait for one to make it."""
        if key in self._kept:
            return self._again(key)
        lock = self._asked.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                if key in self._kept:
                    return self._again(key)
                made = await answer(request)
                if made.status_code == 200 and "set-cookie" not in made.headers:
                    self._keep(key, bytes(made.body), made.media_type or made.headers.get("content-type", ""))
                    if isinstance(made, PageWithTwin):
                        self._keep((*key[:-1], _twin_of(key[-1])), made.twin, "application/json")
                return made
        finally:
            self._asked.pop(key, None)

    def _again(self, key: tuple[str, ...]) -> Response:
        self._kept.move_to_end(key)
        body, media_type = self._kept[key]
        return Response(body, media_type=media_type)

    def _keep(self, key: tuple[str, ...], body: bytes, media_type: str) -> None:
        self._kept[key] = (body, media_type)
        self._bytes += len(body)
        while self._bytes > self._most and self._kept:
            _, (gone, _) = self._kept.popitem(last=False)
            self._bytes -= len(gone)


class KeptRoute(APIRoute):
    """A route whose answers depend on the record alone: kept ready, with an ETag, and not sent again to who has them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        answer = super().get_route_handler()

        async def kept(request: Request) -> Response:
            if request.method != "GET":
                return await answer(request)
            at: Desk = desk(request)
            who: Visitor = request.state.visitor
            state = await anyio.to_thread.run_sync(at.state, limiter=at_kept(request).asking)
            address = f"{request.url.path}?{request.url.query}"
            key = (state, at.today().isoformat(), str(who.role), who.name, request.headers.get("hx-request", ""), address)
            etag = f'"{hashlib.sha256(repr((key, who.csrf)).encode()).hexdigest()[:32]}"'
            if who.role is not None and etag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
                return Response(status_code=304, headers={"etag": etag, "cache-control": "private, no-cache"})
            request.state.keeping = True
            found = await at_kept(request).give(key, request, answer)
            body = bytes(found.body)
            if CSRF.encode() in body:
                body = body.replace(CSRF.encode(), who.csrf.encode())
            made = Response(body, found.status_code, media_type=found.media_type or found.headers.get("content-type"))
            if "location" in found.headers:
                made.headers["location"] = found.headers["location"]
            if found.status_code == 200:
                made.headers.update({"etag": etag, "cache-control": "private, no-cache"})
            return made

        return kept


def at_kept(request: Request) -> Kept:
    """Return the answers that the application keeps."""
    kept: Kept = request.app.state.kept
    return kept
