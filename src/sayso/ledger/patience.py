"""Waiting for a database that is away: its server starts anew, or the network is down for a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sayso.ledger.errors import AwayError

SHORTEST_SECONDS, LONGEST_SECONDS = 0.1, 5.0
"""The pauses between two tries: each twice the one before, up to the longest."""

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many `seconds` something is tried again while the database is away, 0 for not at all; `say` is told
    once that it is. `sleep` waits some seconds, and `tell_seconds` is a clock."""

    seconds: float = 0.0
    say: Callable[[str], object] = lambda words: None
    sleep: Callable[[float], object] = time.sleep
    tell_seconds: Callable[[], float] = time.monotonic

    def try_on(self, work: Callable[[], T]) -> T:
        """Do some work, again and again while the database is away: work that may be done twice. Raises `AwayError`
        when the patience is at its end, and whatever else the work does."""
        give_up, pause = None, SHORTEST_SECONDS
        while True:
            try:
                return work()
            except AwayError as error:
                now = self.tell_seconds()
                if give_up is None:
                    give_up = now + self.seconds
                    if self.seconds:
                        self.say(f"{error}; trying again for {self.seconds:g} seconds")
                if now >= give_up:
                    raise
                self.sleep(min(pause, give_up - now))
                pause = min(2 * pause, LONGEST_SECONDS)


HASTE = Patience()
"""No patience: what cannot be done now is an error."""


class Patient(Protocol):
    """What has patience."""

    _patience: Patience


S = TypeVar("S", bound=Patient)


def patiently(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """The method, tried on with the patience of its object: for one that may be done twice."""

    @wraps(method)
    def tried(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._patience.try_on(lambda: method(self, *args, **kwargs))

    return tried
