"""Which network addresses the outside world may send us to: public ones only."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Resolve = Callable[[str, int], list[str]]
"""From a host and port to the addresses it has, as the system's resolver says."""

# Translated to an IPv4 address by a gateway (RFC 6052, RFC 8215).
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a host, in the resolver's order; raises `OSError` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


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
