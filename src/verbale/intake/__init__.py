"""From files, folders and texts to documents."""

from verbale.intake.content import read_bytes, read_text
from verbale.intake.files import Entry, IntakeFailure, entries, entries_of, load, read_path, walk
from verbale.intake.limits import Limits
from verbale.intake.publishers import Publisher, publisher_named, publisher_of

__all__ = [
    "Entry",
    "IntakeFailure",
    "Limits",
    "Publisher",
    "entries",
    "entries_of",
    "load",
    "publisher_named",
    "publisher_of",
    "read_bytes",
    "read_path",
    "read_text",
    "walk",
]
