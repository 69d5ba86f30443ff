"""The command that writes a picture in the formats of other programs: `export`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

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
    narrow_asked,
    note,
    open_source,
)
from sayso.cli.outputs import OutputOption, choose_format, write_output, write_rows

LIST = "list"
"""What is asked for to be told the formats."""
COLUMNS = ("format", "file", "is", "loses")
TEXTS = ("text/", "application/json", "application/ld+json", "application/geo+json")
"""Beginnings of media types that a terminal can show."""

ToOption = Annotated[
    str,
    typer.Option(
        "--to",
        "-t",
        "--format",
        "-f",
        metavar="FORMAT,...",
        help="csv, xlsx, geojson ...: list has them all; several become a ZIP, bundle is all of them. "
        "Default: what the file's name ends in, else list.",
    ),
]


def export(
    paths: Paths = None,
    format: ToOption = "",
    ledger: LedgerOption = None,
    as_of: AsOf = None,
    held_at: HeldAt = None,
    about: About = None,
    story: StoryOption = None,
    title: Annotated[str, typer.Option(help="What it is called. Default: the story's name.")] = "",
    at: Annotated[
        datetime | None,
        typer.Option(
            metavar="TIME",
            parser=parse_begin,
            help="When it says that it was made, so that the same ledger gives the same bytes. Default: now.",
        ),
    ] = None,
    output: OutputOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Export claims, points and origins for other programs: tables, maps, calendars, graphs; `--to list` lists the
    formats and what each loses.

    Of the ledger, or of the reports named. Every row has its exact words, where they stand, and on whose word.

    Examples:

      sayso export reports/ -o claims.xlsx

      sayso export --to geojson --as-of 2024-03-27 -o map.geojson

      sayso export --to bundle -o story.zip
    """
    formats = choose_formats(format, output)
    if not formats:
        write_rows(output, list_losses(), COLUMNS, "table")
        return
    asked = Asked(paths=paths, ledger=ledger, about=about, story=story, held_at=held_at, allow_private=allow_private)
    narrowing = narrow_asked(asked, as_of)
    with open_source(asked) as (source, problems):
        if not source.picture(**narrowing).readings:  # A file that may hold an earlier export is left as it is.
            note("nothing is exported: there is no report; name some, add some to the ledger, or ask of a later time")
            raise typer.Exit(1)
        content = source.export(*formats, title=title, made=at, **narrowing)
    write_output(output, content)
    raise typer.Exit(1 if problems else 0)


def choose_formats(format: str, output: Path | None) -> list[str]:
    """The formats that are asked for, or that of the file's name; none where they are to be listed. One that there is
    not or that cannot be written here is told before anything is read."""
    from sayso import plugins
    from sayso.share.exports import find_format, list_formats

    known = list_formats()
    named = [name.strip() for name in format.split(",") if name.strip()] or choose_by_name(output)
    for name in named:
        if name not in (*known, LIST) and plugins.find_plugin(plugins.EXPORTERS, name):
            known[name] = find_format(name)
    for name in named:
        choose_format(name, (*known, LIST), output)
    if not named or LIST in named:
        choose_format("", (LIST,), output)
        return []
    for name in named:
        if lacking := known[name].lacking:
            note(f"{known[name].title} needs one more package ({lacking}): pip install 'sayso[export]'")
            raise typer.Exit(1)
    is_text = len(named) == 1 and known[named[0]].media_type.startswith(TEXTS)
    if output is None and not is_text and sys.stdout.isatty():
        note(f"that cannot be shown in a terminal: name a file (-o story.{known[named[0]].suffix})")
        raise typer.Exit(2)
    return named


def choose_by_name(output: Path | None) -> list[str]:
    """The format that a file's name ends in, none where it has no ending. One that is of no format, or of several, is
    wrong usage."""
    from sayso.share.exports import list_formats

    ending = output.suffix.lower().lstrip(".") if output else ""
    fitting = [one.name for one in list_formats().values() if ending in (one.name, one.suffix)]
    if ending in fitting:
        return [ending]
    if ending and len(fitting) != 1:
        which = f"it may be {', '.join(fitting)}" if fitting else f"no format's file ends in .{ending}"
        raise typer.BadParameter(f"say which format, since {which}", param_hint="--to")
    return fitting


def list_losses() -> list[dict[str, str]]:
    """A row a format: its name, the ending of its files, what it is, and the nouns of which nothing is left."""
    from sayso.share.exports import list_formats

    return [
        {"format": one.name, "file": f".{one.suffix}", "is": one.title, "loses": ", ".join(one.lost)}
        for one in list_formats().values()
    ]
