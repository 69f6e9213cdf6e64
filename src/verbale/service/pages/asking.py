"""What handlers of pages are given: the desk, who asks, and which part of a list."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from verbale.service.desk import Desk, desk
from verbale.service.security.rights import visitor
from verbale.service.security.visitors import Visitor

SIZE = 25
"""Entries on a page of a list."""

At = Annotated[Desk, Depends(desk)]
Who = Annotated[Visitor, Depends(visitor)]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000, description="Page of the list, from 1.")]
Day = Annotated[
    str, Query(max_length=10, pattern=r"^(\d{4}(-\d\d(-\d\d)?)?)?$", description="A year, a month or a day: 2023, 2023-05, 2023-05-01.")
]


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is shown, and of how many entries."""

    page: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of the first entry shown, from 1."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The place of the last entry shown."""
        return min(self.page * self.size, self.total)


def offset(page: int, size: int = SIZE) -> int:
    """Return how many entries come before a page."""
    return (page - 1) * size


def part(entries: Any, page: int, size: int = SIZE) -> Any:
    """Return the entries of a page of a list that is held whole."""
    return entries[offset(page, size) : offset(page, size) + size]


def address_of(request: Request) -> str:
    """Return the address that a request comes from, for the audit log."""
    return request.client.host if request.client else ""
