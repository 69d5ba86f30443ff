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
    gather,
    note,
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
    from sayso.journey import explain as explain_all

    format = choose_format(format, ("text", "json", "jsonl"), output)
    asked = Asked(paths=paths, ledger=ledger, story=story, held_at=held_at, allow_private=allow_private)
    (picture,), problems = gather(asked, as_of)
    steps = explain_all(picture, what)
    if not steps:
        note(f"nothing here is called “{what}”, and no claim has these words")
        raise typer.Exit(1)
    if format == "text":
        words = (f"{step.name}\n" + "".join(f"    {line}\n" for line in step.lines) for step in steps)
        write_output(output, "".join(words))
    else:
        write_rows(output, [{"step": step.name, "lines": list(step.lines)} for step in steps], (), format)
    raise typer.Exit(1 if problems else 0)
