"""Answers that are kept: what a page or a view of the API said is said again while nothing that it was made from has
changed, and a browser that has it already is told so (RFC 9110, conditional requests).

An answer is kept for an address, for who asks, and for the version of what it tells: of one story where the address
names one, else of the whole ledger. Pages hold marks where what differs from one look to the next belongs: each user's
own token, and how far the ledger is.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import Error
from sayso.serve.desk import Desk
from sayso.serve.desk.events import find_cursor

MOST_BYTES = 40_000_000
"""Of answers that are kept, packed."""
LARGEST = 4_000_000
"""Bytes of one answer that is kept."""
STORY, REPORT = re.compile(r"/stories/([^/]+)(?:/.*)?(?<!/work)"), re.compile(r"/reports/([^/]+)")
"""Addresses whose answer is made from one story; that of a report is too, where it is of one. What is worked on also
shows what was undone, which a story's version does not tell."""
WHOLE = re.compile(r"/|/(?:sources|outlets|search|judgements|hypotheses|scenarios)")
VIEWS = re.compile(
    r"/api/v1/(?:stories|points|conflicts|origins|happenings|timeline|positions|estimates|grades|changes|brief|explain"
    r"|reports|sources|search|judgements|hypotheses|scenarios)(?:/.*)?"
)
"""Addresses whose answer is made from the ledger alone; a view of the API from the one story that its query names."""
TOKEN, CURSOR = (f"{name}-{secrets.token_hex(16)}" for name in ("token", "cursor"))
"""Marks in a page: of the token of who asks, and of how far the ledger is (see `sayso.serve.desk.events`). Others in
every process: a report that held one would be shown with a user's token in its words."""
TEN_MINUTES = 600
"""Seconds for which what also depends on the time it is, such as questions that close soon, may be kept."""

Marks = dict[bytes, bytes]
"""What each mark stands for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is kept: its headers, its body packed, and its tag."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: str


class Kept:
    """Says again what was said, where nothing has changed since."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        """Stand before `app`, inside the guards: whoever comes this far may ask."""
        self.app, self.desk = app, desk
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or keep the answer on its way."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        key, cursor = await run_in_threadpool(self._look, scope)
        state = scope["state"]
        marks = {TOKEN.encode(): state["csrf"].encode(), CURSOR.encode(): cursor.encode()}
        state["csrf"], state["cursor"] = TOKEN, CURSOR
        held = self._find(key)
        if held is not None:
            await answer(held, marks, Headers(scope=scope).get("if-none-match", ""), send)
            return
        await self._pass_on(scope, receive, send, marks, key)

    def _look(self, scope: Scope) -> tuple[Hashable | None, str]:
        """What an answer is kept under, None for one that is not; and how far the ledger is."""
        try:
            return self._find_key(scope), find_cursor(self.desk)
        except Error:  # The application says it better.
            return None, ""

    def _find_key(self, scope: Scope) -> Hashable | None:
        path, asked = scope["path"], Headers(scope=scope)
        view = VIEWS.fullmatch(path) is not None
        # A newcomer gets a token with the page.
        if scope["method"] != "GET" or not (view or scope["state"]["csrf_known"]):
            return None
        version = self._find_version(path, parse_qs(scope["query_string"].decode("latin-1")), view)
        if version is None:
            return None
        return (
            path,
            scope["query_string"],
            scope["state"]["user"],
            asked.get("hx-request"),
            asked.get("accept"),
            version,
        )

    def _find_version(self, path: str, query: dict[str, list[str]], view: bool) -> Hashable | None:
        """What tells the state of what an answer is made from; None for one that is made from anything else."""
        name = ""
        if found := STORY.fullmatch(path):
            name = found[1]
        elif found := REPORT.fullmatch(path):
            name = found[1] if found[1] in self.desk.catalogue.reports else ""
        elif view:
            name = query.get("story", [""])[0]
        elif not WHOLE.fullmatch(path):
            return None
        if not name:
            # The first page shows alerts, which others find and acknowledge.
            alerts = self.desk.alerts.state if path == "/" else ()
            return self.desk.state, alerts, int(time.time() // TEN_MINUTES)
        one = self.desk.find(name)
        return one.version, one.story.name, self.desk.state[2:]

    def _find(self, key: Hashable | None) -> Answer | None:
        with self._lock:
            if key is None or key not in self._answers:
                return None
            self._answers.move_to_end(key)
            return self._answers[key]

    def _keep(self, key: Hashable, made: Answer) -> None:
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = made
            self._size += len(made.body)
            while self._size > MOST_BYTES:
                _, gone = self._answers.popitem(last=False)
                self._size -= len(gone.body)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, marks: Marks, key: Hashable | None) -> None:
        """Ask the application; put the token into the page that it answers with, and keep that if it can be kept."""
        began: Message = {}
        parts: list[bytes] = []

        async def catch(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = message
                if not is_page(message) and key is None:
                    await send(message)
                return
            if message["type"] != "http.response.body" or (not is_page(began) and key is None):
                await send(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._finish(began, b"".join(parts), send, marks, key)

        await self.app(scope, receive, catch)

    async def _finish(self, began: Message, body: bytes, send: Send, marks: Marks, key: Hashable | None) -> None:
        """Send a whole answer, with the token in its place."""
        headers = tuple(began["headers"])
        names = {name for name, _ in headers}
        if key is not None and began["status"] == 200 and b"set-cookie" not in names and len(body) <= LARGEST:
            tag = hashlib.sha256(body).hexdigest()[:20]
            made = Answer(headers, zlib.compress(body, 1), tag)
            self._keep(key, made)
            await answer(made, marks, "", send, body)
            return
        body = fill(body, marks)
        await send({**began, "headers": set_length(headers, len(body))})
        await send({"type": "http.response.body", "body": body})


def is_page(message: Message) -> bool:
    """Whether an answer that begins so is a page."""
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])


def set_length(headers: tuple[tuple[bytes, bytes], ...], length: int) -> list[tuple[bytes, bytes]]:
    """Headers with another length."""
    return [*((n, v) for n, v in headers if n != b"content-length"), (b"content-length", str(length).encode())]


def fill(body: bytes, marks: Marks) -> bytes:
    """A body with what its marks stand for."""
    for mark, words in marks.items():
        body = body.replace(mark, words)
    return body


async def answer(kept: Answer, marks: Marks, known: str, send: Send, body: bytes | None = None) -> None:
    """Send what is kept, its marks filled; only that nothing changed to a browser that has it."""
    own = hashlib.sha256(repr((kept.tag, sorted(marks.items()))).encode()).hexdigest()[:20].encode()
    headers = [(n, v) for n, v in kept.headers if n not in (b"etag", b"vary", b"content-length")]
    headers += [(b"etag", b'"%b"' % own), (b"vary", b"accept, cookie, hx-request")]
    if known.strip() == "*" or b'"%b"' % own in known.encode():
        headers = [(n, v) for n, v in headers if n != b"content-type"]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    body = fill(zlib.decompress(kept.body) if body is None else body, marks)
    await send({"type": "http.response.start", "status": 200, "headers": set_length(tuple(headers), len(body))})
    await send({"type": "http.response.body", "body": body})
