"""JSON: one record, a list of records, or one record a line; the records are flat or IPTC ninjs."""

from collections.abc import Mapping
from typing import Any

import msgspec

from verbale.document import Document
from verbale.errors import IntakeError
from verbale.intake.composing import compose, first_text
from verbale.intake.limits import Limits
from verbale.intake.ninjs import is_ninjs, read_ninjs
from verbale.intake.timestamps import iso_timestamp

_TEXT = ("text", "body", "content", "article")
_TITLE = ("title", "headline")
_STAMPS = ("published", "published_time", "datePublished", "date")
_ADDRESS = ("url", "source_url", "canonical_url", "link")


def parse_json(text: str | bytes, name: str) -> Any:
    """Decode JSON.

    Raises:
        IntakeError: it is not JSON, or is nested too deeply.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise IntakeError(f"{name}: not JSON ({reason}); check that it is complete and in UTF-8") from error


def read_record(record: Any, name: str, limits: Limits) -> Document:
    """Make a document of one JSON record.

    Flat records hold `text` (or `body`, `content`), and where known `title`, `published` or `date`, `url`, `publisher`, `language`.

    Raises:
        IntakeError: the record is no object, has no text, or too much.
    """
    if not isinstance(record, Mapping):
        raise IntakeError(f"{name}: a JSON object with a field `text` is needed, not {_kind(record)}")
    if is_ninjs(record):
        return read_ninjs(record, name, limits)
    body = first_text(record.get(key) for key in _TEXT)
    if body is None:
        raise IntakeError(f"{name}: no text in the record; put it in a field `text` (with `title`, `published` and `url` where known)")
    return compose(
        first_text(record.get(key) for key in _TITLE) or "",
        body,
        name=name,
        limits=limits,
        kind="json",
        published=next((s for s in (iso_timestamp(record.get(key)) for key in _STAMPS) if s), None),
        url=first_text(record.get(key) for key in _ADDRESS),
        publisher=first_text([record.get("publisher"), record.get("source")]),
        language=first_text([record.get("language"), record.get("lang")]),
    )


def _kind(value: object) -> str:
    names = {str: "a string", int: "a number", float: "a number", bool: "true or false", list: "a list", type(None): "null"}
    return names.get(type(value), type(value).__name__)
