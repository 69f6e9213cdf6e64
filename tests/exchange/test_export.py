"""`verbale export` and `verbale vocabulary import` as people type them."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from verbale.cli import app
from verbale.exchange.selection import Selection

runner = CliRunner()


def run(selection: Selection, *arguments: str) -> "tuple[int, str]":
    where = str(selection.record._engine.url.database)
    done = runner.invoke(app, ["export", *arguments, "--record", where])
    return done.exit_code, done.output


def test_a_file_and_standard_output_hold_the_same(selection: Selection, tmp_path: Path) -> None:
    assert run(selection, "csl", "--out", str(tmp_path / "new" / "sources.json"))[0] == 0
    code, shown = run(selection, "csl")
    assert code == 0
    assert (tmp_path / "new" / "sources.json").read_text("utf-8") == shown


def test_a_folder_must_be_named_and_empty(selection: Selection, tmp_path: Path) -> None:
    assert run(selection, "csv")[0] == 2
    folder = tmp_path / "tables"
    assert run(selection, "csv", "IS", "MT", "--out", str(folder))[0] == 0
    assert (folder / "datapackage.json").exists()
    code, says = run(selection, "csv", "--out", str(folder))
    assert code == 1
    assert "not an empty folder" in says
    assert not list(tmp_path.glob(".*part"))


def test_a_mistake_is_one_line_and_leaves_nothing(selection: Selection, tmp_path: Path) -> None:
    code, says = run(selection, "gold", "Atlantis", "--out", str(tmp_path / "x.jsonl"))
    assert code == 1
    assert "no country or organisation “Atlantis”" in says
    assert "Traceback" not in says
    assert not (tmp_path / "x.jsonl").exists()
    assert not list(tmp_path.glob(".*part"))
    assert run(selection, "gold", "--query", "trade")[0] == 2
    assert run(selection, "msword")[0] == 2


def test_a_place_that_cannot_be_written_to(selection: Selection, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, says = run(selection, "gold", "--out", str(tmp_path / "file" / "x.jsonl"))
    assert code == 1
    assert "cannot be written" in says


def test_a_vocabulary_comes_back_from_skos(selection: Selection, tmp_path: Path) -> None:
    assert run(selection, "skos", "--out", str(tmp_path / "v.ttl"))[0] == 0
    done = runner.invoke(app, ["vocabulary", "import", str(tmp_path / "v.ttl"), "--out", str(tmp_path / "vocabulary")])
    assert done.exit_code == 0, done.output
    rows = yaml.safe_load((tmp_path / "vocabulary" / "domains.yaml").read_text("utf-8"))
    assert next(r for r in rows if r["id"] == "trade")["broader"] == "economy"
    assert yaml.safe_load((tmp_path / "vocabulary" / "situations.yaml").read_text("utf-8"))


@pytest.mark.parametrize("missing", ["xlsxwriter", "rdflib"])
def test_a_missing_library_is_named(missing: str, selection: Selection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    form = {"xlsxwriter": "xlsx", "rdflib": "skos"}[missing]
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "verbale.exchange.workbook", raising=False)
    monkeypatch.delitem(sys.modules, "verbale.exchange.skos", raising=False)
    code, says = run(selection, form, "--out", str(tmp_path / "x"))
    assert code == 1
    assert "pip install verbale[exchange]" in says
