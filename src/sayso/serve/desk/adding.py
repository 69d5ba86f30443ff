"""Adding reports at the desk: a pasted text, files, or addresses of pages and feeds; each gives a job at once.

Nothing here opens what a user names on this machine: names of files are words, and addresses are those of the web.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.api.gazetteers import find_gazetteer
from sayso.api.narrowings import read_moment
from sayso.errors import Error
from sayso.forms import dump_json, to_json
from sayso.harms import clean_text
from sayso.journey import add_items
from sayso.read.addresses import drop_userinfo
from sayso.read.inputs import read_inputs
from sayso.read.openings import Fetch, Source, open_file
from sayso.read.passings import Item, tell_passed
from sayso.read.readers import Options, read_source
from sayso.record import Problem
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.jobs import Job
from sayso.tell.citations import safe_url

MOST_BYTES = 20 << 20
"""Bytes of all files of one go together."""
MOST_FILES = 100
MOST_ADDRESSES = 100
LONGEST_TEXT = 1_000_000
"""Code points of a pasted text."""
LONGEST_WORDS = 400
"""Code points of an outlet, a title or a file's name."""
LONGEST_ADDRESS = 2_000
ALLOW = "use --allow-private if it is meant"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class TooMuchError(Error):
    """More than may be given at once."""


def add_text(
    desk: Desk, text: str, *, by: str, outlet: str = "", title: str = "", date: str = "", url: str = ""
) -> Job:
    """Add a report that was pasted, with what is known of it. Raises `Error` where there is no text, it is too long, or
    a field says nothing that can be used."""
    if not text.strip():
        raise Error("paste the text of a report")
    if len(text) > LONGEST_TEXT:
        raise Error(f"the text is longer than {LONGEST_TEXT:,} characters: save it to a file and upload that")
    for name, words in (("outlet", outlet), ("title", title)):
        if len(words) > LONGEST_WORDS:
            raise Error(f"the {name} is longer than {LONGEST_WORDS} characters")
    if url.strip() and (not safe_url(url) or len(url) > LONGEST_ADDRESS):
        raise Error("the address is none of the web: it begins with https:// or http://, or leave it out")
    published = date.strip()
    if published and not DAY.fullmatch(published):
        published = to_json(read_moment(published, begin=True))
    elif published:
        read_moment(published)
    row = {"text": text, "outlet": outlet.strip(), "title": title.strip(), "published": published}
    row["url"] = drop_userinfo(url.strip())
    content = dump_json({name: words for name, words in row.items() if words}).encode()
    source = Source(name="pasted.jsonl", chunks=iter([content]))
    what = title.strip() or outlet.strip() or " ".join(text.split())[:80]
    return start(desk, f"“{clean_text(what)}”", by, 1, lambda job: read_sources(job, [source]))


def add_files(desk: Desk, files: Sequence[tuple[str, Path]], folder: TemporaryDirectory[str], *, by: str) -> Job:
    """Add files that were uploaded into a folder, each with the name that it came under; the folder goes
    afterwards. Raises `Error` where there are none or too many."""
    if not files:
        raise Error("choose a file")
    if len(files) > MOST_FILES:
        raise TooMuchError(f"more than {MOST_FILES} files at once: pack them as ZIP")
    if sum(path.stat().st_size for _, path in files) > MOST_BYTES:
        raise TooMuchError(f"that is more than {MOST_BYTES >> 20} MB at once: send them in turns")
    named = [(name_upload(name), path) for name, path in files]

    def list_sources() -> Iterator[Source]:
        for name, path in named:
            yield Source(name=name, chunks=open_file(str(path)))

    what = named[0][0] if len(named) == 1 else f"{len(named)} files"
    return start(desk, what, by, len(named), lambda job: read_sources(job, list_sources()), folder.cleanup)


def add_addresses(desk: Desk, words: str, *, by: str, fetch: Fetch | None = None) -> Job:
    """Add what is at some addresses, one a line: pages and feeds. Private networks are refused when it is fetched.
    Raises `Error` where one is no address of the web."""
    addresses = list(dict.fromkeys(words.split()))
    if not addresses:
        raise Error("give an address")
    if len(addresses) > MOST_ADDRESSES:
        raise Error(f"more than {MOST_ADDRESSES} addresses at once: give them in turns")
    for address in addresses:
        if not safe_url(address) or len(address) > LONGEST_ADDRESS:
            raise Error(
                f"{clean_text(drop_userinfo(address)[:80])}: no address of the web: it begins with https:// or http://"
            )

    def read(job: Job) -> Iterator[Item]:
        for address in addresses:
            job.begin(drop_userinfo(address))
            yield from map(say_for_desk, read_inputs([address], fetch=fetch))

    what = drop_userinfo(addresses[0]) if len(addresses) == 1 else f"{len(addresses)} addresses"
    return start(desk, what, by, len(addresses), read)


def say_for_desk(item: Item) -> Item:
    """A problem without the advice that only a command can follow."""
    if not isinstance(item, Problem) or ALLOW not in item.message:
        return item
    return replace(item, message=item.message.replace(ALLOW, "the desk fetches nothing from there"))


def name_upload(name: str) -> str:
    """The last part of the name of an uploaded file, as words: it is never opened."""
    last = clean_text(name).replace("\\", "/").rpartition("/")[2].strip()
    return last[-LONGEST_WORDS:] or "unnamed"


def read_sources(job: Job, sources: Iterable[Source]) -> Iterator[Item]:
    """What is in some sources, telling the job of each."""
    for source in sources:
        job.begin(source.name)
        yield from tell_passed(read_source(source, Options()), source.name)


def start(
    desk: Desk,
    what: str,
    by: str,
    total: int,
    read: Callable[[Job], Iterable[Item]],
    clean: Callable[[], object] = lambda: None,
) -> Job:
    """The job that keeps what `read` reads, and cleans up behind it."""

    def work(job: Job) -> None:
        try:
            add_items(desk.ledger, read(job), gazetteer=find_gazetteer(), watch=job.watch, added=job.added)
        finally:
            clean()

    return desk.jobs.start(what, by, total, work)
