"""A desk for tests: on a ledger of the example story, asked directly or by a browser."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the desk needs pip install 'sayso[serve]'")

from starlette.testclient import TestClient

from sayso.journey import add_all
from sayso.ledger import open_ledger
from sayso.serve.app import create_app
from sayso.serve.desk import Desk
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium; without one, tests of pages are skipped."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page. What its console calls an error fails the test: a policy broken, a script that stopped."""
    context = browser.new_context(viewport={"width": 1180, "height": 900})
    shown, errors = context.new_page(), []
    shown.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    shown.on("pageerror", lambda error: errors.append(str(error)))
    yield shown
    context.close()
    assert not errors
