"""Pages and their twins: what a handler found, as HTML by a template, or as JSON at the same address with `.json`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import verbale
from verbale.document import Span
from verbale.page.names import concept_name
from verbale.page.outline import amount, delegations, manner, statement_words, unsure, words
from verbale.record.comparison import Passage, WordChange
from verbale.record.lookup import party_label
from verbale.service.answers import CSRF, KeptRoute, PageWithTwin
from verbale.service.security.rights import require
from verbale.service.security.visitors import Visitor

Found = Mapping[str, Any]
"""What a page shows, by name: `title` is its title, `charts` its charts as Vega-Lite, `page_only` what its twin leaves out."""


def page(router: APIRouter, path: str, template: str, *, role: Any = "reader", twin: str | None = None) -> Callable[[Any], Any]:
    """Return a decorator for a handler that finds what a page shows: the page stands at `path`, its twin at `path.json`."""

    def register(handler: Callable[..., Found | Response]) -> Callable[..., Found | Response]:
        def as_json(found: Found | Response = Depends(handler)) -> Response:
            if isinstance(found, Response):
                return found
            return Response(_twin(found), media_type="application/json")

        def as_page(request: Request, found: Found | Response = Depends(handler)) -> Response:
            if isinstance(found, Response):
                return found
            made = page_of(request, template, found)
            return PageWithTwin(bytes(made.body).decode(), _twin(found)) if found.get("charts") else made

        may = [Depends(require(role))]
        name = handler.__name__
        router.add_api_route(twin or f"{path}.json", as_json, name=f"{name}_json", dependencies=may, include_in_schema=False)
        router.add_api_route(path, as_page, name=name, dependencies=may, include_in_schema=False)
        return handler

    return register


def pages_router() -> APIRouter:
    """Return a router for pages whose answers depend on the record alone."""
    return APIRouter(route_class=KeptRoute, default_response_class=HTMLResponse)


def _twin(found: Found) -> bytes:
    return msgspec.json.encode({k: v for k, v in found.items() if k != "page_only"})


def page_of(request: Request, template: str, found: Found, status: int = 200) -> HTMLResponse:
    """Return what was found as a page."""
    who: Visitor = getattr(request.state, "visitor", None) or Visitor("", None, "nobody")
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    values = {
        "who": who,
        "csrf": CSRF,
        "here": here,
        "path": request.url.path,
        "query": request.query_params,
        "charts": {},
        **found,
        **found.get("page_only", {}),
    }
    body = _environment().get_template(template).render(values)
    if status != 200 or not getattr(request.state, "keeping", False):  # else the visitor's own token is put in when it is given
        body = body.replace(CSRF, who.csrf)
    return HTMLResponse(body, status)


def wants_page(request: Request) -> bool:
    """Tell whether who asks reads pages."""
    path = request.url.path
    return not path.startswith("/api/") and not path.endswith(".json")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("verbale.service"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(
        version=verbale.__version__, amount=amount, delegations=delegations, manner=manner, statement_words=statement_words, unsure=unsure,
        words=words, between=between, address=address, highlighted=highlighted,
        changed=changed,
    )  # fmt: skip
    made.filters.update(party=party_label, concept=concept_name, web=web_address, thousands=lambda n: f"{n:,}", clock=clock)
    return made


def between(parties: Any) -> str:
    """Return the address of the page of a pair or group."""
    return "/between/" + "/".join(quote(p, safe="") for p in parties)


def address(path: str, query: Any, **changes: Any) -> str:
    """Return an address with some parameters changed; those without a value are left out."""
    values = {**dict(query), **changes}
    kept = {k: v for k, v in values.items() if v not in (None, "", 0)}
    return f"{path}?{urlencode(kept)}" if kept else path


def web_address(url: str | None) -> str | None:
    """Return an address of the web, or None: a link on a page can run nothing."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def local(written: str) -> str | None:
    """Return an address that a form names to go on to, if it lies on this service."""
    fine = written.startswith("/") and not written.startswith(("//", "/\\")) and written.isprintable()
    return written if fine else None


def clock(moment: str) -> str:
    """Return a moment to the minute, as people write it."""
    return moment[:16].replace("T", " ")


def highlighted(text: str, start: int, spans: Any) -> Markup:
    """Return a snippet that begins at `start` of its document, with the words at the spans marked."""
    return _tagged(text, start, spans, Markup("mark"))


def changed(passage: Passage, words: Sequence[WordChange], side: Literal["before", "after"]) -> Markup:
    """Return a passage of a comparison with the words marked that are not in the other document."""
    spans = [span for w in words if (span := getattr(w, side)) is not None]
    return _tagged(passage.text, passage.span.start, spans, Markup("del" if side == "before" else "ins"))


def _tagged(text: str, start: int, spans: Iterable[Span], tag: Markup) -> Markup:
    """Return a text that begins at `start` of its document as markup, the stretches at the spans in an element of their own."""
    made, at = Markup(), 0
    for span in sorted(spans):
        low, high = max(at, span.start - start), span.end - start
        if at <= low < high <= len(text):
            made += Markup("{}<{}>{}</{}>").format(text[at:low], tag, text[low:high], tag)
            at = high
    return made + Markup.escape(text[at:])
