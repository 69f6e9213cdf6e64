"""A walk through the pages in a real Chromium, from a search to sign-in; and what axe-core finds on each page."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from visiting import PASSWORD

from verbale.service import Settings, create_app
from verbale.service.security.accounts import Accounts

playwright = pytest.importorskip("playwright.sync_api", reason="browser: playwright is not installed (pip install 'verbale[dev]')")
axe_core = pytest.importorskip("axe_playwright_python.sync_playwright", reason="browser: axe-playwright-python is not installed")

pytestmark = pytest.mark.slow


class Served:
    """A service in a thread, on a port of its own."""

    def __init__(self, record: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.app: Any = create_app(Settings(str(record), port=self.port, person="Ada"))
        self._server = uvicorn.Server(uvicorn.Config(self.app, port=self.port, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> "Served":
        self._thread.start()
        until = time.monotonic() + 30
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    found = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
    if found is None:
        pytest.skip("browser: Chromium is not installed (apt-get install chromium)")
    with playwright.sync_playwright() as p:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]  # root has no sandbox
        browser = p.chromium.launch(executable_path=found, args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def served(talks: Path) -> Iterator[Served]:
    with Served(talks) as made:
        yield made


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """Give a page that fails the test where a script fails, something is refused by the policy, or another host is asked."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    made, wrong = context.new_page(), []
    made.set_default_timeout(20_000)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "status of 4" not in m.text else None)
    made.on("request", lambda r: wrong.append(r.url) if not r.url.startswith("http://127.0.0.1:") else None)
    yield made
    context.close()
    assert wrong == []


def test_from_a_search_to_the_fact_and_to_a_decision(served: Served, page: Any) -> None:
    page.goto(served.address)
    page.get_by_label("Search the documents").fill("safe harbours")
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("link", name="Joint Statement of Iceland and Malta 2022").click()
    assert "harbours" in page.locator("mark#at").inner_text()

    page.locator("#text .m.domains").first.click()  # a highlight leads to its finding
    assert "Maritime security" in page.locator(".here").inner_text()
    page.get_by_label("Domains", exact=False).first.uncheck()
    page.locator("#findings .engagement h2 a").first.click()
    assert page.get_by_role("heading", name="Iceland–Malta Ocean Dialogue").is_visible()

    page.get_by_role("link", name="All between these two").click()
    page.wait_for_selector("[data-chart=domains][data-drawn] canvas")
    page.wait_for_selector("[data-chart=timeline][data-drawn] canvas")
    page.get_by_role("link", name="2021-05-05 → 2022-05-05").click()
    assert "strongly condemned" in page.locator("table.compare").inner_text()
    assert page.locator("ins").count() > 0

    page.get_by_role("link", name="Promises").first.click()
    page.get_by_role("link", name="Overdue").click()
    page.get_by_role("link", name="build a harbour by 2023").click()
    page.get_by_label("−1 not complied with").check()
    page.get_by_label("Note").fill("no harbour was built")
    page.get_by_role("button", name="Score").click()
    assert page.locator(".score").first.inner_text() == "-1"


def test_the_queue_is_worked_with_the_keyboard(served: Served, page: Any) -> None:
    page.goto(f"{served.address}/review?kind=domain")
    first = page.locator(".finding").first
    key = first.get_attribute("id").removeprefix("f-")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_selector(f"#f-{key}.decided")
    assert "rejected by Ada" in page.locator(f"#f-{key}").inner_text()
    assert page.evaluate("document.activeElement.id") != f"f-{key}"  # the next one has the focus
    page.keyboard.press("k")
    page.keyboard.press("u")
    page.wait_for_selector(f"#f-{key} [data-key=a]")
    assert [(d.verb, d.stands) for d in served.app.state.desk.record.decisions()] == [("reject", False), ("undo", False)]


def test_documents_are_uploaded_and_their_reading_is_followed(served: Served, page: Any, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Talks in Valletta\n\nThe foreign ministers of Iceland and Malta met in Valletta on 3 June 2023 and discussed trade.")
    page.goto(f"{served.address}/import")
    page.locator("#files").set_input_files(str(note))
    page.get_by_role("button", name="Upload and read").click()
    page.wait_for_selector("[data-show=status].done", timeout=60_000)
    assert page.locator("[data-show=stored]").inner_text() == "1"
    page.goto(f"{served.address}/search?q=Valletta")
    assert page.get_by_role("link", name="Talks in Valletta").count() == 1


def test_signing_in_gives_the_rights_of_a_role(talks: Path, page: Any) -> None:
    kept = Accounts(talks.with_suffix(".accounts"))
    kept.add("Ada", "admin", PASSWORD)
    kept.add("Rea", "reader", PASSWORD)
    with Served(talks) as served:
        page.goto(f"{served.address}/review")
        for name, buttons in (("Rea", False), ("Ada", True)):
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.goto(f"{served.address}/review")
            assert (page.get_by_role("button", name="Accept").count() > 0) is buttons
            page.get_by_role("button", name="Sign out").click()
        assert page.get_by_role("heading", name="Sign in").is_visible()


def _addresses(served: Served) -> list[str]:
    r, today = served.app.state.desk.record, served.app.state.desk.today()
    texts = r.search("safe harbours")
    number = r.reject(r.queue("domain")[0].key, person="Bo", why="background")
    r.assess(r.board("overdue", as_of=today).promises[0].key, -1, person="Bo", note="nothing was seen")
    decided = next(d for d in r.decisions() if d.number == number)
    return [
        "/",
        "/search?q=harbour",
        "/between",
        "/between/IS/MT",
        "/calendar?month=2022-05",
        "/promises?status=overdue",
        "/promises?status=assessed",
        f"/promise/{r.board('overdue', as_of=today).promises[0].key}",
        "/series",
        f"/series/{r.series()[0].key}",
        "/domains",
        "/domain/quantum",
        "/situation/north-sea",
        "/people",
        f"/person/{r.people('Vella')[0].key}",
        "/network",
        "/review",
        "/about",
        f"/compare?before={texts[0].source.document}&after={texts[1].source.document}",
        f"/document/{texts[0].source.document}?at=3-20",
        f"/engagement/{r.timeline(['IS', 'MT'], since='2022')[0].key}",
        f"/finding/{decided.finding}",
        f"/finding/{r.queue()[0].key}",
        "/import",
        "/users",
        "/audit",
        "/account",
        "/nowhere",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_barrier_and_none_is_wider_than_a_telephone(served: Served, chromium: Any, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    axe, found = axe_core.Axe(), []
    for address in _addresses(served):
        page.goto(served.address + address)
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            found.append((address, "wider than 360 px", []))
        barriers = [v for v in axe.run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        found += [(address, v["id"], [n["html"][:150] for n in v["nodes"][:2]]) for v in barriers]
    context.close()
    assert found == []


def test_without_a_script_the_pages_work_but_for_the_charts(served: Served, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/between/IS/MT")
    assert "the table has the same" in page.locator("[data-chart=domains]").inner_text()
    page.goto(f"{served.address}/review?kind=domain")
    page.get_by_role("button", name="Reject").first.click()
    assert page.url.endswith("/review?kind=domain")
    page.goto(f"{served.address}/document/{served.app.state.desk.record.search('harbours')[0].source.document}")
    page.locator("#show-letters").check()
    page.locator(".m.domains > .k").first.click()
    assert "#domain-" in page.url
    context.close()
    assert [d.verb for d in served.app.state.desk.record.decisions()] == ["reject"]
