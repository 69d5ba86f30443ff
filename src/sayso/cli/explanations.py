"""The command that explains: one thing's whole journey."""

from __future__ import annotations

import sys
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
    choose_format,
    narrow_asked,
    open_source,
)


def explain(
    what: Annotated[str, typer.Argument(metavar="ID|NAME|WORDS", help="A claim, point, report, origin or somebody.")],
    paths: Paths = None,
    ledger: LedgerOption = None,
    as_of: AsOf = None,
    held_at: HeldAt = None,
    story: StoryOption = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    allow_private: PrivateOption = False,
) -> None:
    """Explain how sayso came to something: its words, parse, attribution, who that is, its meaning, its origin.

    A claim is named by its id or some of its words, a point or report by its id, an origin or somebody by name.

    Example:  sayso explain "12 people died" reports/
    """
    from sayso.forms import dump_json

    choose_format(format, ("text", "json"))
    asked = Asked(paths=paths, ledger=ledger, story=story, held_at=held_at, allow_private=allow_private)
    narrowing = narrow_asked(asked, as_of)
    with open_source(asked) as (source, problems):
        journey = source.explain(what, **narrowing)
    sys.stdout.write(dump_json(journey.rows) + "\n" if format == "json" else str(journey))
    raise typer.Exit(1 if problems else 0)
