"""The state of a record: a short text that changes whenever what it answers may have changed."""

import hashlib

from sqlalchemy import Connection, func, select

from verbale.record import tables as t


def state(connection: Connection) -> str:
    """Return the state: cheap to ask, since it looks at the ends of indexes only."""
    newest = [connection.scalar(select(func.max(table.n))) for table in (t.DocumentRow, t.JudgementRow, t.DecisionRow, t.AssessmentRow)]
    reader = t.ReadingRow.reader
    readers = [connection.scalar(select(end(reader))) for end in (func.min, func.max)]
    facts = [tuple(row) for row in connection.execute(select(t.SettingRow.key, t.SettingRow.value).order_by(t.SettingRow.key))]
    return hashlib.sha256(repr((newest, readers, facts)).encode()).hexdigest()[:16]
