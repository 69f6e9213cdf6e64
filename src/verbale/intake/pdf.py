"""PDF files: the lines of every page, and the document they make."""

import re
from collections.abc import Iterator
from statistics import median
from typing import Any

from verbale.document import Document
from verbale.errors import IntakeError
from verbale.intake.composing import check_length, compose
from verbale.intake.limits import Limits
from verbale.intake.page import SOFT_HYPHEN, Line, drop_running_heads, in_reading_order, join_lines
from verbale.intake.plain import looks_like_title

_HEADLINE = 1.15  # how much larger than the body a first line's type must be to be the title
# PDFium marks a hyphen at the end of a line with U+FFFE or U+0002, and leaves the end of the line out.
_PIECES = re.compile(r"[^\r\n\ufffe\x02]+[\ufffe\x02]?|[\r\n]+|[\ufffe\x02]")
_HEAD = 4  # lines of a first page that may stand above its title, such as a letterhead
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "", "\0": ""})


def read_pdf(raw: bytes, name: str, limits: Limits) -> Document:
    """Make a document of a PDF: in reading order, lines joined into paragraphs, running heads and page numbers left out.

    The time when the file was made is not a time of publication; `published` stays empty.

    Raises:
        IntakeError: the file is encrypted, damaged, or has no text, or too much.
    """
    import pypdfium2 as pdfium  # noqa: PLC0415

    try:
        file = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise _refused(name, str(error)) from error
    try:
        declared = " ".join((file.get_metadata_dict().get("Title") or "").split())
        pages: list[list[Line]] = []
        characters = 0
        for number in range(len(file)):
            pages.append(list(_lines(file[number])))
            characters += sum(len(line.text) for line in pages[-1])
            check_length(characters, name, limits)
    except pdfium.PdfiumError as error:
        raise _refused(name, str(error)) from error
    finally:
        file.close()
    if not characters:
        raise IntakeError(f"{name}: a PDF without text, most likely scanned; run text recognition on it first (for example ocrmypdf)")
    lines = [in_reading_order(page) for page in drop_running_heads(pages)]
    title, rest = _part_title(lines, declared)
    return compose(title, "\n\n".join(join_lines(rest)), name=name, limits=limits, kind="pdf")


def _refused(name: str, reason: str) -> IntakeError:
    if "password" in reason.lower() or "security" in reason.lower():
        return IntakeError(f"{name}: an encrypted PDF; save a copy without its password")
    return IntakeError(f"{name}: a damaged or truncated PDF ({reason}); download it again or print it to a new PDF")


def _lines(page: Any) -> Iterator[Line]:
    """Yield the lines of a page as PDFium finds them, each with the box of its type."""
    width, height = page.get_size()
    text_page = page.get_textpage()
    count = text_page.count_chars()
    text = text_page.get_text_range() if count else ""
    start = 0
    for written in _PIECES.findall(text):
        end = start + len(written.encode("utf-16-le", "surrogatepass")) // 2  # PDFium counts in UTF-16
        stripped = written.strip()
        if stripped and end <= count:
            first = start + len(written) - len(written.lstrip())
            last = end - 1 - (len(written) - len(written.rstrip()))
            left, bottom, _, top = text_page.get_charbox(first, loose=True)
            right = text_page.get_charbox(last, loose=True)[2]
            clean = stripped.translate(_LIGATURES).replace("\ufffe", SOFT_HYPHEN)
            if clean.strip(SOFT_HYPHEN):
                yield Line(clean, left, right, top, bottom, width, height)
        start = end


def _part_title(pages: list[list[Line]], declared: str) -> tuple[str, list[list[Line]]]:
    """Take the title off the first page: the lines in larger type near its head, else the declared title where it stands there."""
    first = pages[0]
    if not first:
        return "", pages
    body = median(line.size for page in pages for line in page)
    start = next((i for i, line in enumerate(first[:_HEAD]) if line.size >= _HEADLINE * body), None)
    if start is not None:
        size = first[start].size
        end = next((i for i in range(start, len(first)) if abs(first[i].size - size) > 0.05 * size), len(first))
        headline = " ".join(line.text for line in first[start:end])
        if end - start <= 5 and looks_like_title(headline):
            return headline, [first[:start] + first[end:], *pages[1:]]
    for count in range(1, min(6, len(first))):
        if declared and " ".join(line.text for line in first[:count]).casefold() == declared.casefold():
            return declared, [first[count:], *pages[1:]]
    # The first line alone, when space under it sets it apart.
    if len(first) > 2 and looks_like_title(first[0].text) and first[0].bottom - first[1].top > 0.6 * first[0].size:
        return first[0].text, [first[1:], *pages[1:]]
    return "", pages
