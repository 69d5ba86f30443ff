"""What changes is told to every page that is open, whoever changed it."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.testclient import TestClient

from sayso.ledger import open_ledger
from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.desk.events import Changes, find_changes, find_cursor
from sayso.serve.guards.users import User
from sayso.serve.pages.events import Stream
from sayso.serve.running import listen
from sayso.serve.servers import make_server


def judge_elsewhere(desk: Desk, by: str = "bo") -> None:
    """What another program judges in the same ledger."""
    with open_ledger(desk.ledger.name) as other:
        other.retract(other.headings()[0][0], by=by, reason="the outlet took it back")


def read_events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """The id and data of each event of a stream."""
    id = ""
    for line in lines:
        name, _, rest = line.partition(": ")
        if name == "id":
            id = rest
        elif name == "data":
            yield id, json.loads(rest)


def test_a_cursor_tells_what_came_since(desk: Desk) -> None:
    before = find_cursor(desk)
    assert find_changes(desk, before) == Changes(before)
    judge_elsewhere(desk)
    desk.ledger.assess("comment", {"words": "so"}, by="cy")
    assert find_changes(desk, before) == Changes(find_cursor(desk), 0, {"bo": 1, "cy": 1})


@pytest.mark.parametrize("cursor", ["", "1.2", "1.2.x", "-1.0.0", "٣.0.0", "9" * 60])
def test_what_is_no_cursor_tells_nothing(desk: Desk, cursor: str) -> None:
    judge_elsewhere(desk)
    assert find_changes(desk, cursor) == Changes(find_cursor(desk))


def test_a_stream_tells_what_another_program_writes(desk: Desk, address: str) -> None:
    with httpx.stream("GET", f"{address}/events", timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        events = read_events(answer.iter_lines())
        cursor, _ = next(events)
        judge_elsewhere(desk)
        began = time.monotonic()
        now, changes = next(events)
        assert changes["by"] == {"bo": 1} and now != cursor
        assert time.monotonic() - began < 6


def test_who_was_away_goes_on_where_they_were(desk: Desk, address: str) -> None:
    cursor = find_cursor(desk)
    judge_elsewhere(desk)
    headers = {"last-event-id": cursor}
    with httpx.stream("GET", f"{address}/events?after=0.0.0", headers=headers, timeout=10) as answer:
        events = read_events(answer.iter_lines())
        assert next(events) == (cursor, {})
        assert next(events)[1] == {"cursor": find_cursor(desk), "reports": 0, "by": {"bo": 1}}


def test_stopping_the_desk_ends_its_streams(desk: Desk) -> None:
    listening = listen("127.0.0.1", 0)
    where = f"127.0.0.1:{listening.getsockname()[1]}"
    server = make_server(uvicorn.Config(create_app(desk, [where], User("ana", "admin")), log_level="error"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    with httpx.stream("GET", f"http://{where}/events", timeout=10) as answer:
        lines = answer.iter_lines()
        next(lines)
        server.should_exit = True
        assert list(lines)[-1] == ""
    running.join(5)
    assert not running.is_alive()


def test_a_stream_ends_in_time_for_the_guards_to_look_anew(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.serve.pages.events.LIFE_SECONDS", 0.1)
    with httpx.stream("GET", f"{address}/events", timeout=5) as answer:
        assert len([line for line in answer.iter_lines() if line.startswith("id: ")]) == 1


def test_who_leaves_is_no_longer_listened_for(desk: Desk) -> None:
    listening = listen("127.0.0.1", 0)
    where = f"127.0.0.1:{listening.getsockname()[1]}"
    app = create_app(desk, [where], User("ana", "admin"))
    server = make_server(uvicorn.Config(app, log_level="error"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    with httpx.stream("GET", f"http://{where}/events", timeout=10) as answer:
        lines = answer.iter_lines()  # Let go of, they would close the stream.
        next(lines)
        assert app.state.feed.listeners == 1
    until = time.monotonic() + 5
    while app.state.feed.listeners and time.monotonic() < until:
        time.sleep(0.05)
    assert app.state.feed.listeners == 0
    server.should_exit = True
    running.join(5)


def test_a_page_says_who_changed_something(page: Any, address: str, desk: Desk, expect: Any) -> None:
    page.goto(address + "/")
    assert page.locator("#changes").is_hidden()
    judge_elsewhere(desk, "bo <b>")
    page.locator("#changes").wait_for(timeout=20_000)
    expect(page.locator("#changes span")).to_have_text("1 change by bo <b>")
    page.click("#changes button")
    expect(page.locator("#changes")).to_be_hidden()


def test_a_cursor_has_a_bound(client: TestClient) -> None:
    assert client.get("/events?after=" + "1" * 65).status_code == 422


def test_who_takes_nothing_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.serve.pages.events.SLOW_SECONDS", 0.05)

    async def endless() -> AsyncIterator[str]:
        while True:
            yield "data: {}\n\n"

    async def send(_: object) -> None:
        await asyncio.sleep(60)

    began = time.monotonic()
    # In a thread of its own: that of the tests has a loop while a browser is open.
    streaming = threading.Thread(target=lambda: asyncio.run(Stream(endless()).stream_response(send)), daemon=True)
    streaming.start()
    streaming.join(10)
    assert not streaming.is_alive()
    assert time.monotonic() - began < 5
