"""Commands about the record itself: stats, sql."""

from dataclasses import asdict
from itertools import chain
from typing import Annotated

import typer

from verbale.commands.answers import As, Form, give, plain_columns
from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, Where, open_record

app = typer.Typer()


@app.command()
@one_line_errors
def stats(
    digest: Annotated[bool, typer.Option("--digest", help="A SHA-256 of the content, the same for records that hold the same.")] = False,
    record: Where = DEFAULT,
    form: As = Form.text,
) -> None:
    """What the record holds, in numbers."""
    with open_record(record) as r:
        if digest:
            print(r.digest())
            return
        numbers = asdict(r.stats())
    if form is Form.text:
        rows = [{"what": name.replace("_", " "), "value": value} for name, value in numbers.items()]
        give(rows, None, form, plain_columns(("what", "value")))
    else:
        give([numbers], None, form, plain_columns(numbers))


@app.command()
@one_line_errors
def sql(query: Annotated[str, typer.Argument(help="One query that reads.")], record: Where = DEFAULT, form: As = Form.text) -> None:
    """Run an SQL query on the record; whatever is typed, nothing is written."""
    with open_record(record) as r:
        rows = r.sql(query)
        first = next(rows, None)
        give(rows if first is None else chain([first], rows), None, form, plain_columns(first or ()))
