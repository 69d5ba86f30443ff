"""Server-sent events: every open page hears within a second what changed in the ledger.

A stream is as far as its cursor, so that who was away or was dropped for being slow goes on where they were.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Message, Send

from sayso.errors import Error
from sayso.forms import dump_json
from sayso.serve.desk import Desk
from sayso.serve.desk.events import find_changes, find_cursor
from sayso.serve.guards.users import Reader
from sayso.serve.pages.showing import AtDesk

router = APIRouter()

LOOK_SECONDS = 0.5
"""Between two looks at the ledger while anyone listens."""
BEAT_SECONDS = 15.0
"""Between two signs of life, so that nothing between us takes the stream for dead."""
SLOW_SECONDS = 10.0
"""How long one event may wait for a client to take it, who is dropped then."""
LIFE_SECONDS = 600.0
"""How long one stream lives: a browser asks for the next by itself, and the guards look at it anew."""
MOST_LISTENERS = 256


class Feed:
    """Looks at the ledger for all who listen at once, at most every `LOOK_SECONDS`."""

    def __init__(self, desk: Desk) -> None:
        """Nobody listens yet."""
        self.desk = desk
        self.listeners = 0
        self.stopping = False
        self._cursor = ""
        self._looked = float("-inf")
        self._looking: asyncio.Lock | None = None

    def stop(self) -> None:
        """End all streams at their next look."""
        self.stopping = True

    async def look(self) -> str:
        """The cursor now, at most `LOOK_SECONDS` old."""
        self._looking = self._looking or asyncio.Lock()
        async with self._looking:
            if time.monotonic() - self._looked >= LOOK_SECONDS * 0.9:
                self._cursor = await run_in_threadpool(find_cursor, self.desk) or self._cursor
                self._looked = time.monotonic()
        return self._cursor

    async def follow(self, after: str) -> AsyncIterator[str]:
        """The events after a cursor, as lines of the stream, until the desk closes or its life is over."""
        self.listeners += 1
        try:
            began = beat = time.monotonic()
            at = after or await self.look()
            yield f"retry: 2000\nid: {at}\ndata: {{}}\n\n"
            while not self.stopping and time.monotonic() - began < LIFE_SECONDS:
                if (cursor := await self.look()) != at:
                    try:
                        changes = await run_in_threadpool(find_changes, self.desk, at)
                    except Error:
                        continue
                    at, beat = changes.cursor or cursor, time.monotonic()
                    yield f"id: {at}\nevent: changed\ndata: {dump_json(changes)}\n\n"
                elif time.monotonic() - beat > BEAT_SECONDS:
                    beat = time.monotonic()
                    yield ":\n\n"
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self.listeners -= 1


class Stream(StreamingResponse):
    """A stream that drops a client who takes nothing for `SLOW_SECONDS`."""

    async def stream_response(self, send: Send) -> None:
        """Send it, each part within its time."""

        async def send_soon(message: Message) -> None:
            async with asyncio.timeout(SLOW_SECONDS):
                await send(message)

        try:
            await super().stream_response(send_soon)
        except TimeoutError:
            return


@router.get("/events")
async def follow_events(
    request: Request,
    _: Reader,
    __: AtDesk,
    after: Annotated[str, Query(max_length=64)] = "",
    last_event_id: Annotated[str, Header(max_length=64)] = "",
) -> StreamingResponse:
    """What changed after a cursor, from now on."""
    feed: Feed = request.app.state.feed
    if feed.listeners >= MOST_LISTENERS:
        raise HTTPException(503, "too many pages listen at once")
    lines = feed.follow("".join((last_event_id or after).splitlines()))
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return Stream(lines, media_type="text/event-stream", headers=headers)
