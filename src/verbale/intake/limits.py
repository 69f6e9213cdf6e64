"""How much intake accepts before it refuses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that intake takes in.

    Attributes:
        file_bytes: size of a file, of one decompressed file, or of one record of a JSONL file (which as a whole may be larger).
        text_characters: length of one document's text.
        expansion: how many times its own size a compressed file may grow once it has passed `file_bytes`.
    """

    file_bytes: int = 20_000_000
    text_characters: int = 2_000_000
    expansion: int = 100


DEFAULT = Limits()
