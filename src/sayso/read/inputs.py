"""Reading inputs: what happens to each name, top to bottom.

name -> sources (a file, the files of a folder, standard input, a URL) -> bytes -> format -> raw and reports
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sayso.originals import DamagedError
from sayso.read.addresses import drop_userinfo
from sayso.read.limits import DEFAULT_LIMITS, Limits
from sayso.read.openings import (
    Fetch,
    Fetched,
    Source,
    UnreadableError,
    UnreadableFolder,
    list_files,
    open_file,
    read_stream,
    shorten,
)
from sayso.read.passings import Item, Passed, tell_passed
from sayso.read.readers import Options, read_source, refuse
from sayso.read.refusals import READ
from sayso.record import Problem, Remark

Clock = Callable[[], datetime]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_WEB = re.compile(r"https?://", re.IGNORECASE)


def read_utc_clock() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def read_inputs(
    inputs: Iterable[str],
    *,
    fetch: Fetch | None = None,
    clock: Clock = read_utc_clock,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Item]:
    """The reports of paths, folders, URLs and standard input ("-"), in their order, each after the raw it is from.

    An input that cannot be read is a `Problem` that names it; the others go on. What had to be guessed, and what was
    passed over in a folder, is a `Remark`. `fetch` gets what is at a URL (the network, unless given), `clock` the
    moment of fetching, which is all it is used for. Addresses in private networks are refused unless `allow_private`.
    `columns` are those of tables that hold a report's fields, by the fields (see `columns.FIELDS`), where they are not
    to be guessed.
    """
    fetch = fetch or partial(_fetch_from_network, limits=limits, allow_private=allow_private)
    options = Options(limits, columns or {})
    for name in inputs:
        found, shown = False, drop_userinfo(name)
        for item in tell_passed(_read_name(name, options, fetch, clock, stdin), shown):
            found = found or not isinstance(item, Remark)
            yield item
        if not found:
            yield refuse(shown, f"no report in it; {READ}")


def _read_name(
    name: str, options: Options, fetch: Fetch, clock: Clock, stdin: BinaryIO | None
) -> Iterator[Item | Passed]:
    for source in _find_sources(name, fetch, clock, stdin):
        yield from [source] if isinstance(source, Problem) else read_source(source, options)


def _fetch_from_network(url: str, *, limits: Limits, allow_private: bool) -> Fetched:
    # Imported late: most batches fetch nothing.
    from sayso.read.fetches import fetch_url

    return fetch_url(url, max_bytes=limits.document_bytes, allow_private=allow_private)


def _find_sources(name: str, fetch: Fetch, clock: Clock, stdin: BinaryIO | None) -> Iterator[Source | Problem]:
    try:
        if name == "-":
            yield Source(name=name, chunks=read_stream(stdin or sys.stdin.buffer))
        elif _WEB.match(name):
            yield _fetch_source(name, fetch, clock)
        elif scheme := _SCHEME.match(name):
            only = f"only http and https addresses are fetched, not {shorten(scheme[0])}; save it to a file"
            yield refuse(drop_userinfo(name), only)
        elif _is_folder(name):
            for file in list_files(name):
                if isinstance(file, UnreadableFolder):
                    yield refuse(file.name, file.reason)
                else:
                    yield Source(name=file, chunks=_open_late(file), listed=True)
        else:
            yield Source(name=name, chunks=open_file(name))
    except UnreadableError as error:
        yield refuse(drop_userinfo(name), str(error))


def _fetch_source(url: str, fetch: Fetch, clock: Clock) -> Source:
    try:
        fetched = fetch(url)
    except (UnreadableError, DamagedError):
        raise
    except Exception as error:  # A fault of ours or a library's costs one input and not the others.
        raise UnreadableError(f"cannot be fetched ({type(error).__name__}); save the page to a file") from error
    return Source(
        name=drop_userinfo(url),
        chunks=iter([fetched.content]),
        url=drop_userinfo(fetched.url),
        media_type=fetched.media_type,
        charset=fetched.charset,
        retrieved=clock().astimezone(UTC),
    )


def _open_late(file: str) -> Iterator[bytes]:
    """The bytes of a file of a folder, opened when its turn comes, so that only one file is open at a time."""
    yield from open_file(file)


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # Opening it as a file will say what is wrong.
        return False
