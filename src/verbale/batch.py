"""Reading many documents: in the order they come, on one process or several, with a bounded number in memory."""

import logging
import multiprocessing
import re
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from verbale.document import Document
from verbale.errors import IntakeError, VerbaleError
from verbale.findings import Reading
from verbale.intake import Entry, IntakeFailure, entries, read_path, read_text
from verbale.reading import read_document

_CHUNK = 4  # documents a task: enough to hide the cost of handing them over, few enough to keep memory low
_AHEAD = 3  # tasks in flight a worker
_ENDED = "a worker process was ended from outside, perhaps for want of memory; run again with fewer workers"
_LOOKS_LIKE_A_PATH = re.compile(r"[^\n]{1,400}\.(?:txt|md|markdown|html?|pdf|json|jsonl|ndjson)(?:\.gz)?")

log = logging.getLogger("verbale")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document of a batch: its reading or an error, with the file it came from and a name safe as a file's."""

    path: Path
    name: str
    result: Reading | VerbaleError


def read(path_or_text: str | Path, *, min_confidence: float = 0.0) -> Reading:
    """Read one document: a file when the argument is a path or names an existing file, else the text itself.

    Raises:
        IntakeError: the file or text cannot become a document, or the file holds several.
    """
    if isinstance(path_or_text, Path) or _names_a_file(path_or_text):
        documents = list(islice(read_path(Path(path_or_text)), 2))
        if len(documents) != 1:
            raise IntakeError(f"{path_or_text}: holds {'several documents' if documents else 'no document'}; use verbale.read_many")
        document = documents[0]
    else:
        document = read_text(path_or_text)
    return read_document(document, min_confidence=min_confidence)


def read_many(paths: Iterable[str | Path], workers: int = 1, *, min_confidence: float = 0.0) -> Iterator[Reading]:
    """Read the documents of files and folders, yielding each reading in its turn; what fails is logged as a warning and left out.

    With several workers the calling script needs the usual `if __name__ == "__main__":`, since each worker imports it anew.

    Raises:
        VerbaleError: a worker process was ended from outside.
    """
    for outcome in read_entries(entries(Path(p) for p in paths), workers, min_confidence=min_confidence):
        if isinstance(outcome.result, Reading):
            yield outcome.result
        else:
            log.warning("%s", outcome.result)


def read_entries(found: Iterable[Entry], workers: int = 1, *, min_confidence: float = 0.0) -> Iterator[Outcome]:
    """Read what intake found, in its order and with the same result for any number of workers.

    Documents are taken from `found` only a little ahead of those that are given back, so that a batch of any size fits in memory.

    Raises:
        VerbaleError: a worker process was ended from outside.
    """
    names = Names()
    named = (Entry(entry.path, names.unique(entry.name), entry.found) for entry in found)
    if workers <= 1:
        for entry in named:
            yield _outcome(entry, min_confidence)
        return
    pool = _pool(workers)
    pending: deque[Future[list[Outcome]]] = deque()
    try:
        while chunk := list(islice(named, _CHUNK)):
            pending.append(pool.submit(_read_chunk, chunk, min_confidence))
            if len(pending) >= _AHEAD * workers:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool as error:
        raise VerbaleError(_ENDED) from error
    except BaseException:  # an interrupt, or a caller who has seen enough: nobody waits for the documents in hand
        _end_workers(pool)
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read_chunk(chunk: list[Entry], min_confidence: float) -> list[Outcome]:
    return [_outcome(entry, min_confidence) for entry in chunk]


@contextmanager
def reader(workers: int = 1) -> Iterator[Callable[[Sequence[Document]], Iterable[Reading]]]:
    """Give a function that reads documents, in this process or in several that end with the `with` block.

    Raises:
        VerbaleError: a worker process was ended from outside.
    """
    if workers <= 1:
        yield lambda documents: map(read_document, documents)
        return
    pool = _pool(workers)
    try:
        yield lambda documents: pool.map(read_document, documents, chunksize=_CHUNK)
    except BrokenProcessPool as error:
        raise VerbaleError(_ENDED) from error
    except BaseException:
        _end_workers(pool)
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    spawn = multiprocessing.get_context("spawn")  # fork is unsafe beside the threads of the numerical libraries
    return ProcessPoolExecutor(workers, mp_context=spawn, initializer=_ignore_interrupts)


def _outcome(entry: Entry, min_confidence: float) -> Outcome:
    """Read one entry; a batch survives a defect of ours in one document, which is reported as such."""
    result: Reading | VerbaleError
    if isinstance(entry.found, IntakeFailure):
        result = entry.found.error
    else:
        try:
            result = _read(entry.found, min_confidence)
        except VerbaleError as error:
            result = error
        except Exception as error:
            log.debug("defect while reading %s", entry.path, exc_info=True)
            result = VerbaleError(f"{entry.path}: a defect of verbale ({type(error).__name__}: {error}); please report it with the file")
    return Outcome(entry.path, entry.name, result)


def _read(document: Document, min_confidence: float) -> Reading:
    return read_document(document, min_confidence=min_confidence)


def _end_workers(pool: ProcessPoolExecutor) -> None:
    """End the workers of a pool at once; they only read, so that nothing is left half done.

    A worker that lives on would keep this process from ending when a second interrupt comes while it waits for the first.
    """
    for worker in list((pool._processes or {}).values()):  # `terminate_workers` of Python 3.14, for all versions
        worker.terminate()


def _ignore_interrupts() -> None:
    """Leave an interrupt from the keyboard to the parent process, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _names_a_file(text: str) -> bool:
    """Tell a path from a text: it exists, or it is one line that ends as our formats do (so that a mistyped path is an error)."""
    try:
        return bool(_LOOKS_LIKE_A_PATH.fullmatch(text)) or ("\n" not in text and Path(text).is_file())
    except (OSError, ValueError):  # too long for a path, or with a NUL in it
        return False


class Names:
    """Gives each document of a batch a name of its own: the second `report` becomes `report-2`."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def unique(self, name: str) -> str:
        """Return a name that was not given before, told without regard to case."""
        candidate, n = name, 1
        while candidate.casefold() in self._given:  # some file systems do not tell cases apart
            n += 1
            candidate = f"{name}-{n}"
        self._given.add(candidate.casefold())
        return candidate
