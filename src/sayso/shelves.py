"""The stories of a ledger, kept between runs: which report is of which story, in a file of the user's cache folder.

It holds nothing that is not in the ledger and can be deleted at any time. What was kept is used where it is the
beginning of what is asked, so that a new report is put in its story without a look at the others; whatever else is
asked (an earlier moment, a report that came late, one that was retracted) is made anew from the names that were kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sayso.record import Judgement, Story
from sayso.weigh.judgements import read_rulings
from sayso.weigh.stories import WIDTH, Heading, Shelf, list_stories, make_heading, pick_story

if TYPE_CHECKING:
    from sayso.ledger import Ledger

VERSION = 1
"""Of the form of the file, and of how reports are put in stories."""


class Kept(msgspec.Struct):
    """What the file holds: the headings of all reports in order, and the shelf that they were put on."""

    version: int
    headings: list[Heading]
    sums: bytes
    counts: dict[int, int]
    members: list[list[int]]


NOTHING = Kept(0, [], b"", {}, [])


def shelve(
    ledger: Ledger,
    folder: Path | None,
    as_of: datetime | None = None,
    held_at: datetime | None = None,
    judgements: Sequence[Judgement] = (),
) -> list[tuple[Story, list[str]]]:
    """The stories of a ledger as known at a moment, each with the digests of its reports, the largest first; kept in a
    folder, if there is one."""
    name = hashlib.sha256(os.path.abspath(ledger.name).encode("utf8", "replace")).hexdigest()[:16]  # noqa: PTH100
    path = folder / f"stories-{name}.msgpack" if folder is not None else None
    kept = load_kept(path) if path else NOTHING
    known = {heading.digest: heading for heading in kept.headings}
    rows = ledger.headings(as_of, entered_by=held_at)
    new = {report.digest: report for report in ledger.reports([d for d, *_ in rows if d not in known])}
    headings = [known.get(digest) or make_heading(new[digest]) for digest, *_ in rows]
    start = len(kept.headings) if [h.digest for h in headings[: len(kept.headings)]] == list(known) else 0
    shelf = open_shelf(kept) if start else Shelf()
    for heading in headings[start:]:
        shelf.add(heading.names)
    if path and new and as_of is None and held_at is None:
        save_kept(path, headings, shelf)
    return list_stories(shelf, headings, read_rulings(judgements))


def find_reports(
    ledger: Ledger,
    folder: Path | None,
    story: str,
    as_of: datetime | None = None,
    held_at: datetime | None = None,
    judgements: Sequence[Judgement] = (),
) -> list[str]:
    """The digests of the reports of a story that is named. Raises `UnknownStoryError`."""
    stories = shelve(ledger, folder, as_of, held_at, judgements)
    return stories[pick_story([one for one, _ in stories], story)][1]


def load_kept(path: Path) -> Kept:
    """What was kept; nothing where there is no such file, or one of another version, or a broken one."""
    try:
        kept = msgspec.msgpack.decode(path.read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        return NOTHING
    fits = kept.version == VERSION and len(kept.sums) == 4 * WIDTH * len(kept.members)
    return kept if fits else NOTHING


def open_shelf(kept: Kept) -> Shelf:
    """The shelf as it was kept."""
    sums = np.frombuffer(kept.sums, np.float32).reshape(-1, WIDTH)
    return Shelf.restore(sums, kept.counts, kept.members, len(kept.headings))


def save_kept(path: Path, headings: list[Heading], shelf: Shelf) -> None:
    """Keep a shelf. A folder that cannot be written to is no error: the next run makes it anew."""
    sums = shelf.sums[: len(shelf.members)].tobytes()
    body = msgspec.msgpack.encode(Kept(VERSION, headings, sums, shelf.counts, shelf.members))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(body)
        part.replace(path)
    except OSError:
        return
