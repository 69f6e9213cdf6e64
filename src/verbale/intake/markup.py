"""The paragraphs of a piece of HTML, without judging which of it matters."""

import re
from typing import Any

from verbale.errors import IntakeError

# HTML's own names, and those of the simplified tree in which trafilatura returns an article.
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "footer", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "thead", "tfoot",
        "tr", "ul", "head", "quote", "list", "item", "row",
    )
)  # fmt: skip
_CELLS = frozenset(("td", "th", "cell"))
_BREAKS = frozenset(("br", "lb"))
_SKIPPED = frozenset(
    (
        "script", "style", "nav", "aside", "figure", "figcaption", "form", "button", "noscript", "template", "svg", "iframe", "select",
        "textarea", "object", "audio", "video", "graphic", "title",
    )
)  # fmt: skip
_SPACE = re.compile(r"\s+")


def parse_markup(text: str, name: str) -> Any:
    """Parse HTML or XHTML, whole or a fragment, however broken, into an lxml tree.

    Raises:
        IntakeError: there is no element in it.
    """
    from lxml import etree, html  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415

    # As bytes: lxml refuses a string that carries an XML declaration of its encoding.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise IntakeError(f"{name}: no readable HTML; save the page again from the browser") from error


def paragraphs(tree: Any) -> list[str]:
    """Return the text of each block under `tree`, in order; scripts, navigation, forms, figures and captions are left out."""
    from lxml import etree  # noqa: PLC0415

    found: list[str] = []
    pieces: list[str] = []

    def flush() -> None:
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
        text = "\n".join(line for line in lines if line)
        pieces.clear()
        if text:
            found.append(text)

    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SKIPPED or not tag:
                walk.skip_subtree()
                continue
            if tag in _BLOCKS:
                flush()
            elif tag in _BREAKS:
                pieces.append("\n")
            elif tag in _CELLS:
                pieces.append(" ")
            pieces.append(_inline(element.text))
        else:
            if tag in _BLOCKS:
                flush()
            if element is not tree:
                pieces.append(_inline(element.tail))
    flush()
    return found


def fragment_text(markup: str, name: str) -> str:
    """Return the paragraphs of a fragment of HTML, with a blank line between them.

    Raises:
        IntakeError: there is no element in it.
    """
    return "\n\n".join(paragraphs(parse_markup(markup, name)))


def _inline(text: str | None) -> str:
    """Return a text node as a browser shows it: white space is one space, soft hyphens are hidden."""
    return _SPACE.sub(" ", text).replace("\u00ad", "") if text else ""
