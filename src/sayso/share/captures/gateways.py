"""The only way of a browser to the network: a SOCKS 5 proxy (RFC 1928) on this machine that leads to public addresses.

A host is resolved once, here, all its addresses are checked, and the connection is made to one of these, so that a name
that resolves otherwise the second time leads nowhere.
"""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from selectors import EVENT_READ, DefaultSelector

from sayso.read.addresses import Resolve, is_public, resolve_host

CONNECT_TIMEOUT_S, IDLE_TIMEOUT_S = 10.0, 60.0
CHUNK_BYTES = 64 * 1024
DONE, REFUSED, UNREACHABLE, UNSUPPORTED = 0, 2, 4, 7
"""Replies of RFC 1928."""


class Gateway(socketserver.ThreadingTCPServer):
    """The proxy. `refused` are the hosts that it did not lead to, since they are in private networks."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, allow_private: bool = False, resolve: Resolve = resolve_host) -> None:
        """Listen on a free port of this machine; connections are taken once `serve_forever` runs."""
        super().__init__(("127.0.0.1", 0), Passage)
        self.allow_private = allow_private
        self.resolve = resolve
        self.refused: set[str] = set()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    def choose(self, host: str, port: int) -> list[str]:
        """The addresses of a host that may be connected to; [] where it is in a private network. Raises OSError."""
        addresses = self.resolve(host, port)
        if not self.allow_private and not all(is_public(address) for address in addresses):
            self.refused.add(host)
            return []
        return addresses

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke is the page's matter, not the user's."""


class Passage(socketserver.BaseRequestHandler):
    """One connection through the proxy."""

    server: Gateway
    request: socket.socket

    def handle(self) -> None:
        """Greet, connect, and pass bytes both ways until one side has no more."""
        with suppress(OSError, struct.error, UnicodeError):
            self.request.settimeout(CONNECT_TIMEOUT_S)
            version, methods = self.take(2)
            self.take(methods)
            self.request.sendall(b"\x05\x00")
            version, command, _, kind = self.take(4)
            host = self.take_host(kind)
            (port,) = struct.unpack("!H", self.take(2))
            if version != 5 or command != 1 or not host:
                self.reply(UNSUPPORTED)
                return
            self.connect(host, port)

    def take(self, size: int) -> bytes:
        """So many bytes from the browser. Raises OSError where it sends fewer."""
        taken = b""
        while len(taken) < size:
            chunk = self.request.recv(size - len(taken))
            if not chunk:
                raise ConnectionError("cut short")
            taken += chunk
        return taken

    def take_host(self, kind: int) -> str:
        """The host that is asked for, by name or address."""
        if kind == 1:
            return socket.inet_ntop(socket.AF_INET, self.take(4))
        if kind == 4:
            return socket.inet_ntop(socket.AF_INET6, self.take(16))
        return self.take(self.take(1)[0]).decode("idna") if kind == 3 else ""

    def reply(self, code: int) -> None:
        """Tell the browser what became of its request."""
        self.request.sendall(struct.pack("!BBBBIH", 5, code, 0, 1, 0, 0))

    def connect(self, host: str, port: int) -> None:
        """Connect to a host that may be connected to, and pass bytes."""
        try:
            addresses = self.server.choose(host, port)
        except (OSError, UnicodeError):
            self.reply(UNREACHABLE)
            return
        if not addresses:
            self.reply(REFUSED)
            return
        for address in addresses:
            with suppress(OSError), socket.create_connection((address, port), CONNECT_TIMEOUT_S) as other:
                self.reply(DONE)
                pass_bytes(self.request, other)
                return
        self.reply(UNREACHABLE)


def pass_bytes(one: socket.socket, other: socket.socket) -> None:
    """Pass bytes both ways until one side has no more, or nothing comes for a minute."""
    with DefaultSelector() as ready:
        ready.register(one, EVENT_READ, other)
        ready.register(other, EVENT_READ, one)
        while events := ready.select(IDLE_TIMEOUT_S):
            for key, _ in events:
                source, target = key.fileobj, key.data
                assert isinstance(source, socket.socket)
                chunk = source.recv(CHUNK_BYTES)
                if not chunk:
                    return
                target.sendall(chunk)


@contextmanager
def serve(gateway: Gateway) -> Iterator[Gateway]:
    """Let a gateway take connections meanwhile."""
    thread = threading.Thread(target=gateway.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        gateway.shutdown()
        gateway.server_close()
