"""Listing a feed's entries in a child (see `sayso.read.children`): its answer is a stranger's, as an article is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import IO

import msgspec

from sayso.read.children import CHILDREN, BrokenOffError
from sayso.read.crossings import find_zone, set_zone
from sayso.read.fetches import Answer
from sayso.read.openings import UnreadableError
from sayso.record import Raw
from sayso.watch.entries import Entry, Listing, NamedSitemap, list_entries
from sayso.watch.feeds import Feed

LIST = "sayso.watch.lists:list_asked"
"""The task of a child that lists entries."""


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """What a child is asked: a feed, and its answer without the bytes."""

    feed: Feed
    url: str
    media_type: str
    charset: str
    retrieved: datetime


class Told(msgspec.Struct, array_like=True, omit_defaults=True):
    """One thing that it tells: an entry, and the offset in seconds from UTC in which its report was published; last the
    raw (without content where it is the answer's), whether the end is missing, and the sitemaps that are listed with
    how many there are more; or why there is no list."""

    entry: Entry | None = None
    zone: float = 0.0
    raw: Raw | None = None
    cut: bool = False
    sitemaps: tuple[NamedSitemap, ...] = ()
    more: int = 0
    unreadable: str = ""


def list_apart(feed: Feed, answer: Answer, retrieved: datetime) -> Listing:
    """The entries of a feed's answer, by a child. Raises `UnreadableError` for an answer that is no list, or at which
    the child breaks off."""
    asked = Asked(feed, answer.url, answer.media_type, answer.charset, retrieved)
    content = BytesIO(answer.content)
    entries: list[Entry] = []
    raw, cut, more = None, False, 0
    sitemaps: tuple[NamedSitemap, ...] = ()
    try:
        for words in CHILDREN.ask(LIST, msgspec.msgpack.encode(asked), content, len(answer.packed or answer.content)):
            told = msgspec.msgpack.decode(words, type=Told)
            if told.unreadable:
                raise UnreadableError(told.unreadable)
            if told.entry:
                report = told.entry.report and set_zone(told.entry.report, told.zone)
                entries.append(replace(told.entry, report=report))
            raw, cut = raw or told.raw, cut or told.cut
            sitemaps, more = sitemaps or told.sitemaps, more or told.more
    except BrokenOffError as error:
        raise UnreadableError(str(error)) from error
    except (msgspec.MsgspecError, ValueError, OverflowError) as error:
        raise UnreadableError("its parser answered what is no list; check the address") from error
    if raw and not raw.content:
        raw = replace(raw, content=answer.content, sha256=hashlib.sha256(answer.content).hexdigest())
    return Listing(entries=tuple(entries), raw=raw, cut=cut, sitemaps=sitemaps, more=more)


def list_asked(given: bytes, content: IO[bytes]) -> Iterator[bytes]:
    """What a child is asked to list, entry by entry."""
    asked = msgspec.msgpack.decode(given, type=Asked)
    answer = Answer(
        url=asked.url,
        status=200,
        reason="",
        sent=(),
        headers=(),
        content=content.read(),
        media_type=asked.media_type,
        charset=asked.charset,
    )
    try:
        listing = list_entries(asked.feed, answer, asked.retrieved)
    except UnreadableError as error:
        yield msgspec.msgpack.encode(Told(unreadable=str(error)))
        return
    for entry in listing.entries:
        yield msgspec.msgpack.encode(Told(entry=entry, zone=find_zone(entry.report)))
    raw = listing.raw
    if raw and raw.content == answer.content:
        raw = replace(raw, content=b"")
    yield msgspec.msgpack.encode(Told(raw=raw, cut=listing.cut, sitemaps=listing.sitemaps, more=listing.more))
