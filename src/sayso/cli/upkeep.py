"""The command that checks that nothing was changed, in a ledger or in a package of evidence: `verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.options import LedgerOption, complain, note, open_chosen


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
