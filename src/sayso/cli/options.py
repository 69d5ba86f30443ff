"""What the commands share: their common options, the way to a ledger and a picture, and what goes to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from sayso.api.gazetteers import find_gazetteer
from sayso.api.narrowings import Narrowing
from sayso.cli.moments import parse_end
from sayso.cli.watches import watch
from sayso.errors import Error
from sayso.harms import quote_line
from sayso.record import Picture, Problem, Reading, Remark
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.api.views import Views
    from sayso.ledger import Ledger, Search
    from sayso.ledger.patience import Patience

T = TypeVar("T")
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
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="FIELD=NAME,...",
        help="Which columns of tables hold the text, title, outlet, author, published, time, url, language or id of a "
        "report, where they are not to be guessed.",
    ),
]


AWAY_SECONDS = 120.0
"""How long a command that takes long waits for a database that is away: longer than a server takes to start anew."""


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


@contextmanager
def open_source(asked: Asked) -> Iterator[tuple[Views, list[Problem]]]:
    """What a view is asked of, open, and what went wrong in reading it."""
    from sayso.api.ledgers import OpenLedger, Reports

    if asked.paths:
        readings, problems = read_named(asked)
        reports = Reports(readings, problems)
        reports.complain = lambda problem: keep_complaint(problem, problems)
        yield reports, problems
        return
    problems = []
    with OpenLedger(open_chosen(asked.ledger, create=False)) as kept:
        kept.complain = lambda problem: keep_complaint(problem, problems)
        yield kept, problems


def narrow_asked(asked: Asked, as_of: datetime | None) -> Narrowing:
    """What the options narrow a view to. Words that are no search are wrong usage."""
    find_words(asked.about)
    return {"as_of": as_of, "held_at": asked.held_at, "story": asked.story, "about": asked.about}


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
        elif isinstance(item, Remark):
            complain(item)
        elif isinstance(item, Reading):
            readings.append(item)
    return readings, problems


def open_chosen(ledger: str | None, *, create: bool, patience: Patience | None = None, strict: bool = True) -> Ledger:
    """The ledger of the option, the environment or this folder, in which is signed by the user's keys; with patience,
    one whose server may be away for a while; if not `strict`, one whose schema somebody may have changed, too."""
    from sayso.keyrings import Keyring
    from sayso.ledger import open_ledger
    from sayso.ledger.patience import HASTE

    settings = read_settings()
    return open_ledger(
        ledger or settings.ledger,
        create=create,
        patience=patience or HASTE,
        find_signer=Keyring(settings.keys).find,
        strict=strict,
    )


def wait_patiently() -> Patience:
    """The patience of a command that takes long: it waits for a server that is away, and says so."""
    from sayso.ledger.patience import Patience

    return Patience(AWAY_SECONDS, note)


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


def complain(problem: Problem | Remark) -> None:
    """One line on stderr for one problem or remark."""
    note(f"{problem.input or problem.step}: {problem.message}")


def keep_complaint(problem: Problem, problems: list[Problem]) -> None:
    """Tell of a problem, and keep it."""
    complain(problem)
    problems.append(problem)


def use_known(picture: Picture, step: Callable[[Picture], T], name: str) -> T:
    """What a step makes of a picture; reports that crash it are left out and told of. `name` says what it does."""
    from sayso.journey import use_picture

    made, known = use_picture(picture, step, name)
    for problem in dict.fromkeys(known.problems):
        complain(problem)
    return made


def note(words: str) -> None:
    """One line on stderr, which may be closed or full: then nobody is told. Names of files may hold what ends a line or
    commands a terminal; it is written as Python writes it."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"sayso: {quote_line(words)}\n")
