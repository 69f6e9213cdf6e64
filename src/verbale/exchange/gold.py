"""Readings as corrected in the form of the annotation guidelines, quotations in place of spans, one document a line."""

import json
from typing import IO

from verbale.exchange.selection import Selection
from verbale.record.review import gold


def write(selection: Selection, out: IO[bytes]) -> None:
    """Write one JSON object a document; its `text` stands beside the findings, so that the file is all that an annotator needs."""
    for x in selection.documents():
        d = x.reading.document
        found = {**gold(x.reading), "title": d.title, "published": d.published, "url": d.url, "publisher": d.publisher, "text": d.text}
        out.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
