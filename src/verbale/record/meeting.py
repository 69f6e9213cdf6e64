"""What was said and promised in the documents that report one engagement."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from verbale.record import followup, statements
from verbale.record import tables as t
from verbale.record.decisions import standing
from verbale.record.engagements import EngagementEntry, load


@dataclass(frozen=True, slots=True)
class Meeting:
    """An engagement with the statements and promises of the documents that report it."""

    engagement: EngagementEntry
    statements: tuple[statements.StatementEntry, ...]
    promises: tuple[followup.PromiseEntry, ...]


def meeting(connection: Connection, cluster: int, *, as_of: date | None = None) -> Meeting:
    """Return the engagement of a cluster with what was said and promised; documents in which it is only mentioned add nothing."""
    e, d = t.EngagementRow, t.DocumentRow
    [found] = load(connection, [cluster])
    numbers = list(connection.scalars(select(e.document).where(e.cluster == cluster, e.principal, standing(e)).distinct()))
    s = t.StatementRow
    said = statements.entries(connection, connection.scalars(select(s.id).where(standing(s), s.document.in_(numbers))).all())
    promised = followup.entries(connection, [standing(t.CommitmentRow), d.n.in_(numbers)], as_of)
    return Meeting(found, tuple(said), tuple(promised))
