"""The command that explains: one thing's whole journey."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli.options import (
    Asked,
    AsOf,
    HeldAt,
    LedgerOption,
    Paths,
    PrivateOption,
    StoryOption,
    narrow_asked,
    open_source,
)
from sayso.cli.outputs import OutputOption, choose_format, write_output, write_rows


def explain(
    what: Annotated[str, typer.Argument(metavar="ID|NAME|WORDS", help="A claim, point, report, origin or somebody.")],
    paths: Paths = None,
    ledger: LedgerOption = None,
    as_of: AsOf = None,
    held_at: HeldAt = None,
    story: StoryOption = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text, json or jsonl. Default: what the file's name ends in, else text.",
        ),
    ] = "",
    output: OutputOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Explain how sayso came to something: its words, parse, attribution, who that is, its meaning, its origin.

    A claim is named by its id or some of its words, a point or report by its id, an origin or somebody by name.

    Example:  sayso explain "12 people died" reports/
    """
    format = choose_format(format, ("text", "json", "jsonl"), output)
    asked = Asked(paths=paths, ledger=ledger, story=story, held_at=held_at, allow_private=allow_private)
    narrowing = narrow_asked(asked, as_of)
    with open_source(asked) as (source, problems):
        journey = source.explain(what, **narrowing)
    if format == "text":
        write_output(output, str(journey))
    else:
        write_rows(output, journey.rows, (), format)
    raise typer.Exit(1 if problems else 0)
