"""Tables as a Frictionless Data Package: CSV or Parquet files with a data dictionary that names every column."""

import contextlib
import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import verbale
from verbale.errors import ExchangeError
from verbale.exchange.rows import Cells, rows
from verbale.exchange.selection import Selection
from verbale.exchange.tables import TABLES, Column, Table

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_BATCH = 5000  # rows of a row group


def write_csv(selection: Selection, folder: Path) -> None:
    """Write one CSV file a table, in UTF-8 with a header, and `datapackage.json`.

    A text that a spreadsheet would take for a formula is kept as it is, since CSV is for programs; the Excel workbook escapes it.
    """
    with contextlib.ExitStack() as stack:
        writers = {}
        for table in TABLES.values():
            file = stack.enter_context((folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="", errors="replace"))
            writers[table.name] = csv.writer(file, lineterminator="\n")
            writers[table.name].writerow([c.name for c in table.columns])
        for table, cells in rows(selection):
            writers[table.name].writerow([_plain(v) for v in cells])
    _describe(folder, "csv")


def write_parquet(selection: Selection, folder: Path) -> None:
    """Write one Parquet file a table, and `datapackage.json`.

    Raises:
        ExchangeError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExchangeError("Parquet needs pyarrow: `pip install verbale[exchange]`") from error
    types = {"string": pa.string(), "date": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    with contextlib.ExitStack() as stack:
        puts = {}
        for table in TABLES.values():
            schema = pa.schema([pa.field(c.name, types[c.type], metadata={"description": c.what}) for c in table.columns])
            writer = stack.enter_context(pq.ParquetWriter(folder / f"{table.name}.parquet", schema))
            puts[table.name] = stack.enter_context(_batched(pa, writer, schema))
        for table, cells in rows(selection):
            puts[table.name](cells)
    _describe(folder, "parquet")


@contextlib.contextmanager
def _batched(pa: Any, writer: Any, schema: Any) -> Iterator[Callable[[Cells], None]]:
    """Give a function that takes rows and writes them some at a time."""
    waiting: list[Cells] = []

    def flush() -> None:
        columns = list(zip(*waiting, strict=True)) or [()] * len(schema)
        arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
        writer.write_table(pa.table(arrays, schema=schema))
        waiting.clear()

    def put(cells: Cells) -> None:
        waiting.append(cells)
        if len(waiting) >= _BATCH:
            flush()

    yield put
    flush()


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _describe(folder: Path, ending: str) -> None:
    descriptor = {
        "name": "verbale-record",
        "title": "A record of talks between governments",
        "description": "What is published about talks, read by verbale; spans count characters in the text of a document.",
        "created_by": f"verbale {verbale.__version__}",
        "resources": [_resource(folder, table, ending) for table in TABLES.values()],
    }
    file: IO[str]
    with (folder / "datapackage.json").open("w", encoding="utf-8") as file:
        json.dump(descriptor, file, ensure_ascii=False, indent=2)
        file.write("\n")


def _resource(folder: Path, table: Table, ending: str) -> dict[str, Any]:
    path = folder / f"{table.name}.{ending}"
    resource = {
        "name": table.name,
        "type": "table",
        "path": path.name,
        "scheme": "file",
        "format": ending,
        "mediatype": "text/csv" if ending == "csv" else "application/vnd.apache.parquet",
        "description": table.what,
        "bytes": path.stat().st_size,
        "schema": {
            "fields": [_field(c) for c in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": _references(table.columns),
        },
    }
    return resource | ({"encoding": "utf-8"} if ending == "csv" else {})


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    if column.type == "date":
        constraints["pattern"] = _DATE
    kind = "string" if column.type == "date" else column.type
    return {"name": column.name, "type": kind, "description": column.what} | ({"constraints": constraints} if constraints else {})


def _references(columns: Sequence[Column]) -> list[dict[str, Any]]:
    found = []
    for column in columns:
        if column.refers:
            table, _, field = column.refers.partition(".")
            found.append({"fields": [column.name], "reference": {"resource": table, "fields": [field]}})
    return found
