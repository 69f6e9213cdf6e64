"""Labels of people turned into what the encoder must give for each word piece."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from corpora import Labelled
from verbale.reading.dates import date_mentions
from verbale.reading.layout import ATTRIBUTION, DOCUMENT, ENTITY, KINDS, STAGES, STATUSES
from verbale.reading.parties import party_mentions
from verbale.reading.windows import Pieces

Ints = npt.NDArray[np.int64]
IGNORE = -100
VOCABULARY = Path(__file__).parent.parent / "src/verbale/vocabulary"
NOWHERE = -1  # the far end of an arc that leads to nothing


@cache
def concepts(vocabulary: str) -> tuple[str, ...]:
    """Ids of the concepts of a vocabulary (`domains`, `situations`), in the order in which the model is taught them."""
    return tuple(c["id"] for c in yaml.safe_load((VOCABULARY / f"{vocabulary}.yaml").read_text("utf-8")))


@dataclass
class Targets:
    """What each head must give for the pieces of one text; a head that the corpus says nothing about is absent."""

    heads: dict[str, Ints]
    arcs: dict[str, Ints]  # piece at the far end, NOWHERE, or IGNORE; shape (pieces,)
    document: npt.NDArray[np.float32] | None = None


class _Painter:
    """Writes spans of characters onto pieces."""

    def __init__(self, pieces: Pieces) -> None:
        self.starts, self.ends, self.n = pieces.starts, pieces.ends, len(pieces)

    def range(self, span: tuple[int, int]) -> tuple[int, int]:
        first = int(np.searchsorted(self.ends, span[0], side="right"))
        last = int(np.searchsorted(self.starts, span[1], side="left"))
        return first, last

    def paint(self, row: Ints, span: tuple[int, int], name: int) -> tuple[int, int] | None:
        """Tag a span B- I- I- unless something stands there already; return its pieces."""
        first, last = self.range(span)
        if first >= last or row[first:last].any():
            return None
        row[first:last] = 2 + 2 * name
        row[first] = 1 + 2 * name
        return first, last


def of_attributions(item: Labelled, pieces: Pieces) -> Targets:
    """Targets of PolNeAR: tags of source, cue and content, and the arcs between them."""
    assert item.attributions is not None
    tags, arcs = _attributions(item.attributions, _Painter(pieces))
    return Targets({"attribution": tags}, arcs)


def _attributions(found: list[dict[str, list[tuple[int, int]]]], painter: _Painter) -> tuple[Ints, dict[str, Ints]]:
    row = np.zeros(painter.n, dtype=np.int64)
    arcs = {name: np.full(painter.n, IGNORE, dtype=np.int64) for name in ("content to cue", "cue to source", "content to source")}
    for one in found:
        at: dict[str, list[tuple[int, int]]] = {}
        for name in ("content", "cue", "source"):
            for span in one[name]:
                # A source may serve two cues: it is painted once and both arcs lead to it.
                at.setdefault(name, []).append(painter.paint(row, span, ATTRIBUTION.index(name)) or painter.range(span))
        cue = min((a for a, b in at.get("cue", []) if a < b), default=NOWHERE)
        source = min((a for a, b in at.get("source", []) if a < b), default=NOWHERE)
        for first, last in at.get("content", []):
            arcs["content to cue"][first:last] = cue
            arcs["content to source"][first:last] = source
        for first, last in at.get("cue", []):
            arcs["cue to source"][first:last] = source
    return row, arcs


def squeeze(text: str) -> tuple[str, list[int]]:
    """The text without white space and with straight quotes, and the place of each kept character."""
    straight = text.translate(str.maketrans("’‘“”", "''\"\""))
    kept = [(i, c) for i, c in enumerate(straight) if not c.isspace()]
    return "".join(c for _, c in kept), [i for i, _ in kept]


class Finder:
    """Finds the quotations of labels in a text, whatever its white space and quotation marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.squeezed, self.places = squeeze(text)
        self.lowered = self.squeezed.lower()

    def all(self, quote: str | None, *, case: bool = True) -> list[tuple[int, int]]:
        wanted = squeeze(quote or "")[0]
        if not wanted:
            return []
        haystack = self.squeezed if case else self.lowered
        found = []
        for m in re.finditer(re.escape(wanted if case else wanted.lower()), haystack):
            span = (self.places[m.start()], self.places[m.end() - 1] + 1)
            before, after = self.text[span[0] - 1 : span[0]], self.text[span[1] : span[1] + 1]
            if (before.isalnum() and wanted[0].isalnum()) or (after.isalnum() and wanted[-1].isalnum()):
                continue
            found.append(span)
        return found

    def first(self, quote: str | None) -> tuple[int, int] | None:
        places = self.all(quote) or self.all(quote, case=False)
        return places[0] if places else None


def _apart(text: str, source: tuple[int, int], anchor: tuple[int, int]) -> tuple[int, int]:
    """How far a source stands from its cue: ends of sentences between them, then characters."""
    between = text[min(source[1], anchor[1]) : max(source[0], anchor[0])]
    return len(_STOP.findall(between)), abs(source[0] - anchor[0])


_STOP = re.compile(r"(?<!\b[A-Z])(?<!\b[MDJS]r)(?<!\bMs)[.!?][\"”’)]*(?=\s)|\n")
_PRONOUN = re.compile(r"\b(?:he|she|they|we|it)\b", re.I)
_ROLE = re.compile(
    r"\b(?:the\s+)?(?:(?:Vice|Deputy)\s+)?(?:President|Prime\s+Minister|Minister|Secretary|Chancellor|Ambassador|King|Amir|leaders?|sides?|"
    r"officials?|delegations?|countries|governments?|participants|Presidents|Ministers|Leaders)\b"
)
_TITLED = re.compile(r"(?:(?:[A-Z][\w’'.-]*|of|the|de|al|bin|and)\s+){0,6}$")


def silver_source(text: str, speaker: str, cue: tuple[int, int]) -> tuple[int, int] | None:
    """Guess which words before a cue name its speaker, where the annotation gives the name only.

    Looks in the sentence of the cue, then in the paragraph: the speaker as written, the last name, a pronoun, an office.
    """
    floor = max(text.rfind("\n", 0, cue[0]) + 1, cue[0] - 600)
    before = text[floor : cue[0]]
    surname = re.findall(r"[\w’'-]+", re.sub(r",?\s+(?:Jr|Sr|I+)\.?$", "", speaker))
    patterns = [re.escape(speaker)]
    if surname and surname[-1][0].isupper():
        patterns.append(rf"\b{re.escape(surname[-1])}\b")
    best: tuple[int, int] | None = None
    for pattern in patterns:
        places = list(re.finditer(pattern, before, re.I if pattern is patterns[0] else 0))
        if places:
            start, end = places[-1].span()
            if pattern is not patterns[0] and (titled := _TITLED.search(before[:start])):
                lead = re.sub(r"^(?:(?:of|the|and|de|al|bin)\s+)+", "", titled.group())
                lead = lead if not re.search(r"\band\s", lead) else lead[lead.rfind("and ") + 4 :]
                start -= len(lead)
            best = (start, end)
            break
    sentence = max(before.rfind(". "), before.rfind("? ")) + 1
    for pattern in (_PRONOUN, _ROLE):
        places = [m for m in pattern.finditer(before) if m.start() >= sentence]
        if places and (best is None or best[0] < sentence):
            best = places[0].span()
            break
    return (floor + best[0], floor + best[1]) if best else None


# The name of a person, as against "The leaders" or "Ministry of Defence".
_NAME = re.compile(
    r"(?!(?:The|Both|We|They|Our|All|Officials|U\.S|US|UK|EU|African|European|United|Ministry|Department|State|White)\b)"
    r"[A-ZÀ-Ž][\w’'.-]+(?: (?:(?:al|bin|de|van|von|der|el)[ -])*[A-ZÀ-Ž][\w’'.-]+){1,3}"
)
_OTHER = re.compile(
    r"\b(?:President|Minister|Secretary|Ambassador|Chancellor|Senator|Governor|Representative|Congressman|Congresswoman|Advisor|Adviser|"
    r"Mr\.|Ms\.|Mrs\.|Dr\.|Coordinator|Administrator|Director|King|Spokesperson)\s+((?:[A-Z][\w’'-]+\.?\s?){1,3})"
)


def of_record(item: Labelled, pieces: Pieces, lexicon: dict[str, set[str]]) -> Targets:
    """Targets of a gold record: every head but `attribution`.

    `lexicon` gives for a lower-case wording the concepts that some annotation tied to it: a further occurrence of the
    wording of a concept that the document does hold is neither a right nor a wrong answer, and is left out.
    """
    gold, text = item.gold, item.text
    assert gold is not None
    painter, finder = _Painter(pieces), Finder(text)
    attributions = []
    for s in gold["statements"]:
        content = finder.first(s["content"])
        if content is None:
            continue
        cue = min(
            (c for c in finder.all(s.get("cue")) if c[1] <= content[0] or c[0] >= content[1]),
            key=lambda c: min(abs(content[0] - c[1]), abs(c[0] - content[1])),
            default=None,
        )
        if cue and min(abs(content[0] - cue[1]), abs(cue[0] - content[1])) > 400:
            cue = None
        anchor = cue or (content[0], content[0])
        if "source" in s:
            source = min(finder.all(s["source"]), key=lambda c: _apart(text, c, anchor), default=None)
        else:
            source = silver_source(text, s["speaker"], anchor)
        if source and source[0] < content[1] and content[0] < source[1]:
            source = None
        attributions.append({"content": [content], "cue": [cue] if cue else [], "source": [source] if source else []})
    row, arcs = _attributions(sorted(attributions, key=lambda a: a["content"][0][0] - a["content"][0][1]), painter)

    promised = np.zeros(painter.n, dtype=np.int64)
    for c in gold["commitments"]:
        if span := finder.first(c["quote"]):
            painter.paint(promised, span, 0)

    marked: dict[str, Ints] = {}
    stages = np.full(painter.n, IGNORE, dtype=np.int64)
    for head, key in (("domain", "domains"), ("situation", "situations")):
        number = {c: k + 1 for k, c in enumerate(concepts(key))}
        concept_row = np.zeros(painter.n, dtype=np.int64)
        present = {d["id"] for d in gold[key]}
        for wording, ids in lexicon.items():
            if ids & present:
                for span in finder.all(wording, case=False):
                    first, last = painter.range(span)
                    concept_row[first:last] = IGNORE
        for d in gold[key]:
            for span in finder.all(d["quote"], case=False):
                first, last = painter.range(span)
                concept_row[first:last] = number[d["id"]]
                if head == "domain":
                    stages[first:last] = STAGES.index(d["stage"])
        marked[head] = concept_row

    sides = {p for e in gold["engagements"] if e["principal"] for p in e["parties"]}
    days = {e["date"] for e in gold["engagements"] if e["principal"] and e["date"]}
    mentions = {"party": np.full(painter.n, IGNORE, dtype=np.int64), "date": np.full(painter.n, IGNORE, dtype=np.int64)}
    for m in party_mentions(text):
        first, last = painter.range((m.span.start, m.span.end))
        mentions["party"][first:last] = int(m.id in sides)
    for d in date_mentions(text, date.fromisoformat(item.published[:10]) if item.published else None):
        first, last = painter.range((d.span.start, d.span.end))
        mentions["date"][first:last] = int(d.value in days)

    return Targets(
        {**mentions, "statement": row, "commitment": promised, "entity": _entities(gold, finder, painter), "stage": stages, **marked},
        arcs,
        _document(gold),
    )


def _entities(gold: dict[str, Any], finder: Finder, painter: _Painter) -> Ints:
    row = np.zeros(painter.n, dtype=np.int64)
    people: dict[str, set[str]] = defaultdict(set)
    for e in gold["engagements"]:
        for d in e["delegates"]:
            people[d["name"]].add(d["office"] or "")
    offices: list[tuple[int, int]] = []
    surnames = set()
    for name, held in people.items():
        bare = re.sub(r",?\s+(?:Jr|Sr|I+)\.?$", "", name)
        surnames.add(bare.split()[-1])
        places = [*finder.all(name), *finder.all(bare), *finder.all(bare.split()[-1])]
        for span in places:
            painter.paint(row, span, ENTITY.index("delegate"))
        for office in held - {""}:
            near = [s for s in finder.all(office, case=False) if any(min(abs(s[0] - b), abs(a - s[1])) < 60 for a, b in places)]
            offices.extend(near)
    for span in sorted(offices, key=lambda s: s[0] - s[1]):
        painter.paint(row, span, ENTITY.index("office"))
    for s in gold["statements"]:
        name = re.sub(r",?\s+(?:Jr|Sr|I+)\.?$", "", s["speaker"])
        if _NAME.fullmatch(name) and name.split()[-1] not in surnames:
            for span in [*finder.all(name), *finder.all(name.split()[-1])]:
                painter.paint(row, span, ENTITY.index("person"))
    for m in _OTHER.finditer(finder.text):
        if not surnames & set(m.group(1).split()):
            painter.paint(row, (m.start(1), m.start(1) + len(m.group(1).rstrip())), ENTITY.index("person"))
    for e in gold["engagements"]:
        if e["principal"]:
            for key in ("place", "series"):
                for span in finder.all(e[key])[:3]:
                    painter.paint(row, span, ENTITY.index(key))
    return row


def _document(gold: dict[str, Any]) -> npt.NDArray[np.float32]:
    principal = [e for e in gold["engagements"] if e["principal"]]
    values = [gold["about_talks"], *(any(e["kind"] == k for e in principal) for k in KINDS)]
    values += [any(e["status"] == s for e in principal) for s in STATUSES]
    assert len(values) == len(DOCUMENT)
    return np.asarray(values, dtype=np.float32)


def wordings(items: list[Labelled]) -> dict[str, set[str]]:
    """Collect the wordings that the annotations tie to concepts."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for key in ("domains", "situations"):
            for d in (item.gold or {}).get(key, []):
                found[" ".join(d["quote"].lower().split())].add(d["id"])
    return dict(found)
