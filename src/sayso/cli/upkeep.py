"""The commands that look after a ledger: `verify` and `copy`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from sayso.cli.endings import StoppedError
from sayso.cli.options import LedgerOption, complain, note, open_chosen, wait_patiently


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


END = "A ledger's file or URL, or a file of JSON Lines (.jsonl or .jsonl.gz)."


def count_entries(copied: Mapping[str, int]) -> str:
    """How many entries of what were copied, in words."""
    nouns = {table: table.removesuffix("s") if count == 1 else table for table, count in copied.items()}
    return ", ".join(f"{count} {nouns[table]}" for table, count in copied.items() if count) or "nothing new"


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help=END)],
    target: Annotated[str, typer.Argument(metavar="TO", help=END)],
) -> None:
    """Copy a ledger into another, which keeps what it has: a file, a database, or JSON Lines to hand on.

    Ids, moments of entry and judgements stay as they are. What is there already is not added again; a copy that was
    stopped goes on when it is made again.

    Examples:

      sayso copy sayso.db postgresql://ana@server/story

      sayso copy sayso.db story.jsonl.gz

      sayso copy story.jsonl.gz colleague.db
    """
    from sayso.ledger.merges import Copied
    from sayso.ledger.transfers import copy_ledger

    copied, failed = Copied(), 0
    try:
        for problem in copy_ledger(source, target, copied, wait_patiently()):
            failed += 1
            complain(problem)
    except KeyboardInterrupt:
        raise StoppedError(f"{count_entries(copied.new)} copied; the same command goes on from there") from None
    note(f"{count_entries(copied.new)} copied, {copied.known} entries known before, {failed} failed")
    raise typer.Exit(1 if failed else 0)
