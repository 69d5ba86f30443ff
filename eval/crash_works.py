"""The works that `crashes.py` interrupts: what is done to a ledger, each on a few short reports of an invented story.

Each is done in a folder of its own, by the command where there is one, to a ledger that is there already (a copy of
`make_start`'s) or not, and may be done again, as somebody would whose program was killed.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from typer.main import get_command

from sayso.cli import app
from sayso.cli.options import complain, note
from sayso.ledger import open_ledger
from sayso.record import Problem

if TYPE_CHECKING:
    from sayso.read.fetches import Answer

AT = "2031-05-09"
"""The day that is given wherever a work asks for one, so that doing it again is doing the same."""
BY = "ana"
FILE, NEW = "story.db", "new.jsonl"
"""The name of a ledger that is a file, and of the reports that are added to it."""
HOME = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
"""What names the folders of the user's own things."""
SENTENCES = (
    "{n} people died when ferry {i} sank off Saltmouth on Tuesday, the coast guard said.",
    "Police said {n} passengers of ferry {i} are missing.",
    "The mayor of Saltmouth, Rosa Quispe, denied that {n} crew members of ferry {i} had left it first.",
    "At least {n} people were hurt on ferry {i}, a nurse said.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a work is done: a folder, the ledger in it or in a database, and the start that it may copy from."""

    folder: Path
    ledger: str
    start: str = ""
    claims: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A work: what does it (the exit status), whether the ledger is there before, the file that it makes beside if it
    makes one, and how often it is tried."""

    name: str
    do: Callable[[Place], int]
    begun: bool = True
    makes: str = ""
    weight: float = 1.0


@cache
def build_commands() -> Callable[[list[str]], object]:
    """The commands of sayso. It takes longer to build them than to do one on a small ledger: once for all forks."""
    return get_command(app)


def run_command(*words: str) -> int:
    """Run a command of sayso in this process; its exit status."""
    try:
        build_commands()(list(words))
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    finally:
        sys.stdout.flush()
    return 0


def write_reports(path: Path, first: int, number: int) -> None:
    """Write reports of one sentence or two, numbered from the first, no two alike."""
    rows = []
    for i in range(first, first + number):
        text = " ".join(SENTENCES[(i + k) % len(SENTENCES)].format(n=i + 3 + k, i=i) for k in range(1 + i % 2))
        day = datetime(2031, 5, 7, tzinfo=UTC) + timedelta(hours=i)
        rows.append({"id": f"ferry-{i}", "outlet": f"Outlet {i % 5}", "published": day.isoformat(), "text": text})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")


def make_start(folder: Path) -> Place:
    """A ledger of four reports and a question, from which the works begin that need one."""
    where = str(folder / FILE)
    write_reports(folder / "start.jsonl", 0, 4)
    write_reports(folder / NEW, 4, 6)
    moment = datetime(2031, 5, 8, tzinfo=UTC)
    run_command("add", str(folder / "start.jsonl"), "--ledger", where, "--workers", "1")
    run_command(
        "ask", "Will Peru raise ferry 1 by 31 May 2031?", "--resolves", "2031-05-31", "--criteria",
        "Yes if the coast guard says on the record that ferry 1 is raised.", "--by", BY, "--at", "2031-05-08",
        "--ledger", where, "--force",
    )  # fmt: skip
    with open_ledger(where, clock=lambda: moment) as ledger:
        claims = tuple(claim.id for reading in ledger.readings() for claim in reading.claims)
        (question,) = ledger.assessments("question")
    return Place(folder, where, where, claims, question.id)


def add(place: Place) -> int:
    """Add six reports."""
    given = Path(place.start).with_name(NEW)
    return run_command("add", str(given), "--ledger", place.ledger, "--workers", "1")


def merge(place: Place) -> int:
    """Say that two claims are of one question."""
    one, other = place.claims[0], place.claims[-1]
    words = ("judge", "merge", one, other, "--reason", "both count the crew")
    return run_command(*words, "--by", BY, "--at", AT, "--ledger", place.ledger)


def grade(place: Place) -> int:
    """Grade a source."""
    words = ("judge", "grade", "Rosa Quispe", "C", "--reason", "she was not there")
    return run_command(*words, "--by", BY, "--at", AT, "--ledger", place.ledger)


def forecast(place: Place) -> int:
    """Say what is expected of a question."""
    words = ("forecast", place.question, "0.7", "--reason", "the coast guard has said so")
    return run_command(*words, "--by", BY, "--at", AT, "--ledger", place.ledger)


def copy(place: Place) -> int:
    """Copy a ledger into a new one."""
    return run_command("copy", place.start, place.ledger)


def copy_lines(place: Place) -> int:
    """Copy a ledger into a file of lines."""
    return run_command("copy", place.ledger, str(place.folder / "story.jsonl.gz"))


def export(place: Place) -> int:
    """Export the claims."""
    made = str(place.folder / "claims.csv")
    return run_command("export", "--to", "csv", "--at", AT, "-o", made, "--ledger", place.ledger)


def evidence(place: Place) -> int:
    """Pack the evidence for a report."""
    made = str(place.folder / "ferry.wacz")
    return run_command("evidence", "ferry-1", "-o", made, "--by", BY, "--at", AT, "--ledger", place.ledger)


def use_desk(place: Place) -> int:
    """Add a text at the desk, judge and comment: what is there already is not done again, as its pages would not."""
    from sayso.errors import Error
    from sayso.serve.desk import Desk
    from sayso.serve.desk.adding import add_text
    from sayso.serve.desk.comments import add_comment, list_comments
    from sayso.serve.desk.judging import ConflictError, judge

    try:
        with closing(Desk.open(place.ledger, place.folder / "cache", data=place.folder)) as desk:
            text = SENTENCES[0].format(n=41, i=77)
            job = add_text(desk, text, by=BY, outlet="Harbour Post", date="2031-05-08")
            while not job.over:  # So that of two that would write at once, each is seen to be kept.
                time.sleep(0.002)
            if job.error:
                raise Error(job.error)
            with suppress(ConflictError):
                judge(desk, "grade", "Rosa Quispe", by=BY, reason="she was not there", value="D", seen=0)
            if not list_comments(desk):
                add_comment(desk, "report", "ferry-1", "Ask the coast guard again.", by=BY)
    except Error as error:
        note(str(error))
        return 1
    return 0


FEED = "https://post.example/feed.xml"
"""The feed that is watched, on a web of our own."""


def watch(place: Place) -> int:
    """Watch a feed that grows from two articles to four, on a web and by a clock of our own, in three runs."""
    from sayso.errors import Error
    from sayso.watch.feeds import Feed, FeedList
    from sayso.watch.running import Surroundings, open_watch

    heard: list[object] = []
    ticks = count()
    for day in range(3):
        around = Surroundings(
            read_secret=lambda name: "",
            fetch=partial(answer, 2 + day),
            clock=partial(datetime, 2031, 5, 8 + day, tzinfo=UTC),
            random=lambda: 0.5,
            tick=lambda: float(next(ticks)),
        )
        feeds = FeedList((Feed(name="Post", kind="web", where=FEED),), 0.0)
        try:
            with open_watch(place.ledger, place.folder, feeds, around, heard.append) as watching:
                watching.round()
        except Error as error:
            note(str(error))
            return 1
    problems = [one for one in heard if isinstance(one, Problem)]
    for problem in problems:
        complain(problem)
    return int(any("cut short" not in problem.message for problem in problems))


def answer(articles: int, url: str, _headers: object) -> Answer:
    """What the web of the watch answers: its feed of so many articles, and these."""
    from sayso.read.fetches import Answer

    number, status, kind = url.rpartition("/")[2], 200, "text/html"
    if url == FEED:
        kind = "application/xml"
        items = "".join(f"<item><link>https://post.example/{n}</link><guid>{n}</guid></item>" for n in range(articles))
        text = f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>"
    elif number.isdigit():
        said = SENTENCES[0].format(n=12, i=number)
        text = f"<html><body><article><h1>Ferry {number} sinks</h1><p>{said}</p></article></body></html>"
    else:
        status, text = 404, ""
    content, headers = text.encode(), (("Content-Type", kind),)
    return Answer(
        url=url, status=status, reason="", sent=(), headers=headers, content=content, packed=content, media_type=kind
    )


WORKS = {
    work.name: work
    for work in (
        Work("add", add),
        Work("add to none", add, begun=False),
        Work("watch", watch, begun=False, weight=5.0),
        Work("merge", merge),
        Work("grade", grade),
        Work("forecast", forecast),
        Work("copy", copy, begun=False),
        Work("copy lines", copy_lines, makes="story.jsonl.gz"),
        Work("export", export, makes="claims.csv"),
        Work("evidence", evidence, makes="ferry.wacz"),
        Work("desk", use_desk),
    )
}
"""All works, by their names."""


def prepare_surroundings(folder: Path) -> None:
    """Have this process keep all that is the user's own in a folder, and read no settings but ours."""
    for name in HOME:
        os.environ[name] = str(folder / name)
    for name in [name for name in os.environ if name.startswith("SAYSO_")]:
        del os.environ[name]
    os.environ["SAYSO_GAZETTEER"] = "packaged"
    os.chdir(folder)
