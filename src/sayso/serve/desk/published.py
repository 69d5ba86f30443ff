"""What is published of a desk: a brief or a question at an address of its own that anybody may open.

It is kept beside the ledger, not in it: what is shown to whom is no part of what is known. A live brief's changes are
kept as editions, for its feed.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    StaticPool,
    String,
    Table,
    create_engine,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from sayso.errors import Error
from sayso.moments import tell_now
from sayso.record import Brief
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.questions import find_docket, find_one, set_poll

Kind = Literal["brief", "question"]
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
"""A name that somebody gives a page."""
SECRET_BYTES = 16
MOST_EDITIONS, MOST_LINES = 50, 20
"""Editions in a feed, and new lines told of each."""

metadata = MetaData()
pages = Table(
    "published",
    metadata,
    Column("name", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("target", String, nullable=False),
    Column("title", String, nullable=False),
    Column("as_of", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),
    Column("ended", String, nullable=False),
)
editions = Table(
    "editions",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("lines", String, nullable=False),
    Column("fresh", String, nullable=False),
)
keys = Table("public_keys", metadata, Column("name", String, primary_key=True), Column("value", LargeBinary))


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A page that anybody may open at `/p/{name}`: the brief of a story (its id) `as_of` a moment or live (None), or a
    question (its id). `ended` is since when it is no longer shown, None where it is."""

    name: str
    kind: Kind
    target: str
    title: str
    as_of: datetime | None
    by: str
    at: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A state of a published brief, from 1: when it was first seen, and the lines that the one before had not."""

    number: int
    at: datetime
    fresh: tuple[str, ...]


_engines: WeakKeyDictionary[Desk, Engine] = WeakKeyDictionary()
_opening = threading.Lock()


def open_store(desk: Desk) -> Engine:
    """The file of what is published beside a desk's ledger, made where there is none. Raises `Error`."""
    with _opening:
        if desk not in _engines:
            path = name_store(desk)
            if path is None:
                engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})
            try:
                metadata.create_all(engine)
            except SQLAlchemyError as error:
                raise Error(f"{path}: it cannot be written: {error.__cause__ or error}") from None
            _engines[desk] = engine
        return _engines[desk]


def name_store(desk: Desk) -> Path | None:
    """Where it lies: beside a ledger that is a file, else in the folder of the cache; None for memory alone."""
    where = desk.ledger.name.removeprefix("sqlite:///")
    if "://" not in where and where != ":memory:":
        return Path(f"{Path(where).expanduser().absolute()}.desk.db")
    if "://" in where and desk.cache is not None:
        return desk.cache / f"desk-{hashlib.sha256(where.encode()).hexdigest()[:16]}.db"
    return None


def list_published(desk: Desk) -> list[Published]:
    """What is published now, the newest first."""
    with open_store(desk).connect() as connection:
        rows = connection.execute(select(pages).where(pages.c.ended == "").order_by(pages.c.at.desc()))
        return [read_page(row._mapping) for row in rows]


def find_published(desk: Desk, name: str) -> Published:
    """The page of a name that is published now. Raises `MissingError`, in the same words whatever there was."""
    with open_store(desk).connect() as connection:
        row = connection.execute(select(pages).where(pages.c.name == name, pages.c.ended == "")).first()
    if row is None:
        raise MissingError("there is no such page")
    return read_page(row._mapping)


def read_page(row: Any) -> Published:
    """A page of its row."""
    moments = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in ("as_of", "at", "ended")}
    return Published(**{**row, **moments})


def publish(
    desk: Desk, kind: Kind, target: str, by: str, *, name: str = "", as_of: datetime | None = None
) -> Published:
    """Publish the brief of a story or a question, which is opened to readers' answers; under a name that cannot be
    guessed unless one is given. Raises `Error`."""
    name = name.strip()
    if name and not NAME.fullmatch(name):
        raise Error(f"{name!r} is no name of a page: small letters, digits and hyphens, 64 at most")
    if kind == "question":
        question = find_one(find_docket(desk), target)
        target, title, as_of = question.id, question.text, None
    else:
        story = desk.story(target, as_of)
        target, title = story.id, story.name
    page = Published(
        name=name or secrets.token_urlsafe(SECRET_BYTES), kind=kind, target=target, title=title, as_of=as_of, by=by,
        at=tell_now(),
    )  # fmt: skip
    row = {
        "name": page.name, "kind": kind, "target": target, "title": title, "by": by, "at": page.at.isoformat(),
        "as_of": as_of.astimezone(UTC).isoformat() if as_of else "", "ended": "",
    }  # fmt: skip
    try:
        with open_store(desk).begin() as connection:
            connection.execute(insert(pages).values(row))
    except IntegrityError:
        # A name that was used is never used for another page: links to it stay what they were.
        raise Error(f"there is or was a page called {name}: choose another name") from None
    if kind == "question":
        set_poll(desk, target, "open", by)
    return page


def stop_publishing(desk: Desk, name: str, by: str) -> None:
    """Show a page no longer; a question that is on no other page is closed to readers. Raises `MissingError`."""
    page = find_published(desk, name)
    with open_store(desk).begin() as connection:
        connection.execute(update(pages).where(pages.c.name == name).values(ended=tell_now().isoformat()))
    if page.kind == "question" and all(other.target != page.target for other in list_published(desk)):
        set_poll(desk, page.target, "closed", by)


def list_lines(brief: Brief) -> list[str]:
    """What a brief says on its front page, a line a sentence."""
    return [sentence.text for section in brief.sections if section.front for sentence in section.sentences]


def keep_edition(desk: Desk, page: Published, lines: Sequence[str]) -> None:
    """Keep what a published brief says now, where it says other than it did."""
    with open_store(desk).begin() as connection:
        asked = select(editions).where(editions.c.name == page.name).order_by(editions.c.number.desc())
        last = connection.execute(asked).first()
        known = msgspec.json.decode(last.lines, type=list[str]) if last else []
        if last and known == list(lines):
            return
        fresh = [line for line in lines if line not in set(known)][:MOST_LINES]
        row = {
            "name": page.name, "number": (last.number if last else 0) + 1, "at": tell_now().isoformat(),
            "lines": msgspec.json.encode(list(lines)).decode(), "fresh": msgspec.json.encode(fresh).decode(),
        }  # fmt: skip
        try:
            connection.execute(insert(editions).values(row))
        except IntegrityError:
            return  # Another request kept it first.


def list_editions(desk: Desk, page: Published) -> list[Edition]:
    """The editions of a published brief, the newest first."""
    asked = select(editions).where(editions.c.name == page.name).order_by(editions.c.number.desc())
    with open_store(desk).connect() as connection:
        return [
            Edition(
                number=row.number,
                at=datetime.fromisoformat(row.at),
                fresh=tuple(msgspec.json.decode(row.fresh, type=list[str])),
            )
            for row in connection.execute(asked.limit(MOST_EDITIONS))
        ]


def read_key(desk: Desk, name: str) -> bytes:
    """A secret of this desk, made when it is first asked for."""
    engine = open_store(desk)
    with engine.connect() as connection:
        found = connection.execute(select(keys.c.value).where(keys.c.name == name)).scalar()
    if found is not None:
        return bytes(found)
    try:
        with engine.begin() as connection:
            connection.execute(insert(keys).values(name=name, value=secrets.token_bytes(32)))
    except IntegrityError:
        pass  # Another request made it first.
    with engine.connect() as connection:
        return bytes(connection.execute(select(keys.c.value).where(keys.c.name == name)).scalar_one())
