"""What the commands of the record share: options, and opening it."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from verbale.record import Record

DEFAULT = "verbale.db"

Where = Annotated[
    str,
    typer.Option("--record", envvar="VERBALE_RECORD", help="File of the record, or postgresql://user@host/database.", show_default=True),
]
Parties = Annotated[list[str], typer.Argument(metavar="PARTY...", help="Countries and organisations, by code or name.", show_default=False)]
AnyParties = Annotated[list[str] | None, typer.Argument(metavar="[PARTY]...", help="Between whom.", show_default=False)]
Since = Annotated[str | None, typer.Option(help="First day, month or year.", metavar="DATE")]
Until = Annotated[str | None, typer.Option(help="Last day, month or year.", metavar="DATE")]
Only = Annotated[bool, typer.Option("--only", help="Leave out engagements in which others took part too.")]
Person = Annotated[str, typer.Option("--by", envvar="VERBALE_PERSON", help="Who decides.", metavar="NAME")]
Why = Annotated[str, typer.Option("--why", help="The reasons.", metavar="TEXT")]


def open_record(where: str) -> "Record":
    """Open the record at a path or address."""
    from verbale import record

    return record.open(where)
