"""Files that appear whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from verbale.errors import OutputError


def write_whole(path: Path, content: str) -> None:
    """Write a text file so that another program sees the old file or the new one, never half of it.

    Raises:
        OSError: the folder cannot be written to.
    """
    with whole_file(path) as file:
        file.write(content.encode("utf-8", "replace"))


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write bytes to that takes the place of `path` only when everything is written.

    Raises:
        OSError: the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give a folder to write to that becomes `path` only when everything is written.

    Raises:
        OutputError: there is something at `path` already that is no empty folder.
        OSError: the folder cannot be written to.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise OutputError(f"{path}: exists and is not an empty folder; give a new one, so that old and new files are not mixed")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".part"))
    try:
        yield temporary
        temporary.chmod(0o777 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


@contextmanager
def ours() -> Iterator[None]:
    """Tell what the system says of files in our own words; a reader that has seen enough of a pipe is no error.

    Raises:
        OutputError: a file could not be written.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{error.filename or 'output'}: cannot be written ({error.strerror or error})") from error


def _umask() -> int:
    """Return the mask for new files, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
