"""What a watch knows between runs: its feeds, the articles that they led to, and the hosts that it asked.

It lies beside the ledger, in a SQLite file of its own (``<ledger>.watch.db``). Each change is one transaction, so that
a program killed at any moment leaves it whole; one program at a time watches.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import (
    URL,
    Column,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import DBAPIError

from sayso.errors import Error
from sayso.ledger.engines import name_ledger, place_beside, set_up_sqlite, use_log
from sayso.watch.feeds import Feed
from sayso.watch.schedules import FARTHEST_S

SUFFIX = ".watch.db"
"""What follows the ledger's path in that of the watch's file."""
WAIT_S = 30.0

TRUSTED = 20
"""Times in a row that a server, or the list that names a sitemap, may say without proof that nothing changed (304);
then it is asked as if for the first time, since some say so whatever happens."""

STAND_IN = "~"
State = Literal["wanted", "kept", "gone"]
"""Of an article: its report is still to be had, is in the ledger, or will not be had any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is known of a feed. `etag`, `modified` and `digest` are of its last answer, `unchanged` counts the answers
    in a row that said without proof that nothing changed (304); `mark` is how far a mailbox was read. `asked`, `found`
    (something new) and `next` are moments, 0 for never; `failures` are those in a row, `error` the last one's words;
    `listed` is whether the feed is in the list that was watched last, `kept` how many reports came of it."""

    name: str
    kind: str = "web"
    place: str = ""
    listed: int = 1
    etag: str = ""
    modified: str = ""
    digest: str = ""
    mark: str = ""
    unchanged: int = 0
    asked: float = 0.0
    found: float = 0.0
    next: float = 0.0
    interval: float = 0.0
    failures: int = 0
    error: str = ""
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What is known of an article that a feed led to.

    `address` is what it is known by, `url` where it is fetched ("" where the feed has all of it), `key` its id in the
    feed and `mark` a digest of its words there; `seen_in` is where the feed's answer is captured. `got` is where an
    answer is captured that is not read yet. `words` is a digest of the text that was kept last (after `STAND_IN`, where
    that is what the feed says of it for want of the article), `report` that of its report. `rung` counts the askings
    since it last changed; `due` is when to ask (again), None for never.
    """

    address: str
    feed: str
    url: str = ""
    key: str = ""
    mark: str = ""
    seen_in: str = ""
    state: State = "wanted"
    got: str = ""
    etag: str = ""
    modified: str = ""
    words: str = ""
    report: str = ""
    seen: float = 0.0
    due: float | None = 0.0
    rung: int = 0
    failures: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What is known of a sitemap that a feed's own one lists, or (`parent`) another of them; `place` is its rank there,
    the newest first, and `depth` how many lists lead to it. `changed` is when it changed last, as that list says, and
    `had` the same when it was had last, at the moment `asked`; the rest as of a feed."""

    id: str
    feed: str
    url: str
    parent: str = ""
    place: int = 0
    depth: int = 1
    changed: str = ""
    had: str = ""
    asked: float = 0.0
    etag: str = ""
    modified: str = ""
    digest: str = ""
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What is known of a host: its robots.txt, why that cannot be had, until when that holds, and until when the host
    asked to be left alone."""

    host: str
    robots: str = ""
    barred: str = ""
    until: float = 0.0
    held: float = 0.0


metadata = MetaData()
_KINDS: dict[str, type[Any]] = {"str": String, "int": Integer, "float": Float, "float | None": Float, "State": String}


def make_table(name: str, row: type[Any]) -> Table:
    """The table of a row's fields; the first is its key."""
    key = fields(row)[0].name
    columns = (Column(f.name, _KINDS[str(f.type)], primary_key=f.name == key) for f in fields(row))
    return Table(name, metadata, *columns)


FEEDS, ARTICLES, HOSTS, SITEMAPS = (
    make_table(name, row)
    for name, row in (("feeds", FeedState), ("articles", Article), ("hosts", Host), ("sitemaps", Sitemap))
)
LISTED = select(FEEDS.c.name).where(FEEDS.c.listed == 1)
Index("due_articles", ARTICLES.c.due)
Index("listed_sitemaps", SITEMAPS.c.feed, SITEMAPS.c.parent)


def find_states(ledger: str, data: Path) -> Path:
    """Where the file of a watch over a ledger lies: beside it, or in the folder `data` for a database."""
    return place_beside(name_ledger(ledger), SUFFIX, data)


class States:
    """The file of a watch. Methods raise `Error`."""

    def __init__(self, path: Path) -> None:
        """The file at a path, made where there is none."""
        self.path = path
        self._hosts: dict[str, Host] = {}  # Asked for again and again, and written by nobody else.
        with self._clear():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._engine: Engine = set_up_sqlite(create_engine(URL.create("sqlite", database=str(path))), WAIT_S)
            use_log(self._engine, WAIT_S)
            with self._engine.execution_options(writing=True).begin() as connection:
                metadata.create_all(connection)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def begin(self, feeds: Iterable[Feed]) -> list[tuple[Feed, FeedState]]:
        """The feeds of a list with what is known of each. What was known of another address under the same name is
        forgotten, and feeds of former lists are not listed any more."""
        known = {state.name: state for state in self.feeds()}
        found, moved = [], []
        for feed in feeds:
            old = known.get(feed.name)
            if old is None or (old.kind, old.place) != (feed.kind, feed.place):
                moved.append(feed.name)
                old = FeedState(name=feed.name, kind=feed.kind, place=feed.place, kept=old.kept if old else 0)
            interval = min(max(old.interval or feed.least_s, feed.least_s), feed.most_s)
            found.append((feed, replace(old, listed=1, interval=interval)))
        with self._write() as connection:
            connection.execute(update(FEEDS).values(listed=0))
            for name in moved:
                connection.execute(delete(SITEMAPS).where(SITEMAPS.c.feed == name))
            for _, state in found:
                put(connection, FEEDS, state)
        return found

    def feeds(self) -> list[FeedState]:
        """All feeds, by their names."""
        with self._read() as connection:
            return [FeedState(**row._mapping) for row in connection.execute(select(FEEDS).order_by(FEEDS.c.name))]

    def save_feed(self, state: FeedState, articles: Iterable[Article] = ()) -> None:
        """Keep what is known of a feed and of articles that it led to, all or nothing. Reports are counted as they are
        kept, by `save_article`."""
        with self._write() as connection:
            put(connection, FEEDS, state, leave=("kept",))
            for article in articles:
                put(connection, ARTICLES, article)

    def list_sitemaps(self, feed: str, parent: str) -> list[Sitemap]:
        """The sitemaps that a feed lists itself, or (`parent`) another of its sitemaps, the newest first."""
        asked = select(SITEMAPS).where(SITEMAPS.c.feed == feed, SITEMAPS.c.parent == parent).order_by(SITEMAPS.c.place)
        with self._read() as connection:
            return [Sitemap(**row._mapping) for row in connection.execute(asked)]

    def save_sitemaps(self, feed: str, parent: str, rows: Iterable[Sitemap], *, whole: bool) -> None:
        """Keep which sitemaps are listed somewhere, and what was known of them. Others that were are forgotten where
        that is the whole list, with what they listed."""
        listed, mine = list(rows), SITEMAPS.c.feed == feed
        with self._write() as connection:
            for row in listed:
                put(connection, SITEMAPS, row, leave=("had", "asked", "etag", "modified", "digest", "unchanged"))
            if not whole:
                return
            gone = SITEMAPS.c.id.not_in([row.id for row in listed])
            connection.execute(delete(SITEMAPS).where(mine, SITEMAPS.c.parent == parent, gone))
            left = select(SITEMAPS.c.url).where(mine)
            connection.execute(delete(SITEMAPS).where(mine, SITEMAPS.c.parent != "", SITEMAPS.c.parent.not_in(left)))

    def save_sitemap(self, sitemap: Sitemap, articles: Iterable[Article] = ()) -> None:
        """Keep what is known of a sitemap and of the articles that it led to, all or nothing."""
        with self._write() as connection:
            put(connection, SITEMAPS, sitemap)
            for article in articles:
                put(connection, ARTICLES, article)

    def save_article(self, article: Article, kept: int = 0) -> None:
        """Keep what is known of an article; so many more reports were kept of its feed."""
        with self._write() as connection:
            put(connection, ARTICLES, article)
            if kept:
                grown = update(FEEDS).where(FEEDS.c.name == article.feed).values(kept=FEEDS.c.kept + kept)
                connection.execute(grown)

    def find_articles(self, addresses: Iterable[str]) -> dict[str, Article]:
        """What is known of the articles at some addresses, by these."""
        wanted = list(addresses)
        found: dict[str, Article] = {}
        with self._read() as connection:
            for first in range(0, len(wanted), 500):
                some = select(ARTICLES).where(ARTICLES.c.address.in_(wanted[first : first + 500]))
                found |= {row.address: Article(**row._mapping) for row in connection.execute(some)}
        return found

    def due_articles(self, now: float) -> list[Article]:
        """The articles of listed feeds that are to be asked for, those never had first, then the longest due."""
        far = ARTICLES.c.due > now + FARTHEST_S
        asked = select(ARTICLES).where((ARTICLES.c.due <= now) | far, ARTICLES.c.feed.in_(LISTED))
        first = ARTICLES.c.state != "wanted"
        with self._read() as connection:
            found = connection.execute(asked.order_by(first, ARTICLES.c.due, ARTICLES.c.address))
            return [Article(**row._mapping) for row in found]

    def next_due(self) -> float | None:
        """The first moment at which an article of a listed feed is to be asked for; None for never."""
        with self._read() as connection:
            first = select(func.min(ARTICLES.c.due)).where(ARTICLES.c.feed.in_(LISTED))
            found: float | None = connection.scalar(first)
            return found

    def count_articles(self) -> dict[str, int]:
        """How many articles there are in each state."""
        asked = select(ARTICLES.c.state, func.count()).group_by(ARTICLES.c.state)
        with self._read() as connection:
            return {str(state): int(count) for state, count in connection.execute(asked)}

    def find_host(self, host: str) -> Host:
        """What is known of a host."""
        if host not in self._hosts:
            with self._read() as connection:
                row = connection.execute(select(HOSTS).where(HOSTS.c.host == host)).first()
            self._hosts[host] = Host(**row._mapping) if row else Host(host=host)
        return self._hosts[host]

    def save_host(self, host: Host) -> None:
        """Keep what is known of a host."""
        with self._write() as connection:
            put(connection, HOSTS, host)
        self._hosts[host.host] = host

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Watch alone: a second watch over the same ledger is refused with `Error`. The system lets go of it when the
        program ends, however it does."""
        path = self.path.with_suffix(".lock")
        with self._clear():
            lock = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            lock.close()
            raise Error(f"{self.path}: another sayso watch is at work on this ledger; wait for it or end it") from None
        try:
            yield
        finally:
            lock.close()

    @contextmanager
    def _read(self) -> Iterator[Any]:
        with self._clear(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Any]:
        with self._clear(), self._engine.execution_options(writing=True).begin() as connection:
            yield connection

    @contextmanager
    def _clear(self) -> Iterator[None]:
        """Say what the database complains of in one line."""
        try:
            yield
        except (DBAPIError, sqlite3.Error, OSError) as error:
            reason = getattr(error, "orig", None) or getattr(error, "strerror", None) or error
            raise Error(f"{self.path}: what is known of the feeds cannot be kept or read: {reason}") from error


def make_conditions(known: FeedState | Article | Sitemap) -> dict[str, str]:
    """The headers that ask for what changed only (RFC 9110); none where the server's word is not to be trusted."""
    if not isinstance(known, Article) and known.unchanged >= TRUSTED:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in headers.items() if value}


@cache
def write_over(table: Table, leave: tuple[str, ...]) -> Insert:
    """The statement that writes a row over the one with its key, of which some columns are left."""
    made = insert(table)
    rest = {column.name: made.excluded[column.name] for column in table.columns if not column.primary_key}
    return made.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: value for name, value in rest.items() if name not in leave},
    )


def put(connection: Any, table: Table, row: Any, leave: tuple[str, ...] = ()) -> None:
    """Write a row over the one with its key, of which some columns are left."""
    connection.execute(write_over(table, leave), asdict(row))
