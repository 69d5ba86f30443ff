"""Starting the desk: the address it listens on, and the server that does."""

from __future__ import annotations

import socket
from collections.abc import Callable

from sayso.errors import Error
from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.users import User
from sayso.serve.servers import make_server

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(desk: Desk, host: str, port: int, user: User, ready: Callable[[str], None]) -> None:
    """Serve a desk until it is stopped; `ready` is called with its address. Raises `Error` where nobody may listen
    there."""
    import uvicorn

    if host not in LOOPBACK:
        raise Error(f"{host}: others could come in there, and this desk has no accounts: leave --host out")
    listening = listen(host, port)
    port = listening.getsockname()[1]
    hosts = [f"{name}:{port}" for name in (*LOOPBACK, "[::1]")]
    app = create_app(desk, hosts, user)
    settings = uvicorn.Config(app, log_level="warning", server_header=False, date_header=False, access_log=False)
    ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    make_server(settings).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any that is free. Raises `Error`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except (OSError, OverflowError) as error:
        made.close()
        reason = error.strerror if isinstance(error, OSError) else "no such port"
        raise Error(f"{host}:{port}: {reason}: name another with --port") from None
    made.listen(128)
    return made
