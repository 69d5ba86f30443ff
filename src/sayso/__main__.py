"""The program, ``sayso`` or ``python -m sayso``. It loads the rest late, so that Ctrl-C is heard while that goes on."""

from __future__ import annotations

import gc
import sys

NEW_OBJECTS = 20_000
"""How many new objects there are before Python looks among the newest for what can go; it does at 700 by itself."""


def run() -> None:
    """Start the commands; stopped before they are there, nothing has been done."""
    # Modules, patterns and tables stay for good: to look among them for what can go takes a tenth of a start.
    gc.set_threshold(NEW_OBJECTS)
    try:
        from sayso.cli import run as start

        start()
    except KeyboardInterrupt:
        end("stopped", 130)
    except Exception as error:  # Before there is anything that could say it better.
        if "--debug" in sys.argv:
            raise
        end(f"it cannot be started: {type(error).__name__}: {' '.join(str(error).split())}", 1)


def end(words: str, status: int) -> None:
    """End with a line, where there is anybody to read it."""
    if sys.stderr is not None:
        sys.stderr.write(f"sayso: {ascii(words)[1:-1]}\n")
    sys.exit(status)


if __name__ == "__main__":
    run()
