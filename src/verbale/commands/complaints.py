"""Errors as one line on standard error."""

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer

from verbale.errors import VerbaleError

P = ParamSpec("P")
R = TypeVar("R")


def one_line_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn our own errors, and files that cannot be written, into one line on standard error and exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:  # the reader of our output has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except VerbaleError as error:
            complain(str(error))
        except OSError as error:
            complain(f"{error.filename or 'output'}: {error.strerror or error}")
        raise typer.Exit(1)

    return run


def complain(message: str) -> None:
    """Print one line on standard error, whatever line breaks and control characters the message carries."""
    print(f"verbale: {printable(' '.join(message.split()))}", file=sys.stderr)


def printable(words: str) -> str:
    """Return words of a document without characters that could move a terminal's cursor."""
    return "".join(c if c.isprintable() else "?" for c in words)


def complain_of(failures: list[str]) -> None:
    """Print each failure on a line, and end the command with exit code 1 where there is any."""
    for failure in failures:
        complain(failure)
    if failures:
        raise typer.Exit(1)
