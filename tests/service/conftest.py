"""A service over an invented record: talks of Iceland and Malta over four years, with promises, a call, and two accounts of one day."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient
from visiting import HOST, PASSWORD, documents

from verbale import record
from verbale.service import Settings, create_app
from verbale.service.security import accounts


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a record that holds the invented documents; tests that change it take a copy."""
    path = tmp_path_factory.mktemp("record") / "talks.db"
    with record.open(path) as r:
        r.add(documents())
        r.sql("SELECT 1")
    return path


@pytest.fixture
def talks(filled: Path, tmp_path: Path) -> Path:
    """Give a copy of the record."""
    with record.open(filled) as r:
        next(iter(r.sql("SELECT 1")))
    copy = tmp_path / "talks.db"
    copy.write_bytes(filled.read_bytes())
    return copy


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords with little work, so that tests do not wait."""
    monkeypatch.setattr(accounts, "PasswordHasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def client(talks: Path) -> Iterator[TestClient]:
    """Give a browser on a service without users."""
    with TestClient(create_app(Settings(str(talks), person="Ada")), base_url=HOST) as made:
        yield made


@pytest.fixture
def guarded(talks: Path) -> Iterator[TestClient]:
    """Give a browser on a service with one user of each role, nobody signed in."""
    kept = accounts.Accounts(talks.with_suffix(".accounts"))
    for role in reversed(accounts.ROLES):
        kept.add(role, role, PASSWORD)
    with TestClient(create_app(Settings(str(talks))), base_url=HOST) as made:
        yield made
