"""The command line: every command, where each is defined, and how the program begins and ends."""

import io
import os
import signal
import sys
from typing import Annotated

import typer

import verbale
from verbale.commands import engagements, followup, identity, reading, review, storing, upkeep, vocabulary, words
from verbale.commands.complaints import complain

app = typer.Typer(
    name="verbale",
    help="Keeps the record of talks between governments from what is published about them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for group in (reading, storing, engagements, words, followup, identity, upkeep):
    app.add_typer(group.app)
app.add_typer(review.app, name="review")
app.add_typer(vocabulary.app, name="vocabulary")

# The error of a misused command line; typer names only this one of its kinds.
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    record: Annotated[str | None, typer.Option(help="The record that commands work on: a file, or the URL of a database.")] = None,
) -> None:
    if record is not None:
        os.environ["VERBALE_RECORD"] = record
    if version:
        typer.echo(verbale.__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line, its output in UTF-8 whatever the terminal's locale says, and every error on one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
    except _UsageError as error:
        _complain_of_usage(error)
        sys.exit(2)
    except typer.Abort:  # interrupted from the keyboard; newer versions of typer return the code instead
        code = 130
    if code == 130:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one must not cut into the end of the first
    sys.exit(code if isinstance(code, int) else 0)


def _complain_of_usage(error: Exception) -> None:
    """Say on one line what was wrong with the command line and where help is; a command that prints its help instead says nothing."""
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "verbale")
    message = str(getattr(error, "format_message", error.__str__)()).strip()
    if type(error).__name__ == "NoArgsIsHelpError":
        print(message, file=sys.stderr, end="\n" if message else "")
    else:
        complain(f"{message.rstrip('.')}; see {command} --help")


if __name__ == "__main__":
    main()
