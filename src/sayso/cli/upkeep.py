"""The commands that look after what is kept: `verify`, of a ledger or of a package of evidence, and `copy`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.endings import StoppedError
from sayso.cli.options import LedgerOption, complain, note, open_chosen, wait_patiently


def verify(
    package: Annotated[
        Path | None,
        typer.Argument(metavar="[PACKAGE]", help="A package of evidence: folder, .zip or .wacz. Default: the ledger."),
    ] = None,
    ledger: LedgerOption = None,
    root: Annotated[
        str, typer.Option("--root", metavar="HASH", help="The root hash that the package must have, as noted down.")
    ] = "",
    authority: Annotated[
        Path | None,
        typer.Option(
            "--authority", metavar="FILE", help="Certificates (PEM) that the package's time stamp must come from."
        ),
    ] = None,
) -> None:
    """Check every id, hash and span of the ledger again, or of a package of evidence, for which no ledger is needed.

    Examples:

      sayso verify --ledger story.db

      sayso verify dali.wacz
    """
    if package is not None:
        if ledger:
            raise typer.BadParameter(
                "a package is checked without a ledger: leave one of them out", param_hint="--ledger"
            )
        verify_package(package, root, authority)
        return
    if root or authority:
        raise typer.BadParameter("name the package that it belongs to", param_hint="--root" if root else "--authority")
    with open_chosen(ledger, create=False) as kept:
        problems = list(kept.verify())
    for problem in problems:
        complain(problem)
    note("the ledger is whole" if not problems else f"{len(problems)} faults")
    raise typer.Exit(1 if problems else 0)


def verify_package(package: Path, root: str, authority: Path | None) -> None:
    """Check a package, and print its root hash where it is whole."""
    from sayso.errors import Error
    from sayso.share.evidence.checks import check_package
    from sayso.share.evidence.timestamps import check_stamp

    checked = check_package(package)
    faults = len(checked.problems)
    for problem in checked.problems:
        complain(problem)
    if root and root.strip().lower() != checked.root:
        note(f"{package}: its root hash is {checked.root}, not the one noted down: it is another package")
        faults += 1
    if checked.stamp or authority:
        try:
            if not checked.stamp:
                raise Error("it has no time stamp")
            stamped = check_stamp(checked.stamp, checked.head_bytes, authority)
            by = f" by {stamped.authority}" if stamped.authority else ""
            unsure = "" if stamped.vouched else "; whether it is they, --authority FILE with their certificate tells"
            note(f"stamped {stamped.at:%Y-%m-%d %H:%M:%S} UTC{by}{unsure}")
        except Error as error:
            note(f"{package}: {error}")
            faults += 1
    note("the package is whole; its root hash:" if not faults else f"{faults} faults")
    if not faults:
        sys.stdout.write(f"{checked.root}\n")
    raise typer.Exit(1 if faults else 0)


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
