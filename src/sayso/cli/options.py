"""What the commands share: their common options, the way to a ledger and a picture, and what goes to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.api.narrowings import Narrowing, read_moment
from sayso.errors import Error
from sayso.record import Problem, Reading, Remark
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.api.views import Views
    from sayso.journey import Item
    from sayso.ledger import Ledger, Search

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH|URL|-]...", help="Files, folders, web addresses or - for standard input."),
]
LedgerOption = Annotated[
    str | None,
    typer.Option("--ledger", "-l", metavar="FILE|URL", help="The ledger. Default: $SAYSO_LEDGER, else sayso.db here."),
]
AsOf = Annotated[str | None, typer.Option(metavar="TIME", help="What was known then: 2025-02-01 or 2025-02-01T18:00Z.")]
About = Annotated[
    str | None,
    typer.Option(
        metavar="WORDS",
        help="Only the ledger's reports that hold all these words: a story in a big ledger. "
        '"Several" in quotation marks stand together; -word leaves out.',
    ),
]
StoryOption = Annotated[
    str | None,
    typer.Option(
        "--story",
        metavar="STORY",
        help="Only one story: its id, the id of a report of it, or words of its name, as sayso stories lists them.",
    ),
]
HeldAt = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="As this ledger stood then: without what was added or judged in it later."),
]
PrivateOption = Annotated[bool, typer.Option("--allow-private", help="Also fetch addresses in private networks.")]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="FIELD=NAME,...",
        help="Which columns of tables hold the text, title, outlet, author, published, time, url, language or id of a "
        "report, where they are not to be guessed.",
    ),
]
FormatOption = Annotated[
    str, typer.Option("--format", "-f", metavar="FORMAT", help="One of table, json, jsonl or csv.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a view is asked of: the reports named or, where none are, the ledger, as it was `held_at` a moment, and of
    it what is `about` some words, or of one `story`."""

    paths: list[str] | None = None
    ledger: str | None = None
    about: str | None = None
    story: str | None = None
    held_at: str | None = None
    allow_private: bool = False


@contextmanager
def open_source(asked: Asked) -> Iterator[tuple[Views, list[Problem]]]:
    """What a view is asked of, open, and what went wrong in reading it; what cannot be done ends the command with one
    line on stderr and status 1."""
    from sayso.api.ledgers import OpenLedger, Reports

    with end_clearly():
        if asked.paths:
            readings, problems = read_named(asked)
            yield Reports(readings, problems), problems
            return
        with OpenLedger(open_chosen(asked.ledger, create=False)) as kept:
            yield kept, []


def narrow_asked(asked: Asked, as_of: str | None) -> Narrowing:
    """What the options narrow a view to. Moments and words that are none are wrong usage."""
    find_words(asked.about)
    return {
        "as_of": parse_time(as_of),
        "held_at": parse_time(asked.held_at),
        "story": asked.story,
        "about": asked.about,
    }


@contextmanager
def end_clearly() -> Iterator[None]:
    """What cannot be done ends the command with one line on stderr and status 1."""
    try:
        yield
    except Error as error:
        note(str(error))
        raise typer.Exit(1) from None


def read_named(asked: Asked) -> tuple[list[Reading], list[Problem]]:
    """The readings of the reports named, and what went wrong."""
    from sayso.journey import read_all

    for option, given in (("--about", asked.about), ("--held-at", asked.held_at)):
        if given:
            raise typer.BadParameter("asks a ledger: leave it out where reports are named", param_hint=option)
    readings: list[Reading] = []
    problems: list[Problem] = []
    items = read_all(
        asked.paths or [],
        workers=read_settings().workers,
        gazetteer=find_gazetteer(),
        allow_private=asked.allow_private,
    )
    for item in watch(items):
        if isinstance(item, Problem):
            problems.append(item)
            complain(item)
        elif isinstance(item, Remark):
            complain(item)
        elif isinstance(item, Reading):
            readings.append(item)
    return readings, problems


def find_gazetteer() -> str:
    """The path of the gazetteer in use, "" for the one that comes with sayso. One that is named but missing, or
    broken, ends the command."""
    from sayso.api import gazetteers

    with end_clearly():
        return gazetteers.find_gazetteer()


def open_chosen(ledger: str | None, *, create: bool) -> Ledger:
    """The ledger of the option, the environment or this folder."""
    from sayso.ledger import open_ledger

    with end_clearly():
        return open_ledger(ledger or read_settings().ledger, create=create)


def find_words(about: str | None) -> Search | None:
    """The search that `--about` asks for."""
    from sayso.api import ledgers

    try:
        return ledgers.find_words(about or "")
    except Error as error:
        raise typer.BadParameter(str(error), param_hint="--about") from None


def need_paths(paths: list[str] | None) -> list[str]:
    """The inputs named; none is wrong usage."""
    if not paths:
        raise typer.BadParameter("name at least one file, folder, web address, or - for standard input")
    return paths


def choose_columns(words: str | None) -> dict[str, str]:
    """The columns that an option names, by the fields that they hold."""
    from sayso.read.columns import ColumnsError, parse_columns

    try:
        return parse_columns(words or "")
    except ColumnsError as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from None


def choose_format(format: str, known: Sequence[str]) -> None:
    """Refuse a format that a command does not print."""
    if format not in known:
        raise typer.BadParameter(f"{format!r} is none of {', '.join(known)}", param_hint="--format")


def parse_moment(words: str | None, *, whole_day: bool = False) -> datetime | None:
    """A moment given on the command line: ISO 8601, UTC where no zone is given."""
    try:
        return read_moment(words, whole_day=whole_day)
    except Error as error:
        raise typer.BadParameter(str(error)) from None


def parse_time(words: str | None) -> datetime | None:
    """The same, where a day means the whole of it."""
    return parse_moment(words, whole_day=True)


def watch(items: Iterable[Item]) -> Iterator[Item]:
    """Pass items on, counting the readings on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console

    console = Console(stderr=True)
    done = 0
    with console.status("reading") as status:
        for item in items:
            done += isinstance(item, Reading)
            status.update(f"read {done}")
            yield item


def complain(problem: Problem | Remark) -> None:
    """One line on stderr for one problem or remark."""
    note(f"{problem.input or problem.step}: {problem.message}")


def note(words: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"sayso: {words}\n")
