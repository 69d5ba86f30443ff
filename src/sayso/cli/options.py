"""What the commands share: their common options, the way to a ledger and a picture, and what goes to stderr."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.moments import TICK, parse_end
from sayso.cli.watches import watch
from sayso.record import Picture, Problem, Reading
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.ledger import Ledger, Search

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH|URL|-]...", help="Files, folders, web addresses or - for standard input."),
]
LedgerOption = Annotated[
    str | None,
    typer.Option("--ledger", "-l", metavar="FILE|URL", help="The ledger. Default: $SAYSO_LEDGER, else sayso.db here."),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        metavar="TIME", parser=parse_end, help="What was known then: 2025-02-01, 2025-02-01T18:00Z, yesterday, Monday."
    ),
]
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
    datetime | None,
    typer.Option(
        metavar="TIME",
        parser=parse_end,
        help="As this ledger stood then: without what was added or judged in it later.",
    ),
]
PrivateOption = Annotated[bool, typer.Option("--allow-private", help="Also fetch addresses in private networks.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a view is asked of: the reports named or, where none are, the ledger, as it was `held_at` a moment, and of
    it what is `about` some words, or of one `story`."""

    paths: list[str] | None = None
    ledger: str | None = None
    about: str | None = None
    story: str | None = None
    held_at: datetime | None = None
    allow_private: bool = False


def gather(asked: Asked, *moments: datetime | None) -> tuple[list[Picture], list[Problem]]:
    """The pictures as known at some moments (None: all there is), and what went wrong."""
    from sayso.journey import know, know_ledger
    from sayso.weigh.stories import UnknownStoryError

    story = asked.story or ""
    try:
        if asked.paths:
            readings, problems = read_named(asked)
            return [know(readings, as_of=moment, story=story) for moment in moments], problems
        words = find_words(asked.about)
        cache = read_settings().cache
        with open_chosen(asked.ledger, create=False) as kept:
            return [know_ledger(kept, moment, asked.held_at, words, story, cache) for moment in moments], []
    except UnknownStoryError as error:
        note(str(error))
        raise typer.Exit(1) from None


def gather_since(asked: Asked, since: datetime, moment: datetime | None) -> tuple[Picture, Picture, list[Problem]]:
    """The pictures as known just before one moment and at another, and what went wrong. What was published at the very
    moment `since` is new since then."""
    from dataclasses import replace

    (before, picture), problems = gather(asked, since - TICK, moment)
    return replace(before, as_of=since), picture, problems


def gather_stories(asked: Asked, moment: datetime | None) -> tuple[list[Picture], list[Problem]]:
    """A picture of the stories alone as known at a moment, which takes no weighing of a whole ledger."""
    if asked.paths or asked.about or asked.story:
        return gather(asked, moment)
    from sayso.shelves import shelve

    held = asked.held_at
    with open_chosen(asked.ledger, create=False) as kept:
        judged = kept.judgements(moment, entered_by=held, standing=True)
        stories = shelve(kept, read_settings().cache, moment, held, judged)
    return [Picture(readings=(), stories=tuple(story for story, _ in stories), as_of=moment)], []


def read_named(asked: Asked) -> tuple[list[Reading], list[Problem]]:
    """The readings of the reports named, and what went wrong."""
    from sayso.journey import read_all

    for option, given in (("--about", asked.about), ("--held-at", asked.held_at)):
        if given:
            raise typer.BadParameter("asks a ledger: leave it out where reports are named", param_hint=option)
    if asked.ledger:
        note(f"only the reports named are looked at, not the ledger {asked.ledger}; sayso add keeps them in it")
    readings: list[Reading] = []
    problems: list[Problem] = []
    items = read_all(
        asked.paths or [],
        workers=read_settings().workers,
        gazetteer=find_gazetteer(),
        allow_private=asked.allow_private,
    )
    for item in watch(items, asked.paths or ()):
        if isinstance(item, Problem):
            problems.append(item)
            complain(item)
        elif isinstance(item, Reading):
            readings.append(item)
    return readings, problems


def find_gazetteer() -> str:
    """The path of the gazetteer in use, "" for the one that comes with sayso. One that is named but missing, or
    broken, ends the command."""
    settings = read_settings()
    path = settings.gazetteer
    if not path or not (settings.gazetteer_named or Path(path).exists()):
        return ""
    from sayso.extract.places.columns import GazetteerError, open_columns

    try:
        open_columns(path)
    except FileNotFoundError:
        note(f"no gazetteer {path}, as {settings.gazetteer_named} says: make it by sayso gazetteer import, or unset it")
        raise typer.Exit(1) from None
    except (OSError, GazetteerError) as error:
        note(str(error))
        raise typer.Exit(1) from None
    return path


def open_chosen(ledger: str | None, *, create: bool) -> Ledger:
    """The ledger of the option, the environment or this folder."""
    from sayso.ledger import LedgerError, open_ledger

    try:
        return open_ledger(ledger or read_settings().ledger, create=create)
    except LedgerError as error:
        note(str(error))
        raise typer.Exit(1) from None


def find_words(about: str | None) -> Search | None:
    """The search that `--about` asks for."""
    from sayso.ledger import parse_search

    try:
        return parse_search(about) if about else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--about") from None


def need_paths(paths: list[str] | None) -> list[str]:
    """The inputs named; none is wrong usage."""
    if not paths:
        raise typer.BadParameter("name at least one file, folder, web address, or - for standard input")
    return paths


def complain(problem: Problem) -> None:
    """One line on stderr for one problem."""
    note(f"{problem.input or problem.step}: {problem.message}")


def note(words: str) -> None:
    """One line on stderr, which may be closed or full: then nobody is told."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"sayso: {words}\n")
