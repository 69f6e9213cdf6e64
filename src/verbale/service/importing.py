"""Imports: documents that were uploaded are read and stored by a process of their own, so that readers are served meanwhile."""

import multiprocessing
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO, Literal
from uuid import uuid4

from verbale.errors import IntakeError, VerbaleError
from verbale.intake import Limits

_MOST_KEPT = 50  # imports that are remembered
_FILES = 200  # files of one upload
_NICE = 10  # readers come before the import on the processor
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ImportState:
    """How far an import is; `failures` are the messages of what could not be read."""

    id: str
    person: str
    files: tuple[str, ...]
    status: Literal["waiting", "running", "done", "failed"] = "waiting"
    documents: int = 0
    stored: int = 0
    known: int = 0
    failures: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will come."""
        return self.status in ("done", "failed")


@dataclass(slots=True)
class _Job:
    state: ImportState
    folder: Path
    changed: threading.Condition = field(default_factory=threading.Condition)


class Imports:
    """The imports of a service, one after the other."""

    def __init__(self, record: str, limits: Limits | None = None) -> None:
        self._record = record
        self.limits = limits or Limits()
        self._jobs: dict[str, _Job] = {}
        self._turn = threading.Lock()
        self._process: Any = None
        self._closed = False

    def start(self, person: str, files: list[tuple[str, BinaryIO]]) -> ImportState:
        """Keep the files that were uploaded and begin to read them.

        Raises:
            IntakeError: there is no file, there are too many, or one is over the limit.
        """
        if not files:
            raise IntakeError("no file was chosen; choose one or more documents")
        if len(files) > _FILES:
            raise IntakeError(f"{len(files)} files at once; give {_FILES} at most, or use `verbale add`")
        folder = Path(tempfile.mkdtemp(prefix="verbale-import-"))
        try:
            names = [_keep(folder / str(i), name, file, self.limits) for i, (name, file) in enumerate(files)]
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        job = _Job(ImportState(uuid4().hex[:12], person, tuple(names)), folder)
        self._jobs[job.state.id] = job
        for old in list(self._jobs)[:-_MOST_KEPT]:
            if self._jobs[old].state.ended:
                del self._jobs[old]
        threading.Thread(target=self._run, args=(job,), daemon=True).start()
        return job.state

    def state(self, id: str) -> ImportState | None:
        """Return how far an import is, or None where there is none of this id."""
        job = self._jobs.get(id)
        return job.state if job else None

    def states(self) -> list[ImportState]:
        """Return all imports that are remembered, the latest first."""
        return [job.state for job in reversed(self._jobs.values())]

    @property
    def running(self) -> bool:
        """Tell whether an import is reading documents now."""
        return self._process is not None and self._process.is_alive()

    def next_state(self, id: str, seen: ImportState, timeout: float) -> ImportState:
        """Return how far an import is, waiting up to `timeout` seconds for it to be further than what was seen."""
        job = self._jobs[id]
        with job.changed:
            job.changed.wait_for(lambda: job.state != seen, timeout)
            return job.state

    def close(self) -> None:
        """End what is running; what was stored stays, and the files can be given again."""
        self._closed = True
        process = self._process
        if process is not None and process.is_alive():
            process.terminate()
            process.join(5)

    def _set(self, job: _Job, **changes: Any) -> None:
        with job.changed:
            job.state = replace(job.state, **changes)
            job.changed.notify_all()

    def _run(self, job: _Job) -> None:
        try:
            with self._turn:
                if not self._closed:
                    self._read(job)
        finally:
            shutil.rmtree(job.folder, ignore_errors=True)
            if not job.state.ended:
                failure = "the import was ended from outside; give the files again, it goes on where it stopped"
                self._set(job, status="failed", failures=(*job.state.failures, failure))

    def _read(self, job: _Job) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_import, args=(self._record, job.folder, job.state.files, theirs), daemon=True)
        self._set(job, status="running")
        self._process.start()
        theirs.close()
        try:
            while True:
                self._set(job, **ours.recv())
        except EOFError:
            self._process.join()
        finally:
            ours.close()


def _keep(path: Path, name: str, file: BinaryIO, limits: Limits) -> str:
    """Write an uploaded file under a name of our own and return the name that it came with, for messages.

    Raises:
        IntakeError: it is over the limit.
    """
    shown = "".join(c if c.isprintable() else "?" for c in Path(name.replace("\\", "/")).name)[:120] or "a file"
    size = 0
    with path.open("wb") as out:
        while block := file.read(_BLOCK):
            size += len(block)
            if size > limits.file_bytes:
                raise IntakeError(f"{shown}: over the limit of {limits.file_bytes:,} bytes; split it, or use `verbale add`")
            out.write(block)
    return shown


def _import(record: str, folder: Path, names: tuple[str, ...], told: Connection) -> None:
    """Read the files of a folder into the record and tell how far it is; runs in a process of its own."""
    from verbale.intake import IntakeFailure, entries  # noqa: PLC0415 - loaded in the process that reads
    from verbale.record import open as open_record  # noqa: PLC0415

    if hasattr(os, "nice"):
        os.nice(_NICE)
    failures: list[str] = []
    seen = 0

    def documents() -> Iterator[Any]:
        nonlocal seen
        for i, name in enumerate(names):
            for entry in entries([folder / str(i)]):
                seen += 1
                if isinstance(entry.found, IntakeFailure):
                    failures.append(str(entry.found.error).replace(str(folder / str(i)), name))
                else:
                    yield entry.found
            told.send({"documents": seen, "failures": tuple(failures)})

    def progress(done: Any) -> None:
        told.send({"documents": seen, "stored": done.stored, "known": done.known, "failures": tuple(failures)})

    try:
        with open_record(record) as r:
            done = r.add(documents(), batch=16, progress=progress)
        failures += [f"{document.title or document.id}: {reason}" for document, reason in done.refused]
        told.send({"status": "done", "documents": seen, "stored": done.stored, "known": done.known, "failures": tuple(failures)})
    except VerbaleError as error:
        told.send({"status": "failed", "failures": (*failures, str(error))})
