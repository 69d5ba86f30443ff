"""Pages and answers that crash on a report are made again without it (see `sayso.crashes`); the page says so, and an
answer to a program has the number of reports left out in the header ``sayso-left-out``."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from anyio import from_thread
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.crashes import Seen, survive, tell, watch

BROKEN = 500


class Retries:
    """Asks again where an answer crashes. It stands next to the application, and only looks after what asks for
    something: what changes something is done once."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an answer on, or one without the reports that crash it."""
        seen = Seen()
        if scope["type"] == "http":
            scope["state"]["seen"] = seen
        with watch(seen):
            if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
                await self.app(scope, receive, send)
                return
            broken: list[Message] = []
            asked = dict(scope)  # The application writes into its own how far an address is read.
            crash = await self._ask(scope, receive, count_left(seen, send), broken)
        if crash is None:
            return
        logging.getLogger(__name__).warning("%s crashed: %s", scope["path"], tell(crash))
        try:
            await run_in_threadpool(self._ask_again, asked, receive, send)
        except Exception:
            for message in broken:
                await send(message)
            raise

    async def _ask(self, scope: Scope, receive: Receive, send: Send, broken: list[Message]) -> Exception | None:
        """Ask the application; its crash, unless it has begun to answer before it. What it says of the crash is put
        into `broken`."""
        begun = False

        async def pass_on(message: Message) -> None:
            nonlocal begun
            if begun or (message.get("status") != BROKEN and message["type"] == "http.response.start"):
                begun = True
                await send(message)
            else:
                broken.append(message)

        try:
            await self.app(scope, receive, pass_on)
        except Exception as error:
            if begun:
                raise
            return error
        return None

    def _ask_again(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The same from a thread, again and again until it is known without which reports it can be answered. What is
        answered then is sent. Raises the crash where no report is to blame."""
        answered: list[Message] = []

        def step() -> None:
            answered.clear()
            crash = from_thread.run(self._collect, dict(scope), receive, answered)
            if crash is not None:
                raise crash

        survive(step, "showing")
        for message in answered:
            from_thread.run(pass_on, send, message)

    async def _collect(
        self, scope: MutableMapping[str, Any], receive: Receive, answered: list[Message]
    ) -> Exception | None:
        """Ask once more, and keep what is answered."""
        seen = Seen()
        scope["state"] = {**scope["state"], "seen": seen}

        async def keep(message: Message) -> None:
            answered.append(message)

        with watch(seen):
            return await self._ask(scope, receive, count_left(seen, keep), [])


async def pass_on(send: Send, message: Message) -> None:
    """Send a part of an answer."""
    await send(message)


def count_left(seen: Seen, send: Send) -> Callable[[Message], Awaitable[None]]:
    """A way to send answers that tells how many reports they were made without."""

    async def send_counted(message: Message) -> None:
        if message["type"] == "http.response.start" and seen.problems:
            MutableHeaders(scope=message)["sayso-left-out"] = str(len(seen.problems))
        await send(message)

    return send_counted
