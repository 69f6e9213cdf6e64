"""The causes of misses: what a reading lacks or has too much is told with the sentence that it stands in."""

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "gold/score.py").exists(), reason=f"no scorer at {SHARED / 'gold'}")
TEXT = (
    "Sweden and Ghana hold talks\n\nMinister Bo Vik of Sweden met President Ana Lund of Ghana on Monday, 4 March 2024, in Accra. "
    "Norway sent greetings on Tuesday. They agreed to reopen the port and discussed trade. He praised Kofi Mensah."
)


def spans(words: str) -> list[dict[str, Any]]:
    start = TEXT.index(words)
    return [{"start": start, "end": start + len(words), "exact": words}]


def engagement(parties: list[str], day: str | None, people: list[str]) -> dict[str, Any]:
    return {
        "kind": "meeting",
        "status": "held",
        "principal": True,
        "place": "Accra",
        "parties": parties,
        "date": day,
        "delegates": [{"name": n, "office": None, "party": None} for n in people],
    }


def gold() -> dict[str, Any]:
    return {
        "about_talks": True,
        "engagements": [engagement(["SE", "GH"], "2024-03-04", ["Bo Vik", "Ana Lund"])],
        "domains": [{"id": "trade", "stage": "explored", "quote": "trade"}],
        "situations": [],
        "statements": [{"speaker": "Bo Vik", "content": "Kofi Mensah"}],
        "commitments": [{"quote": "agreed to reopen the port", "parties": ["SE", "GH"]}],
        "figures": [],
    }


def reading() -> dict[str, Any]:
    met = engagement([], None, [])
    met["parties"] = [{"id": p, "spans": spans(name)} for p, name in (("SE", "Sweden"), ("GH", "Ghana"), ("NO", "Norway"))]
    met["date"] = {"value": "2024-03-05", "spans": spans("Tuesday")}
    met["place"] = {"name": "Accra", "spans": spans("Accra")}
    people = ("Bo Vik", "Kofi Mensah")
    met["delegates"] = [{"name": n, "office": None, "party": None, "spans": spans(n)} for n in people]
    return {
        "document": {"text": TEXT, "published": "2024-03-05"},
        "about_talks": True,
        "engagements": [met],
        "domains": [{"id": "trade", "stage": "advanced", "spans": spans("trade")}],
        "situations": [],
        "statements": [{"speaker": {"name": "Ana Lund"}, "source": spans("He")[0], "content": spans("Kofi Mensah")}],
        "commitments": [{"parties": [{"id": "SE"}], "spans": spans("port")}],
        "figures": [],
    }


def misses(gold: dict[str, Any], reading: dict[str, Any]) -> list[Any]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    causes, quality = importlib.import_module("causes"), importlib.import_module("quality")
    return list(causes.Case("a", gold, reading, quality.judge("score", SHARED)).misses())


def test_each_difference_has_its_cause() -> None:
    assert {(m.kind, m.what, m.cause, m.item) for m in misses(gold(), reading())} == {
        ("parties", "extra", "third party", "NO"),
        ("date", "wrong", "wrong mention chosen", "2024-03-05 for 2024-03-04"),
        ("delegates", "missed", "not found", "Ana Lund"),
        ("delegates", "extra", "only mentioned", "Kofi Mensah"),
        ("domain stage", "wrong", "advanced for explored", "trade"),
        ("statement speaker", "wrong", "a pronoun", "Ana Lund for Bo Vik (source “He”)"),
        ("commitments", "missed", "boundaries", "agreed to reopen the port"),
        ("commitments", "extra", "boundaries", "port"),
    }


def test_a_miss_shows_its_sentence() -> None:
    assert next(m.sentence for m in misses(gold(), reading()) if m.kind == "date").startswith("Norway sent greetings on Tuesday")


def test_an_engagement_without_a_partner_takes_its_slots_with_it() -> None:
    causes = {(m.kind, m.what, m.cause) for m in misses(gold(), reading() | {"engagements": []})}
    assert {("engagements", "missed", "not found"), ("parties", "missed", "engagement not paired")} <= causes
    assert ("date", "missed", "engagement not paired") in causes
