"""The command that compares claims pair by pair: `compare`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.options import complain, note
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, open_output
from sayso.record import Problem

if TYPE_CHECKING:
    from sayso.weigh.pairs import Compared

COLUMNS = ("id", "relation", "stance", "why")


def compare(
    pairs: Annotated[str, typer.Argument(metavar="PAIRS.jsonl|-", help="Pairs of claims, one a line; - for stdin.")],
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """Compare two claims a line: how they stand to each other, what the second does to the first, and why.

    They are the same, compatible, a revision, of another scope, a contradiction or unrelated; the second supports,
    contradicts or repeats the first.

    A line is {"id": "...", "a": CLAIM, "b": CLAIM}; a claim is a string, or {"text": "...", "published": "2025-02-01",
    "outlet": "...", "source": "who says it"}. The more is given, the better the answer.

    Example:  sayso compare pairs.jsonl --format jsonl
    """
    from sayso.tell.tables import dump_row, print_rows
    from sayso.weigh.pairs import compare_pairs

    format = choose_table(format, output)
    failed, count, rows = False, 0, []
    with open_output(output) as out:
        for answer in compare_pairs(open_lines(pairs), pairs):
            count += 1
            if isinstance(answer, Problem):
                failed = True
                complain(answer)
            elif format == "jsonl":
                out.write(dump_row(row_of_answer(answer)) + "\n")
            else:
                rows.append(row_of_answer(answer))
        if format != "jsonl":
            print_rows(rows, COLUMNS, format, out)
    if not failed and not count:
        note(f"{pairs}: empty; write a pair a line into it")
    raise typer.Exit(1 if failed or not count else 0)


def row_of_answer(answer: Compared) -> dict[str, Any]:
    """An answer as a JSON object."""
    return {"id": answer.id, "relation": answer.relation, "stance": answer.stance, "why": answer.why}


def open_lines(path: str) -> Iterator[bytes]:
    """The bytes of a file or of standard input, piece by piece; one that cannot be read is named and ends the run."""
    try:
        if path == "-":
            yield from iter(lambda: sys.stdin.buffer.read(1 << 20), b"")
            return
        with Path(path).open("rb") as file:
            yield from iter(lambda: file.read(1 << 20), b"")
    except OSError as error:
        note(f"{path}: {error.strerror or error}")
        raise typer.Exit(1) from None
