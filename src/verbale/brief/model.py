"""What a brief is: sections of sentences, each with the places that it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from verbale.document import Span
from verbale.record import Coverage


@dataclass(frozen=True)
class Note:
    """A footnote: the document, who published it and when, its address, and the places in its text with their words."""

    document: str
    title: str
    publisher: str | None
    day: str | None
    url: str | None
    spans: tuple[Span, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence of the brief and its notes, one at least.

    What stands between “ and ” in the text is a quotation, and stands so in one of the notes. `lead` is set in bold before it.
    """

    text: str
    notes: tuple[Note, ...]
    lead: str = ""


@dataclass(frozen=True)
class Listing:
    """Sentences one below the other, under a heading of their own where there is one."""

    sentences: tuple[Sentence, ...]
    heading: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: the heads of its columns, and and rows of sentences, a cell each."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    heading: str = ""


@dataclass(frozen=True)
class HeatMap:
    """How often each domain came up in each period: `counts` by row and column. `notes` tell for each row where it was seen last."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    notes: tuple[Note, ...]


Block = Listing | Grid | HeatMap


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Brief:
    """A brief. `remarks` are about the record itself, not about the talks, and so have no notes."""

    title: str
    purpose: str
    period: str
    as_of: str
    coverage: Coverage
    remarks: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    sources: "Numbering" = field(default_factory=lambda: Numbering(()))

    @property
    def empty(self) -> bool:
        """Whether the record answered nothing."""
        return not self.sections

    def sentences(self) -> Iterator[Sentence]:
        """Give every sentence in the order of reading."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Listing):
                    yield from block.sentences
                elif isinstance(block, Grid):
                    for row in block.rows:
                        yield from row

    def notes(self) -> Iterator[Note]:
        """Give every note in the order of reading; one that is used again comes again."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, HeatMap):
                    yield from block.notes
                    continue
                sentences = block.sentences if isinstance(block, Listing) else [c for row in block.rows for c in row]
                for sentence in sentences:
                    yield from sentence.notes


@dataclass(frozen=True)
class Numbering:
    """The notes by source, in the order in which they are first used: source 3, place b is marked 3b."""

    sources: tuple[tuple[Note, ...], ...]

    @classmethod
    def of(cls, brief: Brief) -> "Numbering":
        """Number the notes of a brief."""
        found: dict[str, dict[Note, None]] = {}
        for note in brief.notes():
            found.setdefault(note.document, {}).setdefault(note, None)
        return cls(tuple(tuple(notes) for notes in found.values()))

    def mark(self, note: Note) -> str:
        """Return the mark of a note, such as 3b."""
        for n, notes in enumerate(self.sources, 1):
            if notes[0].document == note.document:
                return f"{n}{letters(notes.index(note))}"
        raise ValueError(f"the note on {note.title} is not of this brief")


def letters(n: int) -> str:
    """Return a number from 0 as letters: a, b, …, z, aa, ab."""
    return (letters(n // 26 - 1) if n >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[n % 26]
