"""Plain text."""

import re

from verbale.document import Document
from verbale.intake.composing import compose
from verbale.intake.limits import Limits

_LONGEST_TITLE = 250
# A title may end in an abbreviation, but not like a sentence or the start of a list.
_ABBREVIATION = re.compile(r"(?:\b(?:[A-Za-z]\.)+|\b(?:Jr|Sr|Dr|Inc|Ltd|Co|St|etc)\.)$")


def read_plain(text: str, name: str, limits: Limits) -> Document:
    """Make a document of plain text; its first line is the title when it looks like one and a blank line follows.

    Raises:
        IntakeError: there is no text, or too much.
    """
    title, body = split_title(text)
    return compose(title, body, name=name, limits=limits, kind="text")


def split_title(text: str) -> tuple[str, str]:
    """Part a text into its title, empty when its first line does not look like one, and the rest."""
    first, _, rest = text.lstrip("\ufeff \t\r\n").partition("\n")
    second, _, _ = rest.partition("\n")
    if second.strip() or not rest.strip() or not looks_like_title(first):
        return "", text
    return first.strip(), rest


def looks_like_title(line: str) -> bool:
    """Tell whether a line reads as a title: short, with words, and not ending as a sentence does."""
    line = line.strip()
    if not line or len(line) > _LONGEST_TITLE or not any(c.isalpha() for c in line):
        return False
    return not line.endswith((".", ":", ";", ",", ".”", '."', "—", "–", "-")) or bool(_ABBREVIATION.search(line))
