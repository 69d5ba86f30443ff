"""What is too large, too slow or packed too tightly, and what leads out of the desk's own files and into networks that
are nobody's business."""

import gzip
import io
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from sayso.read.addresses import is_public, resolve_host
from sayso.read.fetches import fetch_url
from sayso.read.openings import UnreadableError
from sayso.serve.app import create_guarded
from sayso.serve.desk import Desk
from sayso.serve.guards.bounds import MOST_BYTES, Bounds
from sayso.serve.guards.guards import Guard
from sayso.serve.running import listen, make_config
from sayso.serve.servers import make_server

MB = b"x" * 1_000_000


@pytest.fixture
def real(desk: Desk, guard: Guard) -> Iterator[tuple[str, int]]:
    """Where a real server serves a desk with accounts that waits no longer than a second for the head of a request."""
    listening = listen("127.0.0.1", 0)
    where = listening.getsockname()[:2]
    guard.hosts = frozenset({f"{where[0]}:{where[1]}"})
    server = make_server(make_config(create_guarded(desk, guard), head_s=1))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    yield where
    server.should_exit = True
    running.join(10)


def ask(where: tuple[str, int], head: str, body: bytes = b"", *, wait_s: float = 10) -> bytes:
    """What a server answers to a request, as far as it does before it closes the connection."""
    with socket.create_connection(where, timeout=wait_s) as connection:
        connection.sendall(head.replace("\n", "\r\n").format(host=f"{where[0]}:{where[1]}").encode() + body)
        said = b""
        try:
            while part := connection.recv(65536):
                said += part
        except ConnectionResetError:
            pass
        return said


def wait_for(guard: Guard, what: str) -> bool:
    """Whether something is logged within a moment: it is, once the answer is out."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if any(what in entry.what for _, entry in guard.log.read()):
            return True
        time.sleep(0.02)
    return False


def test_a_hundred_megabytes_are_refused_before_they_are_read(real: tuple[str, int], guard: Guard) -> None:
    head = "POST /login HTTP/1.1\r\nhost: {}:{}\r\ntransfer-encoding: chunked\r\n".format(*real)
    head += "content-type: multipart/form-data; boundary=b\r\n\r\n"
    part = b'--b\r\ncontent-disposition: form-data; name="file"; filename="big.txt"\r\n\r\n'
    sent, said = 0, b""
    with socket.create_connection(real, timeout=10) as connection:
        connection.sendall(head.encode() + b"%x\r\n%b\r\n" % (len(part), part))
        try:
            for _ in range(100):
                connection.sendall(b"%x\r\n%b\r\n" % (len(MB), MB))
                sent += len(MB)
        except (BrokenPipeError, ConnectionResetError):
            pass
        else:
            said = connection.recv(1000)
    # What lies in the sockets of this machine counts as sent.
    assert sent < MOST_BYTES + 20 * len(MB), said
    assert wait_for(guard, "413")
    assert ask(real, "GET /login HTTP/1.1\nhost: {host}\nconnection: close\n\n").startswith(b"HTTP/1.1 200")


def test_what_says_it_is_too_large_is_not_waited_for(real: tuple[str, int], guard: Guard) -> None:
    began = time.monotonic()
    said = ask(real, "POST /login HTTP/1.1\nhost: {host}\ncontent-length: 100000000\n\n")
    assert said.startswith(b"HTTP/1.1 413") and b"connection: close" in said.lower() and b"25 MB" in said
    assert time.monotonic() - began < 5
    assert wait_for(guard, "413")


def test_a_server_refuses_a_head_that_is_too_large_or_none(real: tuple[str, int]) -> None:
    assert ask(real, "GET /login HTTP/1.1\nhost: {host}\nx: " + "x" * 100_000).startswith(b"HTTP/1.1 400")
    assert ask(real, "GET /login HTTP/1.1\nhost: {host}\nhost: evil.example\n\n").startswith(b"HTTP/1.1 400")
    said = ask(real, "GET http://evil.example/ HTTP/1.1\nhost: evil.example\n\n")
    assert said.startswith(b"HTTP/1.1 421")


def test_slow_clients_are_cut_off_and_stop_nobody(real: tuple[str, int]) -> None:
    slow = [socket.create_connection(real, timeout=10) for _ in range(40)]
    for number, connection in enumerate(slow):
        if number % 2:
            connection.sendall(b"GET / HTTP/1.1\r\nx: ")
    began = time.monotonic()
    said = ask(real, "GET /login HTTP/1.1\nhost: {host}\nconnection: close\n\n")
    assert said.startswith(b"HTTP/1.1 200") and time.monotonic() - began < 3
    for connection in slow:
        assert connection.recv(1000) == b""
        connection.close()
    assert time.monotonic() - began < 8


def test_a_body_that_comes_too_slowly_is_given_up(run_apart: Callable[..., Any]) -> None:
    import anyio

    async def read(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    def refuse(_: Request, status: int, message: str) -> Response:
        return PlainTextResponse(message, status)

    app = Bounds(Starlette(routes=[Route("/", read, methods=["POST"])]), refuse, most_bytes=10, longest_s=0.2)
    said: list[Any] = []

    async def give_slowly() -> Any:
        await anyio.sleep(0.05)
        return {"type": "http.request", "body": b"", "more_body": True}

    async def take(message: Any) -> None:
        said.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}
    run_apart(app, dict(scope), give_slowly, take)
    assert said[0]["status"] == 408
    client = TestClient(app)
    assert client.post("/", content=b"x" * 10).text == "10"
    assert client.post("/", content=b"x" * 11).status_code == 413
    assert client.post("/", content=iter([b"x" * 6, b"x" * 6])).status_code == 413


def test_a_packed_body_is_not_unpacked(guarded: TestClient) -> None:
    bomb = gzip.compress(b"csrf=x&name=" + b"a" * 30_000_000)
    headers = {"content-encoding": "gzip", "content-type": "application/x-www-form-urlencoded"}
    answer = guarded.post("/login", content=bomb, headers=headers)
    assert answer.status_code in (400, 403, 415, 422) and len(answer.content) < 20_000


def test_a_packed_report_is_unpacked_under_a_bound(tmp_path: Path) -> None:
    from sayso.journey import read_all
    from sayso.record import Problem

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b"0" * 400_000_000)
    assert len(packed.getvalue()) < 1_000_000
    bomb = tmp_path / "bomb.docx"
    bomb.write_bytes(packed.getvalue())
    began = time.monotonic()
    found = list(read_all([str(bomb)], workers=1))
    assert [type(item) for item in found] == [Problem]
    assert time.monotonic() - began < 20


TRAVERSALS = [
    "/assets/../app.py",
    "/assets/..%2fapp.py",
    "/assets/%2e%2e/app.py",
    "/assets/..%5capp.py",
    "/assets/%2fetc/passwd",
    "/assets//etc/passwd",
    "/assets/vendor/../../app.py",
    "/assets/tell/..%2fpages.py",
    "/assets/tell/page.html.j2",
    "/assets/desk.css%00.png",
    "/stories/..%2f..%2fetc%2fpasswd",
    "/reports/..%2f..%2fetc%2fpasswd",
    "/reports/..%2f..%2fetc%2fpasswd/archived",
    "/p/..%2f..%2faccounts",
    "/p/../accounts",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out(real: tuple[str, int], path: str) -> None:
    """Asked by hand: clients tidy such paths up."""
    said = ask(real, f"GET {path} HTTP/1.1\nhost: {{host}}\naccept: text/html\nconnection: close\n\n")
    status = int(said.split(b" ", 2)[1])
    assert status in (303, 400, 401, 404, 405), said[:200]
    assert b"root:" not in said and b"import " not in said and b"Who may come in" not in said


@pytest.mark.parametrize("path", [path for path in TRAVERSALS if "/../" not in path])
def test_no_path_leads_out_for_who_is_in(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404, 405)
    assert "root:" not in answer.text and "import " not in answer.text


PRIVATE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "2852039166",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "[fec0::1]",
    "localhost",
    "224.0.0.1",
    "255.255.255.255",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_nothing_is_fetched_from_private_networks(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: Any, **__: Any) -> Any:
        raise AssertionError("it was asked")

    monkeypatch.setattr("httpx.Client.send", connect)
    with pytest.raises(UnreadableError):
        fetch_url(f"http://{host}/latest/meta-data", max_bytes=1000)


@pytest.mark.parametrize("second", ["http://169.254.169.254/", "http://internal.example/", "file:///etc/passwd"])
def test_no_redirect_leads_into_a_private_network(second: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    asked: list[str] = []

    def answer(_: Any, request: httpx.Request, **__: Any) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(302, headers={"location": second}, request=request)

    def resolve(host: str, port: int) -> list[str]:
        names = {"news.example": ["93.184.216.34"], "internal.example": ["10.1.2.3"]}
        return names.get(host) or resolve_host(host, port)

    monkeypatch.setattr("httpx.Client.send", answer)
    with pytest.raises(UnreadableError):
        fetch_url("http://news.example/", max_bytes=1000, resolve=resolve)
    assert asked == ["93.184.216.34"]


def test_a_name_that_turns_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: public when it is checked, private when it is connected to."""
    import httpx

    told = iter([["93.184.216.34"], ["127.0.0.1"]])
    asked: list[tuple[str, str]] = []

    def answer(_: Any, request: httpx.Request, **__: Any) -> httpx.Response:
        asked.append((request.url.host, request.headers["host"]))
        return httpx.Response(200, content=iter([b"news"]), request=request)

    monkeypatch.setattr("httpx.Client.send", answer)
    fetch_url("http://turns.example/", max_bytes=1000, resolve=lambda *_: next(told))
    assert asked == [("93.184.216.34", "turns.example")]


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(UnreadableError, match="private network"):
        fetch_url("http://both.example/", max_bytes=1000, resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_world_is_asked(address: str) -> None:
    assert is_public(address)
