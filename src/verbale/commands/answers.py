"""How answers are given: a table in the terminal, or JSON, CSV and Parquet for programs."""

import csv
import functools
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verbale.commands.terminal import console

if TYPE_CHECKING:
    from verbale.record import Coverage

Columns = Mapping[str, Callable[[Any], str]]
"""The columns of a table: the heading of each, and what stands in it for a row."""

_PIPE_WIDTH = 160  # columns of a table that is piped


class Form(StrEnum):
    """How answers are given."""

    text = "text"
    json = "json"
    csv = "csv"
    parquet = "parquet"


As = Annotated[Form, typer.Option("--format", help="text: a table; json, csv, parquet: for programs.")]


def give(rows: Iterable[Any], coverage: "Coverage | None", form: Form, columns: Columns) -> None:
    """Print rows as they come: as a table of these columns, or whole for programs."""
    from verbale.record.answers import plain

    if form is Form.text:
        _table(rows, coverage, columns)
    elif form is Form.json:
        sys.stdout.write('{"coverage": ' + json.dumps(plain(coverage)) + ', "rows": [')
        for n, row in enumerate(rows):
            sys.stdout.write((",\n" if n else "\n") + json.dumps(plain(row), ensure_ascii=False))
        sys.stdout.write("\n]}\n")
    elif form is Form.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        for n, row in enumerate(rows):
            flat = plain(row)
            if n == 0:
                writer.writerow(flat)
            writer.writerow([_cell(v) for v in flat.values()])
    else:
        _parquet([plain(row) for row in rows])


def plain_columns(names: Iterable[str]) -> Columns:
    """Return columns that show the items of a mapping."""
    return {name: functools.partial(_item, name) for name in names}


def _item(name: str, row: Mapping[str, Any]) -> str:
    value = row[name]
    return spread(value) if isinstance(value, dict) else "" if value is None else str(value)


def spread(counts: Mapping[str, int]) -> str:
    """Return counts as people read them."""
    return ", ".join(f"{name or '–'} {n}" for name, n in counts.items())


def recorded(what: str, numbers: Sequence[int]) -> None:
    """Tell that a decision is kept, and under which numbers."""
    print(f"{what} {', '.join(map(str, numbers))} recorded", file=sys.stderr)


def inert(cell: str) -> str:
    """Keep a spreadsheet from taking words of a document for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def _cell(value: Any) -> Any:
    """Return a value of a CSV cell, objects as JSON."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return inert(value) if isinstance(value, str) else value


def _table(rows: Iterable[Any], coverage: "Coverage | None", columns: Columns) -> None:
    from rich.table import Table
    from rich.text import Text

    output = console(_PIPE_WIDTH)
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    n = 0
    for row in rows:
        table.add_row(*(Text("".join(c if c.isprintable() or c == "\n" else " " for c in column(row))) for column in columns.values()))
        n += 1
    if n:
        output.print(table)
    if coverage is not None:
        held = f"{coverage.first} to {coverage.last}" if coverage.first else "undated"
        noun = "row" if n == 1 else "rows"
        output.print(Text(f"{n} {noun}; the record holds {coverage.documents} documents, published {held}", style="dim"))


def _parquet(rows: list[dict[str, Any]]) -> None:
    from verbale.errors import RecordError

    try:
        import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
        import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise RecordError("Parquet needs pyarrow: `pip install verbale[arrow]`") from error
    pq.write_table(pa.Table.from_pylist(rows), sys.stdout.buffer)
