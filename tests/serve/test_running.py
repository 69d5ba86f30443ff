"""Where the desk listens, by which names it is asked, and who may start it so that others come in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import Error
from sayso.serve import running
from sayso.serve.desk import Desk
from sayso.serve.guards.entry import answers_to, is_ours
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.stores import Store
from sayso.serve.guards.users import User

ANA = User("ana", "admin")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Guard]]:
    """The configurations of servers that would have run, each with its guards."""
    import uvicorn

    seen: list[tuple[Any, Guard]] = []

    def run(server: Any, sockets: Any) -> None:
        [entry] = [each for each in server.config.app.user_middleware if "guard" in each.kwargs]
        seen.append((server.config, entry.kwargs["guard"]))
        sockets[0].close()

    monkeypatch.setattr(uvicorn.Server, "run", run)
    return seen


def test_one_user_on_this_machine_needs_no_account(desk: Desk, started: list[tuple[Any, Guard]]) -> None:
    said: list[str] = []
    running.serve(desk, "127.0.0.1", 0, ANA, said.append)
    [(config, guard)] = started
    assert guard.user == ANA and not guard.secure and not config.proxy_headers
    assert said[0].startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    "how",
    [
        {"host": "0.0.0.0"},
        {"host": "::"},
        {"host": "192.0.2.1"},
        {"behind": ["desk.example.org"]},
        {"accounts": True},
    ],
)
def test_others_come_in_by_accounts_alone(
    desk: Desk, tmp_path: Path, started: list[tuple[Any, Guard]], how: dict[str, Any]
) -> None:
    host = how.pop("host", "127.0.0.1")
    with pytest.raises(Error, match="sayso accounts add"):
        running.serve(desk, host, 0, ANA, str, store=Store(tmp_path / "none.desk.db"), **how)
    assert not started and not (tmp_path / "none.desk.db").exists()


def test_behind_a_proxy_it_answers_to_its_public_name(
    desk: Desk, guard: Guard, started: list[tuple[Any, Guard]]
) -> None:
    said: list[str] = []
    running.serve(desk, "127.0.0.1", 0, ANA, said.append, store=guard.store, behind=["https://Desk.example.org/"])
    [(config, made)] = started
    assert said == ["https://desk.example.org/"]
    assert made.user is None and made.secure and config.proxy_headers
    assert answers_to("desk.example.org", made) and is_ours("https://desk.example.org", made)
    assert not is_ours("http://desk.example.org", made)
    assert made.name_cookie("sayso_session") == "__Host-sayso_session"
    with pytest.raises(Error, match="--behind"):
        running.serve(desk, "127.0.0.1", 0, ANA, str, store=guard.store, behind=["desk.example.org/x"])


def test_everywhere_it_answers_to_addresses_and_to_no_name_that_others_make(
    desk: Desk, guard: Guard, started: list[tuple[Any, Guard]]
) -> None:
    running.serve(desk, "0.0.0.0", 0, ANA, str, store=guard.store)
    [(_, made)] = started
    port = next(host for host in made.hosts if host.startswith("*:")).removeprefix("*:")
    for host in (f"192.0.2.9:{port}", f"[2001:db8::1]:{port}", f"LOCALHOST:{port}"):
        assert answers_to(host, made), host
    for host in (f"evil.example:{port}", "192.0.2.9", "192.0.2.9:1", f"192.0.2.9.evil.example:{port}", f"*:{port} "):
        assert not answers_to(host, made), host


def test_who_asks_is_what_a_known_proxy_says(desk: Desk, guard: Guard, run_apart: Callable[..., Any]) -> None:
    """Else anybody could write any address, and be limited by none."""
    config = running.make_config(running.create_guarded(desk, guard), ["127.0.0.1"])
    config.load()
    seen = []
    app: Any = config.loaded_app

    async def look(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])

    app.app = look
    for address in ("127.0.0.1", "192.0.2.66"):
        headers = [(b"x-forwarded-for", b"198.51.100.1, 203.0.113.5")]
        scope = {"type": "http", "client": (address, 1), "headers": headers, "scheme": "http"}
        run_apart(app, scope, None, None)
    assert seen == ["203.0.113.5", "192.0.2.66"]
