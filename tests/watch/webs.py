"""A web of our own, and a clock that we set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path

from sayso.ledger import Ledger, open_ledger
from sayso.read.fetches import Answer
from sayso.read.openings import UnreadableError
from sayso.record import Problem, Remark
from sayso.watch.articles import Kept
from sayso.watch.feeds import Feed, FeedList
from sayso.watch.rounds import Watch
from sayso.watch.running import Surroundings, open_watch

START = datetime(2031, 5, 7, 9, tzinfo=UTC)
FEED = "https://post.example/feed.xml"


def article(number: int, dead: str = "Twelve", title: str = "", more: str = "") -> bytes:
    title = title or f"Ferry {number} sinks"
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{dead} people died when ferry "
        f"number {number} sank off Saltmouth on Tuesday, the coast guard said. Nine others are missing, and the port "
        "is shut.</p>"
        f"<p>The vessel was overloaded, a senior official said in the evening. {more}</p></article></body></html>"
    ).encode()


def item(number: int, *, guid: str = "", day: int = 7, title: str = "", link: str | None = None) -> str:
    link = f"https://post.example/{number}" if link is None else link
    when = format_datetime(datetime(2031, 5, day, 9, tzinfo=UTC))
    title = title or f"Ferry {number} sinks"
    return (
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid or number}</guid>"
        f"<pubDate>{when}</pubDate><description>{title}, the coast guard said in the harbour of Saltmouth."
        "</description></item>"
    )


def feed(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>Post</title>{''.join(items)}</channel></rss>".encode()


@dataclass
class Web:
    """What is at each address: bytes, a status, an error, or what makes one of these of a request's headers."""

    pages: dict[str, bytes | int | str | Callable[[Mapping[str, str]], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    tags: bool = True
    """Whether pages have tags, and are not sent again to who has them."""

    def fetch(self, url: str, headers: Mapping[str, str]) -> Answer:
        self.asked.append(url)
        page = self.pages.get(url, 404)
        if isinstance(page, str):
            raise UnreadableError(page)
        if callable(page):
            return page(headers)
        if isinstance(page, int):
            return respond(url, page)
        tag = f'"{sha256(page).hexdigest()[:8]}"'
        if self.tags and headers.get("If-None-Match") == tag:
            return respond(url, 304)
        return respond(url, 200, page, ETag=tag) if self.tags else respond(url, 200, page)

    def count(self, url: str) -> int:
        return self.asked.count(url)


def respond(url: str, status: int, content: bytes = b"", **headers: str) -> Answer:
    kind = "text/html" if b"<html" in content else "application/xml"
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(
        url=url,
        status=status,
        reason="",
        sent=(),
        headers=(("Content-Type", kind), *pairs),
        content=content,
        packed=content,
        media_type=kind,
    )


@dataclass
class World:
    """A folder, a web, a clock, and what a watch said."""

    folder: Path
    web: Web
    now: datetime = START
    said: list[Kept | Problem | Remark] = field(default_factory=list)
    feeds: tuple[Feed, ...] = (Feed(name="Post", kind="web", where=FEED),)

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        ticks = iter(range(10**9))
        around = Surroundings(
            read_secret=lambda name: {"MAIL": "secret"}[name],
            fetch=self.web.fetch,
            clock=lambda: self.now,
            random=lambda: 0.5,
            tick=lambda: float(next(ticks)),
        )
        ledger = str(self.folder / "story.db")
        with open_watch(ledger, self.folder, FeedList(self.feeds, 0.0), around, self.said.append) as watch:
            yield watch

    def round(self, **later: float) -> list[Kept | Problem | Remark]:
        """Ask what is due so much later, in a run of its own; what is said."""
        self.now += timedelta(**later)
        said = len(self.said)
        with self.watching() as watch:
            watch.round()
        return self.said[said:]

    def kept(self) -> list[Kept]:
        return [what for what in self.said if isinstance(what, Kept)]

    def problems(self) -> list[str]:
        return [what.message for what in self.said if isinstance(what, Problem)]

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        with open_ledger(str(self.folder / "story.db"), create=False) as ledger:
            yield ledger

    def texts(self) -> list[str]:
        with self.ledger() as ledger:
            assert list(ledger.verify()) == []
            return [reading.report.text for reading in ledger.readings()]
