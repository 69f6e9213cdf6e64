"""Commands about documents and their readings: read, show, attributions."""

import csv
import io
import json
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from verbale.commands.answers import inert
from verbale.commands.complaints import complain, complain_of, one_line_errors
from verbale.commands.sources import STDIN, Sources, Workers, content, entries, existing
from verbale.commands.terminal import console, progress
from verbale.errors import IntakeError, VerbaleError

if TYPE_CHECKING:
    from verbale.batch import Outcome
    from verbale.findings import Attribution, Reading

app = typer.Typer()


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


Confidence = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out findings of lower confidence.")]


@app.command()
@one_line_errors
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
    with progress(shown=out is not None or not sys.stdout.isatty()) as bar:
        task = bar.add_task("Reading", total=None)
        for outcome in read_entries(entries(paths), workers, min_confidence=min_confidence):
            if isinstance(outcome.result, VerbaleError):
                failures.append(str(outcome.result))
            else:
                read_count += 1
                _give(outcome, outcome.result, form, out)
            bar.update(task, advance=1, visible=read_count + len(failures) > 1)
    _sum_up(read_count, len(failures), time.monotonic() - began, out)
    complain_of(failures)


def _existing(path: Path) -> Path:
    return existing([path])[0]


@app.command()
@one_line_errors
def show(
    reading: Annotated[
        Path,
        typer.Argument(
            metavar="READING.json",
            help="A reading as JSON, as `verbale read --format json` gives it; - is standard input.",
            dir_okay=False,
            callback=_existing,
        ),
    ],
    html: Annotated[Path | None, typer.Option(help="Write one self-contained HTML page to this file.", dir_okay=False)] = None,
) -> None:
    """Show a stored reading as a page, in the terminal or as HTML."""
    from verbale.findings import Reading
    from verbale.page import render_html

    stored = Reading.from_json(content(reading))
    if html is None:
        _print_page(stored)
    else:
        _write(html, render_html(stored))


@app.command()
@one_line_errors
def attributions(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Text files; - is standard input.", dir_okay=False, show_default=False, callback=existing),
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
    with progress(shown=out is not None or not sys.stdout.isatty()) as bar:
        for path in bar.track(files, description="Reading"):
            name = names.unique("stdin" if path == STDIN else path.stem)
            try:
                text = _text_of(path)
            except IntakeError as error:
                failures.append(str(error))
                continue
            if form is TableFormat.csv:
                table = _attribution_table(name, text, find(text), heading=heading or out is not None)
            else:
                table = json.dumps(_attribution_object(name, find(text)), ensure_ascii=False) + "\n"
            heading = False
            if out is None:
                sys.stdout.write(table)
            else:
                _write(out / f"{name}.{form.value}", table)
    complain_of(failures)


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

    print_reading(reading, console())


def _sum_up(read_count: int, failed_count: int, seconds: float, out: Path | None) -> None:
    """Say on standard error how a batch went."""
    if read_count + failed_count == 0:
        complain("there is no document in what was given")
    if read_count + failed_count > 1:
        where = f" to {out}" if out else ""
        failed = f", {failed_count} failed" if failed_count else ""
        documents = "document" if read_count == 1 else "documents"
        print(f"{read_count} {documents} read{where} in {seconds:.1f} s{failed}", file=sys.stderr)


def _write(path: Path, text: str) -> None:
    from verbale.output import write_whole

    write_whole(path, text)


def _text_of(path: Path) -> str:
    """Return a text file as it stands, so that offsets count in the file: newlines are not translated.

    Raises:
        IntakeError: the file is not UTF-8.
    """
    try:
        return content(path).decode("utf-8")
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
        words = [inert(" … ".join(" ".join(s.exact(text).split()) for s in spans)) for spans in roles]
        places = [";".join(f"{s.start}-{s.end}" for s in spans) for spans in roles]
        writer.writerow([inert(name), *words, *places, one.confidence])
    return table.getvalue()
