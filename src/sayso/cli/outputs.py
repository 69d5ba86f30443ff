"""Where a command's words go: to standard output, or to a file that is either written whole or left as it was."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from sayso.cli.options import note
from sayso.files import replace_file, replace_whole

FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="table, json, jsonl or csv. Default: what the file's name ends in, else table.",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there, whole or not at all. Default: standard output."),
]


def choose_format(format: str, known: Sequence[str], output: Path | None = None) -> str:
    """The format of what is printed: the one named, that of the file's name, or the first one known. One that a
    command does not print, or a place where no file can be, is told before anything is read."""
    ending = output.suffix.lower().lstrip(".") if output else ""
    chosen = format or (ending if ending in known else known[0])
    if chosen not in known:
        raise typer.BadParameter(f"{chosen!r} is none of {', '.join(known)}", param_hint="--format")
    if output is not None and (output.is_dir() or not output.parent.is_dir()):
        fail(output, "Is a directory" if output.is_dir() else "No such file or directory")
    return chosen


def choose_table(format: str, output: Path | None) -> str:
    """The format in which rows are printed."""
    from sayso.tell.tables import FORMATS

    return choose_format(format, FORMATS, output)


def fail(output: Path, reason: str) -> None:
    """End the command, since its output cannot be written."""
    note(f"{output}: {reason}")
    raise typer.Exit(1)


def write_output(output: Path | None, content: str | bytes) -> None:
    """Write to the file named, or to standard output; what cannot be written ends the command with one line."""
    if isinstance(content, str):
        with open_output(output) as out:
            out.write(content)
    elif output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    else:
        try:
            replace_file(output, content)
        except OSError as error:
            fail(output, error.strerror or str(error))


@contextmanager
def open_output(output: Path | None) -> Iterator[TextIO]:
    """Where words are written: the file named, which has them once all are there, or standard output. A file that
    cannot be written ends the command with one line."""
    if output is None:
        yield sys.stdout
        return
    try:
        with replace_whole(output) as file:
            out = io.TextIOWrapper(file, encoding="utf8", errors="backslashreplace", newline="", write_through=True)
            yield out
            out.detach()
    except OSError as error:
        fail(output, error.strerror or str(error))


def write_rows(output: Path | None, rows: Iterable[Mapping[str, Any]], columns: Sequence[str], format: str) -> None:
    """Print rows in one of the formats of tables, where the command's words go."""
    from sayso.tell.tables import print_rows

    with open_output(output) as out:
        print_rows(list(rows), columns, format, out)
