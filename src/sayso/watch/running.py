"""A watch as it runs: over one ledger and one list of feeds, alone, until it is stopped."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from sayso.errors import Error
from sayso.files import replace_file
from sayso.ledger import open_ledger
from sayso.ledger.engines import name_ledger, place_beside
from sayso.read.fetches import Answer, ask_url
from sayso.read.limits import DEFAULT_LIMITS
from sayso.record import Problem
from sayso.watch.articles import Hear, Keeper
from sayso.watch.askings import Asker, Fetch
from sayso.watch.captures import Captures
from sayso.watch.feeds import FeedList
from sayso.watch.health import tell_metrics
from sayso.watch.rounds import Watch
from sayso.watch.states import States, find_states

CAPTURES = ".warc"
"""What follows the ledger's path in that of the folder of captures."""
LONGEST_REST_S, SHORTEST_REST_S = 60.0, 1.0
PACKAGES = {"page": "cssselect", "mailbox": "imapclient"}
"""What some kinds of feeds need besides."""
TROUBLE_S, MOST_TROUBLE_S = 5.0, 300.0
"""Seconds that are waited where nothing can be kept (a full disk, a database away), doubled each time up to the
second."""


def tell_time() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a watch asks of the world around it, so that tests can give their own: the clock, chance, seconds that never
    go back, secrets, the network (None for the real one) and what ends it."""

    read_secret: Callable[[str], str]
    fetch: Fetch | None = None
    clock: Callable[[], datetime] = tell_time
    random: Callable[[], float] = random.random
    tick: Callable[[], float] = time.monotonic
    stop: threading.Event = field(default_factory=threading.Event)


def fetch_politely(url: str, headers: Mapping[str, str], *, allow_private: bool) -> Answer:
    """What a server answers, also where that leads on. Raises `UnreadableError`."""
    most = DEFAULT_LIMITS.document_bytes
    return ask_url(url, max_bytes=most, headers=headers, allow_private=allow_private, follow=False)


@contextmanager
def open_watch(
    ledger: str,
    data: Path,
    feeds: FeedList,
    around: Surroundings,
    hear: Hear,
    *,
    gazetteer: str = "",
    allow_private: bool = False,
) -> Iterator[Watch]:
    """A watch over a ledger, which is made where there is none; what it knows lies beside it, or in the folder `data`
    for a database. Raises `Error`, where another watch is at work too."""
    need_packages(feeds)
    states = States(find_states(ledger, data))
    with states.alone():
        captures = Captures(place_beside(name_ledger(ledger), CAPTURES, data), around.clock)
        heal(captures, hear)
        with open_ledger(ledger) as kept:
            keeper = Keeper(
                ledger=kept,
                states=states,
                captures=captures,
                feeds={feed.name: feed for feed in feeds.feeds},
                clock=around.clock,
                random=around.random,
                hear=hear,
                gazetteer=gazetteer,
            )
            asker = Asker(
                fetch=around.fetch or partial(fetch_politely, allow_private=allow_private),
                find_host=states.find_host,
                save_host=states.save_host,
                now=keeper.now,
                tick=around.tick,
                wait=around.stop.wait,
                stopped=around.stop.is_set,
                gap_s=feeds.gap_s,
            )
            try:
                yield Watch(feeds.feeds, keeper, asker, around.read_secret)
            finally:
                states.close()


def need_packages(feeds: FeedList) -> None:
    """Raise `Error` where a package that feeds of these kinds need is not installed."""
    for package in sorted({PACKAGES[feed.kind] for feed in feeds.feeds if feed.kind in PACKAGES} | {"protego"}):
        if find_spec(package) is None:
            raise Error(f"watching needs a few more packages ({package}): pip install 'sayso[watch]'")


def heal(captures: Captures, hear: Hear) -> None:
    """Take off what a crash left half written of the captures. Raises `Error`."""
    if torn := captures.heal():
        message = f"{torn:,} bytes of a capture that was cut short were taken off"
        hear(Problem(step="watch", input=str(captures.folder), message=message))


def watch_on(watch: Watch, stop: threading.Event, after: Callable[[Watch], None]) -> None:
    """Watch until told to stop; `after` is called after each round. Where nothing can be kept for a while it waits."""
    trouble = 0.0
    while not stop.is_set():
        try:
            watch.round()
            after(watch)
            trouble = 0.0
            rest = watch.next_due() - watch.keeper.now()
        except Error as error:
            watch.keeper.hear(Problem(step="watch", message=str(error)))
            trouble = min(MOST_TROUBLE_S, max(TROUBLE_S, 2 * trouble))
            rest = trouble
        stop.wait(min(max(rest, SHORTEST_REST_S), max(LONGEST_REST_S, trouble)))


def write_metrics(path: Path, watch: Watch) -> None:
    """Write the metrics of a watch to a file, whole or not at all, for node-exporter's collector of text files. Raises
    `Error`."""
    try:
        replace_file(path, tell_metrics(watch.keeper.states).encode())
    except OSError as error:
        raise Error(f"{path}: {error.strerror or error}") from error
