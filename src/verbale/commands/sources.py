"""Files, folders and standard input as arguments, and what stands in them."""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from verbale.errors import IntakeError

if TYPE_CHECKING:
    from verbale.intake import Entry

STDIN = Path("-")


def existing(paths: list[Path]) -> list[Path]:
    """Refuse a path that does not exist; `-` is standard input."""
    for path in paths:
        if path != STDIN and not path.exists():
            raise typer.BadParameter(f"{path} does not exist")
    return paths


Sources = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Files and folders; - is standard input.", show_default=False, callback=existing),
]
Workers = Annotated[int, typer.Option(min=1, help="Processes that read at the same time.")]


def entries(paths: list[Path]) -> "Iterator[Entry]":
    """Yield what stands in the files and folders, and in standard input where a path is `-`."""
    from verbale.intake import entries as found_in

    yield from chain.from_iterable(_standard_input() if path == STDIN else found_in([path]) for path in paths)


def _standard_input() -> "Iterator[Entry]":
    from verbale.intake import Entry, IntakeFailure, read_bytes

    documents = read_bytes(sys.stdin.buffer.read())
    try:
        for document in documents:
            yield Entry(STDIN, "stdin", document)
    except IntakeError as error:
        yield Entry(STDIN, "stdin", IntakeFailure(STDIN, error))


def content(path: Path) -> bytes:
    """Return what stands in a file or in standard input."""
    return sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
