"""Readings that were stored as files."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from verbale.errors import ReadingFormatError
from verbale.findings import Reading


def stored_readings(paths: Iterable[Path]) -> Iterator[Reading]:
    """Give the readings of files, and of the `.json` and `.jsonl` files of folders by name; a `.jsonl` file holds one a line.

    Raises:
        ReadingFormatError: a file is not a reading; the message names it.
        OSError: a file cannot be read.
    """
    for path in paths:
        found = sorted(p for p in path.rglob("*") if p.suffix in (".json", ".jsonl") and p.is_file()) if path.is_dir() else [path]
        for file in found:
            content = file.read_bytes()
            for line in content.splitlines() if file.suffix == ".jsonl" else [content]:
                if line.strip():
                    try:
                        yield Reading.from_json(line)
                    except ReadingFormatError as error:
                        raise ReadingFormatError(f"{file}: {error}; give what `verbale read --out` or `--format jsonl` wrote") from error
