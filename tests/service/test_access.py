"""Who may do what: sign-in, sessions, roles, tokens, requests from other sites, and what is refused at the door."""

import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from visiting import HOST, PASSWORD, csrf, sign_in

from verbale.errors import AccessError, SettingError
from verbale.service import Settings, create_app
from verbale.service.security.accounts import Accounts
from verbale.service.security.attempts import Attempts


def test_without_users_a_record_is_served_to_this_machine_only(talks: Path) -> None:
    with pytest.raises(SettingError, match="--insecure"):
        create_app(Settings(str(talks), host="0.0.0.0"))
    create_app(Settings(str(talks), host="0.0.0.0", insecure=True))
    Accounts(talks.with_suffix(".accounts")).add("Ada", "admin", PASSWORD)
    create_app(Settings(str(talks), host="0.0.0.0"))


def test_with_users_everything_needs_sign_in(guarded: TestClient) -> None:
    page = guarded.get("/between/IS/MT?since=2020", follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=%2Fbetween%2FIS%2FMT%3Fsince%3D2020")
    for address in ("/index.json", "/api/v1/coverage", "/api/v1/imports", "/users.json"):
        assert guarded.get(address).status_code == 401, address
    assert guarded.get("/assets/service.css").status_code == 200


def test_signing_in_and_out(guarded: TestClient) -> None:
    wrong = guarded.post("/sign-in", data={"csrf": csrf(guarded), "name": "reader", "password": "not the password"})
    assert wrong.status_code == 401
    answer = sign_in(guarded, "reader")
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "reader (reader)" in guarded.get("/").text
    guarded.post("/sign-out", data={"csrf": csrf(guarded, "/")})
    assert guarded.get("/index.json").status_code == 401


def test_behind_tls_cookies_are_kept_to_tls(talks: Path) -> None:
    Accounts(talks.with_suffix(".accounts")).add("Ada", "admin", PASSWORD)
    with TestClient(create_app(Settings(str(talks))), base_url=HOST.replace("http", "https")) as client:
        answer = client.get("/sign-in")
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers


def test_each_role_may_do_what_it_says(guarded: TestClient) -> None:
    key = guarded.app.state.desk.record.queue()[0].key  # type: ignore[attr-defined]
    may = {}
    for role in ("reader", "reviewer", "editor", "admin"):
        guarded.cookies.clear()
        sign_in(guarded, role)
        token = csrf(guarded, "/")
        decided = guarded.post(f"/finding/{key}/accept", data={"csrf": token, "seen": "0"}).status_code
        taken = [d for d in guarded.app.state.desk.record.decisions() if d.stands]  # type: ignore[attr-defined]
        for d in taken:
            guarded.app.state.desk.record.undo("decision", d.number, person="test")  # type: ignore[attr-defined]
        may[role] = (decided, guarded.get("/import.json").status_code, guarded.get("/users.json").status_code)
    assert may == {"reader": (403, 403, 403), "reviewer": (200, 403, 403), "editor": (200, 200, 403), "admin": (200, 200, 200)}


def test_a_new_password_or_removal_ends_sessions(guarded: TestClient) -> None:
    kept = guarded.app.state.desk.accounts  # type: ignore[attr-defined]
    sign_in(guarded, "reader")
    assert guarded.get("/index.json").status_code == 200
    kept.set_password("reader", "another four quiet words")
    assert guarded.get("/index.json").status_code == 401
    sign_in(guarded, "editor")
    kept.remove("editor")
    assert guarded.get("/index.json").status_code == 401


def test_a_forged_session_is_nobody(guarded: TestClient) -> None:
    sign_in(guarded, "reader")
    value = guarded.cookies["verbale_session"]
    guarded.cookies.clear()
    guarded.cookies.set("verbale_session", value[:-2] + ("aa" if value[-2:] != "aa" else "bb"))
    assert guarded.get("/index.json").status_code == 401


def test_sign_in_is_refused_after_some_failures(guarded: TestClient) -> None:
    token = csrf(guarded)
    codes = [guarded.post("/sign-in", data={"csrf": token, "name": "admin", "password": "x"}).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]
    right = guarded.post("/sign-in", data={"csrf": token, "name": "admin", "password": PASSWORD})
    assert right.status_code == 429


def test_failures_are_forgotten_after_a_while() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for _ in range(5):
        attempts.failed("Ada", "10.0.0.1")
    with pytest.raises(AccessError, match="wait 300 seconds"):
        attempts.refuse("Ada", "10.0.0.1")
    attempts.refuse("Ada", "10.0.0.2")
    now[0] = 301
    attempts.refuse("Ada", "10.0.0.1")


@pytest.mark.parametrize(
    "headers",
    [{}, {"x-csrf-token": "wrong"}, {"origin": "https://attacker.example"}, {"sec-fetch-site": "cross-site"}],
    ids=["no token", "wrong token", "another origin", "cross-site"],
)
def test_a_change_that_another_site_asks_for_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    r = client.app.state.desk.record  # type: ignore[attr-defined]
    key = r.queue()[0].key
    right = {"csrf": csrf(client, "/review")} if headers and "x-csrf-token" not in headers else {}
    assert client.post(f"/finding/{key}/accept", data={"seen": "0", **right}, headers=headers).status_code == 403
    assert client.post("/api/v1/imports", files={"files": ("a.txt", b"words")}, headers=headers).status_code == 403
    assert r.decisions() == []


def test_a_token_does_what_its_scope_says_until_it_is_revoked(guarded: TestClient) -> None:
    kept: Accounts = guarded.app.state.desk.accounts  # type: ignore[attr-defined]
    token, secret = kept.add_token("editor", "nightly", "reviewer")
    headers = {"authorization": f"Bearer {secret}"}
    key = guarded.get("/api/v1/queue", headers=headers).json()[0]["key"]
    assert guarded.post(f"/api/v1/findings/{key}/decisions", json={"verb": "accept"}, headers=headers).status_code == 201
    assert guarded.app.state.desk.record.decisions()[0].person == "editor"  # type: ignore[attr-defined]
    assert guarded.get("/api/v1/imports", headers=headers).status_code == 403
    assert secret not in Path(kept._path).read_bytes().decode("latin-1")
    kept.revoke(token.id)
    assert guarded.get("/api/v1/queue", headers=headers).status_code == 401


def test_a_token_is_made_on_the_page_and_shown_once(guarded: TestClient) -> None:
    sign_in(guarded, "reviewer")
    form = {"csrf": csrf(guarded, "/account"), "label": "nightly", "scope": "reader"}
    assert "verbale_" in guarded.post("/account/tokens", data=form).text
    assert '<code class="secret">' not in guarded.get("/account").text
    assert guarded.post("/account/tokens", data=form | {"scope": "admin"}).status_code == 403


def test_every_change_and_sign_in_is_in_the_audit_log_without_secrets(guarded: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        guarded.post("/sign-in", data={"csrf": csrf(guarded), "name": "admin", "password": "a wrong password"})
        sign_in(guarded, "admin")
        form = {"csrf": csrf(guarded, "/users"), "name": "Bo", "password": "many words for Bo", "role": "reader"}
        guarded.post("/users", data=form)
        guarded.post("/users/role", data={"csrf": form["csrf"], "name": "Bo", "role": "editor"})
        guarded.post("/users/remove", data={"csrf": form["csrf"], "name": "Bo"})
    log = [(e["person"], e["action"]) for e in guarded.get("/audit.json").json()["entries"]]
    assert log == [
        ("admin", "user removed"),
        ("admin", "role changed"),
        ("admin", "user added"),
        ("admin", "sign-in"),
        ("admin", "sign-in failed"),
    ]
    assert "many words for Bo" not in caplog.text
    assert PASSWORD not in caplog.text


def test_somebody_stays_admin(guarded: TestClient) -> None:
    sign_in(guarded, "admin")
    form = {"csrf": csrf(guarded, "/users"), "name": "admin"}
    assert "only admin" in guarded.post("/users/remove", data=form).text
    assert "only admin" in guarded.post("/users/role", data=form | {"role": "reader"}).text


@pytest.mark.parametrize(
    ("name", "password", "says"), [("Ada", "short", "12 characters"), (" ", PASSWORD, "1 to 100"), ("admin", PASSWORD, "already")]
)
def test_a_user_without_a_fit_name_or_password_is_refused(guarded: TestClient, name: str, password: str, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        guarded.app.state.desk.accounts.add(name, "reader", password)  # type: ignore[attr-defined]
