"""Starting the desk: the address it listens on, and the server that does."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sayso.errors import Error
from sayso.serve.app import create_guarded
from sayso.serve.desk import Desk
from sayso.serve.guards.guards import Guard
from sayso.serve.guards.providers import Provider
from sayso.serve.guards.stores import Store
from sayso.serve.guards.users import User
from sayso.serve.servers import make_server, share_memory

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn import Config

LOOPBACK = ("127.0.0.1", "::1", "localhost")
ANYWHERE = ("0.0.0.0", "::")
HTTP = 80
"""The port that an address need not name."""
HEADERS_S = 20
"""How long a connection may keep still, and the head of a request may take."""
LARGEST_HEAD = 32 << 10
"""Bytes of the head of a request."""
SWITCH_S = 0.0005
"""How long a thread that reckons keeps the others waiting: by Python's 5 ms every answer meanwhile would be late."""
MOST_CONNECTIONS = 512
"""Connections at once; one more is told to come again (503)."""


def serve(
    desk: Desk,
    host: str,
    port: int,
    user: User,
    ready: Callable[[str], None],
    *,
    store: Store | None = None,
    accounts: bool = False,
    behind: Iterable[str] = (),
    proxies: Iterable[str] = LOOPBACK,
    provider: Provider | None = None,
) -> None:
    """Serve a desk until it is stopped; `ready` is called with its address.

    `store` is the desk's own file. With `accounts`, where others may come in (another host than this machine's, or
    `behind` a proxy that answers to some names by HTTPS), there is a log-in. `proxies` are the addresses of which a
    proxy's word is taken for who asks. Raises `Error` where nobody may listen there.
    """
    store, behind = store or Store(None), [check_behind(name) for name in behind]
    guarded = accounts or bool(behind) or host not in LOOPBACK
    guard = Guard(store, (), None)
    if guarded and not (guard.accounts.any() or provider):
        raise Error(f"{say_why(host, behind)}: make one with sayso accounts add NAME --role admin")
    listening = listen(host, port)
    port = listening.getsockname()[1]
    guard = Guard(
        store, name_hosts(host, port, behind), None if guarded else user, secure=bool(behind), provider=provider
    )
    sys.setswitchinterval(SWITCH_S)
    share_memory()
    ready(f"https://{behind[0]}/" if behind else f"http://{bracket(host)}:{port}/")
    make_server(make_config(create_guarded(desk, guard), proxies if behind else ())).run(sockets=[listening])


def check_behind(name: str) -> str:
    """A public name, as a browser sends it. Raises `Error`."""
    name = name.lower().removeprefix("https://").rstrip("/")
    if not name or not name.isascii() or not name.isprintable() or set(name) & set("/@?# "):
        raise Error(f"--behind {name}: write the name alone, such as desk.example.org")
    return name


def say_why(host: str, behind: list[str]) -> str:
    """Why there must be accounts."""
    if host in LOOPBACK and not behind:
        return "this desk has no accounts"
    return f"{behind[0] if behind else host}: others could come in there, and this desk has no accounts"


def name_hosts(host: str, port: int, behind: list[str]) -> list[str]:
    """By which hosts the desk is asked. One that listens everywhere is asked by this machine's names and addresses."""
    named = {host, *LOOPBACK} if host not in ANYWHERE else {socket.gethostname(), socket.getfqdn(), *LOOPBACK, "*"}
    whole = [bracket(name).lower() for name in named]
    return [*behind, *(f"{name}:{port}" for name in whole), *(whole if port == HTTP else ())]


def bracket(host: str) -> str:
    """A host as an address has it."""
    return f"[{host}]" if ":" in host else host


def make_config(app: FastAPI, proxies: Iterable[str] = (), head_s: float = HEADERS_S) -> Config:
    """How the server runs: what it waits for, and how much it takes in. A proxy is believed who asks only at the
    addresses given."""
    import uvicorn
    from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

    class Patience(H11Protocol):
        """Closes a connection on which the head of a request does not come in time: uvicorn itself waits for ever for
        the first."""

        def connection_made(self, transport: object) -> None:
            """Begin to wait."""
            super().connection_made(transport)  # type: ignore[arg-type]
            self.wait()

        def on_response_complete(self) -> None:
            """Begin to wait for the next."""
            super().on_response_complete()
            self.wait()

        def wait(self) -> None:
            """Look again in time whether anything was asked."""
            self.loop.call_later(head_s, self.give_up, self.cycle)

        def give_up(self, last: RequestResponseCycle | None) -> None:
            """Close the connection if nothing was asked after what was answered last."""
            if self.cycle is last and (last is None or last.response_complete) and not self.transport.is_closing():
                self.transport.close()

    trusted = list(proxies)
    return uvicorn.Config(
        app,
        http=Patience,
        ws="none",
        log_level="warning",
        server_header=False,
        date_header=False,
        access_log=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted,
        timeout_keep_alive=HEADERS_S,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        limit_concurrency=MOST_CONNECTIONS,
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any that is free. Raises `Error`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, so that asyncio sends small answers at once (TCP_NODELAY), and not after 40 ms.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except (OSError, OverflowError) as error:
        made.close()
        reason = error.strerror if isinstance(error, OSError) else "no such port"
        raise Error(f"{host}:{port}: {reason}: name another with --port") from None
    made.listen(128)
    return made
