"""Checking a text against what is kept: one that is pasted, in a file that is sent, or at an address."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sayso.api.gazetteers import find_gazetteer
from sayso.api.texts import Facts, make_report
from sayso.errors import Error
from sayso.extract import read_report
from sayso.harms import clean_text
from sayso.journey import check
from sayso.record import Checked, Problem, Reading, Report, Story
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.viewpoints import Viewpoint

MOST_TEXT, MOST_FILE = 2_000_000, 10_000_000
"""Code points of a text that is pasted, and bytes of a file or page, that are checked."""
LONGEST_NAME = 120
"""Code points of a file's name, which says of what kind it may be and nothing else."""
MOST_KEPT = 32
"""Checks that a desk holds, the latest. They are in no ledger and end with the program."""
KEPT: WeakKeyDictionary[Desk, OrderedDict[str, Result]] = WeakKeyDictionary()
KEEPING = Lock()
ADDRESS = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
NAME = re.compile(r"[^\w. -]+")


@dataclass(frozen=True, slots=True)
class Result:
    """A check that was made: what its page shows, the same as a file, its flags as rows, against which story (None:
    all) it was, and where the claims of its evidence stand, as digests by claim."""

    key: str
    shown: dict[str, Any]
    html: str
    rows: str
    story: Story | None
    places: dict[str, str]


def read_words(text: str, **facts: str) -> Reading:
    """The reading of a text that was pasted, with what is known of it (see `sayso.api.texts.Facts`). Raises `Error`
    where it has no words or too many."""
    if len(text) > MOST_TEXT:
        raise Error(f"the text is longer than {MOST_TEXT:,} characters: check it in parts")
    given: Facts = {name: value for name, value in facts.items() if value}  # type: ignore[assignment]
    return read_report(make_report(text.replace("\r\n", "\n"), given), find_gazetteer())


def read_file(content: bytes, name: str) -> Reading:
    """The reading of the one report in a file that was sent. Its name is never opened: it says of what kind the bytes
    may be. Raises `Error` where there is no report in it, or several."""
    from sayso.read.limits import Limits
    from sayso.read.openings import Source
    from sayso.read.readers import Options, read_source

    if len(content) > MOST_FILE:
        raise Error(f"the file is larger than {MOST_FILE // 1_000_000} MB: check it in parts")
    plain = NAME.sub("_", name.replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:].lstrip(".") or "file"
    limits = Limits(document_bytes=MOST_FILE, collection_bytes=MOST_FILE, archive_bytes=5 * MOST_FILE)
    return pick_report(read_source(Source(name=plain, chunks=iter([content])), Options(limits)), plain)


def read_address(url: str) -> Reading:
    """The reading of the page at an address; what lies in private networks is refused. Raises `Error`."""
    from sayso.read import read_inputs
    from sayso.read.limits import Limits

    url = url.strip()
    if not ADDRESS.match(url):
        raise Error("give an address that begins with http:// or https://")
    return pick_report(read_inputs([url], limits=Limits(document_bytes=MOST_FILE)), url)


def pick_report(items: Iterable[object], name: str) -> Reading:
    """The reading of the only report among some items. Raises `Error` where there is none, or several."""
    reports: list[Report] = []
    problems: list[Problem] = []
    for item in items:
        if isinstance(item, Report):
            reports.append(item)
        elif isinstance(item, Problem):
            problems.append(item)
        if len(reports) > 1:
            raise Error(f"{clean_text(name)}: it holds several reports: check one at a time")
    if not reports:
        why = problems[0].message if problems else "there is no report in it"
        raise Error(f"{clean_text(name)}: {clean_text(why)}")
    return read_report(reports[0], find_gazetteer())


def check_reading(desk: Desk, article: Reading, at: Viewpoint, story: str = "") -> Checked:
    """A text held against what is known, or against one `story` of it. Raises `MissingError` where there is no such
    story."""
    if not story:
        return next(iter(check(desk.ledger, [article], at.as_of)))
    from sayso.weigh.checks import check_article

    judged = desk.ledger.judgements(at.as_of, standing=True)
    return check_article(article, desk.picture(story, at.as_of).readings, at.as_of, judged)


def keep_check(desk: Desk, article: Reading, at: Viewpoint, story: str = "") -> Result:
    """Check a text, and hold what its page shows for a while, under a key that nobody can guess."""
    from sayso.tell.checked import render_jsonl
    from sayso.tell.checked_page import render_page, view_checked

    checked = check_reading(desk, article, at, story)
    digests = {r.report.id: r.report.digest for r in checked.picture.readings if r is not checked.article}
    wanted = {claim for flag in checked.flags for claim in flag.against}
    result = Result(
        key=secrets.token_urlsafe(16),
        shown=view_checked(checked),
        html=render_page(checked),
        rows=render_jsonl(checked),
        story=desk.story(story, at.as_of) if story else None,
        places={
            claim.id: digests[reading.report.id]
            for reading in checked.picture.readings
            for claim in reading.claims
            if claim.id in wanted and reading.report.id in digests
        },
    )
    with KEEPING:
        kept = KEPT.setdefault(desk, OrderedDict())
        kept[result.key] = result
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return result


def find_check(desk: Desk, key: str) -> Result:
    """A check that was made and is still held. Raises `MissingError`."""

    with KEEPING:
        found = KEPT.setdefault(desk, OrderedDict()).get(key)
    if found is None:
        raise MissingError("that check is no longer held: check the text once more")
    return found
