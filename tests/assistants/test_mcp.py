"""Every tool asked by a client of the SDK: rows with spans and addresses, errors in words, nothing that writes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from invented import reading, series_of_dialogues
from mcp import Client

from verbale import record
from verbale.mcp_server import server


@pytest.fixture
def held(tmp_path: Path) -> Iterator[record.Record]:
    promise = reading(
        "Iceland and Malta promise", "Iceland and Malta will build a pier by 2023.", "2022-06-01", url="https://gazette.example/pier",
        commitments=[("will build a pier by 2023", ["IS", "MT"], ["infrastructure"], "2023")],
    )  # fmt: skip
    with record.open(tmp_path / "record.db") as r:
        r.add([*series_of_dialogues(), promise])
        yield r


def ask(held: record.Record, tool: str, **arguments: Any) -> Any:
    async def call() -> Any:
        async with Client(server(held)) as client:
            return await client.call_tool(tool, arguments)

    return anyio.run(call)


def answer(held: record.Record, tool: str, **arguments: Any) -> dict[str, Any]:
    result = ask(held, tool, **arguments)
    assert not result.is_error, result.content
    told: dict[str, Any] = json.loads(result.content[0].text)
    return told


def test_the_tools_only_read(held: record.Record) -> None:
    async def listed() -> Any:
        async with Client(server(held)) as client:
            return (await client.list_tools()).tools

    tools = {t.name: t for t in anyio.run(listed)}
    assert set(tools) == {"search", "timeline", "engagement", "ledger", "said", "promises", "compare"}
    assert all(t.annotations.read_only_hint and not t.annotations.destructive_hint and t.description for t in tools.values())


def test_every_tool_answers_with_spans_and_sources(held: record.Record) -> None:
    before = held.digest()
    pair = ["Iceland", "MT"]
    found = answer(held, "search", query="pier")
    assert found["rows"][0]["source"]["url"] == "https://gazette.example/pier"
    assert found["coverage"]["documents"] == 5
    times = answer(held, "timeline", parties=pair, since="2020")["rows"]
    assert [e["day"] for e in times] == ["2020-05-05", "2021-05-05", "2022-05-05"]
    one = answer(held, "engagement", key=times[-1]["key"])
    assert one["engagement"]["series"] == "Iceland–Malta Ocean Dialogue"
    assert one["accounts"]
    news = answer(held, "ledger", parties=pair)["rows"]
    assert {"new", "dropped"} <= {row["news"] for row in news}
    assert all(row["sources"][0]["spans"] and row["sources"][0]["quote"] for row in news)
    words = answer(held, "said", who="Jónsdóttir", limit=2)
    assert len(words["rows"]) == 2
    promise = answer(held, "promises", parties=pair)["rows"][0]
    assert promise["text"] == "will build a pier by 2023"
    text = held.reading(promise["source"]["document"])
    span = promise["source"]["spans"][0]
    assert text and text.document.text[span["start"] : span["end"]] == promise["text"]
    compared = answer(held, "compare", before="Iceland–Malta Ocean Dialogue 2021", after="Iceland–Malta Ocean Dialogue 2022")
    assert compared["pairs"]
    assert held.digest() == before


def test_what_is_left_out_is_counted(held: record.Record) -> None:
    found = answer(held, "timeline", parties=["IS"], limit=1)
    assert [e["day"] for e in found["rows"]] == ["2022-05-05"]
    assert found["left_out"] == 3


def test_mistakes_are_told_in_words(held: record.Record) -> None:
    for tool, arguments in (
        ("timeline", {"parties": ["Atlantis"]}),
        ("search", {"query": '"open'}),
        ("engagement", {"key": "abcdef012345"}),
        ("compare", {"before": "x", "after": "y"}),
        ("said", {"limit": 10_000}),
    ):
        result = ask(held, tool, **arguments)
        assert result.is_error
        assert "Traceback" not in result.content[0].text
    assert "no country or organisation “Atlantis”" in ask(held, "timeline", parties=["Atlantis"]).content[0].text


def test_the_command_speaks_on_standard_output(held: record.Record) -> None:
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
    }  # fmt: skip
    where = str(held._engine.url.database)
    done = subprocess.run(
        [sys.executable, "-m", "verbale", "mcp", "--record", where], input=json.dumps(hello) + "\n", capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[0])["result"]["serverInfo"]["name"] == "verbale"
    missing = subprocess.run(
        [sys.executable, "-m", "verbale", "mcp", "--record", where + "x"], capture_output=True, text=True, timeout=60, check=False
    )
    assert missing.returncode == 1
    assert "there is no record" in missing.stderr
    assert not Path(where + "x").exists()
