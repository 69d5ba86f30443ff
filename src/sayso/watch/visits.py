"""What is looked into rather than fetched: folders and mailboxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from sayso.read.openings import Source, UnreadableError, UnreadableFolder, list_files, open_file
from sayso.record import Problem
from sayso.watch.articles import Keeper, read_whole
from sayso.watch.feeds import Feed
from sayso.watch.mailboxes import list_letters
from sayso.watch.states import Article, FeedState

SETTLED_S = 2.0
"""Seconds since a file was written to after which it counts as whole."""


def visit_folder(keeper: Keeper, feed: Feed, stopped: Callable[[], bool]) -> int:
    """Keep the files of a folder that are new or changed, and say how many; one that is being written waits. Raises
    `UnreadableError`."""
    folder = Path(feed.where).expanduser()
    if not folder.is_dir():
        raise UnreadableError("no such folder; make it, or check the path")
    files = [name for name in list_files(str(folder)) if not isinstance(name, UnreadableFolder)]
    known = keeper.states.find_articles(f"{feed.name}#{file}" for file in files)
    found = 0
    for file in files:
        address = f"{feed.name}#{file}"
        old = known.get(address) or Article(address=address, feed=feed.name, key=file, seen=keeper.now())
        mark = mark_file(file, keeper.now())
        if not mark or mark == old.mark:
            continue
        if stopped():
            break
        found += 1
        keep_source(keeper, replace(old, mark=mark), Source(name=file, chunks=open_late(file), listed=True))
    return found


def mark_file(file: str, now: float) -> str:
    """What changes when a file does; "" for one that is gone or being written."""
    try:
        status = Path(file).stat()
    except OSError:
        return ""
    return "" if 0 <= now - status.st_mtime < SETTLED_S else f"{status.st_size}:{status.st_mtime_ns}"


def open_late(file: str) -> Iterator[bytes]:
    """The bytes of a file, opened when they are read."""
    yield from open_file(file)


def visit_mailbox(
    keeper: Keeper, feed: Feed, state: FeedState, read_secret: Callable[[str], str], stopped: Callable[[], bool]
) -> tuple[int, FeedState]:
    """Keep the letters of a mailbox that came since it was looked into last; how many, and how far it is read now.
    Raises `UnreadableError`."""

    def is_known(key: str) -> bool:
        return bool(keeper.states.find_articles([f"{feed.name}#{key}"]))

    found = 0
    for letter in list_letters(feed, state.mark, keeper.clock().date(), read_secret, is_known):
        article = Article(address=f"{feed.name}#{letter.key}", feed=feed.name, key=letter.key, seen=keeper.now())
        if letter.content is None:
            lose(keeper, article, "a letter too large to be read; save it and add it by hand")
        elif letter.content:
            name = f"{feed.name}:{letter.uid}"
            source = Source(name=name, chunks=iter([letter.content]), media_type="message/rfc822")
            keep_source(keeper, article, source)
            found += 1
        state = replace(state, mark=letter.mark)
        keeper.states.save_feed(state)
        if stopped():
            break
    return found, state


def keep_source(keeper: Keeper, article: Article, source: Source) -> None:
    """Keep the reports of a file or a letter; of one without any, that it has none."""
    raws, reports, problem = read_whole(source)
    if reports:
        keeper.keep(article, raws, reports, keeper.reading(article.report))
    else:
        lose(keeper, article, problem or "no report in it")


def lose(keeper: Keeper, article: Article, message: str) -> None:
    """Note that there is nothing to keep of something."""
    keeper.states.save_article(replace(article, state="gone", due=None, error=message))
    keeper.hear(Problem(step="watch", input=article.address, message=message))
