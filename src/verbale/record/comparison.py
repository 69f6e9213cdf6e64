"""Two documents side by side: passages aligned by meaning, and what was added, dropped, changed, hardened and softened."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from verbale.document import Span
from verbale.record import tables as t
from verbale.record.decisions import standing
from verbale.record.embedding import Embed, embed_words
from verbale.record.passages import passages
from verbale.record.stances import StanceShift, shifts
from verbale.vocabulary.lexicon import tokens

Change = Literal["same", "changed", "moved", "added", "dropped"]

PAIRED = 0.40
"""Likeness from which two passages are taken for one, in place; out of place more is asked."""

_OUT_OF_PLACE = 0.60
_SHARED_CONCEPT = 0.12  # what a domain or situation in common adds to the likeness of two passages


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of one of the documents."""

    span: Span
    text: str
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of the first document that were replaced by words of the second; either may be empty. Spans count in the documents."""

    dropped: str
    added: str
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class PassagePair:
    """A passage of the first document and what became of it in the second.

    `change`: `same` (but for spaces and capitals), `changed`, `moved` (in another place of the text, changed or not), `added`, `dropped`.
    """

    change: Change
    before: Passage | None
    after: Passage | None
    likeness: float
    words: tuple[WordChange, ...]
    shifts: tuple[StanceShift, ...]


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """A domain or situation of the two documents: in which it stands, and with which stage."""

    concept: str
    label: str
    change: Literal["same", "moved", "added", "dropped"]
    stage_before: str | None
    stage_after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents compared: the pairs in the order of the second document, dropped passages where they stood."""

    before: str
    after: str
    before_title: str
    after_title: str
    pairs: tuple[PassagePair, ...]
    concepts: tuple[ConceptChange, ...]


def compare(connection: Connection, before: int, after: int, embed: Embed = embed_words) -> Comparison:
    """Compare two documents of the record, given by number."""
    rows = {n: connection.execute(select(t.DocumentRow.__table__).where(t.DocumentRow.n == n)).one() for n in (before, after)}
    found = {n: _concepts(connection, n) for n in (before, after)}
    sides = [_passages(rows[n].text, found[n]) for n in (before, after)]
    pairs = align(sides[0], sides[1], embed)
    first, second = rows[before], rows[after]
    return Comparison(first.id, second.id, first.title, second.title, tuple(pairs), _concept_changes(found[before], found[after]))


def _concepts(connection: Connection, n: int) -> list[Any]:
    c = t.ConceptRow
    query = select(c.concept, c.label, c.stage, c.spans).where(c.document == n, standing(c)).order_by(c.ordinal)
    return list(connection.execute(query))


def _passages(text: str, concepts: Sequence[Any]) -> list[Passage]:
    return [
        Passage(span, span.exact(text), tuple(dict.fromkeys(c.concept for c in concepts if any(s.overlaps(span) for s in c.spans))))
        for span in passages(text)
    ]


def align(left: Sequence[Passage], right: Sequence[Passage], embed: Embed = embed_words) -> list[PassagePair]:
    """Align passages: in order by dynamic programming over their likeness, then what is left over wherever it stands.

    Source: Needleman and Wunsch, J. Mol. Biol. 48 (1970), with a gap that costs nothing and pairs that count by their likeness.
    """
    likeness = _likeness(left, right, embed)
    pairs = _in_order(likeness)
    moved = _out_of_order(likeness, {i for i, _ in pairs}, {j for _, j in pairs})
    partner = {j: i for i, j in (*pairs, *moved)}
    kept = {i for i, _ in (*pairs, *moved)}
    found: list[PassagePair] = []
    done = 0
    for j, passage in enumerate(right):
        i = partner.get(j)
        if i is None:
            found.append(PassagePair("added", None, passage, 0.0, (), ()))
            continue
        if (i, j) in pairs:
            found += [PassagePair("dropped", left[k], None, 0.0, (), ()) for k in range(done, i) if k not in kept]
            done = max(done, i + 1)
        found.append(_pair(left[i], passage, float(likeness[i, j]), (i, j) in moved))
    return found + [PassagePair("dropped", left[k], None, 0.0, (), ()) for k in range(done, len(left)) if k not in kept]


def _likeness(left: Sequence[Passage], right: Sequence[Passage], embed: Embed) -> NDArray[np.float64]:
    vectors = embed([p.text for p in (*left, *right)]).astype(np.float64)
    found = vectors[: len(left)] @ vectors[len(left) :].T if left and right else np.zeros((len(left), len(right)))
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if a.concepts and b.concepts and set(a.concepts) & set(b.concepts):
                found[i, j] = min(1.0, found[i, j] + _SHARED_CONCEPT)
    return np.round(found, 6)  # so that the last bit of a sum does not decide


def _in_order(likeness: NDArray[np.float64]) -> set[tuple[int, int]]:
    """Return the pairs, both sides in order, whose likeness above the threshold sums up highest."""
    rows, columns = likeness.shape
    gain = np.where(likeness >= PAIRED, likeness - PAIRED / 2, 0.0)
    best = np.zeros((rows + 1, columns + 1))
    for i in range(1, rows + 1):
        through = best[i - 1, :-1] + gain[i - 1]
        best[i, 1:] = np.maximum.accumulate(np.maximum(best[i - 1, 1:], through))
    pairs: set[tuple[int, int]] = set()
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.add((i, j))
    return pairs


def _out_of_order(likeness: NDArray[np.float64], left: set[int], right: set[int]) -> set[tuple[int, int]]:
    """Pair what is left over, the most alike first, where the likeness leaves little doubt."""
    rows, columns = likeness.shape
    free = [(float(likeness[i, j]), i, j) for i in range(rows) if i not in left for j in range(columns) if j not in right]
    pairs: set[tuple[int, int]] = set()
    taken_left, taken_right = set(left), set(right)
    for score, i, j in sorted(free, key=lambda x: (-x[0], x[1], x[2])):
        if score < _OUT_OF_PLACE:
            break
        if i not in taken_left and j not in taken_right:
            pairs.add((i, j))
            taken_left.add(i)
            taken_right.add(j)
    return pairs


def _pair(before: Passage, after: Passage, likeness: float, moved: bool) -> PassagePair:
    words = tuple(word_changes(before, after))
    change: Change = "moved" if moved else "changed" if words else "same"
    return PassagePair(change, before, after, round(likeness, 3), words, tuple(shifts(before.text, after.text)) if words else ())


def word_changes(before: Passage, after: Passage) -> list[WordChange]:
    """Return the words that two passages differ in, with their places in the documents."""
    left, right = tokens(before.text), tokens(after.text)
    found = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left.keys, right.keys, autojunk=False).get_opcodes():
        if tag != "equal":
            first = Span(left.starts[a], left.ends[b - 1]) if b > a else None
            second = Span(right.starts[c], right.ends[d - 1]) if d > c else None
            found.append(
                WordChange(
                    first.exact(before.text) if first else "",
                    second.exact(after.text) if second else "",
                    _shifted(first, before.span.start),
                    _shifted(second, after.span.start),
                )
            )
    return found


def _shifted(span: Span | None, by: int) -> Span | None:
    return Span(span.start + by, span.end + by) if span else None


def _concept_changes(before: Sequence[Any], after: Sequence[Any]) -> tuple[ConceptChange, ...]:
    left, right = {c.concept: c for c in before}, {c.concept: c for c in after}
    found = []
    for concept in dict.fromkeys((*left, *right)):
        a, b = left.get(concept), right.get(concept)
        change: Literal["same", "moved", "added", "dropped"] = "added"
        if a is not None:
            change = "dropped" if b is None else "same" if a.stage == b.stage else "moved"
        found.append(ConceptChange(concept, (b or a).label, change, a.stage if a else None, b.stage if b else None))  # type: ignore[union-attr]
    return tuple(found)
