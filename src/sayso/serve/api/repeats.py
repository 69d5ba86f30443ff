"""Writes that can be sent again: one with the same Idempotency-Key is done once and answered as the first time.

After the IETF's draft "The Idempotency-Key HTTP Header Field". Keys are of whoever asks, and kept in memory for a day.
What failed is not kept: it changed nothing, and may go well the next time.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic
from typing import Any

from fastapi import HTTPException, Request
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.types import Message, Receive

from sayso.serve.guards.users import find_user

KEY = "idempotency-key"
KEYS = re.compile(r"[!-~]{1,200}")
MOST_KEPT, KEPT_SECONDS = 1000, 24 * 60 * 60
MOST_BYTES = 8 * 1024 * 1024
"""Bytes of a request's body."""


@dataclass(slots=True)
class Kept:
    """A write that was begun: the hash of its body, when, and its answer once there is one."""

    body: str
    begun: float
    answer: Response | None = None


class Repeats:
    """The writes of the last day that had a key. Its methods can be called from any thread."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """Hold none yet; `clock` counts seconds."""
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._clock = clock

    def begin(self, key: tuple[str, ...], body: str) -> Response | None:
        """The answer that was given to a key before, or None where it is new, which then counts as begun. Raises 422
        where its body was another, 409 where it is still being done."""
        with self._lock:
            now = self._clock()
            while self._kept and next(iter(self._kept.values())).begun < now - KEPT_SECONDS:
                self._kept.popitem(last=False)
            if (known := self._kept.get(key)) is None:
                self._kept[key] = Kept(body, now)
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
                return None
            if known.body != body:
                raise HTTPException(422, "that Idempotency-Key was used for something else: take a new one")
            if known.answer is None:
                raise HTTPException(409, "that is being done already")
            return known.answer

    def end(self, key: tuple[str, ...], answer: Response | None) -> None:
        """Keep the answer that a key got; with None, forget the key."""
        with self._lock:
            if answer is None:
                self._kept.pop(key, None)
            elif key in self._kept:
                self._kept[key].answer = answer


class Write(APIRoute):
    """A route that changes something: its body is bounded, and it can be sent again."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            request = Request(request.scope, bound_body(request.receive))
            given = request.headers.get(KEY)
            if given is None:
                return await handle(request)
            if KEYS.fullmatch(given) is None:
                raise HTTPException(400, "an Idempotency-Key has 1 to 200 letters, digits and signs of ASCII")
            repeats: Repeats = request.app.state.repeats
            user = find_user(request)
            key = (user.name, user.role, request.method, request.url.path, given)
            kind = request.headers.get("content-type", "")
            known = repeats.begin(key, sha256(kind.encode() + b"\0" + await request.body()).hexdigest())
            if known is not None:
                return known
            done: Response | None = None
            try:
                done = await handle(request)
            finally:
                repeats.end(key, done)
            return done

        return answer


def bound_body(receive: Receive) -> Receive:
    """What gives a request's body in parts, up to `MOST_BYTES`. Raises 413 beyond."""
    read = 0

    async def receive_bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BYTES:
            raise HTTPException(413, f"a request has {MOST_BYTES // 1024 // 1024} MB at most")
        return message

    return receive_bounded
