"""A document is data: script, HTML and template syntax in any of its parts shows as text wherever it is shown."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented import engagement, reading
from starlette.testclient import TestClient

from verbale import record
from verbale.service import Settings, create_app

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(2)>"
TEMPLATE = "{{ 7 * 7 }}{% raw %}"
BREAKOUT = "\"'></textarea></title></script>" + SCRIPT
ADDRESS = "javascript:alert(3)"


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[TestClient]:
    name = f"Eva {SCRIPT} Berg"
    made = []
    for year in (2021, 2022):
        body = f"{IMAGE} {TEMPLATE} {BREAKOUT} talks of {year}. Norway will build {IMAGE} soon. {name} said {SCRIPT} all is well in {year}."
        made.append(
            reading(
                f"Joint Statement {SCRIPT} {TEMPLATE} {year}", body, f"{year}-01-02", publisher=f"Press {IMAGE}", url=ADDRESS,
                engagements=[
                    engagement(
                        "dialogue", "NO SE", f"{year}-01-01", series=f"Dialogue {SCRIPT}", place=f"Oslo {IMAGE}",
                        delegates=[(name, f"minister {BREAKOUT}", "NO")],
                    ),
                    engagement("meeting", "NO <b>X</b>", f"{year}-01-01", principal=False),
                ],
                domains=[("<i>domain</i>", "launched", "talks")],
                situations=[("<u>place</u>", "talks of")],
                statements=[(name, "NO", "said", f"{SCRIPT} all is well in {year}")],
                commitments=[(f"build {IMAGE} soon", ["NO", "SE"], ["<i>domain</i>"], str(year))],
                figures=[(year, "<b>ships</b>", str(year))],
            )
        )  # fmt: skip
    with record.open(tmp_path / "hostile.db") as r:
        r.add(made)
    with TestClient(create_app(Settings(str(tmp_path / "hostile.db"), person=f"Ada {SCRIPT}")), base_url="http://127.0.0.1") as client:
        yield client


def test_what_a_document_says_is_text_on_every_page(hostile: TestClient) -> None:
    r = hostile.app.state.desk.record  # type: ignore[attr-defined]
    today = hostile.app.state.desk.today()  # type: ignore[attr-defined]
    first, second = r.search("talks")[:2]
    promise = r.board("overdue", as_of=today).promises[0].key
    token = hostile.get("/import").text.partition('name="csrf" value="')[2].partition('"')[0]
    r.accept(r.queue("figure")[0].key, person=f"Bo {SCRIPT}", why=BREAKOUT)
    hostile.post(f"/promise/{promise}/assess", data={"csrf": token, "score": "-1", "note": BREAKOUT})
    pages = [
        "/",
        "/search?q=talks",
        f"/search?q={SCRIPT}",
        f"/search?publisher={IMAGE}",
        "/between",
        "/between/NO/SE",
        "/calendar?month=2022-01",
        "/promises?status=assessed",
        "/promises?status=overdue",
        "/series",
        "/domains",
        "/situations",
        "/people",
        "/network",
        "/review",
        "/about",
        "/audit",
        "/users",
        f"/nowhere/{SCRIPT}",
        f"/between/{IMAGE}",
        f"/person/{SCRIPT}",
        f"/sign-in?next={BREAKOUT}",
        f"/document/{first.source.document}",
        f"/document/{first.source.document}?at=3-9",
        f"/promise/{promise}",
        f"/compare?before={first.source.document}&after={second.source.document}&same=true",
        f"/engagement/{r.engagements()[0][0].key}",
        f"/person/{r.people('Berg')[0].key}",
        f"/series/{r.series()[0].key}",
        f"/finding/{r.queue()[0].key}",
        f"/finding/{r.queue('commitment')[0].key}",
    ]
    shown = 0
    for address in pages:
        page = hostile.get(address).text
        bare = re.sub(r'<script src="/assets/[\w./-]+\?v=[\w.]+" defer></script>', "", page)
        for bad in (
            "<script",
            "<img",
            "<b>X",
            "<i>domain",
            "<u>place",
            "</textarea></title>",
            'href="javascript',
            "onerror=alert(2)>",
            ">49<",
        ):
            assert bad not in bare, (address, bad)
        shown += html.unescape(page).count(SCRIPT)
    assert shown > 20


def test_the_twin_holds_it_as_it_is_and_no_browser_takes_it_for_a_page(hostile: TestClient) -> None:
    for address in ("/index.json", "/people.json", "/api/v1/people", "/api/v1/search?q=talks"):
        answer = hostile.get(address)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert SCRIPT in hostile.get("/people.json").json()["people"][0]["name"]
