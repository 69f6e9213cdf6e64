"""Web pages: the article alone, with what the page says about itself."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from verbale.document import Document
from verbale.errors import IntakeError
from verbale.intake.composing import compose, empty, first_text, web_address
from verbale.intake.limits import Limits
from verbale.intake.markup import paragraphs, parse_markup
from verbale.intake.timestamps import iso_timestamp

_SHORT = 250  # characters under which trafilatura has too little to judge by: then the page's text but for its navigation is the article
_CAPTIONS = ["//figcaption", "//*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')]"]
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "date.published", "dcterms.issued", "dcterms.date", "dc.date.issued",
    "dc.date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "date",
)  # fmt: skip
_SITE = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher")
_HOST = re.compile(r"^(?:[\w-]+\.)+[A-Za-z]{2,}$")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,40})""", re.IGNORECASE
)
# The same page must give the same document whatever was read before: no memory of texts seen, no guess from the page's body.
_DATES = {"extensive_search": False, "original_date": True}


def read_page(text: str, name: str, limits: Limits) -> Document:
    """Make a document of a web page: its article without navigation, boilerplate and captions.

    Title, time of publication, publisher, canonical address and language come from the page's own metadata.

    Raises:
        IntakeError: there is no text in the page, or too much.
    """
    tree = parse_markup(text, name)
    meta = _metadata(tree)
    language, canonical = (tree.get("lang") or tree.get("xml:lang") or "").strip(), _canonical(tree, meta)
    published = _published(tree, meta)
    article, facts = _article(tree, text, name)
    title = first_text([getattr(facts, "title", None), meta.get("og:title")]) or ""
    title = " ".join(title.split())
    if article and article[0].casefold() == title.casefold():
        article = article[1:]
    if not article:
        raise empty(name)
    return compose(
        title,
        "\n\n".join(article),
        name=name,
        limits=limits,
        kind="html",
        published=published or iso_timestamp(getattr(facts, "date", None)),
        url=canonical or web_address(getattr(facts, "url", None)),
        publisher=_publisher([*(meta.get(key) for key in _SITE), getattr(facts, "sitename", None)]),
        language=language,
    )


def declared_encoding(raw: bytes) -> str | None:
    """Return the encoding that the first bytes of a page declare, or None."""
    found = _DECLARED.search(raw[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def _article(tree: Any, text: str, name: str) -> tuple[list[str], Any]:
    """Return the paragraphs of the article and what trafilatura found about it."""
    from trafilatura import bare_extraction, extract_metadata  # noqa: PLC0415

    # It logs what it cannot read at levels that reach a user's terminal; the caller gets an IntakeError instead.
    for noisy in ("trafilatura", "htmldate"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        facts: Any = bare_extraction(
            tree, include_comments=False, with_metadata=True, deduplicate=False, date_extraction_params=_DATES, prune_xpath=_CAPTIONS
        )
        article = paragraphs(facts.body) if facts is not None and facts.body is not None else []
        if sum(map(len, article)) < _SHORT:
            fresh = parse_markup(text, name)
            facts = extract_metadata(fresh, date_config=_DATES) if facts is None else facts
            article = paragraphs(next(iter(fresh.xpath("//article|//main|//body")), fresh)) or article
    except IntakeError:
        raise
    except Exception as error:  # trafilatura meets malformed pages with errors of many kinds, none of them documented
        raise IntakeError(f"{name}: the page cannot be read ({type(error).__name__}); save its text instead") from error
    return article, facts


def _metadata(tree: Any) -> dict[str, str]:
    """Return the first content of each `meta` element by its name or property, in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if key and content and content.strip():
            found.setdefault(key.strip().lower(), content.strip())
    return found


def _published(tree: Any, meta: dict[str, str]) -> str | None:
    """Return the time of publication that the page declares; one with a clock time is preferred over a bare day."""
    declared: list[object] = [meta.get(key) for key in _PUBLISHED]
    declared += [value for script in tree.iter("script") if "ld+json" in (script.get("type") or "") for value in _linked_dates(script.text)]
    declared += [e.get("datetime") or e.get("content") for e in tree.xpath("//*[@itemprop='datePublished' or (self::time and @pubdate)]")]
    stamps = [stamp for stamp in map(iso_timestamp, declared) if stamp]
    return next((s for s in stamps if "T" in s and s[:10] == stamps[0][:10]), stamps[0] if stamps else None)


def _linked_dates(script: str | None) -> Iterator[object]:
    """Yield every `datePublished` of a JSON-LD script, outermost first."""
    try:
        waiting: list[object] = [msgspec.json.decode((script or "").strip() or "null")]
    except (msgspec.DecodeError, RecursionError, ValueError):
        return
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, dict):
            if "datePublished" in node:
                yield node["datePublished"]
            waiting += [value for key, value in node.items() if key in ("@graph", "mainEntity", "mainEntityOfPage")]
        elif isinstance(node, list):
            waiting += node


def _canonical(tree: Any, meta: dict[str, str]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    return next((a for a in map(web_address, [*links, meta.get("og:url")]) if a), None)


def _publisher(names: list[str | None]) -> str | None:
    """Return the first name that is one, not a host, an address or a social handle."""
    stripped = (name.strip() for name in names if name and name.strip())
    return next((name for name in stripped if not _HOST.match(name) and not name.startswith("@") and "//" not in name), None)
