"""The command that checks an article against a ledger: `check`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.moments import parse_end
from sayso.cli.options import (
    LedgerOption,
    Paths,
    PrivateOption,
    complain,
    need_paths,
    open_chosen,
)
from sayso.cli.outputs import OutputOption, choose_format, write_output
from sayso.cli.watches import watch
from sayso.record import Checked, Problem, Reading, Remark
from sayso.settings import read_settings

CheckedFormat = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="text, html, json or jsonl. Default: what the file's name ends in, else text.",
    ),
]


def check(
    paths: Paths = None,
    ledger: LedgerOption = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(metavar="TIME", parser=parse_end, help="Judge the article as of then, by what was known then."),
    ] = None,
    format: CheckedFormat = "",
    output: OutputOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Check an article against the ledger: what is contradicted, outdated, misattributed or impossible, what stands on
    how many origins.

    Without --as-of everything known counts, but what has only changed since the article came out is no fault of it.

    Examples:

      sayso check draft.md --ledger story.db

      sayso check https://example.org/article --format html -o checked.html
    """
    from sayso.journey import check as check_all

    format = choose_format(format, ("text", "html", "json", "jsonl"), output)
    failed: list[Problem] = []
    with open_chosen(ledger, create=False) as kept:
        pages = [
            show(checked, format, output)
            for checked in check_all(kept, read_articles(paths, allow_private, failed), as_of)
        ]
    if format == "html" and len(pages) > 1:
        raise typer.BadParameter("an HTML page shows one article: name one", param_hint="--format")
    if format == "json":
        write_output(output, "[" + ",".join(page.rstrip() for page in pages) + "]\n")
    else:
        write_output(output, ("" if format == "jsonl" else "\n").join(pages))
    raise typer.Exit(1 if failed else 0)


def read_articles(paths: list[str] | None, allow_private: bool, failed: list[Problem]) -> Iterator[Reading]:
    """The readings of the articles named; what goes wrong is told and put into `failed`."""
    from sayso.api.gazetteers import find_gazetteer
    from sayso.journey import read_all

    inputs, places = need_paths(paths), find_gazetteer()
    items = read_all(inputs, workers=read_settings().workers, gazetteer=places, allow_private=allow_private)
    for item in watch(items, inputs):
        if isinstance(item, Problem):
            failed.append(item)
            complain(item)
        elif isinstance(item, Remark):
            complain(item)
        elif isinstance(item, Reading):
            yield item


def show(checked: Checked, format: str, output: Path | None) -> str:
    """A checked article in one of the formats."""
    if format == "html":
        from sayso.tell.checked_page import render_page

        return render_page(checked)
    from sayso.tell.checked import render_jsonl, render_text

    if format in ("json", "jsonl"):
        return render_jsonl(checked)
    color = output is None and sys.stdout.isatty()
    return render_text(checked, width=shutil.get_terminal_size((100, 24)).columns, color=color)
