"""Web addresses and those of the network: who may be shown what they hold, where the outside world may send us (public
networks only), and how long a resolver may take."""

from __future__ import annotations

import queue
import re
import socket
import threading
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import unquote

Resolve = Callable[[str, int], list[str]]
"""From a host and port to the addresses it has, as the system's resolver says."""

# A user's name and password before the host (RFC 3986, 3.2.1), and such with a slash inside, which none may have.
_USERINFO = re.compile(r"(?s)(\A\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)([^/?#]*)@")
_BROKEN = re.compile(r"(?s)(\A\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)[^/?#@\[\]]+:(?!\d{0,5}(?:[/?#]|\Z)).*@")

# Translated to an IPv4 address by a gateway (RFC 6052, RFC 8215).
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a host, in the resolver's order; raises `OSError` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_in_time(resolve: Resolve, host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host by a resolver that may take so many seconds, which no resolver of a system can be told:
    it is asked in a thread that nobody waits for. Raises `TimeoutError`, and what the resolver raises."""
    answers: queue.Queue[list[str] | Exception] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except Exception as error:  # Whoever waits raises it.
            answers.put(error)

    if seconds > 0:
        threading.Thread(target=ask, daemon=True, name="resolver").start()
    try:
        answer = answers.get(timeout=max(0.0, seconds))
    except queue.Empty:
        raise TimeoutError("the host's name is not resolved in time") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def drop_userinfo(address: str) -> str:
    """A web address without a user's name and password before its host: these are never kept, shown or logged."""
    return _BROKEN.sub(r"\1", _USERINFO.sub(r"\1", address)) if "@" in address else address


def find_userinfo(address: str) -> tuple[str, str] | None:
    """The user's name and password in a web address, None where it holds none. Raises ValueError where they hold what
    has to be written otherwise there."""
    found = _USERINFO.match(address)
    if found is None:
        if drop_userinfo(address) != address:
            raise ValueError("the name or password in it holds / ? or #: write %2F, %3F or %23")
        return None
    user, _, password = found[2].partition(":")
    return (unquote(user), unquote(password)) if found[2] else None


def is_public(words: str) -> bool:
    """Whether an address is one of the public internet: not loopback, private, link-local or site-local, shared,
    multicast or reserved, nor an IPv6 address that only wraps such a one."""
    try:
        address = ip_address(words.split("%", 1)[0])
    except ValueError:
        return False
    return all(
        part.is_global and not part.is_multicast and not part.is_reserved and not getattr(part, "is_site_local", False)
        for part in _unwrap(address)
    )


def _unwrap(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The IPv4 addresses inside an IPv6 address, or the address itself."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address.sixtofour:
        return [address.sixtofour]
    if address.teredo:
        return list(address.teredo)
    if any(address in network for network in _NAT64):
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address]
