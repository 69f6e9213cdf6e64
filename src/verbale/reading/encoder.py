"""The encoder: one pass of a small neural network over a text, from which every finding is read."""

import json
import os
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from verbale.errors import VerbaleError
from verbale.reading.layout import ARC_SIZE, ARCS, DOCUMENT, heads
from verbale.reading.sequences import Floats, Halves, Ints, viterbi
from verbale.reading.windows import Pieces, Window, cut, laid, windows

# What a model brings weights for: confidence of these, the choice of these among classes.
WEIGHED = ("about", "domain", "situation", "side", "delegate", "date", "statement", "commitment")
CLASSED = ("kind", "status", "stage")
PASSAGE = 300  # pieces of a passage that are embedded
VECTOR = 384  # size of the vector of a passage


@dataclass(frozen=True)
class Encoding:
    """What the encoder gives for a text.

    Attributes:
        text: the text.
        pieces: its word pieces, n of them.
        heads: scores of each head, shape (n, width of the head); see `layout.heads`.
        arcs: queries and keys of the arcs, shape (n, 2 x ARC_SIZE x arcs), half precision.
        segments: ranges of pieces, one a window: tag sequences are decoded within each.
        document: for each entry of `layout.DOCUMENT` the probability that the first window gives it.
    """

    text: str
    pieces: Pieces
    heads: dict[str, Floats]
    arcs: Halves
    segments: list[tuple[int, int]]
    document: dict[str, float]

    def characters(self, pieces: tuple[int, int]) -> tuple[int, int]:
        """Turn a range of pieces into a range of characters of the text, widened to whole words."""
        start, end = int(self.pieces.starts[pieces[0]]), int(self.pieces.ends[pieces[1] - 1])
        while start > 0 and self.text[start - 1].isalnum() and self.text[start].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end - 1].isalnum() and self.text[end].isalnum():
            end += 1
        return start, end

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Turn a range of characters into the range of the pieces that touch it."""
        starts, ends = self._places
        first = bisect_right(ends, start)
        return first, max(first, bisect_left(starts, end))

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        # Lists: numpy's search costs more than the search for one number.
        return self.pieces.starts.tolist(), self.pieces.ends.tolist()


class Encoder:
    """Runs the network with onnxruntime, on one thread and one window at a time.

    One window at a time costs nothing on one core and makes the scores of a window independent of what stands beside it.
    """

    def __init__(self, folder: Path) -> None:
        """Load `model.onnx`, `model.json` and `tokenizer.json` from a folder.

        Raises:
            VerbaleError: a file is missing or the model has another layout than this version reads.
        """
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = ort.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = ort.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the three libraries raise unrelated types
            raise VerbaleError(
                f"cannot load the model in {folder}: {error}; reinstall verbale, or point VERBALE_MODEL at a model"
            ) from error
        self.version: str = about["version"]
        self.domains: tuple[str, ...] = tuple(about["domains"])
        self.situations: tuple[str, ...] = tuple(about["situations"])
        self.transitions = {k: np.asarray(v, dtype=np.float32) for k, v in about["transitions"].items()}
        self.nothing = np.asarray(about["nothing"], dtype=np.float32)
        weights = about.get("calibration", {})
        self.calibration: dict[str, dict[str, float]] = {k: v for k, v in weights.items() if k not in CLASSED}
        self.choices: dict[str, dict[str, list[float]]] = {k: v for k, v in weights.items() if k in CLASSED}
        self.widths = heads(len(self.domains), len(self.situations))
        if self._session.get_outputs()[0].shape[-1] != sum(self.widths.values()) or not set(WEIGHED) | set(CLASSED) <= set(weights):
            raise VerbaleError(
                f"the model in {folder} has another layout than this version of verbale reads; use the model of the same version"
            )

    def cut(self, text: str) -> Pieces:
        """Cut a text into the word pieces of the model."""
        return cut(text, self._tokenizer)

    def encode(self, text: str) -> Encoding:
        """Read a whole text. Time and memory are linear in its length."""
        encoding = self.encode_if(text, 0.0)
        assert encoding is not None  # nothing is under a floor of 0
        return encoding

    def encode_if(self, text: str, floor: float) -> Encoding | None:
        """Read a text, but stop after its first window and return None when that gives `about_talks` less than `floor`."""
        pieces = self.cut(text)
        scores = np.zeros((len(pieces), sum(self.widths.values())), dtype=np.float32)
        arcs = np.zeros((len(pieces), 2 * ARC_SIZE * len(ARCS)), dtype=np.float16)
        segments: list[tuple[int, int]] = []
        document = dict.fromkeys(DOCUMENT, 0.0)
        for k, window in enumerate(windows(pieces, text)):
            given, arc, about = self._run(pieces, window)
            if k == 0:
                document = self._document(about)
                if document["about_talks"] < floor:
                    return None
            at = np.flatnonzero(window.places[window.own :] >= 0) + window.own
            where = slice(int(window.places[at[0]]), int(window.places[at[-1]]) + 1)
            scores[where] = given[at]
            arcs[where] = arc[at]
            segments.append((where.start, where.stop))
        edges = np.cumsum(list(self.widths.values()))[:-1]
        split = dict(zip(self.widths, np.split(scores, edges, axis=1), strict=True))
        return Encoding(text, pieces, split, arcs, segments, document)

    def paths(self, encoding: Encoding) -> dict[str, Ints]:
        """Best tag of each piece by each sequence head."""
        names = list(self.transitions)
        found = viterbi([encoding.heads[n] for n in names], [self.transitions[n] for n in names], encoding.segments)
        return dict(zip(names, found, strict=True))

    def embed(self, passages: Sequence[str]) -> Floats:
        """Return a vector of each passage, of length 1, such that passages of like meaning lie close together by their cosine.

        Shape (passages, VECTOR). The row of a passage without words is zero; of a long one the first PASSAGE pieces count.
        """
        found = np.zeros((len(passages), VECTOR), dtype=np.float32)
        for row, text in zip(found, passages, strict=True):
            ids, types = passage(text, self._tokenizer)
            if ids.shape[1] > 2:
                row[:] = self._session.run(["vectors"], {"ids": ids, "types": types})[0][0]
        return found

    def _run(self, pieces: Pieces, window: Window) -> tuple[Floats, Floats, Floats]:
        ids, types = laid(pieces, window)
        scores, arcs, about = self._session.run(["scores", "arcs", "document"], {"ids": ids, "types": types})
        return scores[0], arcs[0], about[0]

    @staticmethod
    def _document(logits: Floats) -> dict[str, float]:
        chances = 1 / (1 + np.exp(-logits.astype(np.float64)))
        return {name: float(p) for name, p in zip(DOCUMENT, chances, strict=True)}


def passage(text: str, tokenizer: Tokenizer) -> tuple[Ints, Ints]:
    """Return the ids and token types by which a passage is embedded, each of shape (1, positions)."""
    pieces = cut(text, tokenizer)
    return laid(pieces, Window(np.asarray([-1, *range(min(len(pieces), PASSAGE)), -1], dtype=np.int64), 1))


@cache
def encoder() -> Encoder:
    """The encoder that ships with verbale, or the one in the folder that VERBALE_MODEL names; loaded once a process."""
    named: Any = os.environ.get("VERBALE_MODEL")
    return Encoder(Path(named) if named else Path(str(files("verbale.reading") / "model")))
