"""Files and folders: the documents in them, one after the other."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from verbale.document import Document
from verbale.errors import IntakeError
from verbale.intake.content import read_stream
from verbale.intake.limits import DEFAULT, Limits

_UNSAFE = re.compile(r"[^\w.+-]+")
_LONGEST_NAME = 60  # characters of a record's id in a name: a file system allows 255 bytes, a character may take four


@dataclass(frozen=True, slots=True)
class IntakeFailure:
    """What could not become a document: the file, the error, and the number of the line or record where one of many failed."""

    path: Path
    error: IntakeError
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a batch, or the failure in its place, with a name for it that is safe as a file's.

    The name is the file's own without its extension; one record of many has its `id`, or the file's name and the record's number.
    Files of the same name in two folders have the same.
    """

    path: Path
    name: str
    found: Document | IntakeFailure


def read_path(path: Path, limits: Limits = DEFAULT) -> Iterator[Document]:
    """Yield the documents of one file as they are read; a list of JSON records or JSONL gives many, and each format may be gzipped.

    Raises:
        IntakeError: the file, or a record in it, cannot become a document; the message names it and the remedy.
    """
    for entry in entries_of(path, limits):
        if isinstance(entry.found, IntakeFailure):
            raise entry.found.error
        yield entry.found


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named and those in the folders named, sorted; hidden files and folders inside a folder are skipped.

    A path that does not exist is passed on, so that its reading reports it in its place.
    """
    for path in paths:
        if not _is_folder(path):
            yield path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            yield from (Path(folder, f) for f in sorted(files) if not f.startswith("."))


def load(paths: Iterable[Path], limits: Limits = DEFAULT) -> Iterator[Document | IntakeFailure]:
    """Yield every document of the files and folders; what fails is yielded as a failure and the batch goes on."""
    return (entry.found for entry in entries(paths, limits))


def entries(paths: Iterable[Path], limits: Limits = DEFAULT) -> Iterator[Entry]:
    """Yield what `load` yields, each with its path and a name."""
    for path in walk(paths):
        yield from entries_of(path, limits)


def entries_of(path: Path, limits: Limits = DEFAULT) -> Iterator[Entry]:
    """Yield the documents and failures of one file, each with a name."""
    stem = _stem(path)
    try:
        if not path.exists():
            raise IntakeError(f"{path}: no such file or folder; check the path")
        if not path.is_file():
            raise IntakeError(f"{path}: not a regular file; give a file or a folder of files")
        with path.open("rb") as file:
            for item in read_stream(file, str(path), limits):
                own = _UNSAFE.sub("-", item.key or "")[:_LONGEST_NAME].strip("-.") if item.number else ""
                name = own or (f"{stem}-{item.number}" if item.number else stem)
                found = IntakeFailure(path, item.found, item.number) if isinstance(item.found, IntakeError) else item.found
                yield Entry(path, name, found)
    except IntakeError as error:
        yield Entry(path, stem, IntakeFailure(path, error))
    except OSError as error:
        yield Entry(
            path, stem, IntakeFailure(path, IntakeError(f"{path}: cannot be read ({error.strerror or error}); check it and its rights"))
        )
    except ValueError as error:  # a path that holds a NUL
        yield Entry(path, stem, IntakeFailure(path, IntakeError(f"{path!s:.200}: not a path ({error}); check its spelling")))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _stem(path: Path) -> str:
    """Return the file's name without `.gz` and its extension."""
    name = path.name.removesuffix(".gz")
    return name if name.startswith(".") else name.rsplit(".", 1)[0] or name
