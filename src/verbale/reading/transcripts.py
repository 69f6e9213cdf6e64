"""Transcripts of remarks, read turn by turn."""

import re
from dataclasses import dataclass

from verbale.document import Span

# "PRESIDENT BIDEN:", "MR. O'NEIL (via interpreter):", "Q", "Q:", "Minister Rao:" at the start of a paragraph.
_LABEL = re.compile(
    r"(?m)^(?P<label>(?:[A-Z][A-Z.’'\-À-ÖØ-Þ]*[ \u00a0]){0,5}[A-Z][A-Z.’'\-À-ÖØ-Þ]*|(?:[A-Z][\w.’'\-]*[ \u00a0]){1,4}[A-Z][\w’'\-]+)"
    r"(?:[ \u00a0]*[(\[][^)\]\n]{1,60}[)\]])?:[ \u00a0\n]|^(?P<question>Q)[ \u00a0]{1,4}(?=\S)"
)
_ASIDE = re.compile(r"\([^()\n]{1,120}\)|\[[^\[\]\n]{1,120}\]")
_SIGN_OFF = re.compile(r"(?:\n+(?:END\s*)?\d{1,2}[:.]\d\d\s*[AP]\.?M\.?[^\n]{0,20}|\n+(?:END|###|\(?End of transcript\)?))\s*$", re.I)
_ASKERS = frozenset({"q", "question", "reporter", "journalist", "press", "media", "interpreter", "moderator", "translator"})
_ENOUGH = 8  # words under which a turn says nothing of substance


@dataclass(frozen=True)
class Turn:
    """One turn of a speaker: the label that opens it and the words that follow."""

    label: Span
    words: Span
    speaker: str
    asker: bool

    def substance(self, text: str) -> bool:
        """Tell whether the turn says something: more than a greeting, thanks or cross-talk."""
        return not self.asker and len(_ASIDE.sub(" ", self.words.exact(text)).split()) >= _ENOUGH


def turns(text: str) -> list[Turn]:
    """Cut a transcript into turns; a text with fewer than two labels in capitals, or three in all, is no transcript.

    Time is linear in the length of the text.
    """
    labels = list(_LABEL.finditer(text))
    capitals = [m for m in labels if m["question"] or m["label"].isupper()]
    if len(capitals) >= 2:
        labels = capitals
    elif len(labels) < 3 or len({m["label"] for m in labels}) == len(labels):
        return []
    found = []
    ends = [m.start() for m in labels[1:]] + [len(text)]
    for m, end in zip(labels, ends, strict=True):
        name = "label" if m["label"] else "question"
        body = text[m.end() : end]
        if end == len(text):
            body = _SIGN_OFF.sub("", body)
        start = m.end() + len(body) - len(body.lstrip())
        stop = m.end() + len(body.rstrip())
        if stop > start:
            speaker = " ".join(m[name].split())
            asker = bool(_ASKERS & set(speaker.lower().split())) or name == "question"
            found.append(Turn(Span(m.start(name), m.end(name)), Span(start, stop), speaker, asker))
    return found
