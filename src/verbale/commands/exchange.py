"""The commands of exchange: a record in other people's formats, and their vocabularies in ours."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, Since, Until, Where, open_record
from verbale.exchange.formats import FORMATS

app = typer.Typer()

Name = StrEnum("Name", {name.replace("-", "_"): name for name in FORMATS})  # type: ignore[misc]


@app.command()
@one_line_errors
def export(
    form: Annotated[Name, typer.Argument(metavar="FORMAT", help=", ".join(FORMATS), show_default=False)],
    parties: Annotated[
        list[str] | None, typer.Argument(metavar="[PARTY]...", help="Only what concerns all of these.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File, or folder for csv, parquet and brat; without it standard output.")] = None,
    since: Since = None,
    until: Until = None,
    query: Annotated[str, typer.Option(help="For atom: words that a document must hold, in the language of `search`.")] = "",
    record: Where = DEFAULT,
) -> None:
    """Write the record, or the part of it between parties and dates, in a format of the field."""
    from verbale.exchange.selection import Selection
    from verbale.output import ours, whole_file, whole_folder

    wanted = FORMATS[form.value]
    if out is None and (wanted.is_folder or (wanted.binary and sys.stdout.isatty())):
        raise typer.BadParameter(f"{form.value} needs a {'folder' if wanted.is_folder else 'file'} to be written to", param_hint="--out")
    if query and form.value != "atom":
        raise typer.BadParameter("only the Atom feed takes a query", param_hint="--query")
    with ours(), open_record(record) as r:
        selection = Selection(r, tuple(parties or ()), since, until, query)
        if out is None:
            wanted.write_file(selection, sys.stdout.buffer)
        elif wanted.is_folder:
            with whole_folder(out) as folder:
                wanted.write_folder(selection, folder)
        else:
            with whole_file(out) as file:
                wanted.write_file(selection, file)


@one_line_errors
def import_skos(
    file: Annotated[Path, typer.Argument(metavar="FILE.ttl", help="SKOS in Turtle.", exists=True, dir_okay=False, show_default=False)],
    out: Annotated[Path, typer.Option(help="Folder for domains.yaml and situations.yaml.", file_okay=False)],
) -> None:
    """Turn SKOS concepts into vocabulary files."""
    from verbale.exchange import skos
    from verbale.output import ours, write_whole

    concepts = skos.read(file)
    for name, wanted in (
        ("domains", [c for c in concepts if c.kind == "domain"]),
        ("situations", [c for c in concepts if c.kind != "domain"]),
    ):
        if wanted:
            with ours():
                write_whole(out / f"{name}.yaml", skos.to_yaml(wanted))
            print(f"{len(wanted)} {name} written to {out / name}.yaml", file=sys.stderr)
