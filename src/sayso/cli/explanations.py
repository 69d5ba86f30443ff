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
    gather,
    note,
    parse_time,
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
    from sayso.journey import explain as explain_all

    choose_format(format, ("text", "json"))
    asked = Asked(paths=paths, ledger=ledger, story=story, held_at=held_at, allow_private=allow_private)
    (picture,), problems = gather(asked, parse_time(as_of))
    steps = explain_all(picture, what)
    if not steps:
        note(f"nothing here is called “{what}”, and no claim has these words")
        raise typer.Exit(1)
    if format == "json":
        sys.stdout.write(dump_json([{"step": step.name, "lines": list(step.lines)} for step in steps]) + "\n")
    else:
        for step in steps:
            sys.stdout.write(f"{step.name}\n" + "".join(f"    {line}\n" for line in step.lines))
    raise typer.Exit(1 if problems else 0)
