"""A desk for tests: on a ledger of the example story, asked directly or by a browser."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the desk needs pip install 'sayso[serve]'")

from starlette.testclient import TestClient

from sayso.journey import add_all
from sayso.ledger import open_ledger
from sayso.serve.app import create_app, create_guarded
from sayso.serve.desk import Desk
from sayso.serve.guards.accounts import Account
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.stores import Store
from sayso.serve.guards.users import User
from sayso.serve.running import listen
from sayso.serve.servers import make_server

EXAMPLE = Path(__file__).parents[2] / "examples" / "baltimore"
ANA = User("ana", "admin")


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example, made once: copy it before writing to it."""
    path = tmp_path_factory.mktemp("desk") / "kept.db"
    with open_ledger(str(path)) as ledger:
        add_all(ledger, [str(EXAMPLE)])
    return path


@pytest.fixture
def desk(kept: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on a copy of the example's ledger."""
    copied = shutil.copy(kept, tmp_path / "desk.db")
    desk = Desk.open(str(copied), tmp_path / "cache")
    yield desk
    desk.close()


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    """Asks the desk's application as ana, by its own name; with the token of a page, so that it may write."""
    with TestClient(create_app(desk, ["testserver"], ANA)) as client:
        client.get("/")
        client.headers["x-csrf"] = client.cookies["sayso_csrf"]
        yield client


@contextmanager
def serve_at(desk: Desk) -> Iterator[str]:
    """Serve a desk as long as the block lasts; where it is served."""
    import uvicorn

    listening = listen("127.0.0.1", 0)
    where = f"127.0.0.1:{listening.getsockname()[1]}"
    server = make_server(uvicorn.Config(create_app(desk, [where], ANA), log_level="error"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    yield f"http://{where}"
    server.should_exit = True
    running.join(10)


@pytest.fixture(scope="session")
def serving() -> Callable[[Desk], AbstractContextManager[str]]:
    """What serves a desk that a test makes itself."""
    return serve_at


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Where a real server serves the desk, for a browser."""
    with serve_at(desk) as where:
        yield where


@pytest.fixture
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A fresh page. What its console calls an error fails the test: a policy broken, a script that stopped."""
    # A page is closed before its desk is: one that still asks, or listens on for news, would find nobody there.
    if "address" in request.fixturenames:
        request.getfixturevalue("address")
    context = browser.new_context(viewport={"width": 1180, "height": 900})
    shown, errors = context.new_page(), []
    shown.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    shown.on("pageerror", lambda error: errors.append(str(error)))
    yield shown
    context.close()
    assert not errors


PASSWORDS = {"rita": "nine grey herons at Ribe", "olga": "four red kites over Oulu", "ada": "two tame swans in Alta"}
ROLES = {"rita": "reader", "olga": "analyst", "ada": "admin"}


class Clock:
    """A clock that a test sets on."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords are hashed in a moment: what makes that slow is its library's to test."""
    from argon2 import PasswordHasher

    from sayso.serve.guards import passwords

    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "make_hasher", lambda: quick)
        yield


@pytest.fixture(scope="session")
def kept_accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk's file with a reader, an analyst and an admin, made once: copy it before using it."""
    path = tmp_path_factory.mktemp("accounts") / "kept.desk.db"
    store = Store(path)
    for name, role in ROLES.items():
        Guard(store, (), None).accounts.add(name, role, PASSWORDS[name])
    store.close()
    return path


@pytest.fixture
def clock() -> Clock:
    """What the guards take for the time."""
    return Clock()


@pytest.fixture
def guard(kept_accounts: Path, tmp_path: Path, clock: Clock) -> Iterator[Guard]:
    """The guards of a desk with accounts."""
    store = Store(Path(shutil.copy(kept_accounts, tmp_path / "desk.db.desk.db")), clock)
    yield Guard(store, ["testserver"], None)
    store.close()


@pytest.fixture
def guarded(desk: Desk, guard: Guard) -> Iterator[TestClient]:
    """Asks a desk with accounts as nobody yet, by its own name."""
    with TestClient(create_guarded(desk, guard), follow_redirects=False) as client:
        yield client


@pytest.fixture
def come_in(guarded: TestClient, guard: Guard) -> Callable[[str], TestClient]:
    """Makes the client of `guarded` ask on as somebody who has logged in, with the token of a page."""

    def come(name: str) -> TestClient:
        account = guard.accounts.find(name)
        assert isinstance(account, Account)
        secret = guard.sessions.begin(account.user, "192.0.2.7", "a browser")
        session = guard.sessions.find(secret)
        assert session is not None
        guarded.cookies.clear()
        guarded.cookies.set("sayso_session", secret, domain="testserver.local")
        guarded.headers["x-csrf"] = guard.sessions.make_csrf(session)
        return guarded

    return come


@pytest.fixture
def log_in(guarded: TestClient) -> Callable[..., Any]:
    """Logs somebody in by the form, as a browser does; what was answered."""

    def log(name: str, password: str = "", **more: str) -> Any:
        form = guarded.get("/login").text
        token = re.search(r'name="csrf" value="([^"]+)"', form)
        assert token
        given = {"csrf": token[1], "name": name, "password": password or PASSWORDS[name], **more}
        return guarded.post("/login", data=given)

    return log


@pytest.fixture
def run_apart() -> Callable[..., Any]:
    """Runs a coroutine function in a thread of its own: where a browser is, its loop runs in this one."""

    def run(function: Callable[..., Any], *given: Any) -> Any:
        import anyio

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(anyio.run, function, *given).result()

    return run
