"""The commands of the record, as people use them."""

import csv
import io
import json
from pathlib import Path

import pytest
from invented import series_of_dialogues
from typer.testing import CliRunner

from verbale import record
from verbale.cli import app

runner = CliRunner()


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "record.db"
    with record.open(path) as r:
        r.add(series_of_dialogues())
    monkeypatch.setenv("VERBALE_RECORD", str(path))
    monkeypatch.setenv("VERBALE_PERSON", "Ada")
    return path


def _run(*arguments: str, fails: bool = False) -> str:
    done = runner.invoke(app, arguments)
    assert (done.exit_code != 0) == fails, done.output
    return done.output


def _key(filled: Path, edition: int = 3) -> str:
    with record.open(filled) as r:
        return next(e.key for e in r.timeline(["IS", "MT"]) if e.edition == edition)


def test_timeline_and_ledger(filled: Path) -> None:
    assert "4 rows; the record holds 4 documents, published 2019-05-06 to 2022-05-06" in _run("timeline", "Iceland", "MT")
    assert "2 rows" in _run("timeline", "IS", "MT", "--since", "2021")
    assert "dropped" in _run("ledger", "IS", "MT")
    assert "Quantum" in _run("new", "IS", "MT", "--in", _key(filled))


def test_answers_for_programs(filled: Path) -> None:
    answer = json.loads(_run("ledger", "IS", "MT", "--format", "json"))
    assert answer["coverage"]["documents"] == 4
    assert answer["rows"][0]["sources"][0]["quote"] == "fisheries"
    rows = list(csv.DictReader(io.StringIO(_run("ledger", "IS", "MT", "--format", "csv"))))
    assert [r["concept"] for r in rows][:2] == ["agriculture", "trade"]


def test_an_answer_as_parquet(filled: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    done = runner.invoke(app, ["said", "--format", "parquet"])
    assert pq.read_table(io.BytesIO(done.stdout_bytes)).num_rows == 4


def test_people_statements_and_search(filled: Path) -> None:
    assert "foreign minister (2019-05-06 – 2022-05-06)" in _run("people", "Vella", "--limit", "1").replace(
        "\n", " "
    ) or "2022-05-06" in _run("people")
    assert "the year 2019 had been a good one" in _run("said", "Jónsdóttir", "--until", "2019")
    assert "Iceland–Malta Ocean Dialogue 2021" in _run("search", '"quantum computing" 2021')
    assert "agriculture" in _run("search", "--facets")
    assert "IS – MT" in _run("network", "IS")


def test_comparison_and_accounts(filled: Path) -> None:
    assert "quantum computing" in _run("compare", "Iceland–Malta Ocean Dialogue 2020", "Iceland–Malta Ocean Dialogue 2021")
    assert json.loads(_run("compare", "Iceland–Malta Ocean Dialogue 2020", "Iceland–Malta Ocean Dialogue 2021", "--format", "json"))[
        "pairs"
    ]
    assert "Katrín Jónsdóttir" in _run("accounts", _key(filled))


def test_decisions_are_made_listed_and_taken_back(filled: Path) -> None:
    with record.open(filled) as r:
        finding = r.said("Jónsdóttir")[0].key
    assert "decision 1 recorded" in _run("review", "reject", finding, "--why", "irony")
    assert "irony" in _run("review", "list")
    assert "3 rows" in _run("said", "Jónsdóttir")
    assert json.loads(_run("review", "export").splitlines()[0])["statements"] == []
    _run("undo", "decision", "1")
    assert "4 rows" in _run("said", "Jónsdóttir")
    assert "recorded" in _run("merge", "Jónsdóttir", "Vella", "--why", "for the test")
    assert "Ada" in _run("why", "Vella")


def test_statistics_digest_and_sql(filled: Path) -> None:
    assert "documents" in _run("stats")
    assert len(_run("stats", "--digest").strip()) == 64
    assert json.loads(_run("sql", "SELECT 1 AS one", "--format", "json"))["rows"] == [{"one": 1}]
    assert "cannot be run" in _run("sql", "DELETE FROM statement", fails=True)


def test_errors_are_one_line(filled: Path) -> None:
    said = _run("timeline", "Icelnad", fails=True)
    assert said.startswith("verbale: no country") and "Iceland" in said and said.count("\n") == 1
    assert "the score is" in _run("assess", "abcd1234", "2", fails=True)
    assert "no commitment" in _run("assess", "abcd1234", "-1", "--note", "x", fails=True)


def test_adding_a_folder_reports_what_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from verbale.record import store

    readings = {r.document.id: r for r in series_of_dialogues()}
    folder = tmp_path / "in"
    folder.mkdir()
    for i, r in enumerate(readings.values()):
        (folder / f"{i}.json").write_text(json.dumps({"title": r.document.title, "text": r.document.text.split("\n\n", 1)[1]}), "utf-8")
    (folder / "bad.json").write_text("{", "utf-8")
    monkeypatch.setattr(store, "read_here", lambda documents: [readings[d.id] for d in documents])
    said = _run("add", str(folder), "--record", str(tmp_path / "r.db"), fails=True)
    assert "4 documents added" in said and "bad.json" in said
    (folder / "bad.json").unlink()
    assert "0 documents added, 4 known already" in _run("add", str(folder), "--record", str(tmp_path / "r.db"))


def test_the_record_is_chosen_once_for_all_commands(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBALE_RECORD", "elsewhere.db")
    done = runner.invoke(app, ["--record", str(filled), "timeline", "IS", "MT"])
    assert "4 rows" in done.output
