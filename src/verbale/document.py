"""Document and Span: what was published, and a place in it."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz

from verbale.errors import SpanError

_CONTEXT = 32  # characters of prefix and suffix in a quote selector, as in the W3C examples
_SIMILAR = 85.0  # rapidfuzz ratio under which a shifted quotation counts as lost


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: characters `start` (included) to `end` (excluded), counted in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(f"a span must start at 0 or later and hold at least one character, not {self.start} to {self.end}")

    def exact(self, text: str) -> str:
        """Return the words of `text` that the span covers.

        Raises:
            SpanError: the span ends after the text.
        """
        if self.end > len(text):
            raise SpanError(f"the span {self.start} to {self.end} ends after its text of {len(text)} characters")
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def selectors(self, text: str) -> list[dict[str, Any]]:
        """Return the span as W3C Web Annotation selectors: a TextPositionSelector and a TextQuoteSelector.

        Source: Web Annotation Data Model, sections 4.2.4 and 4.2.5 (W3C Recommendation, 2017).

        Raises:
            SpanError: the span ends after the text.
        """
        return [
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
            {
                "type": "TextQuoteSelector",
                "exact": self.exact(text),
                "prefix": text[max(0, self.start - _CONTEXT) : self.start],
                "suffix": text[self.end : self.end + _CONTEXT],
            },
        ]

    @classmethod
    def from_selectors(cls, selectors: list[Mapping[str, Any]], text: str) -> "Span":
        """Find the place that `selectors` name in `text`, also where the text has shifted since.

        The position is believed when the quotation stands there; otherwise the occurrence of the quotation whose
        surroundings agree best with prefix and suffix is taken; otherwise the most similar stretch of the text.

        Raises:
            SpanError: a selector is malformed, or neither the quotation nor anything like it stands in the text.
        """
        position = next((s for s in selectors if s.get("type") == "TextPositionSelector"), None)
        quote = next((s for s in selectors if s.get("type") == "TextQuoteSelector"), None)
        try:
            at = cls(int(position["start"]), int(position["end"])) if position else None
            exact = str(quote["exact"]) if quote else None
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise SpanError(f"a selector lacks a field or has one of the wrong type: {error}") from error
        if at is not None and at.end <= len(text) and (exact is None or at.exact(text) == exact):
            return at
        if not exact or quote is None:
            raise SpanError("the selectors name no place in this text: no quotation is given and the position lies outside")
        prefix, suffix = str(quote.get("prefix") or ""), str(quote.get("suffix") or "")

        def fit(found: int) -> tuple[int, int]:
            end = found + len(exact)
            before, after = text[max(0, found - len(prefix)) : found], text[end : end + len(suffix)]
            shared = _common_suffix(before, prefix) + _common_suffix(after[::-1], suffix[::-1])
            return (shared, -abs(found - at.start) if at else 0)

        places = [m.start() for m in re.finditer(re.escape(exact), text)]
        if places:
            best = max(places, key=fit)
            return cls(best, best + len(exact))
        near = fuzz.partial_ratio_alignment(exact, text, score_cutoff=_SIMILAR) if len(exact) <= len(text) else None
        if near is None or near.dest_start == near.dest_end:
            raise SpanError(f"the quotation “{exact[:60]}” does not stand in this text, nor anything like it")
        return cls(near.dest_start, near.dest_end)


def _common_suffix(text: str, end: str) -> int:
    """Count how many of the last characters the two strings share."""
    n = 0
    while n < min(len(text), len(end)) and text[-1 - n] == end[-1 - n]:
        n += 1
    return n


@dataclass(frozen=True)
class Document:
    """What was published: `text` is the title, a blank line, and the body with one blank line between paragraphs.

    Attributes:
        text: the text that every span counts in.
        title: the title alone; empty when the document has none.
        published: ISO 8601 date or date and time, with the time zone where it is known.
        url: address of the source (http or https).
        publisher: who published it, as the source names itself.
        language: BCP 47 tag.
        kind: form of the file it came from (`text`, `markdown`, `html`, `pdf`, `json`, `ninjs`).
    """

    text: str
    title: str = ""
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str = "en"
    kind: str = "text"

    @classmethod
    def compose(cls, title: str, body: str, **fields: Any) -> "Document":
        """Make a document of a title and a body, laying out its text: NFC, one blank line between paragraphs, no trailing space."""
        title = " ".join(unicodedata.normalize("NFC", title).split())
        body = unicodedata.normalize("NFC", body).replace("\r\n", "\n").replace("\r", "\n")
        paragraphs = [re.sub(r"[^\S\n]+", " ", p).strip() for p in re.split(r"\n(?:[^\S\n]*\n)+", body)]
        paragraphs = [re.sub(r" *\n *", "\n", p) for p in paragraphs if p]
        return cls(text="\n\n".join([title, *paragraphs] if title else paragraphs), title=title, **fields)

    @cached_property
    def id(self) -> str:
        """SHA-256, in hexadecimal, of the text in NFC: two copies of one text are one document."""
        return hashlib.sha256(unicodedata.normalize("NFC", self.text).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def published_on(self) -> date | None:
        """The day of publication in the publisher's own time zone; None when it is not known or not a date."""
        if not self.published:
            return None
        for form in (self.published, self.published[:10]):
            try:
                return datetime.fromisoformat(form).date()
            except ValueError:
                continue
        return None
