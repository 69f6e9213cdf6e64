"""The command line: one thin function a command."""

import csv
import functools
import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.text import Text

import verbale
from verbale.errors import IntakeError, VerbaleError
from verbale.record_cli import app as record_app
from verbale.service_cli import app as service_app

if TYPE_CHECKING:
    from rich.progress import Progress

    from verbale.batch import Outcome
    from verbale.findings import Attribution, Reading
    from verbale.intake import Entry

app = typer.Typer(
    name="verbale",
    help="Keeps the record of talks between governments from what is published about them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
vocabulary_app = typer.Typer(help="The controlled lists that readings use.", no_args_is_help=True)
app.add_typer(vocabulary_app, name="vocabulary")
app.add_typer(record_app)  # the commands of the record stand beside these
app.add_typer(service_app)

_PIPE_WIDTH = 100  # columns when the output is no terminal
STDIN = Path("-")

# The error of a misused command line; typer names only this one of its kinds.
_UsageError: type[Exception] = typer.BadParameter.__bases__[0]

P = ParamSpec("P")
R = TypeVar("R")


class Format(StrEnum):
    """How readings are given."""

    page = "page"
    json = "json"
    jsonl = "jsonl"
    html = "html"


class TableFormat(StrEnum):
    """How attributions are given."""

    json = "json"
    csv = "csv"


def _one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn our own errors, and files that cannot be written, into one line on standard error and exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:  # the reader of our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except VerbaleError as error:
            _complain(str(error))
        except OSError as error:
            _complain(f"{error.filename or 'output'}: {error.strerror or error}")
        raise typer.Exit(1)

    return run


def _existing(paths: list[Path]) -> list[Path]:
    """Refuse a path that does not exist; `-` is standard input."""
    for path in paths:
        if path != STDIN and not path.exists():
            raise typer.BadParameter(f"{path} does not exist")
    return paths


def _existing_one(path: Path) -> Path:
    return _existing([path])[0]


Sources = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Files and folders; - is standard input.", show_default=False, callback=_existing),
]
Workers = Annotated[int, typer.Option(min=1, help="Processes that read at the same time.")]
Confidence = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out findings of lower confidence.")]


@app.command()
@_one_line_errors
def read(
    paths: Sources,
    form: Annotated[
        Format, typer.Option("--format", help="page: for people; json and jsonl: for programs; html: a page a document.")
    ] = Format.page,
    out: Annotated[
        Path | None, typer.Option(help="Folder for one file a document (JSON, or HTML with --format html).", file_okay=False)
    ] = None,
    workers: Workers = 1,
    min_confidence: Confidence = 0.0,
) -> None:
    """Read documents: who met, on what, who said what, what was promised."""
    from verbale.batch import read_entries

    if form is Format.html and out is None:
        raise typer.BadParameter("html pages are files: name their folder with --out", param_hint="--format")
    began, read_count, failures = time.monotonic(), 0, list[str]()
    with _progress(shown=out is not None or not sys.stdout.isatty()) as progress:
        bar = progress.add_task("Reading", total=None)
        for outcome in read_entries(_entries(paths), workers, min_confidence=min_confidence):
            if isinstance(outcome.result, VerbaleError):
                failures.append(str(outcome.result))
            else:
                read_count += 1
                _give(outcome, outcome.result, form, out)
            progress.update(bar, advance=1, visible=read_count + len(failures) > 1)
    _sum_up(read_count, failures, time.monotonic() - began, out)
    if failures:
        raise typer.Exit(1)


@app.command()
@_one_line_errors
def show(
    reading: Annotated[
        Path,
        typer.Argument(
            metavar="READING.json",
            help="A reading as JSON, as `verbale read --format json` gives it; - is standard input.",
            dir_okay=False,
            callback=_existing_one,
        ),
    ],
    html: Annotated[Path | None, typer.Option(help="Write one self-contained HTML page to this file.", dir_okay=False)] = None,
) -> None:
    """Show a stored reading as a page, in the terminal or as HTML."""
    from verbale.findings import Reading
    from verbale.page import render_html

    stored = Reading.from_json(_bytes_of(reading))
    if html is None:
        _print_page(stored)
    else:
        _write(html, render_html(stored))


@app.command()
@_one_line_errors
def attributions(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Text files; - is standard input.", dir_okay=False, show_default=False, callback=_existing),
    ],
    form: Annotated[
        TableFormat, typer.Option("--format", help="json: one object a file; csv: one line an attribution.")
    ] = TableFormat.json,
    out: Annotated[Path | None, typer.Option(help="Folder for one NAME.json (or .csv) for each NAME.txt.", file_okay=False)] = None,
) -> None:
    """Find who is said to have said or thought what: spans of source, cue and content in the text as it stands."""
    from verbale.batch import Names
    from verbale.reading import attributions as find

    names, failures = Names(), list[str]()
    heading = True
    with _progress(shown=out is not None or not sys.stdout.isatty()) as progress:
        for path in progress.track(files, description="Reading"):
            name = names.unique("stdin" if path == STDIN else path.stem)
            try:
                text = _text_of(path)
            except IntakeError as error:
                failures.append(str(error))
                continue
            if form is TableFormat.csv:
                content = _attribution_table(name, text, find(text), heading=heading or out is not None)
            else:
                content = json.dumps(_attribution_object(name, find(text)), ensure_ascii=False) + "\n"
            heading = False
            if out is None:
                sys.stdout.write(content)
            else:
                _write(out / f"{name}.{form.value}", content)
    for failure in failures:
        _complain(failure)
    if failures:
        raise typer.Exit(1)


@vocabulary_app.command("list")
@_one_line_errors
def vocabulary_list(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One vocabulary; without it all are named.")] = None,
) -> None:
    """List the vocabularies, or the entries of one."""
    from importlib.resources import files

    from verbale.vocabulary.files import read as read_file

    known = sorted(f.name.removesuffix(".yaml") for f in files("verbale.vocabulary").iterdir() if f.name.endswith(".yaml"))
    if name is not None and name not in known:
        raise typer.BadParameter(f"there is no vocabulary {name}; there are {', '.join(known)}", param_hint="NAME")
    console = _console()
    if name is None:
        for one in known:
            console.print(Text.assemble((f"{one:<14}", "bold"), f"{_size(read_file(f'{one}.yaml')):>5} entries"), soft_wrap=True)
    else:
        for line in _vocabulary_lines(read_file(f"{name}.yaml")):
            console.print(line, soft_wrap=not console.is_terminal)


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
        _complain(f"{message.rstrip('.')}; see {command} --help")


def _entries(paths: list[Path]) -> "Iterator[Entry]":
    """Yield what stands in the files and folders, and in standard input where a path is `-`."""
    from verbale.intake import entries

    yield from chain.from_iterable(_standard_input() if path == STDIN else entries([path]) for path in paths)


def _standard_input() -> "Iterator[Entry]":
    from verbale.intake import Entry, IntakeFailure, read_bytes

    documents = read_bytes(sys.stdin.buffer.read())
    try:
        for document in documents:
            yield Entry(STDIN, "stdin", document)
    except IntakeError as error:
        yield Entry(STDIN, "stdin", IntakeFailure(STDIN, error))


def _give(outcome: "Outcome", reading: "Reading", form: Format, out: Path | None) -> None:
    """Print a reading or write it to its own file."""
    if out is not None:
        from verbale.page import render_html

        html = form is Format.html
        _write(out / f"{outcome.name}.{'html' if html else 'json'}", render_html(reading) if html else reading.to_json() + "\n")
    elif form is Format.page:
        _print_page(reading)
    elif form is Format.jsonl:
        sys.stdout.write(reading.to_json() + "\n")
    else:
        import msgspec

        sys.stdout.write(msgspec.json.format(reading.to_json(), indent=2) + "\n")


def _print_page(reading: "Reading") -> None:
    from verbale.page import print_reading

    print_reading(reading, _console())


def _console() -> Console:
    """Return a console that prints what it is given: no markup, no emoji codes, no guessed highlighting."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)


def _progress(*, shown: bool) -> "Progress":
    """Return a progress bar on standard error, silent where no person would see it or where it would cut into pages."""
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TextColumn("documents"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not (shown and console.is_terminal))


def _sum_up(read_count: int, failures: list[str], seconds: float, out: Path | None) -> None:
    """Say on standard error how a batch went and list what failed."""
    if read_count + len(failures) == 0:
        _complain("there is no document in what was given")
    if read_count + len(failures) > 1:
        where = f" to {out}" if out else ""
        failed = f", {len(failures)} failed" if failures else ""
        documents = "document" if read_count == 1 else "documents"
        print(f"{read_count} {documents} read{where} in {seconds:.1f} s{failed}", file=sys.stderr)
    for failure in failures:
        _complain(failure)


def _complain(message: str) -> None:
    """Print one line on standard error, whatever line breaks and control characters the message carries."""
    line = " ".join(message.split())
    print(f"verbale: {''.join(c if c.isprintable() else '?' for c in line)}", file=sys.stderr)


def _write(path: Path, content: str) -> None:
    from verbale.output import write_whole

    write_whole(path, content)


def _bytes_of(path: Path) -> bytes:
    return sys.stdin.buffer.read() if path == STDIN else path.read_bytes()


def _text_of(path: Path) -> str:
    """Return a text file as it stands, so that offsets count in the file: newlines are not translated.

    Raises:
        IntakeError: the file is not UTF-8.
    """
    try:
        return _bytes_of(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{path}: not UTF-8 text (byte {error.start}); convert it first, since offsets count in the file as it stands"
        ) from error


def _attribution_object(name: str, found: "tuple[Attribution, ...]") -> dict[str, Any]:
    roles = ("source", "cue", "content")
    listed = [{role: [[s.start, s.end] for s in getattr(a, role)] for role in roles} | {"confidence": a.confidence} for a in found]
    return {"text_id": name, "attributions": listed}


def _attribution_table(name: str, text: str, found: "tuple[Attribution, ...]", *, heading: bool) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    if heading:
        writer.writerow(["text_id", "source", "cue", "content", "source_spans", "cue_spans", "content_spans", "confidence"])
    for one in found:
        roles = (one.source, one.cue, one.content)
        words = [_inert(" … ".join(" ".join(s.exact(text).split()) for s in spans)) for spans in roles]
        places = [";".join(f"{s.start}-{s.end}" for s in spans) for spans in roles]
        writer.writerow([_inert(name), *words, *places, one.confidence])
    return table.getvalue()


def _inert(cell: str) -> str:
    """Keep a spreadsheet from taking words of a document for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def _vocabulary_lines(raw: Any) -> Iterator[Text]:
    """Yield one line an entry of a vocabulary file, whichever of their forms it has."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            nested = isinstance(value, list) and value and isinstance(value[0], dict)
            if nested:
                yield from _vocabulary_lines(value)
            else:
                yield Text.assemble((str(key), "bold"), "  ", _listed(value))
        return
    for entry in raw:
        if not isinstance(entry, dict):
            yield Text(str(entry))
            continue
        about = entry.get("scope") or entry.get("definition") or _listed([v for k, v in entry.items() if k not in {"id", "label"}])
        label = entry.get("label")
        yield Text.assemble((str(entry["id"]), "bold"), f"  {label}" if label else "", (f"  {about}", "dim"))


def _listed(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_listed(v) for v in value)
    if isinstance(value, dict):
        return "; ".join(f"{k}: {_listed(v)}" for k, v in value.items())
    return str(value)


def _size(raw: Any) -> int:
    """Count the entries of a vocabulary file: of its list, or of all the lists that it maps names to."""
    if isinstance(raw, dict):
        return sum(len(v) if isinstance(v, list | dict) else 1 for v in raw.values())
    return len(raw)


if __name__ == "__main__":
    main()
