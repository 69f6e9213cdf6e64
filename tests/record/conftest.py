"""Every test of the record runs on SQLite and on a PostgreSQL server that is started here."""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest


def _binary(name: str) -> str | None:
    """Find a program of PostgreSQL: on the path, or where distributions keep it."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((str(p / name) for p in places if (p / name).exists()), None) or shutil.which(name)


def _servant() -> str | None:
    """Name the user to run the server as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    pytest.skip("PostgreSQL: running as root, and there is no other user to start the server as")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a PostgreSQL server on a free port and give its URL without a database."""
    initdb, server = _binary("initdb"), _binary("postgres")
    if not initdb or not server:
        pytest.skip("PostgreSQL: initdb is not installed (apt-get install postgresql)")
    pytest.importorskip("psycopg")
    user = _servant()
    folder = Path(tempfile.mkdtemp(prefix="verbale-pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, user)
    data, log = folder / "data", folder / "log"
    name = user or getpass.getuser()
    made = subprocess.run(
        [initdb, "-D", str(data), "-U", name, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        user=user, capture_output=True, text=True, cwd=folder, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"PostgreSQL: initdb failed: {made.stderr.strip()[-200:]}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as out:
        process = subprocess.Popen(
            [server, "-D", str(data), "-p", str(port), "-k", str(folder), "-h", "127.0.0.1", "-F"],
            user=user, stdout=out, stderr=out, cwd=folder,
        )  # fmt: skip
    url = f"postgresql+psycopg://{name}@127.0.0.1:{port}"
    try:
        _await(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # a fast shutdown, which does not wait for connections
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _await(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    import time

    import psycopg

    for _ in range(300):
        if process.poll() is not None:
            pytest.skip(f"PostgreSQL: the server ended at once: {log.read_text()[-300:]}")
        try:
            psycopg.connect(url.replace("+psycopg", "") + "/postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    pytest.skip("PostgreSQL: the server did not come up in 30 seconds")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty record: a file, and a database of its own on the server."""
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    import psycopg

    server = request.getfixturevalue("postgres_server")
    name = f"r{uuid.uuid4().hex}"
    with psycopg.connect(server.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server}/{name}"
