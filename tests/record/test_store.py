"""What is added is kept whole, once, and can be killed at any time."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from invented import Reader, engagement, reading, series_of_dialogues

from verbale import record
from verbale.document import Document
from verbale.errors import RecordError


def test_a_stored_reading_is_given_back_as_it_was(url: str) -> None:
    one = reading(
        "Talks in Reykjavík",
        "Iceland and Malta signed. They will open 3 ports by 2030.\n\nThe ministers said that “work goes on”.",
        "2022-05-06T10:00:00+02:00",
        url="https://example.org/talks",
        engagements=[
            engagement(
                "signing", "IS MT", "2022-05", place="Reykjavík", series="Port Talks", edition=2, delegates=[("Jón Ásgeir", None, None)]
            )
        ],
        domains=[("trade", "launched", "signed")],
        situations=[("ukraine-war", "work")],
        statements=[("The ministers", None, "said", "“work goes on”")],
        commitments=[("will open 3 ports by 2030", ["IS", "MT"], ["infrastructure"], "2030")],
        figures=[(3, "ports", "3 ports")],
        open_domains=["open 3 ports"],
    )
    with record.open(url) as r:
        r.add([one])
        assert r.reading(one.document.id) == one
    with record.open(url) as again:
        assert again.reading(one.document.id) == one
        assert again.reading("0" * 64) is None


def test_adding_again_reads_and_changes_nothing(url: str) -> None:
    readings = series_of_dialogues()
    reader = Reader(readings)
    with record.open(url) as r:
        first = r.add([x.document for x in readings], reader, batch=3)
        digest = r.digest()
        second = r.add([x.document for x in readings], reader, batch=3)
        assert (first.stored, first.known) == (4, 0)
        assert (second.stored, second.known) == (0, 4)
        assert reader.asked == 4
        assert r.digest() == digest


def test_two_copies_in_one_batch_are_one_document(url: str) -> None:
    one = series_of_dialogues([2019])[0]
    copy = replace(one, document=replace(one.document, url="https://elsewhere.example/copy"))
    with record.open(url) as r:
        done = r.add([one, copy])
        assert (done.stored, done.known) == (1, 1)


def test_a_batch_lands_whole_or_not_at_all(url: str) -> None:
    readings = series_of_dialogues()
    reader = Reader(readings[:3])  # fails at the fourth

    with record.open(url) as r:
        with pytest.raises(KeyError):
            r.add([x.document for x in readings], reader, batch=2)
        assert r.stats().documents == 2
        r.add([x.document for x in readings], Reader(readings), batch=2)
        digest = r.digest()
    with record.open(_sibling(url)) as unbroken:
        unbroken.add(readings)
        assert unbroken.digest() == digest


def _sibling(url: str) -> str:
    return "sqlite:///:memory:" if "://" in url else str(Path(url).with_name("unbroken.db"))


def test_the_digest_is_the_same_in_both_databases_and_tells_records_apart(url: str) -> None:
    readings = series_of_dialogues()
    with record.open(url) as r, record.open("sqlite:///:memory:") as other:
        r.add(readings)
        other.add(readings[:3])
        assert r.digest() != other.digest()
        other.add(readings[3:])
        assert r.digest() == other.digest()


def test_a_document_that_no_database_can_keep_is_refused_and_the_rest_is_stored(url: str) -> None:
    good = series_of_dialogues([2019])[0]
    bad = Document("NUL \x00 in it", "NUL")
    half = Document("half a pair \ud800", "half")
    with record.open(url) as r:
        done = r.add([bad, half, good], Reader([good]))
        assert done.stored == 1
        assert [reason.split(";")[0] for _, reason in done.refused] == [
            "the text holds NUL characters, which databases cannot keep",
            "the text holds half of a surrogate pair, which no database can keep",
        ]


def test_rereading_renews_findings_and_keeps_the_version_of_the_reader(url: str) -> None:
    old = series_of_dialogues([2019])[0]
    new = replace(old, domains=old.domains[:1], statements=(), reader="reader 2")
    with record.open(url) as r:
        r.add([old])
        assert r.reread(Reader([new])).stored == 1
        assert r.reading(old.document.id) == new
        assert r.reread(Reader([new]), but="reader 2").stored == 0


def test_rereading_that_is_interrupted_goes_on(url: str) -> None:
    readings = series_of_dialogues()
    renewed = [replace(x, reader="reader 2") for x in readings]
    with record.open(url) as r:
        r.add(readings)
        with pytest.raises(KeyError):
            r.reread(Reader(renewed[:2]), but="reader 2", batch=1)
        again = Reader(renewed)
        assert r.reread(again, but="reader 2").stored == 2
        assert {r.reading(x.document.id).reader for x in readings} == {"reader 2"}  # type: ignore[union-attr]


_KILLED = """
import sys, time
sys.path[:0] = [{tests!r}]
from invented import Reader, series_of_dialogues
import verbale.record as record

readings = [r for y in range(1900, 1960) for r in series_of_dialogues([y])]
with record.open({url!r}) as r:
    print("ready", flush=True)
    r.add([x.document for x in readings], Reader(readings), batch=2)
    print(r.digest(), flush=True)
"""


def test_killed_at_any_moment_and_run_again_it_ends_as_an_unbroken_run(url: str) -> None:
    program = _KILLED.format(tests=str(Path(__file__).parent), url=url)
    unbroken = _KILLED.format(tests=str(Path(__file__).parent), url="sqlite:///:memory:")
    wanted = subprocess.run([sys.executable, "-c", unbroken], capture_output=True, text=True, check=True).stdout.split()[-1]
    for delay in (0.0, 0.02, 0.05, 0.1):
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert done[-1] == wanted


def test_a_record_of_a_newer_version_is_refused(url: str) -> None:
    from sqlalchemy import text

    from verbale.record.connection import connect, writing

    with writing(connect(url)) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'ffff'"))
    with pytest.raises(RecordError, match="version ffff, which this program does not know; install a newer verbale"):
        record.open(url)


def test_what_is_no_record_is_refused_in_our_words(tmp_path: Path) -> None:
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"this is no database" * 100)
    with pytest.raises(RecordError, match="not a record"):
        record.open(junk)
    with pytest.raises(RecordError, match="check that the folder exists"):
        record.open(tmp_path / "no" / "such" / "folder.db")
    with pytest.raises(RecordError, match="other databases are not known"):
        record.open("mysql://x@localhost/y")
    with pytest.raises(RecordError, match="connection"):
        record.open("postgresql://nobody@127.0.0.1:1/none")


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with record.open(path) as r:
        r.add(series_of_dialogues())
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    with pytest.raises(RecordError, match=r"damaged|not a record"), record.open(path) as r:
        r.digest()


def test_a_locked_record_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from verbale.record import connection

    monkeypatch.setattr(connection, "_PATIENCE_S", 0.1)
    path = tmp_path / "record.db"
    with record.open(path) as r:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match="another program is writing"):
            r.add(series_of_dialogues())
        other.execute("ROLLBACK")
        assert r.add(series_of_dialogues()).stored == 4


def test_a_full_disk_is_told_and_nothing_half_written_is_kept(tmp_path: Path) -> None:
    from verbale.record.connection import connect, reading
    from verbale.record.store import add

    engine = connect(tmp_path / "record.db")
    readings = series_of_dialogues()
    add(engine, readings[:1])
    with reading(engine) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    many = [replace(r, document=Document.compose(f"Copy {i}", r.document.text * 20)) for i in range(50) for r in readings]
    with pytest.raises(RecordError, match="no space left on the disk"):
        add(engine, many, batch=200)
    engine.dispose()
    with record.open(tmp_path / "record.db") as r:
        assert r.stats().documents == 1


def test_a_lost_connection_is_told_and_nothing_half_written_is_kept(postgres_server: str) -> None:
    import psycopg
    from sqlalchemy import text

    from verbale.record.connection import connect, writing

    with psycopg.connect(postgres_server.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE lost")
    engine = connect(f"{postgres_server}/lost")
    with pytest.raises(RecordError, match="the connection to the database failed"), writing(engine) as connection:
        connection.execute(text("INSERT INTO setting VALUES ('half', 'written')"))
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    with record.open(f"{postgres_server}/lost") as r:  # and it can be opened again
        assert list(r.sql("SELECT * FROM setting WHERE key = 'half'")) == []
