"""Answers: typed rows with the coverage of the record that they come from."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, TypeVar, overload

from sqlalchemy import Connection

from verbale.document import Span
from verbale.errors import RecordError
from verbale.record.settings import COVERAGE, get_fact

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is read: a document, places in its text, and the words at the first of them."""

    document: str
    title: str
    day: str | None
    publisher: str | None
    url: str | None
    spans: tuple[Span, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the record holds: how many documents, about how many engagements, published from when to when."""

    documents: int
    engagements: int
    first: str | None
    last: str | None


class Answer(Sequence[R], Generic[R]):
    """The rows of an answer, and the coverage of the record: "new" is never more than "new in this record"."""

    def __init__(self, rows: Sequence[R], coverage: Coverage) -> None:
        self._rows = list(rows)
        self.coverage = coverage

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> list[R]: ...
    def __getitem__(self, index: int | slice) -> R | list[R]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"Answer({self._rows!r})"

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain objects, as JSON holds them."""
        return [plain(row) for row in self._rows]

    def to_arrow(self) -> Any:
        """Return the rows as an Arrow table; objects inside a row become structs.

        Raises:
            RecordError: pyarrow is not installed.
        """
        try:
            import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise RecordError("Arrow tables need pyarrow: `pip install verbale[arrow]`") from error
        return pa.Table.from_pylist(self.to_dicts())


def plain(node: Any) -> Any:
    """Turn dataclasses into dictionaries and tuples into lists."""
    if is_dataclass(node) and not isinstance(node, type):
        return {f.name: plain(getattr(node, f.name)) for f in fields(node)}
    if isinstance(node, tuple | list | frozenset):
        return [plain(item) for item in (sorted(node) if isinstance(node, frozenset) else node)]
    if isinstance(node, dict):
        return {k: plain(v) for k, v in node.items()}
    return node


def coverage(connection: Connection) -> Coverage:
    """Return what the record holds, as it was counted when it was last renewed."""
    counted = get_fact(connection, COVERAGE)
    return Coverage(**json.loads(counted)) if counted else Coverage(0, 0, None, None)


def quote(text: str, spans: Sequence[Span]) -> str:
    """Return the words of the first span, as the text has them."""
    return spans[0].exact(text) if spans and spans[0].end <= len(text) else ""
