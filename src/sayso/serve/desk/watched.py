"""The feeds that are watched for a desk's ledger, and how they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.serve.desk.desks import Desk
from sayso.tell.citations import name_moment
from sayso.watch.health import tell_metrics, tell_span
from sayso.watch.states import States, find_states


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """A feed as a page shows it: moments and spans in words, "" for never."""

    name: str
    asked: str
    found: str
    next: str
    every: str
    reports: int
    failures: int
    error: str


@contextmanager
def open_states(desk: Desk) -> Iterator[States | None]:
    """What is known of a desk's feeds; None where none was ever watched. Raises `Error`."""
    path = find_states(desk.ledger.name, desk.data)
    states = States(path) if path.exists() else None
    try:
        yield states
    finally:
        if states is not None:
            states.close()


def list_watched(desk: Desk) -> list[WatchedFeed]:
    """The feeds of the list that was watched last; first those that cannot be had. Raises `Error`."""
    with open_states(desk) as states:
        feeds = [feed for feed in states.feeds() if feed.listed] if states else []
    return [
        WatchedFeed(
            name=feed.name,
            asked=say_moment(feed.asked),
            found=say_moment(feed.found),
            next=say_moment(feed.next),
            every=tell_span(feed.interval),
            reports=feed.kept,
            failures=feed.failures,
            error=feed.error,
        )
        for feed in sorted(feeds, key=lambda feed: (not feed.failures, feed.name))
    ]


def say_moment(seconds: float) -> str:
    """A moment in words, "" for never."""
    return name_moment(datetime.fromtimestamp(seconds, UTC)) if seconds else ""


def find_metrics(desk: Desk) -> str:
    """The metrics of a desk's feeds; none where none was ever watched. Raises `Error`."""
    with open_states(desk) as states:
        return tell_metrics(states) if states else ""
