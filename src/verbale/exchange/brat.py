"""Readings as brat standoff: a text, an annotation file beside it, and the configuration that brat needs."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from verbale.document import Span
from verbale.exchange.selection import Selection
from verbale.record.extract import Extract

_CONFIGURATION = """[entities]
Engagement
Party
Delegate
Domain
Situation
Speaker
Cue
Content
Commitment
Figure

[relations]
Says\tArg1:Speaker, Arg2:Content
Reports\tArg1:Cue, Arg2:Content

[events]

[attributes]
Confidence\tArg:<ENTITY>, Value:high|middle|low
Negated\tArg:Content
"""


def write(selection: Selection, folder: Path) -> None:
    """Write NAME.txt and NAME.ann for every document, NAME being the beginning of its id, and `annotation.conf`."""
    (folder / "annotation.conf").write_text(_CONFIGURATION, encoding="utf-8")
    for x in selection.documents():
        name = x.reading.document.id[:16]
        (folder / f"{name}.txt").write_text(x.reading.document.text, encoding="utf-8", errors="replace", newline="")
        (folder / f"{name}.ann").write_text(standoff(x), encoding="utf-8", errors="replace", newline="")


def standoff(x: Extract) -> str:
    """Return the annotations of one document; a note beside each holds what brat has no place for, such as the stage of a domain."""
    text, reading = x.reading.document.text, x.reading
    lines: list[str] = []
    count = {"T": 0, "R": 0, "A": 0, "#": 0}

    def line(letter: str, rest: str) -> str:
        count[letter] += 1
        lines.append(f"{letter}{count[letter]}\t{rest}")
        return f"{letter}{count[letter]}"

    def mark(kind: str, spans: Sequence[Span], confidence: float, note: str = "") -> str:
        places = ";".join(f"{s.start} {s.end}" for s in pieces(text, spans))
        words = " ".join(s.exact(text) for s in pieces(text, spans))
        name = line("T", f"{kind} {places}\t{words}")
        line("A", f"Confidence {name} {'high' if confidence >= 0.8 else 'middle' if confidence >= 0.5 else 'low'}")
        if note:
            line("#", f"AnnotatorNotes {name}\t{note}")
        return name

    for e in reading.engagements:
        date = e.date.value if e.date else "undated"
        mark("Engagement", e.spans, e.confidence, f"{e.kind} {e.status} {date} {' '.join(p.id for p in e.parties)}")
        for p in e.parties:
            mark("Party", p.spans[:1], p.confidence, p.id)
        for d in e.delegates:
            mark("Delegate", d.spans[:1], d.confidence, ", ".join(v for v in (d.name, d.office, d.party) if v))
    for domain in reading.domains:
        for span in domain.spans:
            mark("Domain", [span], domain.confidence, f"{domain.id} {domain.stage}")
    for situation in reading.situations:
        for span in situation.spans:
            mark("Situation", [span], situation.confidence, situation.id)
    for s in reading.statements:
        said = mark("Content", s.content, s.confidence, f"{s.speaker.name} {s.speaker.party or ''} {s.mode} {s.stance}")
        if s.negated:
            line("A", f"Negated {said}")
        if s.source:
            line("R", f"Says Arg1:{mark('Speaker', [s.source], s.confidence)} Arg2:{said}")
        if s.cue:
            line("R", f"Reports Arg1:{mark('Cue', [s.cue], s.confidence)} Arg2:{said}")
    for c in reading.commitments:
        mark("Commitment", c.spans, c.confidence, f"{' '.join(c.parties)} {c.deadline or ''}".strip())
    for f in reading.figures:
        mark("Figure", f.spans, f.confidence, f"{f.comparator} {f.value} {f.unit or ''}".strip())
    return "".join(f"{x}\n" for x in lines)


def pieces(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Give the spans cut at the ends of lines, since a piece of a brat annotation lies in one line."""
    for span in spans:
        at = span.start
        for part in span.exact(text).split("\n"):
            if part.strip():
                start = at + len(part) - len(part.lstrip())
                yield Span(start, start + len(part.strip()))
            at += len(part) + 1
