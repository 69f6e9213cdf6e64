"""The layout of printed pages: reading order, running heads, and paragraphs out of lines."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

SOFT_HYPHEN = "\u0002"  # stands for a hyphen that a renderer has marked as breaking a word
_EDGE = 2  # how many lines at the head and the foot of a page may be running ones
_GAP = 1.5  # distance between the feet of two lines, in the usual distance, that parts paragraphs
_SHORT = 0.8  # share of the column's width under which a line that ends a sentence ends its paragraph
_GUTTER = 6.0  # least space between columns, in points
_COLUMN_LINES = 3  # fewest lines that make a column
_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;…]['\"”’)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(rf"([^\W\d_]+)[-{SOFT_HYPHEN}‐]$")
_BULLET = re.compile(r"^(?:[•▪●◦‣–—*-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words, the edges of its box counted from the foot of the page, and the size of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page_width: float
    page_height: float

    @property
    def size(self) -> float:
        """The height of its type."""
        return max(self.top - self.bottom, 0.1)


def drop_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """Take page numbers, and what returns at the head or foot of most pages, off every page."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for edge in edges for key in {_running_key(line) for line in edge})
    enough = max(2, (len(pages) + 1) // 2)
    return [
        [line for line in page if not (line in edge and (_NUMBER.fullmatch(line.text) or seen[_running_key(line)] >= enough))]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: list[Line]) -> set[Line]:
    """Return the lines at the head and the foot, those beyond the middle of the page aside."""
    ranked = sorted(page, key=lambda line: line.top, reverse=True)
    head = [line for line in ranked[:_EDGE] if line.bottom > 0.85 * line.page_height]
    foot = [line for line in ranked[-_EDGE:] if line.top < 0.15 * line.page_height]
    return {*head, *foot}


def _running_key(line: Line) -> tuple[str, int]:
    """Equal for the same running line on two pages, whatever numbers it holds."""
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.top / 10)


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Sort the lines of a page for reading: top to bottom, and column by column where there are columns."""
    lines = sorted(lines, key=lambda line: (-round(line.bottom), line.left))
    gutter = _find_gutter(lines)
    if gutter is None:
        return lines
    found: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.left < gutter < line.right:  # runs over both columns: what stands above it is read first
            found += in_reading_order(left) + in_reading_order(right) + [line]
            left, right = [], []
        else:
            (left if line.right <= gutter else right).append(line)
    return found + in_reading_order(left) + in_reading_order(right)


def _find_gutter(lines: list[Line]) -> float | None:
    """Return where the space between two columns lies, or None; most lines must keep to one side of it."""
    starts = Counter(round(line.left) for line in lines)
    edge = min(starts, default=0)
    best: tuple[int, float] | None = None
    for start, count in starts.items():
        if count < _COLUMN_LINES or start - edge < 50:
            continue
        right = [line for line in lines if line.left >= start - 1]
        left = [line for line in lines if line.right <= start - _GUTTER]
        crossing = len(lines) - len(left) - len(right)
        beside = sum(1 for a in right if any(b.bottom < a.top and a.bottom < b.top for b in left))
        if len(left) >= _COLUMN_LINES and beside >= _COLUMN_LINES and crossing < min(len(left), len(right)):
            candidate = (-crossing, -float(start))
            if best is None or candidate > best:
                best = candidate
    return -best[1] - _GUTTER / 2 if best else None


def join_lines(pages: list[list[Line]]) -> Iterator[str]:
    """Yield paragraphs: lines joined, words broken at a line's end made whole, paragraphs that run over a page's end put together."""
    lines = [line for page in pages for line in page]
    words = _whole_words(lines)
    # The usual distance between lines, from each line to the next below it; headings and blank lines are the exceptions.
    steps = [a.bottom - b.bottom for page in pages for a, b in pairwise(page) if 0 < a.bottom - b.bottom < 4 * a.size]
    usual = median(steps) if steps else 0.0
    paragraph, before, widest = "", None, 0.0
    for line in lines:
        if before is not None and _parts(before, line, usual, widest):
            yield _whole(paragraph)
            paragraph, widest = "", 0.0
        paragraph = _joined(paragraph, line.text, words) if paragraph else line.text
        before, widest = line, max(widest, line.right)
    if paragraph:
        yield _whole(paragraph)


def _parts(before: Line, line: Line, usual: float, widest: float) -> bool:
    """Tell whether a new paragraph begins at `line`."""
    if _BULLET.match(line.text) and (_ENDS.search(before.text) or line.left < before.right * 0.5):
        return True
    if abs(line.size - before.size) > 0.12 * before.size:
        return True
    step = before.bottom - line.bottom
    ended = bool(_ENDS.search(before.text))
    if step <= 0 or step > 4 * max(usual, before.size):  # the next column or page
        return ended or not (line.text[0].islower() or before.text.endswith(("-", SOFT_HYPHEN, ",")) or line.text[0].isdigit())
    if step > _GAP * usual:
        return True
    indented = line.left - before.left > 8
    column = max(widest, before.right) - before.left
    return ended and (indented or before.right - before.left < _SHORT * column)


def _whole_words(lines: list[Line]) -> frozenset[str]:
    """Return the words of the lines, but for the pieces of those that a line's end breaks."""
    found: set[str] = set()
    broken = False
    for line in lines:
        words = [word.casefold() for word in _WORD.findall(line.text)]
        first, broken = int(broken), bool(_BROKEN.search(line.text))
        found.update(words[first : len(words) - broken])
    return frozenset(found)


def _joined(paragraph: str, line: str, words: frozenset[str]) -> str:
    """Put a line after a paragraph and make a word broken in two whole.

    The hyphen stays where the document writes the word with one elsewhere, or both its halves as words of their own.
    """
    broken, rest = _BROKEN.search(paragraph), re.match(r"[^\W\d_]+", line)
    if not broken or not rest:
        return paragraph[:-1] + "-" + line if paragraph.endswith(SOFT_HYPHEN) else f"{paragraph} {line}"
    before, after = broken[1].casefold(), rest[0].casefold()
    hyphened = f"{before}-{after}" in words or (before in words and after in words)
    keep = rest[0][0].isupper() or (hyphened and before + after not in words)
    return paragraph[:-1] + ("-" if keep else "") + line


def _whole(paragraph: str) -> str:
    return paragraph.replace(SOFT_HYPHEN, "-")
