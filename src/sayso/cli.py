"""The commands: a thin face over the journey. Results on stdout, all else on stderr.

Exit status: 0 done, 1 some inputs failed (each named on stderr, the rest kept), 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.record import Picture, Problem, Reading
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.journey import Item
    from sayso.ledger import Ledger

app = typer.Typer(
    name="sayso",
    help="On whose say-so? Turns conflicting news reports into one attributed, checkable picture.\n\n"
    "Start with a folder of reports:  sayso brief REPORTS/\n\n"
    "or keep them:  sayso add REPORTS/  and then  sayso points, origins, estimates, timeline, conflicts, brief.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH|URL|-]...", help="Files, folders, web addresses or - for standard input."),
]
LedgerOption = Annotated[
    str | None,
    typer.Option("--ledger", "-l", metavar="FILE|URL", help="The ledger. Default: $SAYSO_LEDGER, else sayso.db here."),
]
AsOf = Annotated[str | None, typer.Option(metavar="TIME", help="What was known then: 2025-02-01 or 2025-02-01T18:00Z.")]
PrivateOption = Annotated[bool, typer.Option("--allow-private", help="Also fetch addresses in private networks.")]
FormatOption = Annotated[
    str, typer.Option("--format", "-f", metavar="FORMAT", help="One of table, json, jsonl or csv.")
]


@app.command()
def read(
    paths: Paths = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="jsonl or table.")] = "table",
    workers: Annotated[int | None, typer.Option(help="Processes to use. Default: one a core.")] = None,
    allow_private: PrivateOption = False,
) -> None:
    """Read reports and print what is in them; keeps nothing.

    Examples:

      sayso read article.html

      sayso read reports.jsonl --format jsonl > readings.jsonl
    """
    from sayso.forms import dump_json, row_of_reading
    from sayso.journey import read_all

    choose_format(format, ("jsonl", "table"))
    if format == "table":
        from sayso.tell.tables import print_rows
        from sayso.tell.views import OUTLINE, outline_reading
    failed, outlines = False, []
    items = read_all(need_paths(paths), workers=workers or read_settings().workers, allow_private=allow_private)
    for item in watch(items):
        if isinstance(item, Problem):
            failed = True
            complain(item)
        elif isinstance(item, Reading) and format == "jsonl":
            sys.stdout.write(dump_json(row_of_reading(item)) + "\n")
        elif isinstance(item, Reading):
            outlines.append(outline_reading(item))
    if format == "table":
        print_rows(outlines, OUTLINE, format, sys.stdout)
    raise typer.Exit(1 if failed else 0)


@app.command()
def add(
    paths: Paths = None,
    ledger: LedgerOption = None,
    workers: Annotated[int | None, typer.Option(help="Processes to use. Default: one a core.")] = None,
    allow_private: PrivateOption = False,
) -> None:
    """Read reports and keep them in the ledger; adding twice adds nothing.

    Example:  sayso add reports/ https://example.org/article
    """
    from sayso.journey import add_all

    with open_chosen(ledger, create=True) as kept:
        workers = workers or read_settings().workers
        added = add_all(kept, need_paths(paths), workers=workers, watch=watch, allow_private=allow_private)
    for problem in added.problems:
        complain(problem)
    note(f"{added.new} new, {added.known} known before, {len(added.problems)} failed")
    raise typer.Exit(1 if added.problems else 0)


VIEW_HELP = {
    "origins": ("Say where each report's information came from, and why.", "sayso origins --format jsonl"),
    "points": (
        "List the questions that several claims answer, with the values and how they stand to each other.",
        "sayso points --as-of 2025-02-01 --format json",
    ),
    "conflicts": ("List the values that cannot both be true, with the reason.", "sayso conflicts reports/"),
    "estimates": ("Draw the line of figures that each source gave over time.", "sayso estimates --format csv"),
    "timeline": ("List what happened when, and by whose word.", "sayso timeline reports/ --as-of 2024-04-01"),
}
"""The views of a picture: one command each, of the ledger or of the reports named."""


def add_view(name: str, says: str, example: str) -> None:
    """Make the command of one view."""

    def view(
        paths: Paths = None,
        ledger: LedgerOption = None,
        as_of: AsOf = None,
        format: FormatOption = "table",
        allow_private: PrivateOption = False,
    ) -> None:
        from sayso.tell.tables import FORMATS, print_rows
        from sayso.tell.views import VIEWS

        choose_format(format, FORMATS)
        picture, problems = gather(paths, ledger, as_of, allow_private)
        shown = VIEWS[name]
        rows = shown.nested(picture) if format in ("json", "jsonl") else shown.flat(picture)
        print_rows(list(rows), shown.columns, format, sys.stdout)
        raise typer.Exit(1 if problems else 0)

    view.__doc__ = f"{says}\n\nOf the ledger, or of the reports named.\n\nExample:  {example}"
    app.command(name)(view)


for _name, (_says, _example) in VIEW_HELP.items():
    add_view(_name, _says, _example)


@app.command()
def brief(
    paths: Paths = None,
    ledger: LedgerOption = None,
    as_of: AsOf = None,
    since: Annotated[str | None, typer.Option(metavar="TIME", help="Say what changed since then.")] = None,
    title: Annotated[str, typer.Option(help="The brief's title.")] = "",
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="md, html or json.")] = "md",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there.")] = None,
    allow_private: PrivateOption = False,
) -> None:
    """Print the situation report: what is claimed, by how many independent origins, what changed, what conflicts.

    Examples:

      sayso brief reports/

      sayso brief --since 2025-01-27 --format html -o brief.html
    """
    from sayso.tell.brief import compose_brief

    choose_format(format, ("md", "html", "json"))
    picture, problems = gather(paths, ledger, as_of, allow_private)
    told = compose_brief(picture, since=parse_time(since), title=title)
    if format == "html":
        from sayso.tell.html import render_html as render
    elif format == "md":
        from sayso.tell.markdown import render_markdown as render
    else:
        from sayso.tell.rows import render_json as render
    text = render(told)
    if output:
        output.write_text(text, encoding="utf8")
    else:
        sys.stdout.write(text)
    raise typer.Exit(1 if problems else 0)


@app.command()
def verify(ledger: LedgerOption = None) -> None:
    """Check every id, hash and span of the ledger again.

    Example:  sayso verify --ledger story.db
    """
    with open_chosen(ledger, create=False) as kept:
        problems = list(kept.verify())
    for problem in problems:
        complain(problem)
    note("the ledger is whole" if not problems else f"{len(problems)} faults")
    raise typer.Exit(1 if problems else 0)


def gather(
    paths: list[str] | None, ledger: str | None, as_of: str | None, allow_private: bool
) -> tuple[Picture, list[Problem]]:
    """The picture of the reports named, or of the ledger where none are."""
    from sayso.journey import know, read_all

    moment = parse_time(as_of)
    problems: list[Problem] = []
    if not paths:
        with open_chosen(ledger, create=False) as kept:
            return know(kept.readings(as_of=moment), as_of=moment), problems
    readings: list[Reading] = []
    for item in watch(read_all(paths, workers=read_settings().workers, allow_private=allow_private)):
        if isinstance(item, Problem):
            problems.append(item)
            complain(item)
        elif isinstance(item, Reading):
            readings.append(item)
    return know(readings, as_of=moment), problems


def open_chosen(ledger: str | None, *, create: bool) -> Ledger:
    """The ledger of the option, the environment or this folder."""
    from sayso.ledger import LedgerError, open_ledger

    try:
        return open_ledger(ledger or read_settings().ledger, create=create)
    except LedgerError as error:
        note(str(error))
        raise typer.Exit(1) from None


def need_paths(paths: list[str] | None) -> list[str]:
    """The inputs named; none is wrong usage."""
    if not paths:
        raise typer.BadParameter("name at least one file, folder, web address, or - for standard input")
    return paths


def choose_format(format: str, known: Sequence[str]) -> None:
    """Refuse a format that a command does not print."""
    if format not in known:
        raise typer.BadParameter(f"{format!r} is none of {', '.join(known)}", param_hint="--format")


def parse_time(words: str | None) -> datetime | None:
    """A moment given on the command line: ISO 8601, UTC where no zone is given. A day means the whole of it."""
    if not words:
        return None
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise typer.BadParameter(f"{words!r} is no date or time such as 2025-02-01 or 2025-02-01T18:00Z") from None
    if len(words) <= len("2025-02-01"):
        moment = moment.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


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


def complain(problem: Problem) -> None:
    """One line on stderr for one problem."""
    note(f"{problem.input or problem.step}: {problem.message}")


def note(words: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"sayso: {words}\n")


def run() -> None:
    """The entry point: a broken pipe or Ctrl-C ends quietly, with what was kept kept."""
    try:
        app()
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        note("stopped; what was kept so far is kept")
        sys.exit(130)


if __name__ == "__main__":
    run()
