"""How a run ends: with its results out, or with one line on stderr that says why not, and an exit status.

| status | means |
|---|---|
| 0 | done |
| 1 | some inputs failed, or what was asked for could not be read or written, or a fault of sayso itself |
| 2 | wrong usage, or a setting that is none |
| 130 | stopped by Ctrl-C (128 and the number of the signal) |
| 141 | whoever read the output went away (``| head -1``), as other programs end then |
| 143 | stopped by SIGTERM |

The line says what is wrong and what to do. Where in the program it came from is shown with ``--debug`` alone.
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from sayso.cli.installs import name_missing
from sayso.cli.options import note
from sayso.crashes import tell
from sayso.errors import Error
from sayso.settings import SettingsError

GONE = 141
"""The exit status of a run whose reader went away."""
UNWRITTEN = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG, errno.EDQUOT)
"""What the system says of a write that it could not do."""
KEPT = "the ledger and all files are as they were"
"""What is said of a run that was stopped, unless its command says more."""


FAULT = "this is a fault of sayso, not of yours: {fault}; run sayso --debug with the same words to see where"
"""What is said of an error that nobody foresaw."""


class Endings:
    """What a run's end depends on: whether the trace of an error is shown, and by which signal it was stopped."""

    debug = False
    stopped_by = signal.SIGINT


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
        Endings.debug, Endings.stopped_by = False, signal.SIGINT
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
        show_trace(stop)
        note(f"stopped; {str(stop) or KEPT}")
        raise typer.Exit(128 + Endings.stopped_by) from None
    except Exception as error:
        flush_output()
        show_trace(error)
        note(explain(error))
        raise typer.Exit(2 if isinstance(error, SettingsError) else 1) from None


def explain(error: Exception) -> str:
    """What ended a run, in a line."""
    if isinstance(error, Error):
        return str(error)
    if isinstance(error, OSError):
        return explain_error(error)
    if isinstance(error, ImportError):
        return name_missing(error)
    if isinstance(error, MemoryError):
        return "out of memory: give fewer reports at once, or --workers 1"
    return FAULT.format(fault=tell(error))


def show_trace(error: BaseException) -> None:
    """Show where an error came from, where that was asked for; no word in it commands the terminal."""
    if Endings.debug:
        for line in "".join(traceback.format_exception(error)).splitlines():
            note(line)


def stop_cleanly(number: int, _: object) -> None:
    """What a signal to end does: the same as Ctrl-C, so that no half-made file is left."""
    Endings.stopped_by = signal.Signals(number)
    raise KeyboardInterrupt


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


def quiet_libraries() -> None:
    """Keep to ourselves what libraries have to say to programmers; `--debug` and Python's own ``-W`` show it."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    logging.lastResort = NotingHandler(logging.WARNING)
    logging.lastResort.addFilter(logging.Filter("sayso"))


def show_warnings() -> None:
    """Show what libraries have to say after all."""
    if not sys.warnoptions:
        warnings.resetwarnings()
    logging.captureWarnings(True)
    logging.basicConfig(format="%(name)s: %(message)s", handlers=[NotingHandler()])
    logging.getLogger("sayso").setLevel(logging.DEBUG)


class NotingHandler(logging.Handler):
    """Says what is logged in lines that command no terminal."""

    def emit(self, record: logging.LogRecord) -> None:
        """Lines on stderr: the trace of an error too, where that is asked for."""
        for line in self.format(record).splitlines()[: None if Endings.debug else 1]:
            note(line)


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
