"""The board of promises: a page of those that are open, overdue or assessed, and how many of each there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from verbale.errors import QueryError
from verbale.record import followup
from verbale.record import tables as t
from verbale.record.decisions import standing, successors
from verbale.record.keys import shown


@dataclass(frozen=True, slots=True)
class Board:
    """A page of promises, the latest first, and how many there are with each status."""

    promises: tuple[followup.PromiseEntry, ...]
    counts: dict[str, int]


def board(
    connection: Connection,
    status: followup.Status,
    *,
    parties: Sequence[str] = (),
    domain: str | None = None,
    as_of: date,
    limit: int,
    offset: int = 0,
) -> Board:
    """Return a page of the promises that bind all these parties and are about a domain.

    Raises:
        QueryError: there is no such status.
    """
    c, d, p, q = t.CommitmentRow, t.DocumentRow, t.CommitmentPartyRow, t.CommitmentDomainRow
    about: list[ColumnElement[bool]] = [standing(c)]
    about += [c.id.in_(select(p.commitment).where(p.party == party)) for party in parties]
    if domain:
        about.append(c.id.in_(select(q.commitment).where(q.domain == domain)))
    parts = _parts(connection, as_of)
    if status not in parts:
        raise QueryError(f"there is no status “{status}”; there are {', '.join(parts)}")
    counts = {name: int(connection.scalar(select(func.count()).select_from(c).where(*about, part)) or 0) for name, part in parts.items()}
    keys = select(c.id).join(d, d.n == c.document).where(*about, parts[status])
    chosen = connection.scalars(keys.order_by(d.day.desc().nulls_last(), d.id, c.ordinal).limit(limit).offset(offset)).all()
    found = {x.key: x for x in followup.entries(connection, [c.id.in_(chosen)], as_of)}
    return Board(tuple(found[shown(k)] for k in chosen), counts)


def _parts(connection: Connection, as_of: date) -> dict[str, ColumnElement[bool]]:
    """Return the condition of each status."""
    c, a = t.CommitmentRow, t.AssessmentRow
    present = successors(connection)
    scored = sorted({present.get(k, k) for k in connection.scalars(select(a.commitment).distinct())})
    by_key = {shown(k): k for k in scored}
    # Few are scored: whether every bound party of one is, by a score that stands, is known to `followup`.
    entries = followup.entries(connection, [standing(c), c.id.in_(scored)], as_of)
    assessed = c.id.in_([by_key[x.key] for x in entries if x.status == "assessed"])
    # A deadline may be as short as a year, and has passed when the year has.
    late: Any = func.coalesce(c.deadline < func.substr(as_of.isoformat(), 1, func.length(c.deadline)), False)
    return {"open": ~assessed & ~late, "overdue": ~assessed & late, "assessed": assessed}
