"""The server of a desk, which does not wait for those who only listen when it is stopped."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn


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
