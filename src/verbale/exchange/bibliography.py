"""The sources as BibTeX and as CSL-JSON, for reference managers and papers."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from verbale.exchange.selection import Selection

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


def write_bibtex(selection: Selection, out: IO[bytes]) -> None:
    """Write one `@online` entry a document, its key from publisher, year and the beginning of its id."""
    for item in items(selection):
        fields = {
            "title": "{" + _tex(item.get("title", "Untitled")) + "}",
            "author": "{" + _tex(item["publisher"]) + "}" if item.get("publisher") else "",
            "date": "-".join(f"{n:02d}" for n in item["issued"]["date-parts"][0]) if item.get("issued") else "",
            "url": _address(item.get("URL", "")),
            "langid": item["language"],
            "note": f"SHA-256 {item['id'].rpartition('-')[2]}",
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        out.write(f"@online{{{item['citation-key']},\n{lines}}}\n\n".encode("utf-8", "replace"))


def write_csl(selection: Selection, out: IO[bytes]) -> None:
    """Write a list of CSL items of type `webpage`."""
    out.write(b"[")
    for n, item in enumerate(items(selection)):
        out.write((b",\n" if n else b"\n") + json.dumps(item, ensure_ascii=False).encode("utf-8", "replace"))
    out.write(b"\n]\n")


def items(selection: Selection) -> Iterator[dict[str, Any]]:
    """Give the documents as CSL items."""
    for x in selection.documents():
        d = x.reading.document
        day = d.published_on
        name = re.sub(r"[^a-z]", "", (d.publisher or "source").lower())[:20] or "source"
        item = {
            "id": f"verbale-{d.id[:16]}",
            "type": "webpage",
            "citation-key": f"{name}{day.year if day else ''}-{d.id[:8]}",
            "title": d.title or "Untitled",
            "author": [{"literal": d.publisher}] if d.publisher else None,
            "publisher": d.publisher,
            "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
            "URL": d.url,
            "language": d.language,
        }
        yield {k: v for k, v in item.items() if v}


def _tex(text: str) -> str:
    return "".join(_TEX.get(c, c) for c in " ".join(text.split()))


def _address(url: str) -> str:
    """Return an address as BibTeX takes it: braces and percent signs kept from ending the entry."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
