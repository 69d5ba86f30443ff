"""Alerts as a notification of the desktop: by notify-send (freedesktop.org) or osascript (macOS), where one is."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from html import escape

import msgspec

from sayso.harms import one_line
from sayso.tell.phrases import shorten
from sayso.watch.alerts.alerts import Message
from sayso.watch.alerts.sinks import SinkError

LONGEST, MOST_LINES = 160, 4
MOST_S = 10.0
SCRIPT = ("on run argv", "display notification (item 2 of argv) with title (item 1 of argv)", "end run")


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """There are none."""


def send(message: Message, options: Options, *, find: Callable[[str], str | None] = shutil.which) -> None:
    """Show a message. Raises `SinkError` where there is no desktop."""
    title = shorten(one_line(message.title), LONGEST)
    lines = [shorten(one_line(alert.text), LONGEST) for alert in message.alerts[:MOST_LINES]]
    if notify := find("notify-send"):
        # The body is markup to most desktops (Desktop Notifications Specification).
        command = [notify, "--app-name=sayso", "--", title, escape("\n".join(lines), quote=False)]
    elif script := find("osascript"):
        command = [script, *(word for line in SCRIPT for word in ("-e", line)), title, "\n".join(lines)]
    else:
        raise SinkError("this machine has neither notify-send nor osascript: take another sink")
    run(command)


def run(command: Sequence[str]) -> None:
    """Run a program. Raises `SinkError` where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SinkError(f"{command[0]}: {' '.join(str(error).split())}") from None
    if done.returncode:
        raise SinkError(f"{command[0]}: {one_line(done.stderr.decode('utf8', 'replace')) or 'it failed'}")
