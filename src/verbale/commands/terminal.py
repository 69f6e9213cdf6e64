"""The terminal: what prints to it, and progress on standard error."""

import sys
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress

_PIPE_WIDTH = 100  # columns when the output is no terminal


def console(pipe_width: int = _PIPE_WIDTH) -> Console:
    """Return a console that prints what it is given: no markup, no emoji codes, no guessed highlighting."""
    width = None if sys.stdout.isatty() else pipe_width
    return Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)


def progress(*, shown: bool = True) -> "Progress":
    """Return a progress bar on standard error, silent where no person would see it or where it would cut into pages."""
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    errors = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TextColumn("documents"), TimeElapsedColumn())
    return Progress(*columns, console=errors, transient=True, disable=not (shown and errors.is_terminal))
