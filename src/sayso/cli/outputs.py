"""Where a command's words go: to standard output, or to a file that is either written whole or left as it was."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from sayso.cli.options import note
from sayso.files import replace_file


def write_output(output: Path | None, content: str | bytes) -> None:
    """Write to the file named, or to standard output; what cannot be written ends the command with one line."""
    if output is None:
        if isinstance(content, str):
            sys.stdout.write(content)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        return
    try:
        replace_file(output, content.encode("utf8") if isinstance(content, str) else content)
    except OSError as error:
        note(f"{output}: {error.strerror or error}")
        raise typer.Exit(1) from None
