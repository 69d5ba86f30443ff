"""The commands that tell: the views of a picture, and the brief."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.advising import WithModel, choose_adviser, note_advice
from sayso.cli.moments import parse_begin
from sayso.cli.options import (
    About,
    Asked,
    AsOf,
    HeldAt,
    LedgerOption,
    Paths,
    PrivateOption,
    StoryOption,
    complain,
    narrow_asked,
    note,
    open_source,
)
from sayso.cli.outputs import FormatOption, OutputOption, choose_format, choose_table, open_output, write_output

if TYPE_CHECKING:
    from sayso.api.rows import Rows

VIEW_HELP = {
    "origins": ("Say where each report's information came from, and why.", "sayso origins --format jsonl"),
    "stories": ("Put reports into stories: those that tell of one chain of events.", "sayso stories --format json"),
    "happenings": (
        "List what happened: one row an event or state, whoever tells of it.",
        "sayso happenings reports/ --format json",
    ),
    "points": (
        "List the questions that several claims answer, with the values and how they stand to each other.",
        "sayso points --as-of 2025-02-01 --format json",
    ),
    "conflicts": (
        "List the questions on which reports disagree, the answers beside each other, with the reason.",
        "sayso conflicts reports/",
    ),
    "estimates": ("Draw the line of figures that each source gave over time.", "sayso estimates --format csv"),
    "positions": ("List what each party did: asserted, denied, declined or kept silent.", "sayso positions reports/"),
    "grades": (
        "Suggest how credible each claim and how reliable each source is, in the Admiralty code.",
        "sayso grades --format csv",
    ),
    "timeline": ("List what happened when, and by whose word.", "sayso timeline reports/ --as-of 2024-04-01"),
}
"""The views of a picture: one command each, of the ledger or of the reports named."""
ADVISED = frozenset(("points",))
"""Views that can take a model's advice: they mark each value and question that it is in."""


def make_view(name: str, says: str, example: str) -> Callable[..., None]:
    """The command of one view."""

    def view(
        paths: Paths = None,
        ledger: LedgerOption = None,
        as_of: AsOf = None,
        held_at: HeldAt = None,
        about: About = None,
        story: StoryOption = None,
        format: FormatOption = "",
        output: OutputOption = None,
        allow_private: PrivateOption = False,
        with_model: WithModel = False,
    ) -> None:
        asked = Asked(
            paths=paths, ledger=ledger, about=about, story=story, held_at=held_at, allow_private=allow_private
        )
        show_view(name, asked, as_of, format, output, with_model=with_model)

    if name not in ADVISED:
        whole = signature(view, eval_str=True)
        offered = [option for option in whole.parameters.values() if option.name != "with_model"]
        view.__signature__ = whole.replace(parameters=offered)  # type: ignore[attr-defined]
    view.__doc__ = f"{says}\n\nOf the ledger, or of the reports named.\n\nExample:  {example}"
    return view


def show_view(
    name: str, asked: Asked, as_of: datetime | None, format: str, output: Path | None, *, with_model: bool = False
) -> None:
    """Print a view of what is asked, with a model's advice where that is wanted."""
    format = choose_table(format, output)
    narrowing = narrow_asked(asked, as_of)
    adviser = choose_adviser(with_model)
    with open_source(asked) as (source, problems):
        source.adviser = adviser
        write_view(output, source.view(name, **narrowing), format)
    note_advice(adviser)
    raise typer.Exit(1 if problems else 0)


def write_view(output: Path | None, rows: Rows, format: str) -> None:
    """Print what a view gives."""
    with open_output(output) as out:
        rows.print_to(out, format)


VIEW_COMMANDS = {name: make_view(name, says, example) for name, (says, example) in VIEW_HELP.items()}


def changes(
    paths: Paths = None,
    since: Annotated[
        datetime | None,
        typer.Option(metavar="TIME", parser=parse_begin, help="The earlier moment; of a day its first."),
    ] = None,
    ledger: LedgerOption = None,
    as_of: AsOf = None,
    held_at: HeldAt = None,
    about: About = None,
    story: StoryOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """List what changed between two moments: new questions, values, origins and contradictions, what was revised,
    corrected, retracted or judged.

    Example:  sayso changes --since 2025-01-27 --as-of 2025-02-03
    """

    format = choose_table(format, output)
    if since is None:
        raise typer.BadParameter("name the earlier of the two moments", param_hint="--since")
    asked = Asked(paths=paths, ledger=ledger, about=about, story=story, held_at=held_at, allow_private=allow_private)
    narrowing = narrow_asked(asked, as_of)
    with open_source(asked) as (source, problems):
        rows = source.changes(since, **narrowing)
    write_view(output, rows, format)
    raise typer.Exit(1 if problems else 0)


BriefFormat = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="md, html, json, pdf, docx, txt or eml. Default: what the file's name ends in, else md.",
    ),
]
StyleOption = Annotated[
    str, typer.Option(metavar="STYLE", help="plain, in reported speech; or quotes, in the exact words.")
]
LanguageOption = Annotated[
    str,
    typer.Option(
        metavar="CODE",
        help="The language of what sayso itself says, such as en or uk; what reports say is quoted in theirs.",
    ),
]


def brief(
    paths: Paths = None,
    ledger: LedgerOption = None,
    as_of: AsOf = None,
    since: Annotated[
        datetime | None, typer.Option(metavar="TIME", parser=parse_begin, help="Say what changed since then.")
    ] = None,
    held_at: HeldAt = None,
    about: About = None,
    story: StoryOption = None,
    title: Annotated[str, typer.Option(help="The brief's title.")] = "",
    style: StyleOption = "plain",
    language: LanguageOption = "en",
    format: BriefFormat = "",
    output: OutputOption = None,
    allow_private: PrivateOption = False,
    with_model: WithModel = False,
) -> None:
    """Print the situation report: what is claimed, by how many independent origins, what changed, what conflicts.

    Examples:

      sayso brief reports/

      sayso brief --since 2025-01-27 -o brief.html

      sayso brief reports/ --format pdf -o brief.pdf

      sayso brief reports/ --language uk
    """
    from sayso.tell.sentences import STYLES

    format = choose_face(format, output)
    choose_language(language)
    if style not in STYLES:
        raise typer.BadParameter(f"choose one of {', '.join(STYLES)}", param_hint="--style")
    asked = Asked(paths=paths, ledger=ledger, about=about, story=story, held_at=held_at, allow_private=allow_private)
    narrowing = narrow_asked(asked, as_of)
    adviser = choose_adviser(with_model)
    with open_source(asked) as (source, problems):
        source.adviser = adviser
        told = source.brief(since=since, title=title, style=style, language=language, **narrowing)
        if not told.brief.sections and (output or paths):  # A file that may hold an earlier brief is left as it is.
            for problem in told.brief.problems:
                complain(problem)
            note(say_empty(as_of))
            raise typer.Exit(1)
        write_output(output, told.render(format))
    note_advice(adviser)
    raise typer.Exit(1 if problems else 0)


def choose_language(language: str) -> None:
    """Refuse a language that there is no catalogue of."""
    from sayso.tell.tongues import UnknownLanguageError, speak

    try:
        with speak(language):
            return
    except UnknownLanguageError as error:
        note(str(error))
        raise typer.Exit(2) from None


def say_empty(as_of: datetime | None) -> str:
    """Why no brief is written."""
    if as_of:
        return f"no brief is written: no report was published by {as_of:%Y-%m-%d %H:%M} UTC"
    return "no brief is written: nothing to tell of was read; name reports, or add some to the ledger"


def choose_face(format: str, output: Path | None) -> str:
    """The format of a brief: the one named, that of the file's name, or Markdown. One that cannot be had is told
    before anything is read."""
    from sayso.tell.faces import BINARY, FORMATS, name_lacking

    ending = output.suffix.lower().lstrip(".") if output else ""
    chosen = format or (ending if ending in FORMATS else "md")
    choose_format(chosen, FORMATS, output)
    if chosen in BINARY and output is None and sys.stdout.isatty():
        note(f"{chosen} cannot be shown in a terminal: name a file (-o brief.{chosen})")
        raise typer.Exit(2)
    if lacking := name_lacking(chosen):
        note(lacking)
        raise typer.Exit(1)
    return chosen
