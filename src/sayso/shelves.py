"""The stories of a ledger, kept between runs: which report is of which story, in a file of the user's cache folder.

It holds nothing that is not in the ledger and can be deleted at any time. What was kept is used where it is the
beginning of what is asked, so that a new report is put in its story without a look at the others; whatever else is
asked (an earlier moment, a report that came late, one that was retracted) is made anew from the names that were kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from sayso.ledger.judging import list_retracted
from sayso.record import Judgement, Report, Story
from sayso.weigh.judgements import Rulings, read_rulings
from sayso.weigh.stories import EVER, WIDTH, Heading, Made, Shelf, list_stories, make_heading, make_story, pick_story

if TYPE_CHECKING:
    from sayso.ledger import Ledger

VERSION = 2
"""Of the form of the file, and of how reports are put in stories."""


class Kept(msgspec.Struct):
    """What the file holds: the headings of all reports in order, and the shelf that they were put on."""

    version: int
    headings: list[Heading]
    sums: bytes
    counts: dict[int, int]
    members: list[list[int]]


NOTHING = Kept(0, [], b"", {}, [])
"""What there is before anything is kept."""


Shelved = list[tuple[Story, list[str]]]
"""Stories, the largest first, each with the digests of its reports."""
STEPS = (1_000, 4_000, 16_000, 64_000)
"""How many reports before the last a copy of the shelf is kept, from which one that came late is put in its place."""
APART, MOST_COPIES = 250, 6
"""How many reports lie between two copies, and how many of these there are: each takes megabytes."""
WORTH = 100
"""The file is written again when one report in so many is new: the rest is put in its story in a moment."""
SPARE = 4
"""Stories that were made and may come again, for each that there is."""


class Shelves:
    """The stories of a ledger as it stands, held while it grows: a new report is put in its story, and only a report
    that came late moves those published after it. What it gives is what `shelve` would.

    `newest` has the number of the newest reading of each report, by its digest; `renewed` are the reports that were
    read since the last time.
    """

    def __init__(self, ledger: Ledger, folder: Path | None = None) -> None:
        """Hold what was kept in a folder, if there is one."""
        self._ledger = ledger
        self._path = find_file(ledger, folder)
        kept = load_kept(self._path) if self._path else NOTHING
        self._known = {heading.digest: heading for heading in kept.headings}
        self._headings = list(kept.headings)
        self._saved = len(kept.headings)
        self._shelf = open_shelf(kept)
        self._copies = [(0, Shelf().keep())]
        self.newest: dict[str, int] = {}
        self.renewed: set[str] = set()
        self._seen = 0
        self._gone: set[str] = set()
        self._about: list[str] | None = None
        self._found: Shelved = []
        self._made: Made = {}

    def refresh(self) -> Shelved:
        """The stories as the ledger stands now. Not for two threads at once."""
        judged = self._ledger.judgements(standing=True)
        gone, about = list_retracted(judged), [one.id for one in judged if one.about == "report"]
        new = self._take_in()
        if not new and about == self._about:
            return self._found
        if new or gone != self._gone:
            present = (self._known[digest] for digest in self.newest.keys() - gone)
            self._rearrange(sorted(present, key=lambda h: (h.published or EVER, h.digest)))
            self._gone = gone
        found = list_stories(self._shelf, self._headings, read_rulings(judged), self._made)
        self._found, self._about = found, about
        if len(self._made) > SPARE * len(found):
            self._made.clear()
        return found

    def narrow(self, story: Story, digests: Sequence[str], rulings: Rulings) -> Story:
        """A story with no more than some of its reports, under the name that it has for these; with none, its own."""
        if not digests:
            return replace(story, reports=(), earliest=None, latest=None)
        return replace(make_story([self._known[digest] for digest in digests], rulings, self._made), id=story.id)

    def _take_in(self) -> bool:
        """The headings of reports that were read since the last time; whether there are any."""
        rows = self._ledger.list_new(self._seen)
        self.renewed = {digest for _, digest in rows}
        for self._seen, digest in rows:
            self.newest[digest] = self._seen
        new = [digest for _, digest in rows if digest not in self._known]
        for report in self._ledger.reports(new):
            self._known[report.digest] = head_report(report)
        return bool(rows)

    def _rearrange(self, headings: list[Heading]) -> None:
        """Put reports on the shelf in their order, from the first that is another than it was."""
        held = self._headings
        same = next((n for n, (a, b) in enumerate(zip(held, headings, strict=False)) if a.digest != b.digest), None)
        same = min(len(held), len(headings)) if same is None else same
        start = same
        if same < len(held):
            self._copies = [(at, copy) for at, copy in self._copies if at <= same]
            start, copy = self._copies[-1]
            self._shelf = self._shelf.go_back(copy, (heading.names for heading in held[start:]))
        marks = {len(headings) - step for step in STEPS}
        for place in range(start, len(headings)):
            if place in marks and place >= self._copies[-1][0] + APART:
                self._copies.append((place, self._shelf.keep()))
                del self._copies[1:-MOST_COPIES]
            self._shelf.add(headings[place].names)
        self._headings = headings
        if self._path and len(headings) > same and (len(headings) - self._saved) * WORTH >= len(headings):
            save_kept(self._path, headings, self._shelf)
            self._saved = len(headings)


def head_report(report: Report) -> Heading:
    """The heading of a report; of one that crashes it, an empty one, so that it is a story by itself. Who weighs that
    tells of it."""
    try:
        return make_heading(report)
    except Exception:
        return Heading(report.digest, report.id, report.title or report.id, None, b"")


def find_file(ledger: Ledger, folder: Path | None) -> Path | None:
    """Where the stories of a ledger are kept in a folder; None without one."""
    name = hashlib.sha256(os.path.abspath(ledger.name).encode("utf8", "replace")).hexdigest()[:16]  # noqa: PTH100
    return folder / f"stories-{name}.msgpack" if folder is not None else None


def shelve(
    ledger: Ledger,
    folder: Path | None,
    as_of: datetime | None = None,
    held_at: datetime | None = None,
    judgements: Sequence[Judgement] = (),
) -> Shelved:
    """The stories of a ledger as known at a moment, each with the digests of its reports, the largest first; kept in a
    folder, if there is one."""
    path = find_file(ledger, folder)
    kept = load_kept(path) if path else NOTHING
    known = {heading.digest: heading for heading in kept.headings}
    rows = ledger.headings(as_of, entered_by=held_at)
    new = {report.digest: report for report in ledger.reports([d for d, *_ in rows if d not in known])}
    headings = [known.get(digest) or head_report(new[digest]) for digest, *_ in rows]
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
    return Shelf.restore(sums, dict(kept.counts), kept.members, len(kept.headings))


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
