"""Short patterns of plain words, written out."""

import re
from itertools import product

from verbale.errors import VocabularyError

_ALTERNATIVES = re.compile(r"\(([^()]*\|[^()]*)\)")
_MOST = 3000  # forms of one pattern; more is a slip of the pen


def spell_out(pattern: str) -> list[str]:
    """Return every form of a pattern: "(trade|border) talks" gives "trade talks" and "border talks"; an alternative may be empty.

    Raises:
        VocabularyError: brackets are not closed or stand in one another, or the pattern has more than 3000 forms.
    """
    parts = _ALTERNATIVES.split(pattern)
    if any("(" in fixed or ")" in fixed or "|" in fixed for fixed in parts[::2]):
        raise VocabularyError(f"the pattern “{pattern}” has brackets that are open, empty of “|”, or inside one another")
    choices = [part.split("|") if n % 2 else [part] for n, part in enumerate(parts)]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > _MOST:
        raise VocabularyError(f"the pattern “{pattern}” has {count} forms; split it or say less")
    return list(dict.fromkeys(" ".join("".join(words).split()) for words in product(*choices)))
