"""How much may be sent, and how long it may take: a body that is too large or too slow is refused while it comes."""

from __future__ import annotations

from collections.abc import Callable

from anyio import current_time, fail_after
from fastapi import HTTPException
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 25_000_000
"""Bytes of a request's body."""
LONGEST_S = 120.0
"""How long a body may be waited for, all waits together."""
CLOSE = {"connection": "close"}
"""Where an answer goes out before the body has come, what is left of it is not waited for."""


class Bounds:
    """Passes bodies on as they come, until they are too large (413) or too slow (408)."""

    def __init__(
        self,
        app: ASGIApp,
        refuse: Callable[[Request, int, str], Response],
        most_bytes: int = MOST_BYTES,
        longest_s: float = LONGEST_S,
    ) -> None:
        """Stand before `app`; `refuse` makes an answer of a refusal."""
        self.app, self.refuse, self.most_bytes, self.longest_s = app, refuse, most_bytes, longest_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        too_large = HTTPException(413, f"that is more than {self.most_bytes // 1_000_000} MB: send less")
        left_s, come, whole, begun = self.longest_s, 0, False, False

        async def take() -> Message:
            nonlocal left_s, come, whole
            if whole:
                return await receive()
            asked = current_time()
            try:
                with fail_after(max(0.0, left_s)):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, "that came too slowly: try again") from None
            left_s -= current_time() - asked
            come += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if come > self.most_bytes:
                raise too_large
            return message

        async def say(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start" and not whole and has_body(request):
                MutableHeaders(scope=message).update(CLOSE)
            await send(message)

        try:
            if announced(request) > self.most_bytes:
                raise too_large
            await self.app(scope, take, say)
        except HTTPException as refused:
            if begun:
                raise
            answer = self.refuse(request, refused.status_code, str(refused.detail))
            await answer(scope, receive, say)


def has_body(request: Request) -> bool:
    """Whether a request says that a body follows."""
    return announced(request) > 0 or "transfer-encoding" in request.headers


def announced(request: Request) -> int:
    """How many bytes a request says it has; 0 where it does not say."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 20 else 0
