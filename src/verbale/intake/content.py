"""One content in any format: which it is, and the documents in it."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from verbale.document import Document
from verbale.errors import IntakeError
from verbale.intake.composing import empty
from verbale.intake.decoding import check_characters, decode
from verbale.intake.formats import format_of
from verbale.intake.limits import DEFAULT, Limits
from verbale.intake.markdown import read_markdown
from verbale.intake.pdf import read_pdf
from verbale.intake.plain import read_plain
from verbale.intake.records import parse_json, read_record
from verbale.intake.streams import Stream
from verbale.intake.web import declared_encoding, read_page


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a content, or the error in its place.

    Attributes:
        found: the document or the error.
        number: the line of a JSONL file or the place in a list of records; None when the content is one document.
        key: the record's own `id`.
    """

    found: Document | IntakeError
    number: int | None = None
    key: str | None = None


def read_text(text: str, limits: Limits = DEFAULT) -> Document:
    """Make a document of plain text; its first line is the title when it looks like one and a blank line follows.

    Raises:
        IntakeError: the text is empty, too long, or not text.
    """
    name = "the text"
    check_characters(text, name)
    return read_plain(text, name, limits)


def read_bytes(raw: bytes, name: str = "standard input", limits: Limits = DEFAULT) -> Iterator[Document]:
    """Yield the documents of a content that is in memory, in any of the formats.

    Raises:
        IntakeError: the content, or a record in it, cannot become a document.
    """
    for item in read_stream(io.BytesIO(raw), name, limits):
        if isinstance(item.found, IntakeError):
            raise item.found
        yield item.found


def read_stream(file: BinaryIO, name: str, limits: Limits) -> Iterator[Item]:
    """Yield the documents of an open file as they are read, and the error in the place of a record that fails.

    Raises:
        IntakeError: the content as a whole cannot be read.
    """
    stream = Stream(file, name, limits)
    if not stream.head.strip():
        text = stream.whole().strip()
        if not text:
            raise empty(name)
        yield from read_stream(io.BytesIO(text), name, limits)
        return
    kind = format_of(stream.head, name)
    if kind == "jsonl":
        yield from _records(stream.lines(), name, limits)
        return
    raw = stream.whole()
    if kind == "pdf":
        yield Item(read_pdf(raw, name, limits))
        return
    text_of = decode(raw, name, declared_encoding(raw) if kind == "html" else None)
    if kind == "json":
        yield from _parsed(text_of, name, limits)
    else:
        read = {"html": read_page, "markdown": read_markdown, "text": read_plain}[kind]
        yield Item(read(text_of, name, limits))


def _parsed(text: str, name: str, limits: Limits) -> Iterator[Item]:
    """Yield the documents of JSON that is read as a whole: one record or a list of them."""
    content = parse_json(text.removeprefix("\ufeff"), name)
    if not isinstance(content, list):
        yield Item(_tried(content, name, limits), None, _key(content))
        return
    if not content:
        raise IntakeError(f"{name}: an empty list; nothing to read")
    for number, record in enumerate(content, 1):
        yield Item(_tried(record, f"{name}, record {number}", limits), number, _key(record))


def _records(lines: Iterable[tuple[int, bytes | IntakeError]], name: str, limits: Limits) -> Iterator[Item]:
    """Yield the document of each line of JSONL; blank lines are passed over."""
    for number, line in lines:
        if isinstance(line, IntakeError):
            yield Item(line, number)
        elif line.strip():
            label = f"{name}, line {number}"
            try:
                record = parse_json(line.removeprefix(b"\xef\xbb\xbf"), label)
            except IntakeError as error:
                yield Item(error, number)
            else:
                yield Item(_tried(record, label, limits), number, _key(record))


def _tried(record: object, label: str, limits: Limits) -> Document | IntakeError:
    try:
        return read_record(record, label, limits)
    except IntakeError as error:
        return error


def _key(record: object) -> str | None:
    key = record.get("id") if isinstance(record, dict) else None
    return str(key).strip() or None if isinstance(key, str | int) else None
