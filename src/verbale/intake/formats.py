"""Which format a content is in, told from the content itself."""

import codecs
import re
from pathlib import PurePath
from typing import Literal

from verbale.errors import IntakeError
from verbale.intake.decoding import binary
from verbale.intake.markdown import has_front_matter

Format = Literal["text", "markdown", "html", "json", "jsonl", "pdf"]

_FOREIGN = (
    (b"PK\x03\x04", "a ZIP archive or an Office document; unpack it, or save it as PDF, HTML or text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document; save it as PDF, HTML or text"),
    (b"{\\rtf", "an RTF document; save it as PDF, HTML or text"),
    (b"\x89PNG\r\n\x1a\n", "an image; run text recognition on it first"),
    (b"\xff\xd8\xff", "an image; run text recognition on it first"),
    (b"GIF8", "an image; run text recognition on it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\0", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"SQLite format 3\0", "a database; export its texts as JSONL"),
)
_PAGE = re.compile(
    r"\A\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->)){0,4000}-->\s*)*<(?:!doctype\s+html|(?:html|head|body|article|main|section|div|p|h1)\b)",
    re.IGNORECASE,
)
_XML = re.compile(r"\A\ufeff?\s*<(?:\?xml|rss|feed|nitf|newsml|newsitem)\b", re.IGNORECASE)
_JSON = re.compile(r"\A\ufeff?\s*(?:\{\s*(?:\"|\}|\Z)|\[\s*(?:[{\[]|\]\s*\Z))")
_HEADING = re.compile(r"\A\ufeff?\s*#{1,6} \S")
_SUFFIXES: dict[str, Format] = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip


def format_of(head: bytes, name: str) -> Format:
    """Return the format of a content from its first bytes; the name's extension decides only between forms of text.

    Raises:
        IntakeError: the content is of a known kind that is not read, or binary.
    """
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise IntakeError(f"{name}: {what}")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    text = _sniffed(head)
    if b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise binary(name)
    suffix = _SUFFIXES.get(PurePath(name.removesuffix(".gz")).suffix.lower(), "text")
    if _PAGE.match(text):
        return "html"
    if _XML.match(text):
        raise IntakeError(f"{name}: XML of a form that is not read; give HTML, Markdown, JSON, PDF or plain text")
    if _JSON.match(text) or suffix in ("json", "jsonl"):
        # Lines are parted as bytes, which UTF-16 does not allow; there the whole must be one record or list.
        by_line = (suffix == "jsonl" or _one_a_line(text)) and b"\0" not in head
        return "jsonl" if by_line else "json"
    if has_front_matter(text) or _HEADING.match(text):
        return "markdown"
    return suffix if suffix in ("markdown", "html") else "text"


def _one_a_line(text: str) -> bool:
    """Tell whether each line looks like an object of its own."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:2]
    return len(lines) == 2 and all(line.startswith("{") and len(line) > 1 for line in lines)


def _sniffed(head: bytes) -> str:
    """Decode a beginning well enough to see its marks, which are all ASCII."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return head[: len(head) // 2 * 2].decode(encoding, "replace")
    return head.decode("utf-8", "replace")
