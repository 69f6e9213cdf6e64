"""A reading made by hand, so that what shows readings can be tested without reading anything."""

import re
from typing import Any

from verbale.findings import Reading

TITLE = "Norway & Ghana hold first ocean dialogue"
BODY = """Norway and Ghana on Tuesday held their first Ocean Dialogue in Accra, officials said.

Foreign Minister Astrid Nygaard led the Norwegian side. “We will train forty officers of the Ghanaian navy this year,” she said.

Ghana's Fisheries Minister Kofi Asante said the two countries had discussed maritime security and the Gulf of Guinea.

Trade in fish is worth more than $300 million."""
TEXT = f"{TITLE}\n\n{BODY}"


def span(words: str, text: str = TEXT, occurrence: int = 0) -> dict[str, Any]:
    """Return the place of some words in the text, as a reading's JSON has it."""
    start = [m.start() for m in re.finditer(re.escape(words), text)][occurrence]
    return {"start": start, "end": start + len(words), "exact": words}


def raw() -> dict[str, Any]:
    """Return the reading as the plain objects of its JSON."""
    nygaard = {"name": "Astrid Nygaard", "office": "foreign minister", "party": "NO"}
    asante = {"name": "Kofi Asante", "office": "fisheries minister", "party": "GH"}
    promise = "We will train forty officers of the Ghanaian navy this year"
    return {
        "document": {
            "title": TITLE,
            "text": TEXT,
            "published": "2024-05-07T18:00:00+00:00",
            "url": "https://news.example/ocean?a=1&b=2",
            "publisher": "The Harbour Courier",
            "language": "en",
            "kind": "markdown",
        },
        "about_talks": True,
        "confidence": 0.99,
        "engagements": [
            {
                "kind": "dialogue",
                "status": "held",
                "principal": True,
                "parties": [
                    {"id": "NO", "spans": [span("Norway"), span("Norway", occurrence=1)]},
                    {"id": "GH", "spans": [span("Ghana")]},
                ],
                "date": {"value": "2024-05-07", "spans": [span("Tuesday")]},
                "place": {"name": "Accra", "country": "GH", "spans": [span("Accra")]},
                "series": {"name": "Ocean Dialogue", "edition": 1, "spans": [span("Ocean Dialogue")]},
                "delegates": [{**nygaard, "spans": [span("Astrid Nygaard")]}, {**asante, "spans": [span("Kofi Asante")]}],
                "spans": [span("held their first Ocean Dialogue")],
                "confidence": 0.9,
            }
        ],
        "domains": [
            {
                "id": "maritime-security",
                "label": "Maritime security",
                "stage": "explored",
                "spans": [span("maritime security")],
                "confidence": 0.42,
            }
        ],
        "situations": [{"id": "africa", "label": "Africa", "kind": "region", "spans": [span("Gulf of Guinea")]}],
        "statements": [
            {
                "speaker": nygaard,
                "source": span("she"),
                "cue": span("said", occurrence=1),
                "content": [span(promise)],
                "mode": "direct",
            },
            {
                "speaker": asante,
                "source": span("Ghana's Fisheries Minister Kofi Asante"),
                "cue": span("said", occurrence=2),
                "content": [span("the two countries had discussed maritime security and the Gulf of Guinea")],
                "mode": "indirect",
            },
        ],
        "commitments": [{"parties": ["NO"], "domains": ["maritime-security"], "deadline": "2024", "spans": [span(promise)]}],
        "figures": [{"value": 300000000, "unit": "USD", "comparator": ">", "spans": [span("more than $300 million")]}],
        "reader": "by hand",
    }


def reading() -> Reading:
    """Return the reading."""
    return Reading.from_dict(raw())
