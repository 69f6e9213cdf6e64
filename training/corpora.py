"""The labelled corpora that the models learn from, each read into one form."""

import gzip
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from verbale.document import Document

MENDED = Path(__file__).parent / "labels/mended.jsonl"


@dataclass(frozen=True)
class Labelled:
    """A text with its labels: attributions in standoff (PolNeAR), or a gold record after the guidelines."""

    name: str
    text: str
    attributions: list[dict[str, list[tuple[int, int]]]] | None = None
    gold: dict[str, Any] | None = None
    published: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def polnear(part: Path) -> Iterator[Labelled]:
    """Read one part of PolNeAR (Newell, Margolin and Ruths, LREC 2018): `text/` and brat standoff in `attributions/`.

    Of an article that several people annotated, the first file by name is taken.
    """
    seen: set[str] = set()
    for path in sorted((part / "attributions").glob("*.ann")):
        name = re.sub(r"_[0-9a-f]{4}$", "", path.stem)
        source = part / "text" / f"{name}.txt"
        if name in seen or not source.exists():
            continue
        seen.add(name)
        places: dict[str, list[tuple[int, int]]] = {}
        events: list[list[str]] = []
        for line in path.read_text("utf-8").splitlines():
            fields = line.split("\t")
            if fields[0].startswith("T") and len(fields) > 1:
                pairs = fields[1].split(" ", 1)[1].split(";")
                places[fields[0]] = [(int(a), int(b)) for a, b in (p.split() for p in pairs)]
            elif fields[0].startswith("E") and len(fields) > 1:
                events.append(fields[1].split())
        found = []
        for event in events:
            one: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
            for role, ref in (pair.split(":") for pair in event):
                key = role.rstrip("2").lower()
                if key in one and ref in places:
                    one[key] += places[ref]
            if one["content"]:
                found.append(one)
        with source.open(encoding="utf-8", newline="") as file:
            yield Labelled(name, file.read(), attributions=found)


def records(labels: Path, documents: Path) -> Iterator[Labelled]:
    """Read gold records (`ID.json`) with the Markdown documents that they annotate (`ID.md`), mended as `labels/mended.jsonl` says."""
    for path in sorted(labels.glob("*.json")):
        source = documents / f"{path.stem}.md"
        if not source.exists():
            continue
        _, head, body = source.read_text("utf-8").split("---\n", 2)
        front = yaml.safe_load(head)
        document = Document.compose(str(front["title"]), body)
        yield Labelled(
            path.stem,
            document.text,
            gold=mend(json.loads(path.read_text("utf-8")), mended().get(path.stem, []), document.text),
            published=str(front.get("published_time") or front.get("date") or ""),
            fields=front,
        )


class MendError(Exception):
    """A change of `labels/mended.jsonl` that does not find what it changes."""


@cache
def mended() -> dict[str, list[dict[str, Any]]]:
    """Read the changes to labels of other people, by the id of the document."""
    return {r["id"]: r["changes"] for r in map(json.loads, MENDED.read_text("utf-8").splitlines())}


def mend(gold: dict[str, Any], changes: list[dict[str, Any]], text: str) -> dict[str, Any]:
    """Return a gold record with changes made to it; the record that is given stays as it is.

    A change names its `kind` (`domain`, `statement`, `commitment`) and its `op`: `add` puts a new row in, `set` gives fields of a row new
    values, `drop` takes a row out. A row is found by its concept (`id`), or by where its words stand. Words are places in the text.

    Raises:
        MendError: there is no row to change, or there is one already where a row is to be added.
    """
    record = deepcopy(gold)
    for change in changes:
        rows = record[f"{change['kind']}s"]
        row = {k: text[v[0] : v[1]] if k in PLACED and v else v for k, v in change.items() if k not in ("kind", "op")}
        key = next(k for k in ("id", "content", "quote") if k in row)
        same = [r for r in rows if " ".join(r[key].split()) == " ".join(row[key].split())]
        if bool(same) == (change["op"] == "add"):
            raise MendError(f"{gold['id']}: {change} finds {len(same)} rows; mend labels/mended.jsonl")
        if change["op"] == "add":
            rows.append(row)
        elif change["op"] == "drop":
            rows.remove(same[0])
        else:
            same[0].update(row)
    return record


def archive(labels: Path, corpus: Path) -> Iterator[Labelled]:
    """Read our own annotations of the archive: one record a line, quotations as [start, end] in the text of the document.

    The texts themselves are taken from `corpus` (JSON a line, gzipped) by the id of the document.
    """
    wanted = {r["id"]: r for r in map(json.loads, labels.read_text("utf-8").splitlines())}
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            if raw["id"] in wanted:
                document = Document.compose(raw["title"], raw["text"])
                yield Labelled(
                    raw["id"],
                    document.text,
                    gold=quoting(wanted[raw["id"]], document.text),
                    published=raw["published"],
                    fields={"source_url": raw["url"]},
                )


def quoting(record: dict[str, Any], text: str) -> dict[str, Any]:
    """Turn the places of a record of the archive back into quotations."""

    def words(value: Any) -> Any:
        return text[value[0] : value[1]] if isinstance(value, list) and len(value) == 2 and isinstance(value[0], int) else value

    return {key: [{k: words(v) for k, v in row.items()} for row in value] if key in QUOTING else value for key, value in record.items()}


def placing(record: dict[str, Any], text: str) -> dict[str, Any]:
    """Turn the quotations of a record into places in the text, so that the record can be kept without it."""
    fields = {"quote", "content", "cue", "source"}

    def place(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = re.search(r"\s+".join(map(re.escape, value.split())), text)
        return [found.start(), found.end()] if found else value

    return {
        key: [{k: place(v) if k in fields else v for k, v in row.items()} for row in value] if key in QUOTING else value
        for key, value in record.items()
    }


QUOTING = ("domains", "situations", "statements", "commitments", "figures")
PLACED = ("quote", "content", "cue", "source")
