"""The commands of the service: users by name and role, tokens shown once, and an open door refused."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner
from visiting import PASSWORD, documents

from verbale.cli import app
from verbale.service import Settings, create_app


def run(talks: Path, *words: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(app, ["user", *words, "--record", str(talks)], input=typed)
    return done.exit_code, done.output


def test_users_are_added_listed_changed_and_taken_out(talks: Path) -> None:
    code, said = run(talks, "add", "rea", "--password-stdin", typed=PASSWORD)
    assert (code, "must be an admin" in said) == (1, True)
    assert run(talks, "add", "ada", "--role", "admin", "--password-stdin", typed=PASSWORD)[0] == 0
    assert run(talks, "add", "rea", "--password-stdin", typed=PASSWORD)[0] == 0
    assert run(talks, "role", "rea", "reviewer")[0] == 0
    assert [line.split("\t")[:2] for line in run(talks, "list")[1].splitlines()] == [["ada", "admin"], ["rea", "reviewer"]]
    assert run(talks, "remove", "rea")[0] == 0
    assert "only admin" in run(talks, "role", "ada", "reader")[1]
    actions = [line.split("\t")[2] for line in run(talks, "audit")[1].splitlines()]
    assert actions == [
        "user removed",
        "role changed",
        "user added",
        "user added",
    ]


def test_a_token_opens_the_api_until_it_is_revoked(talks: Path) -> None:
    run(talks, "add", "ada", "--role", "admin", "--password-stdin", typed=PASSWORD)
    secret = run(talks, "token", "add", "ada", "--label", "nightly")[1].strip()
    with TestClient(create_app(Settings(str(talks)))) as client:
        headers = {"authorization": f"Bearer {secret}"}
        assert client.get("/api/v1/coverage", headers=headers).json()["documents"] == len(documents())
        [token] = [line.split("\t")[0] for line in run(talks, "token", "list")[1].splitlines()]
        run(talks, "token", "revoke", token)
        assert client.get("/api/v1/coverage", headers=headers).status_code == 401


def test_an_open_door_is_refused(talks: Path) -> None:
    done = CliRunner().invoke(app, ["serve", "--record", str(talks), "--host", "0.0.0.0"])
    assert done.exit_code == 1
    assert "verbale user add" in done.output


def test_while_an_import_runs_answers_lag_but_not_behind_a_decision_made_here(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    at = client.app.state.desk  # type: ignore[attr-defined]
    before = at.state()
    monkeypatch.setattr(type(at.imports), "running", property(lambda _: True))
    at.record.accept(at.record.queue()[0].key, person="another program")
    assert at.state() == before
    at.change("Ada", "accept", "a finding", lambda: at.record.accept(at.record.queue()[0].key, person="Ada"))
    assert at.state() != before
