"""A text cut into word pieces, and the pieces into windows that the encoder reads."""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from verbale.reading.quotation import quoted

Ints = npt.NDArray[np.int64]

MAX_PIECES = 320  # pieces in a window, special ones included
CONTEXT = 40  # pieces of what stands before, read again so that a window does not start blind
CLS, SEP = 101, 102  # ids in the vocabulary of BERT, uncased
SHAPES = 6  # lower, Initial or CAPITALS, outside or inside quotation marks


@dataclass(frozen=True)
class Pieces:
    """The word pieces of a text.

    Attributes:
        ids: vocabulary ids, shape (n,).
        starts, ends: first character and the one after the last of each piece, shape (n,).
        shapes: 0 lower case or no letter, 1 Initial, 2 CAPITALS, plus 3 inside quotation marks: what an uncased
            vocabulary loses, given to the encoder as token types; shape (n,).
        paragraphs: number of the paragraph of each piece, shape (n,).
    """

    ids: Ints
    starts: Ints
    ends: Ints
    shapes: Ints
    paragraphs: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Window:
    """One reading of the encoder: `places[k]` is the piece at position k, or -1 for a special piece.

    Pieces before `own` were read in the window before and are context only.
    """

    places: Ints
    own: int


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut `text` into word pieces. Time and memory are linear in the length of the text."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids = np.asarray(encoding.ids, dtype=np.int64)
    offsets = np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    # The tokenizer may give a piece no character of its own (a combining mark stripped away): such a piece is dropped.
    kept = offsets[:, 1] > offsets[:, 0]
    ids, starts, ends = ids[kept], offsets[kept, 0], offsets[kept, 1]
    inside = quoted(text)
    shapes = np.zeros(len(ids), dtype=np.int64)
    for k, (s, e) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if text[s].isupper():
            shapes[k] = 2 if e - s > 1 and text[s:e].isupper() else 1
        if inside[s]:
            shapes[k] += 3
    breaks = np.asarray([m.start() for m in re.finditer(r"\n+", text)], dtype=np.int64)
    return Pieces(ids, starts, ends, shapes, np.searchsorted(breaks, starts, side="right"))


def windows(pieces: Pieces, text: str, *, limit: int = MAX_PIECES, context: int = CONTEXT) -> list[Window]:
    """Fill windows paragraph by paragraph; a paragraph that no window holds is cut at the ends of sentences."""
    room = limit - context - 3  # [CLS], [SEP] after the context, [SEP] at the end
    units: list[tuple[int, int]] = []
    edges = [0, *(np.flatnonzero(np.diff(pieces.paragraphs)) + 1).tolist(), len(pieces)]
    for start, last in pairwise(edges):
        first = start
        while last - first > room:
            ends = [k + 1 for k in range(first + room // 2, first + room) if text[pieces.starts[k]] in ".?!;\n"]
            at = ends[-1] if ends else first + room
            units.append((first, at))
            first = at
        if last > first:
            units.append((first, last))
    made: list[Window] = []
    held: list[tuple[int, int]] = []
    size = 0
    for unit in units:
        need = unit[1] - unit[0] + 1
        if held and size + need > room:
            made.append(_window(held, context))
            held, size = [], 0
        held.append(unit)
        size += need
    if held:
        made.append(_window(held, context))
    return made


def _window(units: list[tuple[int, int]], context: int) -> Window:
    first = units[0][0]
    before = list(range(max(0, first - context), first))
    places = [-1, *before, *([-1] if before else [])]
    own = len(places)
    for start, end in units:
        places += [*range(start, end), -1]
    return Window(np.asarray(places, dtype=np.int64), own)


def laid(pieces: Pieces, window: Window) -> tuple[Ints, Ints]:
    """Return the ids and token types of a window as the encoder takes them, each of shape (1, positions)."""
    at = window.places
    ids = np.where(at >= 0, pieces.ids[at], SEP)
    ids[0] = CLS
    return ids[None], np.where(at >= 0, pieces.shapes[at], 0)[None]
