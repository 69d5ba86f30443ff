"""How a run ends: with its results out, or with one line on stderr that says why not, and an exit status.

| status | means |
|---|---|
| 0 | done |
| 1 | some inputs failed, or what was asked for could not be read or written |
| 2 | wrong usage, or a setting that is none |
| 130 | stopped by Ctrl-C (128 and the number of the signal) |
| 141 | whoever read the output went away (``| head -1``), as other programs end then |
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from sayso.cli.installs import name_missing
from sayso.cli.options import note
from sayso.errors import Error
from sayso.settings import SettingsError

STOPPED, GONE = 130, 141
"""The exit statuses of a run that was stopped, and of one whose reader went away."""
UNWRITTEN = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG, errno.EDQUOT)
"""What the system says of a write that it could not do."""
KEPT = "the ledger and all files are as they were"
"""What is said of a run that was stopped, unless its command says more."""


class StoppedError(KeyboardInterrupt):
    """Ctrl-C in a command that can say what it has kept so far: that is the message."""


class Commands(TyperGroup):
    """Commands that end well: without a word they teach themselves, and what goes wrong is one line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Show the help where nothing was asked for, which is no mistake."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            sys.stdout.write(ctx.get_help().rstrip() + "\n")
            ctx.exit(0)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command, all its output included; what it cannot do ends it with a line and a status."""
        with end_well():
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()  # A full disk shows here at the latest.

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program; wrong usage is one line, too."""
        try:
            with end_well():
                status = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
                sys.stdout.flush()
        except TyperException as error:
            note(say_usage(error))
            status = error.exit_code
        except typer.Exit as ended:
            status = ended.exit_code
        return sys.exit(status or 0) if standalone_mode else status


def say_usage(error: TyperException) -> str:
    """What is wrong with how a command was called, and where to read how it is called."""
    told = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    return f"{told} (see {context.command_path} --help)" if context is not None else told


@contextmanager
def end_well() -> Iterator[None]:
    """End a run that cannot go on by one line on stderr and `typer.Exit`."""
    try:
        yield
    except (typer.Exit, TyperException):
        raise
    except BrokenPipeError:
        drop_output()
        raise typer.Exit(GONE) from None
    except KeyboardInterrupt as stop:
        note(f"stopped; {str(stop) or KEPT}")
        raise typer.Exit(STOPPED) from None
    except SettingsError as error:
        note(str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        flush_output()
        note(explain_error(error))
        raise typer.Exit(1) from None
    except ImportError as error:
        note(name_missing(error))
        raise typer.Exit(1) from None
    except MemoryError:
        note("out of memory: give fewer reports at once, or --workers 1")
        raise typer.Exit(1) from None
    except Error as error:
        note(str(error))
        raise typer.Exit(1) from None


def explain_error(error: OSError) -> str:
    """What the system refused, in a few words: a file by its name. What was written to is not named by the system."""
    reason = error.strerror or str(error) or type(error).__name__
    if error.filename:
        return f"{error.filename}: {reason}"
    return f"the output cannot be written: {reason}" if error.errno in UNWRITTEN else reason


def flush_output() -> None:
    """Write out what was printed so far, where it can be written."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        drop_output()


def drop_output() -> None:
    """Throw away what is still to be written to standard output, which Python would try again as it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare_streams() -> None:
    """Write UTF-8, whatever the locale says, and have streams that answer where they were closed (``>&-``): reading
    from or writing to such a one fails as it does for other programs."""
    for number, name, way in ((0, "stdin", "w"), (1, "stdout", "r"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_WRONLY if way == "w" else os.O_RDONLY)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, open(number, "r" if number == 0 else "w", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        cast(Any, stream).reconfigure(encoding="utf-8", errors="backslashreplace")
