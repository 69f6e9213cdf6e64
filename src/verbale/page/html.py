"""A reading as one self-contained HTML page, on which nothing that a document says can act."""

import base64
import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

import verbale
from verbale.document import Span
from verbale.findings import Reading
from verbale.page.marks import LAYERS, Mark, anchor, edges, marks
from verbale.page.names import concept_name, party_name
from verbale.page.outline import amount, delegations, manner, statement_words, unsure, words

# The letter that stands behind a mark where colours do not tell layers apart, as in print.
_LETTERS = {
    "commitments": "C",
    "statements": "S",
    "engagements": "E",
    "when-where": "W",
    "delegates": "N",
    "parties": "P",
    "domains": "D",
    "open-domains": "U",
    "situations": "R",
    "figures": "F",
}


def render_html(reading: Reading) -> str:
    """Return the page: the text with its findings marked, in layers to switch on and off, and the findings with links to their places."""
    text = reading.document.text
    style, script = _asset("marks.css") + _asset("reading.css"), _asset("reading.js")
    found = marks(reading)
    return _template().render(
        reading=reading,
        document=reading.document,
        link=_web_address(reading.document.url),
        version=verbale.__version__,
        paragraphs=list(_paragraphs(text, found, titled=bool(reading.document.title))),
        layers=[
            (layer, name, _LETTERS[layer], sum(m.layer == layer and m.role in ("", "content") for m in found)) for layer, name in _toolbar()
        ],
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'",
        text=text,
    )


def _toolbar() -> list[tuple[str, str]]:
    """Return the layers as people look for them: who, when and where, what, who said what."""
    what = ("domains", "open-domains", "situations", "statements", "commitments", "figures")
    order = ("parties", "delegates", "engagements", "when-where", *what)
    names: dict[str, str] = {str(layer): name for layer, name in LAYERS.items()}
    return [(layer, names[layer]) for layer in order]


def _paragraphs(text: str, found: list[Mark], *, titled: bool) -> Iterator[tuple[bool, Markup]]:
    """Yield each paragraph as markup, and whether it is the title."""
    starts = [mark.span.start for mark in found]
    carried: list[Mark] = []  # begun in an earlier paragraph and not ended there
    at = 0
    for number, paragraph in enumerate(text.split("\n\n")):
        end = at + len(paragraph)
        here = carried + found[bisect_left(starts, at) : bisect_left(starts, end)]
        if paragraph.strip():
            yield titled and number == 0, Markup("".join(_marked(text, here, at, end)))
        between = found[bisect_left(starts, end) : bisect_left(starts, end + 2)]
        carried = [mark for mark in here + between if mark.span.end > end + 2]
        at = end + 2


def _marked(text: str, found: list[Mark], start: int, end: int) -> Iterator[str]:
    at = start
    for edge in edges(found, start, end):
        yield escape(text[at : edge.at])
        at = edge.at
        yield _opening(edge.mark, edge.first) if edge.opens else "</span>"
    yield escape(text[at:end])


def _opening(mark: Mark, first: bool) -> str:
    """Return the opening tag of a piece of a mark; only the first piece carries the identifier that links point at."""
    identifier = f' id="{mark.anchor}"' if first else ""
    label = escape("; ".join(mark.labels))
    return (
        f'<span{identifier} class="m {mark.layer} {mark.role}" data-k="{_LETTERS[mark.layer] if first else ""}" '
        f'data-f="{mark.findings[0]}" title="{label}">'
    )


def _web_address(url: str | None) -> str | None:
    """Return the address when it is one of the web, so that a link on the page can run nothing."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("verbale.page", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    helpers: dict[str, Any] = {
        "amount": amount,
        "anchor": anchor,
        "concept_name": concept_name,
        "delegations": delegations,
        "manner": manner,
        "party_name": party_name,
        "statement_words": statement_words,
        "unsure": unsure,
        "words": words,
        "place": _place,
    }
    environment.globals.update(helpers)
    return environment.get_template("reading.html")


def _place(layer: str, span: Span, role: str = "") -> str:
    """Return the address on the page of the words at a span."""
    return f"#{layer}-{role}-{span.start}-{span.end}" if role else f"#{layer}-{span.start}-{span.end}"


@cache
def _asset(name: str) -> str:
    return files("verbale.page").joinpath(name).read_text("utf-8")


@cache
def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
