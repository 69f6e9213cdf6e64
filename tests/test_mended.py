"""Changes to labels that other people made: each must find what it changes, and none may change what was given."""

import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared/gold/train"
sys.path.insert(0, str(ROOT / "training"))

import corpora  # noqa: E402

TEXT = "Readout\n\nPresident Ana Lund met Minister Bo Vik. The President welcomed trade, and pledged to reopen the line."


def place(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def record() -> dict[str, Any]:
    return {
        "id": "a",
        "domains": [{"id": "trade", "stage": "explored", "quote": "trade"}],
        "statements": [{"speaker": "Ana Lund", "party": "SE", "cue": "welcomed", "content": "trade", "mode": "indirect"}],
        "commitments": [],
    }


def test_a_change_is_made_and_the_record_given_stays() -> None:
    before = record()
    changes = [
        {"kind": "domain", "op": "set", "id": "trade", "stage": "continued"},
        {"kind": "statement", "op": "set", "content": place("trade"), "source": place("The President")},
        {"kind": "commitment", "op": "add", "quote": place("pledged to reopen the line"), "parties": ["SE"], "domains": []},
    ]
    after = corpora.mend(before, changes, TEXT)
    assert after["domains"] == [{"id": "trade", "stage": "continued", "quote": "trade"}]
    assert after["statements"][0]["source"] == "The President" and after["statements"][0]["cue"] == "welcomed"
    assert after["commitments"] == [{"quote": "pledged to reopen the line", "parties": ["SE"], "domains": []}]
    assert before == record()


def test_a_row_is_taken_out() -> None:
    assert corpora.mend(record(), [{"kind": "domain", "op": "drop", "id": "trade"}], TEXT)["domains"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "domain", "op": "set", "id": "energy-security", "stage": "explored"},
        {"kind": "statement", "op": "drop", "content": place("Minister Bo Vik")},
        {"kind": "domain", "op": "add", "id": "trade", "stage": "explored", "quote": place("trade")},
    ],
)
def test_a_change_that_finds_nothing_to_change_is_told(change: dict[str, Any]) -> None:
    with pytest.raises(corpora.MendError, match=r"a: .*mended\.jsonl"):
        corpora.mend(record(), [change], TEXT)


@pytest.mark.skipif(not GOLD.exists(), reason=f"no gold record at {GOLD}")
def test_every_change_finds_its_row() -> None:
    read = {item.name: item for item in corpora.records(GOLD, GOLD / "docs")}
    assert corpora.mended().keys() <= read.keys()
