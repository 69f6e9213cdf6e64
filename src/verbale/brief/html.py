"""A brief as one self-contained HTML page, on which nothing that a source says can act."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

import verbale
from verbale.brief import charts
from verbale.brief.model import Brief, Grid, HeatMap, Listing, Note
from verbale.brief.wording import day_words


def write(brief: Brief) -> str:
    """Return the page; printed, or as PDF, it is a paper of A4 pages."""
    style = _asset("brief.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template().render(
        brief=brief,
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'",
        version=verbale.__version__,
    )


def _picture(block: HeatMap) -> str:
    drawn = charts.svg(charts.heat_map(block)).encode()
    return "data:image/svg+xml;base64," + base64.b64encode(drawn).decode()


def _kind(block: object) -> str:
    return {Listing: "listing", Grid: "grid", HeatMap: "heat"}[type(block)]


def _link(url: str | None) -> str | None:
    """Return the address when it is one of the web, so that a link on the page can run nothing."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _places(note: Note) -> str:
    return ", ".join(f"{s.start}–{s.end}" for s in note.spans)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("verbale.brief", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(kind=_kind, picture=_picture, in_words=charts.in_words, day_words=day_words, link=_link, places=_places)
    return environment.get_template("brief.html")


@cache
def _asset(name: str) -> str:
    return files("verbale.brief").joinpath(name).read_text("utf-8")
