"""The command `verbale mcp`."""

from pathlib import Path

import typer

from verbale.commands.complaints import one_line_errors
from verbale.commands.options import DEFAULT, Where, open_record

app = typer.Typer()


@app.command()
@one_line_errors
def mcp(record: Where = DEFAULT) -> None:
    """Serve the record to an assistant over the Model Context Protocol, on standard input and output; nothing can be changed."""
    from verbale.errors import RecordError

    if "://" not in record and not Path(record).exists():
        raise RecordError(f"{record}: there is no record; make one with `verbale add`, or name it with --record")
    try:
        from verbale.mcp_server import server
    except ImportError as error:
        raise RecordError(f"the Model Context Protocol needs {error.name}: `pip install verbale[mcp]`") from error
    with open_record(record) as r:
        server(r).run("stdio")
