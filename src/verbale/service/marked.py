"""The text of a document as markup: its findings marked by layer, each with a letter that leads to the finding without a script."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape

from markupsafe import Markup

from verbale.document import Span
from verbale.findings import Reading
from verbale.page.marks import LAYERS, Layer, Mark, edges

LETTERS: dict[Layer, str] = {
    "parties": "P",
    "delegates": "N",
    "engagements": "E",
    "when-where": "W",
    "domains": "D",
    "situations": "R",
    "statements": "S",
    "commitments": "C",
    "figures": "F",
}
"""The layers as people look for them (who, when and where, what, who said what), with the letters that stand for them."""

_PLACE = "place"  # the role of the stretch that a link leads to, among the marks


def layers(found: Sequence[Mark]) -> list[tuple[str, str, str, int]]:
    """Return for each layer its identifier, name, letter, and how many marks it has."""
    return [
        (name, LAYERS[name], letter, sum(m.layer == name and m.role in ("", "content") for m in found)) for name, letter in LETTERS.items()
    ]


def paragraphs(reading: Reading, found: Sequence[Mark], place: Span | None = None) -> Iterator[tuple[bool, Markup]]:
    """Yield each paragraph of the text as markup, and whether it is the title; the words at `place` are lit up."""
    text, at = reading.document.text, 0
    if place is not None:
        found = sorted([*found, Mark(place, "commitments", _PLACE, (), ("",))], key=lambda m: (m.span.start, -m.span.end))
    starts = [mark.span.start for mark in found]
    carried: list[Mark] = []  # begun in an earlier paragraph and not ended there
    for number, paragraph in enumerate(text.split("\n\n")):
        end = at + len(paragraph)
        here = carried + list(found[bisect_left(starts, at) : bisect_left(starts, end)])
        if paragraph.strip():
            yield number == 0 and bool(reading.document.title), Markup("".join(_marked(text, here, at, end)))
        between = found[bisect_left(starts, end) : bisect_left(starts, end + 2)]
        carried = [mark for mark in [*here, *between] if mark.span.end > end + 2]
        at = end + 2


def _marked(text: str, found: Sequence[Mark], start: int, end: int) -> Iterator[str]:
    at = start
    for edge in edges(found, start, end):
        yield escape(text[at : edge.at])
        at = edge.at
        if edge.mark.role == _PLACE:
            yield ('<mark id="at">' if edge.first else "<mark>") if edge.opens else "</mark>"
        else:
            yield _opening(edge.mark, edge.first) if edge.opens else "</span>"
    yield escape(text[at:end])


def _opening(mark: Mark, first: bool) -> str:
    """Return the opening tag of a piece of a mark; the first piece carries the identifier that links point at, and the letter."""
    label = escape("; ".join(mark.labels))
    finding = mark.findings[0]
    tag = f'<span class="m {mark.layer} {mark.role}" data-f="{finding}" title="{label}"'
    if not first:
        return f"{tag}>"
    letter = "" if mark.role in ("source", "cue", "occasion") else _letter(mark, finding, label)
    return f'{tag} id="{mark.anchor}">{letter}'


def _letter(mark: Mark, finding: str, label: str) -> str:
    return f'<a class="k" href="#{finding}" title="{label}">{LETTERS[mark.layer]}</a>'
