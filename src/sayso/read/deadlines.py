"""A transport of HTTP of which every wait ends at one deadline: for the connection, its handshake, and each byte of the
status line, the headers, answers that only ask for patience (100 Continue) and the body, and for the resolver of names.
httpx bounds each wait by itself, so that a server that sends or takes a byte now and then holds it for ever."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx

from sayso.read.addresses import Resolve, resolve_host, resolve_in_time

Left = Callable[[], float]
"""How many seconds are left, which may be fewer than none."""


def make_deadline(seconds: float, tick: Callable[[], float] = time.monotonic) -> Left:
    """What tells how many of so many seconds are left from now on."""
    end = tick() + seconds
    return lambda: end - tick()


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
        """A connection to the first address of a host that takes one. Raises `httpcore.ConnectTimeout` and
        `httpcore.ConnectError`."""
        refused: Exception | None = None
        for address in find_addresses(host, port, self.left):
            wait = limit(timeout, self.left, httpcore.ConnectTimeout)
            try:
                return DeadlineStream(
                    super().connect_tcp(address, port, wait, local_address, socket_options), self.left
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused or httpcore.ConnectError(f"the host {host} is not found")


class DeadlineStream(httpcore.NetworkStream):
    """A socket whose waits end at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, left: Left) -> None:
        """Hold a socket; `left` tells how many seconds are left."""
        self.stream, self.left = stream, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes. Raises `httpcore.ReadTimeout`."""
        return self.stream.read(max_bytes, limit(timeout, self.left, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send some bytes. Raises `httpcore.WriteTimeout` and `httpcore.WriteError`."""
        opened: socket.socket = self.stream.get_extra_info("socket")
        rest = memoryview(buffer)
        while rest:
            opened.settimeout(limit(timeout, self.left, httpcore.WriteTimeout))
            try:
                # One piece at a time: httpcore's own loop gives each its whole time anew.
                rest = rest[opened.send(rest) :]
            except TimeoutError as error:
                raise httpcore.WriteTimeout(str(error)) from error
            except OSError as error:
                raise httpcore.WriteError(str(error)) from error

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


def find_addresses(host: str, port: int, left: Left, resolve: Resolve = resolve_host) -> list[str]:
    """The addresses of a host: itself where it is one. Raises `httpcore.ConnectTimeout` and `httpcore.ConnectError`."""
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    try:
        return resolve_in_time(resolve, host, port, left())
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the host {host} is not found") from error
