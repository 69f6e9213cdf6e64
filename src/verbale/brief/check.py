"""Checks a brief against the record: every sentence has a note, every note's words stand in the stored text, every quotation in a note."""

import re
from dataclasses import dataclass

from verbale.brief.model import Brief, Sentence
from verbale.errors import SpanError
from verbale.record import Record

_QUOTATION = re.compile(r"“([^”]*)”")


@dataclass(frozen=True)
class Defect:
    """What is wrong with a sentence of a brief."""

    sentence: str
    what: str


def check(brief: Brief, record: Record) -> list[Defect]:
    """Return the defects of a brief, none for one that can be relied on."""
    found = [d for s in brief.sentences() for d in _sentence(s)]
    texts: dict[str, str] = {}
    for note in dict.fromkeys(brief.notes()):
        if note.document not in texts:
            reading = record.reading(note.document)
            texts[note.document] = reading.document.text if reading else ""
        for span, words in zip(note.spans, note.words, strict=True):
            try:
                stands = span.exact(texts[note.document])
            except SpanError:
                stands = ""
            if stands != words:
                found.append(Defect(note.title, f"characters {span.start} to {span.end} do not read “{words[:60]}”"))
    return found


def _sentence(s: Sentence) -> list[Defect]:
    if not s.notes or not all(n.spans for n in s.notes):
        return [Defect(s.text, "has no note")]
    sources = [_plain(w) for n in s.notes for w in n.words]
    return [
        Defect(s.text, f"quotes “{q[:60]}”, which none of its notes reads")
        for q in _QUOTATION.findall(s.text)
        if not any(_plain(q) in w for w in sources)
    ]


def _plain(words: str) -> str:
    """Return words with all quotation marks made one, since marks within a quotation are set as single ones."""
    return re.sub("[“”‘’]", "'", words)
