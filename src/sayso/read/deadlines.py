"""A transport of HTTP of which every wait ends at one deadline: for the connection, its handshake, and each byte of the
status line, the headers, answers that only ask for patience (100 Continue) and the body. httpx bounds each wait by
itself, so that a server that sends a byte now and then holds it for ever."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

Left = Callable[[], float]
"""How many seconds are left, which may be fewer than none."""


class DeadlineTransport(httpx.HTTPTransport):
    """The usual transport, over sockets that wait no longer than is left."""

    def __init__(self, left: Left) -> None:
        """`left` tells how many seconds are left."""
        context = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=context, trust_env=False)
        # httpx has no argument for what its pool reaches the network by.
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=DeadlineBackend(left))


class DeadlineBackend(httpcore.SyncBackend):
    """Opens sockets whose waits end at the deadline."""

    def __init__(self, left: Left) -> None:
        """`left` tells how many seconds are left."""
        self.left = left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection. Raises `httpcore.ConnectTimeout`."""
        wait = limit(timeout, self.left, httpcore.ConnectTimeout)
        return DeadlineStream(super().connect_tcp(host, port, wait, local_address, socket_options), self.left)


class DeadlineStream(httpcore.NetworkStream):
    """A socket whose waits end at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, left: Left) -> None:
        """Hold a socket; `left` tells how many seconds are left."""
        self.stream, self.left = stream, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes. Raises `httpcore.ReadTimeout`."""
        return self.stream.read(max_bytes, limit(timeout, self.left, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send some bytes. Raises `httpcore.WriteTimeout`."""
        self.stream.write(buffer, limit(timeout, self.left, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the socket."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same with TLS. Raises `httpcore.ConnectTimeout`."""
        wait = limit(timeout, self.left, httpcore.ConnectTimeout)
        return DeadlineStream(self.stream.start_tls(ssl_context, server_hostname, wait), self.left)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the socket."""
        return self.stream.get_extra_info(info)


def limit(timeout: float | None, left: Left, error: type[Exception]) -> float:
    """How long one wait may be. Raises the error where nothing is left."""
    seconds = left()
    if seconds <= 0:
        raise error("the deadline has passed")
    return seconds if timeout is None else min(timeout, seconds)
