"""Fill a record with many synthetic documents quickly: some are added as documents are, the rest are copies made by the database.

A copy has keys of its own and is moved along the calendar; its words and findings are those of its model. So a million documents'
worth of findings is there in minutes, with as many rows, keys and postings as if each had been added by itself.
"""

import json
import time
from typing import Any

from sqlalchemy import Connection, text
from synthetic import readings

from verbale import record
from verbale.record import tables as t
from verbale.record.connection import writing
from verbale.record.settings import COVERAGE, set_fact

MODELS = 50_000
_APART = 17  # days between a copy and the next

# Which columns hold numbers of documents, keys, and days; everything else is copied as it is.
_NUMBERS = {"document": {"n"}} | {key: {"document"} for key in ("reading", "engagement", "concept", "statement", "commitment", "figure")}
_KEYS = {
    "engagement": {"id", "cluster"},
    "engagement_party": {"engagement"},
    "delegate": {"engagement"},
    "concept": {"id"},
    "subject": {"engagement", "concept"},
    "statement": {"id"},
    "topic": {"statement"},
    "commitment": {"id"},
    "commitment_party": {"commitment"},
    "commitment_domain": {"commitment"},
    "figure": {"id"},
    "meeting": {"cluster"},
}
_DAYS = {"document": {"day", "published"}, "engagement": {"day"}, "statement": {"day"}, "topic": {"day"}, "meeting": {"first", "last"}}
_COPIED = ("document", "reading", *_KEYS)


def fill(r: record.Record, count: int) -> None:
    """Fill an empty record with so many documents, a multiple of the models or fewer than them."""
    began = time.monotonic()
    r.add(readings(min(count, MODELS)), batch=2000)
    print(f"{min(count, MODELS)} documents added in {time.monotonic() - began:.0f} s", flush=True)
    began, copies = time.monotonic(), count // MODELS
    if copies > 1:
        _copy(r, copies)
        print(f"{count} documents by copying in {time.monotonic() - began:.0f} s", flush=True)


def _copy(r: record.Record, copies: int) -> None:
    engine = r._engine
    postgres = engine.dialect.name == "postgresql"
    tables = [t.Base.metadata.tables[name] for name in _COPIED]
    indexes = [i for table in tables for i in table.indexes]
    with writing(engine) as connection:
        if postgres:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # no checks of references
            connection.execute(text("DROP INDEX words_found"))
        for index in indexes:
            index.drop(connection)
        for table in tables:
            connection.execute(text(f"CREATE TEMP TABLE model_{table.name} AS SELECT * FROM {table.name}"))
        for k in range(1, copies):
            for table in tables:
                _copy_table(connection, table, k, postgres)
            _copy_words(connection, k, postgres)
            print(k, end=" ", flush=True)
        for index in indexes:
            index.create(connection)
        if postgres:
            connection.execute(text("CREATE INDEX words_found ON words USING gin (found)"))
        connection.execute(text(f"UPDATE person_form SET times = times * {copies}"))
        days = connection.execute(text("SELECT count(*), min(day), max(day) FROM document")).one()
        met = connection.scalar(text("SELECT count(DISTINCT cluster) FROM engagement"))
        set_fact(connection, COVERAGE, json.dumps({"documents": days[0], "engagements": met, "first": days[1], "last": days[2]}))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _copy_table(connection: Connection, table: Any, k: int, postgres: bool) -> None:
    numbers, keys, days = (what.get(table.name, set()) for what in (_NUMBERS, _KEYS, _DAYS))
    columns = [c.name for c in table.columns]
    values = []
    for c in columns:
        name = f'"{c}"'
        if c in numbers:
            values.append(f"{name} + {k * MODELS}")
        elif c in keys:
            values.append(f"(({name} | {k << 41}) - ({name} & {k << 41}))")
        elif c in days:
            moved = f"to_char(({name})::date + {k * _APART}, 'YYYY-MM-DD')" if postgres else f"date({name}, '+{k * _APART} days')"
            values.append(f"CASE WHEN {name} = '' THEN '' ELSE {moved} END")
        elif (table.name, c) == ("document", "id"):
            values.append(f"substr(id, 1, 60) || 'x{k:03x}'")
        elif (table.name, c) == ("document", "url"):
            values.append(f"url || '-{k}'")
        else:
            values.append(name)
    listed = ", ".join(f'"{c}"' for c in columns)
    connection.execute(text(f"INSERT INTO {table.name} ({listed}) SELECT {', '.join(values)} FROM model_{table.name}"))


def _copy_words(connection: Connection, k: int, postgres: bool) -> None:
    if postgres:
        connection.execute(text(f"INSERT INTO words SELECT document + {k * MODELS}, found FROM words WHERE document <= {MODELS}"))
    else:
        connection.execute(text(f"INSERT INTO words (rowid, found) SELECT n + {k * MODELS}, text FROM model_document"))
