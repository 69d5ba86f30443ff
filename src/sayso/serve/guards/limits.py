"""How often something may be done: so many at once, and again as time goes by."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from ipaddress import ip_address, ip_network

MOST_KEYS = 10_000
"""Who is kept in mind at once; whoever was seen longest ago is forgotten first."""


class Limiter:
    """A bucket of tokens for each key: `most` are in it at first, and so many come back in `per_s` seconds. Any thread
    may ask."""

    def __init__(
        self, most: int, per_s: float, tick: Callable[[], float] = time.monotonic, keys: int = MOST_KEYS
    ) -> None:
        """`tick` tells seconds; `keys` bounds the memory."""
        self.most, self.rate, self.tick, self.keys = most, most / per_s, tick, keys
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def spend(self, key: Hashable) -> float:
        """Take one: 0 where there was one, else the seconds until there will be."""
        with self._lock:
            now = self.tick()
            left, then = self._left.get(key, (float(self.most), now))
            left = min(float(self.most), left + (now - then) * self.rate)
            wait = max(0.0, (1 - left) / self.rate)
            self._left[key] = (left if wait else left - 1, now)
            self._left.move_to_end(key)
            while len(self._left) > self.keys:
                self._left.popitem(last=False)
            return wait

    def refund(self, key: Hashable) -> None:
        """Give back the one that was taken last."""
        with self._lock:
            if key in self._left:
                left, then = self._left[key]
                self._left[key] = (min(float(self.most), left + 1), then)

    def __len__(self) -> int:
        """How many are kept in mind."""
        return len(self._left)


def name_network(address: str) -> str:
    """Whom an address belongs to, as far as it tells: one of IPv6 gives its owner a whole network of 2^64."""
    try:
        found = ip_address(address.split("%", 1)[0])
    except ValueError:
        return address[:64]
    mapped = found.ipv4_mapped if found.version == 6 else None
    if mapped is not None:
        return str(mapped)
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))
