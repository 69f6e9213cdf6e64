"""The pages: one module a page, each with a stable address and a twin in JSON."""

from importlib.resources import files

from fastapi import FastAPI, Response

from verbale.service.pages import (
    about,
    account,
    calendar,
    compare,
    concept,
    document,
    engagement,
    home,
    importing,
    network,
    pair,
    person,
    promises,
    review,
    search,
    series,
    sign_in,
    users,
)  # fmt: skip

_PAGES = (
    home, search, document, engagement, pair, person, concept, series, compare, promises, network, calendar, review, about, importing,
    sign_in, account, users,
)  # fmt: skip


def include(app: FastAPI) -> None:
    """Add the pages to an application."""
    for module in _PAGES:
        app.include_router(module.router)
    for module in (review, promises, users):
        app.include_router(module.changes)

    @app.get("/assets/marks.css", include_in_schema=False)
    def marks_css() -> Response:
        return Response(files("verbale.page").joinpath("marks.css").read_bytes(), media_type="text/css")
