"""The tables as an Excel workbook, one sheet a table, in which nothing that a document says is run."""

from datetime import UTC, datetime
from typing import IO, Any

import xlsxwriter

from verbale.exchange.rows import rows
from verbale.exchange.selection import Selection
from verbale.exchange.tables import TABLES

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP: CSV injection
_LONGEST = 32_767  # characters of a cell
_ROWS = 1_048_576  # of a sheet
_CUT = " […]"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # the same file for the same record


def write(selection: Selection, out: IO[bytes]) -> None:
    """Write a workbook: a first sheet that says what the others hold, then one sheet a table.

    A text that begins with a character of a formula gets an apostrophe before it and is written as text, never as a formula or link.
    A text longer than a cell holds is cut, with […] at its end; a sheet ends at Excel's last row, and the first sheet says so.
    """
    # rows of a sheet come in order, so that each can be written to the disk at once
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": "A record of talks between governments", "created": _EPOCH})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    contents = book.add_worksheet("contents")
    sheets = {}
    for table in TABLES.values():
        sheet = sheets[table.name] = book.add_worksheet(table.name)
        for n, column in enumerate(table.columns):
            sheet.write_string(0, n, column.name, head)
            sheet.write_comment(0, n, column.what)
            sheet.set_column(n, n, 60 if column.name in ("content", "text", "quote", "title") else 18)
        sheet.freeze_panes(1, 1)
    counts = dict.fromkeys(TABLES, 0)
    for table, cells in rows(selection):
        counts[table.name] += 1
        if counts[table.name] < _ROWS:
            for n, value in enumerate(cells):
                _write(sheets[table.name], counts[table.name], n, value)
    contents.write_row(0, 0, ["sheet", "a row is", "rows"], head)
    contents.set_column(0, 0, 16)
    contents.set_column(1, 1, 60)
    for n, table in enumerate(TABLES.values(), 1):
        contents.write_string(n, 0, table.name)
        contents.write_string(n, 1, table.what if counts[table.name] < _ROWS else f"{table.what} The sheet holds the first {_ROWS - 1:,}.")
        contents.write_number(n, 2, counts[table.name])
        sheets[table.name].autofilter(0, 0, min(counts[table.name], _ROWS - 1), len(table.columns) - 1)
    book.close()


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, escaped(str(value)))


def escaped(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, short enough for a cell."""
    safe = f"'{text}" if text.startswith(_FORMULA) else text
    return safe if len(safe) <= _LONGEST else safe[: _LONGEST - len(_CUT)] + _CUT
