"""Tables: valid by Frictionless, counted against SQL, and harmless in a spreadsheet."""

import csv
import io
import json
from pathlib import Path

import frictionless
import openpyxl
import pyarrow.parquet as pq
import pytest

from verbale.exchange.formats import FORMATS
from verbale.exchange.selection import Selection
from verbale.exchange.tables import TABLES

_COUNTED = {
    "documents": "SELECT count(*) AS n FROM document",
    "engagements": "SELECT count(DISTINCT cluster) AS n FROM engagement",
    "reports": "SELECT count(*) AS n FROM engagement",
    "parties": "SELECT count(*) AS n FROM engagement_party",
    "delegates": "SELECT count(*) AS n FROM delegate",
    "domains": "SELECT count(*) AS n FROM concept WHERE kind = 'domain'",
    "situations": "SELECT count(*) AS n FROM concept WHERE kind <> 'domain'",
    "statements": "SELECT count(*) AS n FROM statement",
    "commitments": "SELECT count(*) AS n FROM commitment",
    "figures": "SELECT count(*) AS n FROM figure",
    "assessments": "SELECT count(*) AS n FROM assessment",
}


def _n(selection: Selection, table: str) -> int:
    return int(next(iter(selection.record.sql(_COUNTED[table])))["n"])


@pytest.mark.parametrize("which", ["selection", "empty"])
def test_the_csv_package_is_valid(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    FORMATS["csv"].write_folder(request.getfixturevalue(which), folder)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_every_table_is_counted(selection: Selection, tmp_path: Path) -> None:
    FORMATS["csv"].write_folder(selection, tmp_path)
    for name in TABLES:
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) - 1 == _n(selection, name), name


def test_every_column_says_what_it_is(selection: Selection, tmp_path: Path) -> None:
    FORMATS["csv"].write_folder(selection, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert [r["name"] for r in package["resources"]] == list(TABLES)
    assert all(f["description"] for r in package["resources"] for f in r["schema"]["fields"])


def test_a_span_of_a_table_leads_to_its_words(selection: Selection, tmp_path: Path) -> None:
    FORMATS["csv"].write_folder(selection, tmp_path)
    texts = {x.reading.document.id: x.reading.document.text for x in selection.documents()}
    with (tmp_path / "domains.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        start, end = map(int, row["spans"].split()[0].split(":"))
        assert texts[row["document"]][start:end] == row["quote"]


def test_parquet_holds_the_same(selection: Selection, tmp_path: Path) -> None:
    FORMATS["parquet"].write_folder(selection, tmp_path)
    frictionless.Package.from_descriptor(json.loads((tmp_path / "datapackage.json").read_text("utf-8")))
    for name, table in TABLES.items():
        read = pq.read_table(tmp_path / f"{name}.parquet")
        assert read.num_rows == _n(selection, name)
        assert read.column_names == [c.name for c in table.columns]
    assert read.schema.field("score").metadata[b"description"]


def test_only_what_concerns_the_parties(selection: Selection, tmp_path: Path) -> None:
    FORMATS["csv"].write_folder(Selection(selection.record, ("EU",)), tmp_path)
    with (tmp_path / "documents.csv").open(encoding="utf-8", newline="") as file:
        assert [row["day"] for row in csv.DictReader(file)] == ["2022-09-01"]
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_no_cell_of_the_workbook_is_a_formula(selection: Selection) -> None:
    out = io.BytesIO()
    FORMATS["xlsx"].write_file(selection, out)
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    assert book.sheetnames == ["contents", *TABLES]
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f" or c.hyperlink]
    assert not [c for c in cells if isinstance(c.value, str) and c.value[0] in "=+-@"]
    titles = [row[1] for row in book["documents"].iter_rows(min_row=2, values_only=True)]
    assert any(str(t).startswith("'=HYPERLINK") for t in titles)
    for name in TABLES:
        assert book[name].max_row - 1 == _n(selection, name), name
    assert [row[2].value for row in book["contents"].iter_rows(min_row=2)] == [_n(selection, name) for name in TABLES]


def test_a_cell_is_never_longer_than_excel_takes() -> None:
    from verbale.exchange.workbook import escaped

    assert len(escaped("a" * 40_000)) == 32_767
    assert escaped("\t=1") == "'\t=1"
    assert escaped("3 − 2") == "3 − 2"
