"""Who gets in, and who does what: every address of the desk, asked by those who may not.

The addresses are those that the application has, so that one that comes later is held to the same.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient

from sayso.serve.desk import Desk
from sayso.serve.guards.entry import SAFE
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.limits import Limiter

Come = Callable[[str], TestClient]

OPEN = {"/login", "/login/provider", "/login/provider/back", "/assets", "/assets/tell/{name}"}
"""What is for everybody; besides, what is below /p/."""
FOR_READERS = {
    "/logout",
    "/account/password",
    "/account/tokens",
    "/account/tokens/revoke",
    "/account/sessions",
    "/login",
}
"""What changes something and is for readers too: their own account. A draft is checked and nothing of it kept."""
CHECKS = re.compile(r"(/api/v1)?/check(s|/.*)?|/api/v1/compare|/p/.*|/mcp.*")
FORM = {"content-type": "application/x-www-form-urlencoded"}


def list_routes(app: Any, below: str = "") -> Iterator[tuple[str, str]]:
    """Each method and path of an application, and of those that are mounted in it."""
    for route in flatten(app.routes):
        path = below + str(getattr(route, "path", ""))
        if isinstance(route, Mount):
            yield "GET", path
            if hasattr(route.app, "routes"):
                yield from list_routes(route.app, path)
            elif path != "/assets":
                yield "POST", path
        else:
            for method in getattr(route, "methods", None) or ():
                yield method, path


def flatten(routes: list[BaseRoute]) -> Iterator[Any]:
    """The routes of included routers too, which newer versions of FastAPI keep apart."""
    try:
        from fastapi.routing import iter_route_contexts
    except ImportError:
        yield from routes
        return
    for context in iter_route_contexts(routes):
        yield context.original_route if isinstance(context.original_route, Mount) else context


def fill(path: str) -> str:
    """A path with something in it for each name."""
    return re.sub(r"\{[^}]*\}", "x1", path)


def list_writes(client: TestClient) -> list[tuple[str, str]]:
    found = [(method, path) for method, path in list_routes(client.app) if method not in SAFE]
    assert ("POST", "/accounts/remove") in found
    return found


def test_nobody_gets_anything_but_what_is_open(guarded: TestClient) -> None:
    asked = 0
    for method, path in list_routes(guarded.app):
        if path in OPEN or path.startswith("/p/"):
            continue
        answer = guarded.request(method, fill(path), headers={"accept": "text/html"})
        assert answer.status_code in (303, 401), (method, path)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/login")
        asked += 1
    assert asked > 10


@pytest.mark.parametrize("shown", ["Bearer sayso_none", "Bearer ", "Basic YWRhOnR3bw==", "nonsense", "Bearer é"])
def test_what_is_no_token_opens_nothing(guarded: TestClient, shown: str) -> None:
    answer = guarded.get("/", headers={"authorization": shown.encode("latin1")})  # type: ignore[dict-item]
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_browser_is_led_to_the_login_and_back(guarded: TestClient) -> None:
    answer = guarded.get("/stories/x/points?as_of=2024-03-27", headers={"accept": "text/html"})
    assert answer.headers["location"] == "/login?next=%2Fstories%2Fx%2Fpoints%3Fas_of%3D2024-03-27"
    part = guarded.get("/", headers={"accept": "text/html", "hx-request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/login")


def test_a_reader_changes_nothing(come_in: Come, guarded: TestClient, desk: Desk) -> None:
    rita, before = come_in("rita"), desk.state
    for method, path in list_writes(guarded):
        if path in FOR_READERS or CHECKS.fullmatch(path):
            continue
        answer = rita.request(method, fill(path), data={"id": "x", "name": "olga", "role": "admin"})
        assert answer.status_code == 403, (method, path)
    assert desk.state == before


@pytest.mark.parametrize("owner", ["rita", "olga", "ada"])
def test_a_token_that_reads_changes_nothing(guarded: TestClient, guard: Guard, desk: Desk, owner: str) -> None:
    _, secret = guard.tokens.make(owner, "read", 1)
    before, accounts = desk.state, guard.accounts.list()
    guarded.headers["authorization"] = f"Bearer {secret}"
    for method, path in list_writes(guarded):
        if CHECKS.fullmatch(path):
            continue
        answer = guarded.request(method, fill(path), data={"id": "x", "name": "olga", "role": "admin", "next": "/"})
        assert answer.status_code in (401, 403), (method, path)
    assert guarded.get("/").status_code == 200
    assert (desk.state, guard.accounts.list()) == (before, accounts)


def test_no_token_does_anything_with_accounts(guarded: TestClient, guard: Guard) -> None:
    _, secret = guard.tokens.make("ada", "admin", 1)
    before = guard.accounts.list()
    guarded.headers["authorization"] = f"Bearer {secret}"
    for method, path in list_writes(guarded):
        if path.startswith("/account"):
            answer = guarded.request(method, path, data={"name": "olga", "role": "admin", "scope": "admin"})
            assert answer.status_code == 403, path
    assert guard.accounts.list() == before and len(guard.tokens.list()) == 1
    assert guarded.get("/account").status_code == 403


@pytest.mark.parametrize("name", ["rita", "olga"])
def test_accounts_and_log_are_for_admins(come_in: Come, name: str) -> None:
    client = come_in(name)
    assert client.get("/accounts").status_code == 403
    assert client.get("/accounts/log").status_code == 403
    assert client.get("/account").status_code == 200


def test_every_change_needs_the_token_of_its_own_session(
    come_in: Come, guarded: TestClient, desk: Desk, guard: Guard
) -> None:
    guard.writes = Limiter(100_000, 1)  # However many there are, none is refused for being one too many.
    others = come_in("olga").headers["x-csrf"]
    ada, before = come_in("ada"), desk.state
    del ada.headers["x-csrf"]
    tried: list[dict[str, Any]] = [
        {"data": {"name": "rita"}},
        {"data": {"name": "rita", "csrf": others}},
        {"data": {"name": "rita"}, "headers": {"x-csrf": others}},
        {"content": "csrf=" + others, "headers": {"content-type": "text/plain"}},
        {"content": '{"csrf": "x"}', "headers": {"content-type": "text/plain;application/json"}},
        {"content": "name=rita"},
        {"files": {"csrf": ("csrf", b"x")}},
    ]
    for method, path in list_writes(guarded):
        if path.startswith(("/login", "/p/", "/mcp")):
            continue
        for trick in tried:
            answer = ada.request(method, fill(path), **trick)
            assert 400 <= answer.status_code < 500, (method, path, trick)
            assert answer.status_code == 403 or path.startswith("/api/"), (method, path, trick)
    assert desk.state == before
    assert ada.get("/accounts").text.count("rita") >= 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver@evil.example"},
        {"origin": "https://testserver"},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_no_other_site_changes_anything(come_in: Come, guard: Guard, headers: dict[str, str]) -> None:
    ada = come_in("ada")
    answer = ada.post("/accounts/remove", data={"name": "rita"}, headers=headers)
    assert answer.status_code == 403
    assert guard.accounts.find("rita")
    assert "refused: POST 403" in [entry.what for _, entry in guard.log.read()]


@pytest.mark.parametrize("host", ["evil.example", "testserver:8600", "testserver.evil.example", "127.0.0.1", "", "["])
def test_no_other_name_leads_here(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


def test_a_browser_keeps_the_session_from_scripts_and_other_sites(log_in: Callable[[str], Any], guard: Guard) -> None:
    answer = log_in("olga")
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("sayso_session=", "httponly", "samesite=lax", "path=/"))
    assert "domain" not in cookie
    guard.secure = True
    assert guard.name_cookie("sayso_session") == "__Host-sayso_session"


def test_what_is_seen_after_a_login_stays_in_no_cache(come_in: Come) -> None:
    answer = come_in("olga").get("/")
    assert answer.headers["cache-control"] == "no-store"


def test_a_token_ends_when_it_is_revoked_or_expires(guarded: TestClient, guard: Guard, clock: Any) -> None:
    token, secret = guard.tokens.make("olga", "read", 1)
    shown = {"authorization": f"Bearer {secret}"}
    assert guarded.get("/", headers=shown).status_code == 200
    guard.tokens.revoke(token.id)
    assert guarded.get("/", headers=shown).status_code == 401
    _, secret = guard.tokens.make("olga", "read", 1)
    shown = {"authorization": f"Bearer {secret}"}
    assert guarded.get("/", headers=shown).status_code == 200
    clock.now += timedelta(days=1, seconds=1)
    assert guarded.get("/", headers=shown).status_code == 401


def test_single_user_desk_has_no_way_to_another_role(client: TestClient) -> None:
    assert client.get("/login", follow_redirects=False).headers["location"] == "/"
    assert client.get("/account").status_code == 200
    for path in ("/account/tokens", "/accounts", "/logout"):
        assert client.post(path, data={"name": "eve", "role": "admin", "password": "x" * 12}).status_code == 403
