"""A service over an invented record: talks of Iceland and Malta over four years, with promises, a call, and two accounts of one day."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from invented import engagement, reading, series_of_dialogues
from starlette.testclient import TestClient

from verbale import record
from verbale.findings import Reading
from verbale.service import Settings, create_app
from verbale.service.security import accounts

HOST = "http://127.0.0.1:8765"
PASSWORD = "four quiet words here"


def documents() -> list[Reading]:
    """Return the readings of the invented record."""
    made = series_of_dialogues()
    for year, verb in ((2021, "expressed concern about the closing of"), (2022, "strongly condemned the closing of")):
        words = f"The ministers {verb} open sea lanes."
        promise = f"build a harbour by {year + 1}"
        made.append(
            reading(
                f"Joint Statement of Iceland and Malta {year}",
                f"{words}\n\nIceland and Malta will {promise}, and will speak of the North Sea.\n\n"
                f"Minister Katrín Jónsdóttir said that harbours of {year} are safe harbours.",
                f"{year}-05-05",
                publisher="Ministry of Seas",
                url=f"https://seas.example.org/{year}",
                engagements=[
                    engagement(
                        "dialogue", "IS MT", f"{year}-05-05", series="Iceland–Malta Ocean Dialogue", place="Valletta",
                        delegates=[("Katrín Jónsdóttir", "foreign minister", "IS")],
                    )
                ],
                domains=[("maritime-security", "launched", "open sea lanes")],
                situations=[("north-sea", "North Sea")],
                statements=[("Katrín Jónsdóttir", "IS", "said", f"harbours of {year} are safe harbours")],
                commitments=[(promise, ["IS", "MT"], ["maritime-security"], str(year + 1))],
                figures=[(year, "ships", str(year + 1))],
            )
        )  # fmt: skip
    opened = "The harbour was opened in Valletta; the ministers of Iceland and Malta cut a ribbon as they had promised to build a harbour."
    made.append(reading("A harbour opens", opened, "2023-03-01", engagements=[engagement("meeting", "IS MT", "2023-03-01")]))
    return made


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


def csrf(client: TestClient, path: str = "/sign-in") -> str:
    """Return what a form of a page carries to show that it comes from there."""
    page = client.get(path).text
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def sign_in(client: TestClient, name: str) -> Any:
    """Sign in as a user."""
    return client.post("/sign-in", data={"csrf": csrf(client), "name": name, "password": PASSWORD}, follow_redirects=False)
