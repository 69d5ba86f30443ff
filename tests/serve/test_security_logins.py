"""Guessed passwords, stolen and planted sessions."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.serve.app import create_guarded
from sayso.serve.desk import Desk
from sayso.serve.guards import passwords
from sayso.serve.guards.guards import Guard

GEESE = "five wild geese over Bergen"
LogIn = Callable[..., Any]
Run = Callable[..., Any]


def say_log(guard: Guard) -> list[str]:
    return [f"{entry.who}: {entry.what}" for _, entry in guard.log.read(100_000)]


@pytest.fixture
def elsewhere(guarded: TestClient) -> Iterator[TestClient]:
    """The same application, asked from another address."""
    yield TestClient(guarded.app, client=("198.51.100.9", 4000), follow_redirects=False)


def post_login(client: TestClient, name: str, password: str) -> Any:
    token = client.get("/login").text.partition('name="csrf" value="')[2].partition('"')[0]
    return client.post("/login", data={"csrf": token, "name": name, "password": password})


def test_the_right_password_lets_in(log_in: LogIn, guarded: TestClient, guard: Guard) -> None:
    answer = log_in("olga", next="/stories/x?since=2024-03-26")
    assert (answer.status_code, answer.headers["location"]) == (303, "/stories/x?since=2024-03-26")
    assert "olga" in guarded.get("/").text
    assert say_log(guard) == ["olga: log in"]


ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil",
    "/a\nb",
    "",
]


@pytest.mark.parametrize("next", ELSEWHERE)
def test_a_login_leads_nowhere_else(log_in: LogIn, next: str) -> None:
    assert log_in("olga", next=next).headers["location"] == "/"


def test_wrong_and_unknown_are_told_alike(log_in: LogIn, guard: Guard) -> None:
    wrong, unknown = log_in("olga", GEESE), log_in("hunter2 is my secret", GEESE)
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.count("do not go together") == unknown.text.count("do not go together") == 1
    told = say_log(guard)
    assert told == [": refused: wrong name or password", "olga: refused: wrong name or password"]
    assert not any("hunter2" in line or GEESE in line for line in told)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were hashed to compare them, quickly."""
    seen: list[str] = []
    hasher = passwords.make_hasher()

    class Quick:
        def verify(self, kept: str, password: str) -> bool:
            seen.append(password)
            return len(seen) > 0 and password.startswith("four red") and hasher.verify(kept, password)

        def __getattr__(self, name: str) -> Any:
            return getattr(hasher, name)

    monkeypatch.setattr(passwords, "make_hasher", Quick)
    return seen


def test_ten_thousand_wrong_passwords_do_not_get_in(
    guarded: TestClient, elsewhere: TestClient, guard: Guard, hashed: list[str], run_apart: Run
) -> None:
    """The guards are asked as the page asks them; the page itself at the beginning and at the end."""
    from sayso.serve.guards.logins import RefusedError

    assert post_login(guarded, "olga", "wrong password 0").status_code == 401

    async def guess() -> list[int]:
        said = []
        for number in range(10_000):
            try:
                await guard.logins.prove("olga" if number % 2 else f"name {number}", f"wrong {number}", "testclient")
            except RefusedError as refused:
                said.append(refused.status)
        return said

    began = time.monotonic()
    said = run_apart(guess)
    assert len(said) == 10_000 and set(said) == {401, 429}
    assert len(hashed) <= 21
    refused = post_login(guarded, "olga", "four red kites over Oulu")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) < 3600
    assert len(hashed) <= 21
    assert post_login(elsewhere, "olga", "four red kites over Oulu").status_code == 303
    assert time.monotonic() - began < 30
    assert len(say_log(guard)) < 80


def test_many_addresses_do_not_lock_somebody_out_who_is_in(guard: Guard, hashed: list[str], run_apart: Run) -> None:
    from sayso.serve.guards.logins import RefusedError

    guard.sessions.begin(guard.accounts.find("olga").user, "192.0.2.7", "")  # type: ignore[union-attr]

    async def guess() -> int:
        for number in range(200):
            with pytest.raises(RefusedError):
                await guard.logins.prove("olga", "wrong again", f"198.51.{number}.1")
        with pytest.raises(RefusedError, match="too many"):
            await guard.logins.prove("olga", "four red kites over Oulu", "203.0.113.5")
        return (await guard.logins.prove("olga", "four red kites over Oulu", "192.0.2.7")) is not None

    assert run_apart(guess)
    assert len(hashed) <= 101


def test_a_login_of_another_site_is_none(guarded: TestClient) -> None:
    """So that nobody works in a session that somebody else planted."""
    given = {"name": "olga", "password": "four red kites over Oulu"}
    assert guarded.post("/login", data=given).status_code == 403
    assert guarded.post("/login", data={**given, "csrf": "x"}).status_code == 403
    guarded.cookies.set("sayso_csrf", "x", domain="testserver.local")
    assert guarded.post("/login", data={**given, "csrf": "x"}).status_code == 403


def test_a_planted_session_is_not_the_one_that_is_let_in(log_in: LogIn, guarded: TestClient, guard: Guard) -> None:
    rita = guard.accounts.find("rita")
    assert rita
    planted = guard.sessions.begin(rita.user, "203.0.113.66", "another's")
    guarded.cookies.set("sayso_session", "chosen by somebody else", domain="testserver.local")
    answer = log_in("olga")
    given = answer.cookies["sayso_session"]
    assert given not in ("chosen by somebody else", planted)
    assert guard.sessions.find("chosen by somebody else") is None
    guarded.cookies.clear()
    guarded.cookies.set("sayso_session", given, domain="testserver.local")
    again = guarded.get("/login")
    assert again.status_code == 303


def test_what_a_browser_showed_before_a_login_is_worth_nothing_after(guard: Guard) -> None:
    olga = guard.accounts.find("olga")
    assert olga
    before = guard.sessions.begin(olga.user, "", "")
    after = guard.sessions.begin(olga.user, "", "", before)
    assert guard.sessions.find(before) is None and guard.sessions.find(after)


def stolen(client: TestClient) -> dict[str, str]:
    """The session of a client, as somebody who got hold of it shows it."""
    cookies = {cookie.name: cookie.value or "" for cookie in client.cookies.jar}
    return {"cookie": f"sayso_session={cookies['sayso_session']}"}


def test_a_stolen_session_ends_with_the_logout(come_in: Callable[[str], TestClient], elsewhere: TestClient) -> None:
    olga = come_in("olga")
    kept = stolen(olga)
    assert elsewhere.get("/", headers=kept).status_code == 200
    answer = olga.post("/logout")
    assert answer.status_code == 303 and 'sayso_session=""' in answer.headers["set-cookie"]
    assert elsewhere.get("/", headers=kept).status_code == 401


def test_a_stolen_session_ends_with_the_password(
    come_in: Callable[[str], TestClient], elsewhere: TestClient, guard: Guard
) -> None:
    olga = come_in("olga")
    kept = stolen(olga)
    _, token = guard.tokens.make("olga", "read", 1)
    given = {"now": "four red kites over Oulu", "new": GEESE, "again": GEESE}
    assert olga.post("/account/password", data={**given, "now": "wrong, wrong"}).status_code == 401
    assert olga.post("/account/password", data={**given, "again": "other"}).status_code == 400
    assert elsewhere.get("/", headers=kept).status_code == 200
    answer = olga.post("/account/password", data=given)
    assert answer.status_code == 303
    assert elsewhere.get("/", headers=kept).status_code == 401
    assert elsewhere.get("/", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert elsewhere.get("/", headers={"cookie": f"sayso_session={answer.cookies['sayso_session']}"}).status_code == 200
    assert "olga: password changed" in say_log(guard)


def test_a_stolen_session_is_seen_and_ended_by_its_owner(
    come_in: Callable[[str], TestClient], elsewhere: TestClient, guard: Guard
) -> None:
    olga = come_in("olga")
    other = guard.sessions.begin(guard.accounts.find("olga").user, "203.0.113.66", "Firefox")  # type: ignore[union-attr]
    assert "203.0.113.66" in olga.get("/account").text
    assert olga.post("/account/sessions").status_code == 303
    assert guard.sessions.find(other) is None
    assert olga.get("/").status_code == 200


def test_nobody_ends_anothers_session_or_token(come_in: Callable[[str], TestClient], guard: Guard) -> None:
    secret = guard.sessions.begin(guard.accounts.find("ada").user, "", "")  # type: ignore[union-attr]
    session = guard.sessions.find(secret)
    assert session
    token, shown = guard.tokens.make("ada", "admin", 1)
    olga = come_in("olga")
    olga.post("/account/sessions", data={"id": session.id})
    assert olga.post("/account/tokens/revoke", data={"id": token.id}).status_code == 400
    assert guard.sessions.find(secret) and guard.tokens.find(shown)


def test_a_token_is_shown_once_and_never_more_than_its_maker(
    come_in: Callable[[str], TestClient], elsewhere: TestClient, guard: Guard
) -> None:
    olga = come_in("olga")
    page = olga.post("/account/tokens", data={"scope": "write", "days": "7", "label": "<b>nightly</b>"}).text
    secret = "sayso_" + page.partition("sayso_")[2].partition("<")[0]
    assert "<b>nightly" not in page
    assert elsewhere.get("/", headers={"authorization": f"Bearer {secret}"}).status_code == 200
    assert secret not in olga.get("/account").text
    assert olga.post("/account/tokens", data={"scope": "admin", "days": "7"}).status_code == 400
    assert not any(secret in line for line in say_log(guard))


def test_an_admin_lets_in_and_out_but_never_themselves(come_in: Callable[[str], TestClient], guard: Guard) -> None:
    ada = come_in("ada")
    assert ada.post("/accounts", data={"name": "eve", "role": "reader", "password": GEESE}).status_code == 303
    assert ada.post("/accounts/role", data={"name": "eve", "role": "analyst"}).status_code == 303
    assert guard.accounts.find("eve").role == "analyst"  # type: ignore[union-attr]
    assert ada.post("/accounts/remove", data={"name": "eve"}).status_code == 303
    assert guard.accounts.find("eve") is None
    for path, more in (("remove", {}), ("role", {"role": "reader"}), ("password", {"password": GEESE})):
        assert ada.post(f"/accounts/{path}", data={"name": "ADA", **more}).status_code == 400
    assert ada.post("/accounts", data={"name": "olga", "role": "admin", "password": GEESE}).status_code == 400
    told = ["ada: account removed", "ada: role changed (analyst)", "ada: account added (reader)"]
    assert [line for line in say_log(guard) if line.startswith("ada: ") and "POST" not in line] == told


def test_whoever_writes_too_much_waits(come_in: Callable[[str], TestClient], guard: Guard) -> None:
    guard.writes.tick = lambda: 0.0  # However slow the machine, all within one moment.
    olga = come_in("olga")
    said = [olga.post("/account/sessions").status_code for _ in range(260)]
    assert set(said) == {303, 429} and said[0] == 303 and said[-1] == 429
    assert olga.get("/").status_code == 200


def test_a_long_answer_ends_with_the_session(
    desk: Desk, guard: Guard, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    """What is sent on and on, such as news of the ledger, is not sent to who is not in any more."""
    from starlette.responses import StreamingResponse

    from sayso.serve.guards import entry

    monkeypatch.setattr(entry, "AGAIN_S", 0.0)
    app = create_guarded(desk, guard)
    sent = []

    async def news() -> Any:
        async def tell() -> Any:
            for number in range(1000):
                sent.append(number)
                if number == 10:
                    clock.now += timedelta(days=30)
                yield f"{number}\n"

        return StreamingResponse(tell())

    app.add_api_route("/news", news)
    _, secret = guard.tokens.make("olga", "read", 1)
    with TestClient(app) as client:
        told = client.get("/news", headers={"authorization": f"Bearer {secret}"}).text
    assert told.splitlines() == [str(number) for number in range(10)]


def test_the_log_is_read_by_command(desk: Desk, guard: Guard, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from sayso.cli import app

    ledger = str(tmp_path / "desk.db")
    run = CliRunner()
    made = run.invoke(
        app, ["accounts", "add", "eve", "--role", "analyst", "--password-file", "-", "-l", ledger], input=f"{GEESE}\n"
    )
    assert made.exit_code == 0, made.output
    assert guard.accounts.prove("eve", GEESE)
    token = run.invoke(app, ["accounts", "token", "eve", "--scope", "write", "-l", ledger])
    assert guard.tokens.find(token.stdout.strip())
    listed = run.invoke(app, ["accounts", "list", "-l", ledger, "--format", "json"])
    assert '"eve"' in listed.stdout and guard.tokens.list("eve")[0].id in listed.stdout
    assert run.invoke(app, ["accounts", "role", "eve", "reader", "-l", ledger]).exit_code == 0
    assert guard.tokens.find(token.stdout.strip()).role == "reader"  # type: ignore[union-attr]
    assert run.invoke(app, ["accounts", "revoke", guard.tokens.list("eve")[0].id, "-l", ledger]).exit_code == 0
    assert guard.tokens.find(token.stdout.strip()) is None
    assert run.invoke(app, ["accounts", "remove", "eve", "-l", ledger]).exit_code == 0
    log = run.invoke(app, ["accounts", "log", "-l", ledger, "--format", "jsonl"])
    assert all(word in log.stdout for word in ("account removed", "token revoked", "role changed"))
    assert GEESE not in log.stdout and token.stdout.strip() not in log.stdout
    assert run.invoke(app, ["accounts", "remove", "nobody", "-l", ledger]).exit_code != 0
