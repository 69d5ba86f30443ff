"""The program, ``sayso`` or ``python -m sayso``. It loads the rest late, so that Ctrl-C is heard while that goes on."""

from __future__ import annotations

import sys


def run() -> None:
    """Start the commands; stopped before they are there, nothing has been done."""
    try:
        from sayso.cli import run as start

        start()
    except KeyboardInterrupt:
        sys.stderr.write("sayso: stopped\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
