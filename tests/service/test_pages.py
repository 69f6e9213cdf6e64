"""Every page answers with what it promises, has a twin in JSON, and says what to do where it cannot."""

import re

import pytest
from starlette.testclient import TestClient

from verbale.record import Record

LISTS = [
    "/",
    "/search",
    "/search?q=harbour",
    "/between",
    "/between/IS/MT",
    "/between/IS",
    "/calendar?month=2022-05",
    "/promises",
    "/promises?status=overdue",
    "/promises?status=assessed",
    "/series",
    "/domains",
    "/situations",
    "/domain/quantum",
    "/situation/north-sea",
    "/people",
    "/people?q=Vella",
    "/network",
    "/network?party=MT",
    "/compare",
    "/review",
    "/review?kind=commitment",
    "/about",
    "/import",
    "/users",
    "/audit",
    "/account",
]


def asked(client: TestClient) -> Record:
    """Return the record that a service asks."""
    found: Record = client.app.state.desk.record  # type: ignore[attr-defined]
    return found


def own_pages(client: TestClient) -> list[str]:
    """Return an address of each page that is about one thing."""
    r = asked(client)
    today = client.app.state.desk.today()  # type: ignore[attr-defined]
    texts = r.search("safe harbours")
    return [
        f"/engagement/{r.engagements()[0][0].key}",
        f"/person/{r.people('Katrín Jónsdóttir')[0].key}",
        f"/series/{r.series()[0].key}",
        f"/promise/{r.board('overdue', as_of=today).promises[0].key}",
        f"/finding/{r.queue()[0].key}",
        f"/document/{texts[0].source.document}",
        f"/compare?before={texts[0].source.document}&after={texts[1].source.document}",
    ]


def twin(address: str) -> str:
    path, mark, query = address.partition("?")
    return f"{'/index' if path == '/' else path}.json{mark}{query}"


def test_every_page_answers_with_a_title_and_no_script_or_style_of_its_own(client: TestClient) -> None:
    for address in [*LISTS, *own_pages(client)]:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text)
        assert "<h1" in answer.text, address
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=\"/assets/)|javascript:", answer.text), address
        assert "csrf-" not in answer.text, f"{address}: the place of the form token is not filled"


def test_every_page_has_a_twin_in_json_and_every_chart_of_it_is_there(client: TestClient) -> None:
    for address in [a for a in LISTS if a != "/account"] + own_pages(client):
        answer = client.get(twin(address))
        assert answer.headers["content-type"] == "application/json", address
        found = answer.json()
        charts = re.findall(r'data-chart="(\w+)"', client.get(address).text)
        assert set(charts) == set(found.get("charts", {})), address
        assert "page_only" not in found


def test_every_link_of_every_page_leads_somewhere(client: TestClient) -> None:
    links = {link for address in [*LISTS, *own_pages(client)] for link in re.findall(r'href="(/[^"#]*)', client.get(address).text)}
    broken = {}
    for link in sorted(links):
        answer = client.get(link.replace("&amp;", "&"), follow_redirects=True)
        if answer.status_code != 200:
            broken[link] = answer.status_code
    assert len(links) > 60
    assert broken == {}


def test_names_lead_to_the_address_with_codes(client: TestClient) -> None:
    answer = client.get("/between", params={"party": ["Iceland", "malta"]}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/between/IS/MT")
    assert client.get("/between/Iceland/Malta", follow_redirects=False).headers["location"] == "/between/IS/MT"


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/between/Icelnd", 404, "did you mean Iceland"),
        ("/engagement/abcdef", 404, "no engagement"),
        ("/document/no such text", 404, "no document"),
        ("/person/Nemo Nobody", 404, "no person"),
        ("/domain/nothing", 404, "/domains"),
        ("/search?q=%22open", 422, "quotation mark is not closed"),
        ("/search?since=yesterday", 422, "since"),
        ("/search?since=2023-13", 422, "not a date"),
        ("/calendar?month=2023-00", 422, "month"),
        ("/promises?status=kept", 422, "status"),
        ("/review?kind=rumour", 422, "rumour"),
        ("/search?page=0", 422, "page"),
        ("/nowhere", 404, "nothing at /nowhere"),
    ],
)
def test_what_cannot_be_answered_says_why_as_page_and_as_problem(client: TestClient, address: str, status: int, says: str) -> None:
    page = client.get(address)
    assert page.status_code == status
    assert says in page.text
    assert page.headers["content-type"].startswith("text/html")
    problem = client.get(twin(address))
    assert problem.status_code == status
    assert problem.headers["content-type"] == "application/problem+json"
    assert says in problem.json()["detail"] or address == "/nowhere"


def test_a_search_narrows_by_facets_and_leads_to_the_words(client: TestClient) -> None:
    found = client.get("/search.json", params={"q": "harbours", "about": "maritime-security"}).json()
    assert found["part"]["total"] == 2
    page = client.get("/search", params={"q": "harbours"}).text
    link = re.search(r'href="(/document/\w+\?at=\d+-\d+)#at"', page)
    assert link
    assert re.search(r'<mark id="at">harbours</mark>', client.get(link[1]).text)


def test_the_pair_page_has_what_is_new_the_heat_map_and_the_drift(client: TestClient) -> None:
    found = client.get("/between/IS/MT.json").json()
    assert found["part"]["total"] == 5
    assert {"domain": "Quantum", "period": "2021-05", "stage": "launched", "new": True, "times": 1} in found["domains"]
    assert [(x["before"]["title"][-4:], x["after"]["title"][-4:]) for x in found["drift"]] == [("2021", "2022")]
    assert found["drift"][0]["hardened"] == ["expressed concern → strongly condemned"]
    assert found["promise_counts"] == {"open": 0, "overdue": 2, "assessed": 0}
    assert {p["name"] for p in found["people"]} == {"Katrín Jónsdóttir", "Marija Vella"}


def test_two_accounts_of_one_engagement_are_compared(client: TestClient) -> None:
    key = asked(client).timeline(["IS", "MT"], since="2022", until="2022")[0].key
    page = client.get(f"/engagement/{key}").text
    assert "Accounts compared" in page
    assert "Ministry of Seas" in page
    assert '<span class="news dropped">' not in client.get(f"/engagement/{asked(client).timeline(['IS', 'MT'])[0].key}").text


def test_answers_are_kept_until_the_record_changes(client: TestClient) -> None:
    first = client.get("/review")
    assert first.headers["etag"]
    again = client.get("/review", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    r = asked(client)
    r.accept(r.queue()[0].key, person="Ada")
    assert client.get("/review", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_every_answer_forbids_what_a_page_does_not_need(client: TestClient) -> None:
    for address in ("/", "/index.json", "/assets/service.css", "/nowhere", "/api/v1/coverage"):
        headers = client.get(address).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_another_name_that_leads_to_this_machine_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "attacker.example:8765"}).status_code == 400


def test_an_empty_record_says_how_to_begin(tmp_path) -> None:
    from verbale.service import Settings, create_app

    with TestClient(create_app(Settings(str(tmp_path / "empty.db"))), base_url="http://127.0.0.1") as client:
        assert "verbale add" in client.get("/").text
        for address in LISTS:
            if not address.startswith(("/domain/", "/situation/", "/people?", "/compare?")):
                assert client.get(address).status_code == 200, address
