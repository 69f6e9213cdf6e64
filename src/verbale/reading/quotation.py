"""Which characters of a text stand inside quotation marks."""

import numpy as np
import numpy.typing as npt

# Marks that open and close by shape. Straight marks and ’ need their surroundings to be told apart.
_OPENS = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "‹": "›"}
_LOOKS_BACK = " \t\n\u00a0([{—–-:,“‘"


def quoted(text: str) -> npt.NDArray[np.bool_]:
    """Mark the characters inside quotation marks, the marks themselves excluded.

    Double marks of the usual scripts are followed, nested ones count once. A quotation left open at the end of a paragraph
    ends there, so that one forgotten mark costs one paragraph; a next paragraph that opens with a mark again (a quotation
    continued over paragraphs) is simply a quotation of its own. Single curly marks count when they open after a space and
    close before something that is not a letter.

    Returns:
        Array of shape (len(text),), True inside a quotation. Time is linear in the length of the text.
    """
    inside = np.zeros(len(text), dtype=np.bool_)
    stack: list[str] = []  # what would close each open quotation
    since = -1  # first character of the outermost open quotation
    for at, mark in _marks(text):
        if mark == "\n":
            if stack:
                inside[since:at] = True
                stack = []
            continue
        if stack and mark in stack[-1] and _may_close(text, at, mark):
            stack.pop()
            if not stack:
                inside[since:at] = True
        elif mark in _OPENS or (mark in "\"‘'" and _may_open(text, at)):
            if not stack:
                since = at + 1
            if len(stack) < 8:
                stack.append({'"': '"', "‘": "’", "'": "'"}.get(mark) or _OPENS[mark])
    if stack:
        inside[since:] = True
    return inside


def _marks(text: str) -> list[tuple[int, str]]:
    """List the quotation marks and paragraph ends with their places, in order."""
    found = [(i, c) for c in '“”„«»「」『』‹›"‘’' for i in _places(text, c)]
    found += [(i, "\n") for i in _places(text, "\n\n")]
    return sorted(found)


def _places(text: str, what: str) -> list[int]:
    places, at = [], text.find(what)
    while at >= 0:
        places.append(at)
        at = text.find(what, at + len(what))
    return places


def _may_open(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _LOOKS_BACK


def _may_close(text: str, at: int, mark: str) -> bool:
    if mark in "’'":
        return not text[at + 1 : at + 2].isalnum()
    return True
