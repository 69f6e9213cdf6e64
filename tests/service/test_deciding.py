"""Review and assessing on the pages: decided once, seen at once, never overwritten unseen, taken back at will, and in the audit log."""

import re

from starlette.testclient import TestClient
from visiting import csrf

from verbale.record import Record


def asked(client: TestClient) -> Record:
    found: Record = client.app.state.desk.record  # type: ignore[attr-defined]
    return found


def audit(client: TestClient) -> list[tuple[str, str]]:
    return [(e["person"], e["action"]) for e in client.get("/audit.json").json()["entries"]]


def test_a_finding_is_rejected_and_taken_back(client: TestClient) -> None:
    r = asked(client)
    document = r.search("safe harbours")[0].source.document
    finding = next(f for f in r.sheet(document).findings if f.kind == "domain")
    form = {"csrf": csrf(client, "/review"), "seen": "0", "why": "only background", "next": "/review"}
    answer = client.post(f"/finding/{finding.key}/reject", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    page = client.get(f"/document/{document}").text
    assert "Rejected or replaced" in page
    assert "only background" in page
    number = r.decisions()[-1].number
    client.post(f"/decision/{number}/undo", data={"csrf": form["csrf"], "finding": finding.key})
    assert "Rejected or replaced" not in client.get(f"/document/{document}").text
    assert audit(client) == [("Ada", "undo"), ("Ada", "reject")]


def test_in_place_the_answer_is_the_finding_as_it_is_now(client: TestClient) -> None:
    key = asked(client).queue()[0].key
    headers = {"hx-request": "true", "x-csrf-token": csrf(client, "/review")}
    card = client.post(f"/finding/{key}/accept", data={"seen": "0"}, headers=headers)
    assert card.text.startswith("<article")
    assert "accepted by Ada" in card.text
    late = client.post(f"/finding/{key}/reject", data={"seen": "0"}, headers=headers)
    assert "Ada decided “accept”" in late.text
    assert [d.verb for d in asked(client).decisions()] == ["accept"]


def test_a_second_reviewer_is_shown_what_the_first_decided(client: TestClient) -> None:
    key = asked(client).queue()[0].key
    asked(client).accept(key, person="Bo", why="it stands there")
    answer = client.post(f"/finding/{key}/reject", data={"csrf": csrf(client, "/review"), "seen": "0"})
    assert answer.status_code == 409
    assert "Bo decided “accept”" in answer.text
    assert "it stands there" in answer.text


def test_a_finding_is_amended_by_a_form(client: TestClient) -> None:
    r = asked(client)
    finding = next(q for q in r.queue("domain", limit=50) if q.label.startswith("Quantum (launched)"))
    page = client.get(f"/finding/{finding.key}").text
    token = csrf(client, "/review")
    assert re.search(r'<select name="stage">.*<option value="launched" selected>', page)
    same = client.post(f"/finding/{finding.key}/amend", data={"csrf": token, "id": "quantum", "stage": "launched"})
    assert (same.status_code, "nothing was changed" in same.text) == (422, True)
    wrong = client.post(f"/finding/{finding.key}/amend", data={"csrf": token, "stage": "imagined"})
    assert (wrong.status_code, "imagined" in wrong.text) == (422, True)
    client.post(f"/finding/{finding.key}/amend", data={"csrf": token, "stage": "delivered"})
    stages = [row.stage for row in r.ledger(["IS", "MT"]) if row.concept == "quantum"]
    assert stages == ["delivered", "advanced"]


def test_a_promise_is_assessed_with_evidence_and_the_score_taken_back(client: TestClient) -> None:
    r = asked(client)
    today = client.app.state.desk.today()  # type: ignore[attr-defined]
    key = r.board("overdue", as_of=today).promises[0].key
    page = client.get(f"/promise/{key}").text
    [passage] = re.findall(r'name="evidence" value="(\w+:\d+:\d+)"', page)
    token = csrf(client, f"/promise/{key}")
    refused = client.post(f"/promise/{key}/assess", data={"csrf": token, "score": "1"})
    assert (refused.status_code, "needs evidence" in refused.text) == (422, True)
    client.post(f"/promise/{key}/assess", data={"csrf": token, "score": "1", "evidence": passage, "note": "a ribbon was cut"})
    assessed = r.board("assessed", as_of=today).promises
    assert [(a.score, a.person, a.note) for p in assessed for a in p.assessments] == [(1, "Ada", "a ribbon was cut")] * 2
    assert "The harbour was opened" in assessed[0].assessments[0].evidence[0].quote
    for a in assessed[0].assessments:
        client.post(f"/assessment/{a.number}/undo", data={"csrf": token, "promise": key})
    assert r.board("assessed", as_of=today).promises == ()


def test_a_form_leads_on_to_this_service_only(client: TestClient) -> None:
    key = asked(client).queue()[0].key
    form = {"csrf": csrf(client, "/review"), "seen": "0", "next": "//attacker.example/"}
    assert client.post(f"/finding/{key}/accept", data=form, follow_redirects=False).headers["location"] == f"/finding/{key}"
