"""How much may be sent to the desk at once."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROOM = 1 << 20
"""Bytes of a form beside its files."""


class Bodies:
    """Counts the bytes of each request as they come, and refuses with 413 what is more than `most`."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        """Stand before `app`; `most` are the bytes of the files in one form."""
        self.app, self.most = app, most + ROOM

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        told = Request(scope).headers.get("content-length", "")
        too_long = told.isascii() and told.isdigit() and int(told[:20]) > self.most
        came = 0

        async def count() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if too_long or came > self.most:
                raise HTTPException(413, f"that is more than {(self.most - ROOM) >> 20} MB at once")
            return message

        await self.app(scope, count, send)
