"""The API: everything that the command line asks, by pages, with ETags; problems that say what to do; imports that can be followed."""

import json
import time
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from verbale.intake import Limits
from verbale.record import Record
from verbale.service import Settings, create_app

V = "/api/v1"


def asked(client: TestClient) -> Record:
    found: Record = client.app.state.desk.record  # type: ignore[attr-defined]
    return found


def test_lists_come_in_parts_that_name_the_next(client: TestClient) -> None:
    seen: list[str] = []
    address: str | None = f"{V}/timeline?party=IS&party=Malta&limit=2"
    while address:
        part = client.get(address).json()
        seen += [e["key"] for e in part["rows"]]
        address = part["next"]
    assert seen == [e.key for e in asked(client).timeline(["IS", "MT"])]
    assert part["total"] == 5
    assert part["coverage"]["documents"] == 7


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("/ledger?party=IS&party=MT&since=2022", 5),
        ("/engagements?concept=quantum", 2),
        ("/statements?about=harbours", 2),
        ("/promises?status=overdue&party=IS", 2),
        ("/search?q=harbours&about=maritime-security", 2),
        ("/people?party=IS", 1),
        ("/network?party=MT", 5),
    ],
)
def test_each_question_gives_its_rows(client: TestClient, address: str, rows: int) -> None:
    found = client.get(f"{V}{address}").json()
    assert len(found["rows"]) == rows == found["total"]


def test_answers_have_an_etag(client: TestClient) -> None:
    first = client.get(f"{V}/concepts")
    again = client.get(f"{V}/concepts", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert client.get(f"{V}/series", headers={"if-none-match": first.headers["etag"]}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/timeline", 422, "party"),
        ("/timeline?party=Icelnd", 404, "did you mean Iceland"),
        ("/timeline?party=IS&since=soon", 422, "since"),
        ("/search?q=(open", 422, "not closed"),
        ("/engagements/zz", 422, "key"),
        ("/findings/abcdef", 404, "no finding"),
        ("/nothing", 404, "nothing at"),
    ],
)
def test_problems_say_what_was_wrong(client: TestClient, address: str, status: int, says: str) -> None:
    answer = client.get(f"{V}{address}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert says in answer.json()["detail"]
    assert answer.json()["status"] == status


def test_decisions_by_programs_stand_and_are_taken_back(client: TestClient) -> None:
    key = client.get(f"{V}/queue").json()[0]["key"]
    made = client.post(f"{V}/findings/{key}/decisions", json={"verb": "reject", "why": "irony", "seen": 0})
    assert made.status_code == 201
    assert client.post(f"{V}/findings/{key}/decisions", json={"verb": "accept", "seen": 0}).status_code == 409
    assert client.get(f"{V}/findings/{key}").json()["verdict"]["why"] == "irony"
    assert client.delete(f"{V}/decisions/{made.json()['numbers'][0]}").status_code == 204
    assert client.get(f"{V}/findings/{key}").json()["verdict"] is None


def test_a_person_is_merged_and_the_judgement_taken_back(client: TestClient) -> None:
    people = [p["key"] for p in client.get(f"{V}/people").json()["rows"]]
    made = client.post(f"{V}/judgements", json={"kind": "person", "verb": "merge", "entries": people})
    assert len(client.get(f"{V}/people").json()["rows"]) == 1
    for number in made.json()["numbers"]:
        assert client.delete(f"{V}/judgements/{number}").status_code == 204
    assert len(client.get(f"{V}/people").json()["rows"]) == 2


def _upload(client: TestClient, *files: tuple[str, bytes]) -> Any:
    page = client.get("/import").text
    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    return client.post(f"{V}/imports", files=[("files", f) for f in files], headers={"x-csrf-token": token})


@pytest.mark.slow
def test_an_import_is_followed_to_its_end_by_events(client: TestClient) -> None:
    note = "Note\n\nThe foreign ministers of Iceland and Malta met in Valletta on 3 June 2023 and discussed trade."
    made = _upload(client, ("note.txt", note.encode()), ("empty.txt", b""), ("../../etc/passwd", b"\x00\x01\x02\x03"))
    assert made.status_code == 202
    state = made.json()
    assert state["files"] == ["note.txt", "empty.txt", "passwd"]
    events = client.get(f"{V}/imports/{state['id']}/events").text
    last = json.loads(events.rpartition("event: end\ndata: ")[2].partition("\n")[0])
    assert (last["status"], last["stored"], last["known"], len(last["failures"])) == ("done", 1, 0, 2)
    assert any(f.startswith("empty.txt") for f in last["failures"])
    assert client.get(f"{V}/search?q=Valletta&since=2023&until=2023").status_code == 200
    assert asked(client).document_id("Note")


def test_an_upload_over_the_limit_is_refused_whole(client: TestClient) -> None:
    client.app.state.desk.imports.limits = Limits(file_bytes=10)  # type: ignore[attr-defined]
    answer = _upload(client, ("small.txt", b"words"), ("large.txt", b"many words indeed"))
    assert answer.status_code == 422
    assert "large.txt: over the limit of 10 bytes" in answer.json()["detail"]
    assert client.get(f"{V}/imports").json() == []


def test_a_record_that_another_program_writes_to_still_serves_readers(client: TestClient, talks) -> None:
    import sqlite3

    writer = sqlite3.connect(talks, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT OR REPLACE INTO setting (key, value) VALUES ('identities', 'stale')")
    began = time.monotonic()
    assert client.get(f"{V}/timeline?party=IS&party=MT").json()["total"] == 5
    assert client.get("/between/IS/MT").status_code == 200
    assert time.monotonic() - began < 5
    writer.rollback()
    writer.close()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_api_keeps_to_its_description(talks) -> None:
    app = create_app(Settings(str(talks), names=("testserver",)))
    schema = schemathesis.openapi.from_asgi(f"{V}/openapi.json", app)
    failures = []
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=6, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def holds(case: Any) -> None:
            # That a query is malformed, or a name not in the record, no description of types can say.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        try:
            holds()
        except BaseExceptionGroup as error:
            failures.append(f"{operation.method} {operation.path}: {[str(e) for e in error.exceptions]}"[:800])
    assert failures == []
