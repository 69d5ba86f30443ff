import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import httpx
import pytest

from sayso.read.deadlines import DeadlineTransport, make_deadline
from sayso.read.fetches import Answer, ask_url, explain_status, fetch_url, find_onward
from sayso.read.openings import Fetched, UnreadableError

PAGE = b"<html><body><p>The dam gave way.</p></body></html>"


class Pages(BaseHTTPRequestHandler):
    """A small site with every vice."""

    protocol_version = "HTTP/1.0"
    hosts: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        path = self.path.split("?")[0]
        answers = {
            "/page": (200, {"Content-Type": "text/html; charset=windows-1251"}, PAGE),
            "/gzip": (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
            "/deflate": (200, {"Content-Encoding": "deflate"}, zlib.compress(PAGE)),
            "/bare": (200, {"Content-Encoding": "deflate"}, zlib.compress(PAGE, wbits=-15)),
            "/empty": (200, {"Content-Encoding": "deflate"}, b""),
            "/brotli": (200, {"Content-Encoding": "br"}, b"xxxx"),
            "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 60_000_000)),
            "/huge": (200, {}, b"x" * 2_000_000),
            "/moved": (302, {"Location": "/page"}, b""),
            "/circle": (302, {"Location": "/circle"}, b""),
            "/inside": (302, {"Location": "http://169.254.169.254/secret"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/broken": (200, {"Content-Encoding": "gzip"}, b"not gzip"),
        }
        if path.startswith("/more"):
            answers[path] = (302, {"Location": path + "x"}, b"")
        status, headers, body = answers.get(path, (404, {}, b"gone"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


fetch = partial(fetch_url, max_bytes=1_000_000, allow_private=True)


def test_page(site: str) -> None:
    assert fetch(f"{site}/page") == Fetched(
        content=PAGE, url=f"{site}/page", media_type="text/html", charset="windows-1251"
    )


@pytest.mark.parametrize("path", ["gzip", "deflate"])
def test_packed_page(site: str, path: str) -> None:
    assert fetch(f"{site}/{path}").content == PAGE


def test_redirect_is_followed(site: str) -> None:
    assert fetch(f"{site}/moved").url == f"{site}/page"


def test_a_redirect_is_given_back_where_it_is_not_to_be_followed(site: str) -> None:
    moved = ask_url(f"{site}/moved", max_bytes=1_000_000, allow_private=True, follow=False)
    assert moved.url == f"{site}/moved" and find_onward(moved, moved.url) == f"{site}/page"
    page = ask_url(f"{site}/page", max_bytes=1_000_000, allow_private=True, follow=False)
    assert page.content == PAGE and find_onward(page, page.url) == ""


REFUSED = [
    ("brotli", "packed as br"),
    ("bomb", "larger than|bomb"),
    ("huge", "larger than 1 MB"),
    ("circle", "redirects without end"),
    ("more", "redirects without end"),
    ("file", "only http and https"),
    ("nothing", "404"),
    ("broken", "compression is broken"),
]


@pytest.mark.parametrize(("path", "message"), REFUSED)
def test_refused(site: str, path: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message) as caught:
        fetch(f"{site}/{path}")
    assert "\n" not in str(caught.value)


BAD = [
    "http://",
    "http://[",
    "http://[::1",
    "https:///path",
    "http://a b/",
    "http://x:99999/",
    "http://\0/",
    "gopher://x/",
]


@pytest.mark.parametrize("url", BAD)
def test_bad_address_is_refused(url: str) -> None:
    with pytest.raises(UnreadableError):
        fetch_url(url, max_bytes=100, resolve=lambda host, port: ["127.0.0.1"])


def test_server_that_is_down(site: str) -> None:
    with pytest.raises(UnreadableError, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/")


def test_host_that_is_not_there() -> None:
    def fail(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(UnreadableError, match=r"nowhere\.example is not found"):
        fetch_url("http://nowhere.example/", max_bytes=100, resolve=fail)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"])
def test_private_network_is_refused(address: str) -> None:
    # One private address among public ones is enough.
    with pytest.raises(UnreadableError, match="private network"):
        fetch_url("http://valley.example/", max_bytes=100, resolve=lambda host, port: ["93.184.216.34", address])


def test_redirect_into_a_private_network_is_refused(site: str) -> None:
    # The first hop stands for a public server: its name is given a public address by rebinding the check.
    hops = iter([["127.0.0.1"], ["169.254.169.254"]])
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(hops)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sayso.read.fetches.is_public", lambda address: address == "127.0.0.1")
        with pytest.raises(UnreadableError, match="private network"):
            fetch_url(f"{site}/inside", max_bytes=1000, resolve=resolve)
    assert asked == ["127.0.0.1", "169.254.169.254"]


def test_connection_goes_to_the_checked_address_under_the_own_name(site: str) -> None:
    port = site.rpartition(":")[2]
    fetched = fetch(f"http://valley.example:{port}/page", resolve=lambda host, port: ["127.0.0.1"])
    assert fetched.url == f"http://valley.example:{port}/page"
    assert Pages.hosts[-1] == f"valley.example:{port}"


def drip(words: bytes, before: bytes = b"") -> Iterator[bytes]:
    """Some bytes at once, then others one at a time, without end."""
    yield before
    while True:
        for byte in words:
            yield bytes([byte])


SLOW = {
    "the status line": lambda: drip(b"H"),
    "the headers": lambda: drip(b"X-A: b\r\n", b"HTTP/1.1 200 OK\r\n"),
    "patience": lambda: drip(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "the body": lambda: drip(b"x", b"HTTP/1.1 200 OK\r\n\r\n"),
    "chunks": lambda: drip(b"1\r\nx\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
    "packed": lambda: drip(gzip.compress(PAGE), b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"),
    "nothing": lambda: iter(()),
}


@pytest.fixture(params=SLOW)
def slow(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of a server that sends a byte now and then."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError), server.accept()[0] as caller:
                for piece in SLOW[request.param]():
                    caller.sendall(piece)
                    if done.wait(0.02):
                        return
                done.wait(5)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        done.set()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_server_holds_longer_than_the_limit_whatever_it_sends(slow: int, scheme: str) -> None:
    begun = time.monotonic()
    with pytest.raises(UnreadableError):
        fetch(f"{scheme}://127.0.0.1:{slow}/", total_timeout_s=0.5)
    assert time.monotonic() - begun < 5  # Ten times the limit, for a machine that is busy.


def test_a_deadline_that_has_passed_is_told(site: str) -> None:
    ticks = iter(range(0, 1000, 40))
    with pytest.raises(UnreadableError, match="too slowly"):
        fetch(f"{site}/huge", tick=lambda: float(next(ticks)))


@pytest.mark.parametrize("path", ["deflate", "bare"])
def test_deflate_is_unpacked_in_its_wrapping_or_bare(site: str, path: str) -> None:
    assert fetch(f"{site}/{path}").content == PAGE
    assert fetch(f"{site}/empty").content == b""


def test_an_answer_of_any_status_has_its_headers(site: str) -> None:
    ask = partial(ask_url, max_bytes=1_000_000, allow_private=True)
    found, gone = ask(f"{site}/gzip", headers={"If-None-Match": '"x"'}), ask(f"{site}/nowhere")
    assert (found.status, found.content, gzip.decompress(found.packed)) == (200, PAGE, PAGE)
    assert dict(found.sent)["if-none-match"] == '"x"'
    assert (found.header("content-encoding"), found.header("etag")) == ("gzip", "")
    assert (gone.status, gone.content) == (404, b"")


def test_a_resolver_that_does_not_answer_holds_nobody_longer_than_the_limit() -> None:
    done, begun = threading.Event(), time.monotonic()

    def resolve(host: str, port: int) -> list[str]:
        done.wait(20)
        return ["127.0.0.1"]

    with pytest.raises(UnreadableError, match="in time"):
        fetch("http://valley.example/", resolve=resolve, total_timeout_s=0.3)
    assert time.monotonic() - begun < 5
    done.set()


def test_a_server_that_takes_a_byte_now_and_then_is_left_at_the_limit() -> None:
    done, begun = threading.Event(), time.monotonic()
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        server.bind(("127.0.0.1", 0))
        server.listen()

        def serve() -> None:
            with suppress(OSError), server.accept()[0] as caller:
                while caller.recv(20_000) and not done.wait(0.02):
                    pass

        threading.Thread(target=serve, daemon=True).start()
        transport = DeadlineTransport(make_deadline(0.5))
        with httpx.Client(transport=transport, timeout=10) as client, pytest.raises(httpx.WriteTimeout):
            client.post(f"http://127.0.0.1:{server.getsockname()[1]}/", content=b"x" * 100_000_000)
        done.set()
    assert time.monotonic() - begun < 5


def test_what_a_strangers_server_says_is_cut_short() -> None:
    answer = Answer(url="", status=404, reason="gone " * 900, sent=(), headers=())
    assert len(explain_status(answer)) < 200
