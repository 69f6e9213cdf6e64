"""Commands that fill a record: add, reread."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from verbale.commands.complaints import complain_of, one_line_errors
from verbale.commands.options import DEFAULT, Where, open_record
from verbale.commands.sources import Sources, Workers, entries
from verbale.commands.terminal import progress

if TYPE_CHECKING:
    from rich.progress import Progress

    from verbale.document import Document
    from verbale.record.store import Added

app = typer.Typer()


@app.command()
@one_line_errors
def add(paths: Sources, record: Where = DEFAULT, workers: Workers = 1) -> None:
    """Read documents and keep them in the record; run again after an interruption, it goes on where it stopped."""
    from verbale.batch import reader
    from verbale.intake import IntakeFailure

    failures: list[str] = []

    def documents() -> "Iterator[Document]":
        for entry in entries(paths):
            if isinstance(entry.found, IntakeFailure):
                failures.append(str(entry.found.error))
            else:
                yield entry.found

    with open_record(record) as r, progress() as bar, reader(workers) as read:
        done = r.add(documents(), read, progress=_told(bar, "Adding"))
    _sum_up(done, "added")
    complain_of([*failures, *(f"{document.title or document.id}: {reason}" for document, reason in done.refused)])


@app.command()
@one_line_errors
def reread(
    record: Where = DEFAULT,
    workers: Workers = 1,
    everything: Annotated[bool, typer.Option("--all", help="Also documents that this reader has read already.")] = False,
) -> None:
    """Read the documents of the record again and renew the findings; every decision of a person is kept."""
    from verbale.batch import reader
    from verbale.reading.encoder import encoder

    with open_record(record) as r, progress() as bar, reader(workers) as read:
        done = r.reread(read, but=None if everything else encoder().version, progress=_told(bar, "Reading again"))
    _sum_up(done, "read again")


def _told(bar: "Progress", what: str) -> "Callable[[Added], None]":
    task = bar.add_task(what, total=None)
    return lambda done: bar.update(task, completed=done.stored + done.known)


def _sum_up(done: "Added", what: str) -> None:
    known = f", {done.known} known already" if done.known else ""
    refused = f", {len(done.refused)} refused" if done.refused else ""
    print(f"{done.stored} documents {what}{known}{refused}", file=sys.stderr)
