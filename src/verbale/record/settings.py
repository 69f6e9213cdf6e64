"""Facts about the record itself."""

from sqlalchemy import Connection, insert, select, update

from verbale.record import tables as t

COVERAGE = "coverage"
"""What the record covers: documents, engagements, first and last day, as JSON."""


def get_fact(connection: Connection, key: str) -> str | None:
    """Return a fact, or None where it is not set."""
    return connection.scalar(select(t.SettingRow.value).where(t.SettingRow.key == key))


def set_fact(connection: Connection, key: str, value: str) -> None:
    """Set a fact."""
    if not connection.execute(update(t.SettingRow).where(t.SettingRow.key == key).values(value=value)).rowcount:
        connection.execute(insert(t.SettingRow).values(key=key, value=value))
