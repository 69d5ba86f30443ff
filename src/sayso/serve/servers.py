"""The server of a desk, which does not wait for those who only listen when it is stopped."""

from __future__ import annotations

import ctypes
import socket
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn


M_ARENA_MAX = -8
"""The setting of glibc's mallopt(3) for how many arenas threads may take memory from."""


def share_memory() -> None:
    """Have all threads take memory from one arena: each by itself keeps what its largest answer took, and Python lets
    only one of them work at a time. It does nothing where the C library is another."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(M_ARENA_MAX, 1)


def make_server(config: uvicorn.Config) -> uvicorn.Server:
    """The server of a configuration whose application is a desk's: it ends the streams of events before it waits for
    answers that are being made."""
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            app = self.config.app
            app.state.feed.stop()  # type: ignore[union-attr]
            await super().shutdown(sockets)

    return Server(config)
