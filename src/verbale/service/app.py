"""The application: what is put together to serve a record."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

import verbale
from verbale.service import api, pages
from verbale.service.answers import Kept
from verbale.service.desk import Desk
from verbale.service.problems import answer_errors
from verbale.service.security.headers import SecurityHeaders
from verbale.service.security.visitors import Identify
from verbale.service.settings import Settings

_AT_ONCE = 2  # questions asked of the record at a time: more would only wait for the processor, each with a connection's memory

_ABOUT = """The record of talks between governments, as JSON. Lists come in pages (`limit`, `offset`) with the coverage of the record;
errors are `application/problem+json`; answers to GET have an `ETag`. With users, give a token: `Authorization: Bearer …`."""


def create_app(settings: Settings) -> FastAPI:
    """Return the application that serves a record.

    Raises:
        RecordError: the record cannot be opened.
        SettingError: the address is open to others and there are no users, or the accounts cannot be read.
    """
    at = Desk(settings)
    users = len(at.accounts.people())
    settings.refuse_open_door(users)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
        at.renew()
        yield
        at.close()

    app = FastAPI(
        title="verbale",
        version=verbale.__version__,
        description=_ABOUT,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.desk, app.state.kept = at, Kept()
    answer_errors(app)
    app.include_router(api.router)
    pages.include(app)
    app.mount("/assets", StaticFiles(packages=[("verbale.service", "assets")]), name="assets")
    app.add_middleware(Identify, accounts=at.accounts, person=settings.person)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_names(settings, users))
    app.add_middleware(SecurityHeaders)
    return app


def _names(settings: Settings, users: int) -> list[str]:
    """Return the host names under which requests are answered.

    Without users another name that leads to this machine would let a page of another site read the record through a browser here.
    """
    if settings.names:
        return ["127.0.0.1", "localhost", *settings.names]
    return ["*"] if users or settings.insecure else ["127.0.0.1", "localhost", "[::1]", settings.host]
