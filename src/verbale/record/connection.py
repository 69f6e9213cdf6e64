"""Opening the database of a record: SQLite or PostgreSQL, migrated to the version of this program, its errors told in our words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from verbale.errors import RecordError

_MIGRATIONS = Path(__file__).parent / "migrations"
_PATIENCE_S = 30  # how long a writer waits for another
_WRITER = 7_236_725_351  # any number of our own: the advisory lock of PostgreSQL that one writer at a time holds
_MEMORY = ":memory:"


def database_url(record: str | Path) -> str:
    """Return the address of a record: a URL as it is, anything else as the path of an SQLite file."""
    written = str(record)
    if re.match(r"[a-z][a-z0-9+]*://", written):
        return re.sub(r"^postgres(?:ql)?://", "postgresql+psycopg://", written)
    return f"sqlite:///{written}"


def connect(record: str | Path) -> Engine:
    """Open the database of a record, create it where there is none, and bring it to the version of this program.

    Raises:
        RecordError: the address is malformed, the database cannot be reached or is no record, or it is newer than this program.
    """
    url = database_url(record)
    if not url.startswith(("sqlite:", "postgresql+psycopg:")):
        raise RecordError(
            f"{record}: a record is kept in a file (SQLite) or at postgresql://user@host/database; other databases are not known"
        )
    try:
        engine = create_engine(url, **_settings(url))
    except (ArgumentError, ValueError) as error:
        raise RecordError(f"{record}: not the address of a record ({error}); give a file or postgresql://user@host/database") from error
    except (NoSuchModuleError, ImportError) as error:
        raise RecordError(f"{record}: {error}; PostgreSQL needs `pip install verbale[postgres]`") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    with told(engine):
        _migrate(engine, str(record))
    return engine


def _settings(url: str) -> dict[str, Any]:
    """Return how the engine connects; a record in memory has one connection, as each would be a record of its own."""
    if not url.startswith("sqlite"):
        return {"pool_pre_ping": True}
    settings: dict[str, Any] = {"connect_args": {"timeout": _PATIENCE_S}}
    if url.endswith(_MEMORY):
        settings["poolclass"] = StaticPool
        settings["connect_args"]["check_same_thread"] = False
    return settings


def _prepare_sqlite(engine: Engine) -> None:
    """Let SQLAlchemy begin and end transactions itself, tables included, and keep a log that a killed writer cannot damage.

    Source: SQLAlchemy, "SQLite: transactions with SQLite and the sqlite3 driver".
    """

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A writer says so at once: one that finds out late that another was first could only give up.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a transaction that lands whole or not at all, one writer at a time.

    Raises:
        RecordError: the database failed; nothing of the transaction is kept.
    """
    with told(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:writer)"), {"writer": _WRITER})
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection to ask questions with.

    Raises:
        RecordError: the database failed.
    """
    with told(engine), engine.connect() as connection:
        yield connection


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Tell the errors of the database as errors of the record.

    Raises:
        RecordError: the database failed.
    """
    try:
        yield
    except SQLAlchemyError as error:
        name = engine.url.render_as_string(hide_password=True).removeprefix("sqlite:///")
        raise RecordError(f"{name}: {_reason(error)}") from error


_REASONS = (
    ("database is locked", "another program is writing to the record; wait for it to end and run again"),
    ("not a database", "not a record: the file is no SQLite database; give another file"),
    ("malformed", "the record is damaged; restore it from a copy, or salvage it with `sqlite3 FILE .recover`"),
    ("disk is full", "no space left on the disk; nothing of the last batch was kept: make room and run again"),
    ("no space left", "no space left on the disk; nothing of the last batch was kept: make room and run again"),
    ("unable to open", "cannot be opened; check that the folder exists and may be written to"),
    ("readonly", "may not be written to; check its rights"),
    ("disk i/o error", "the disk failed or is full; nothing of the last batch was kept"),
)


def _reason(error: SQLAlchemyError) -> str:
    """Say in one line what went wrong and what to do."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()
    first = said[0] if said else type(error).__name__
    lowered = first.lower()
    for sign, reason in _REASONS:
        if sign in lowered:
            return reason
    if isinstance(error, DBAPIError) and (error.connection_invalidated or "connect" in lowered or "terminat" in lowered):
        return f"the connection to the database failed ({first}); nothing half-written is kept: check the server and run again"
    return f"the database reports “{first}”"


def _migrate(engine: Engine, name: str) -> None:
    """Bring the tables to the newest version, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    newest = script.get_current_head()
    with engine.connect() as connection:
        if _version(connection, script, name) == newest:
            return
    with writing(engine) as connection:
        # Looked at again under the lock: another program may have been first.
        if _version(connection, script, name) != newest:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _version(connection: Connection, script: ScriptDirectory, name: str) -> str | None:
    """Return the version of the tables.

    Raises:
        RecordError: this program does not know it.
    """
    version = MigrationContext.configure(connection).get_current_revision()
    if version is not None and version not in {r.revision for r in script.walk_revisions()}:
        raise RecordError(f"{name}: the record has version {version}, which this program does not know; install a newer verbale")
    return version
