"""Where a command's words go: to standard output, or to a file that is either written whole or left as it was."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

import typer

from sayso.cli.options import note


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


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside the one named and rename it, so that no reader ever sees half of it. A pipe or a device is
    written to as it is; a link stays one. Raises OSError."""
    path = path.resolve() if path.is_symlink() else path
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~read_mask()
    with NamedTemporaryFile(dir=path.parent, prefix=".sayso-", delete=False) as file:
        made = Path(file.name)
        try:
            file.write(content)
            file.flush()
            made.chmod(mode)
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise


def read_mask() -> int:
    """The rights that new files are not given."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
