"""Alerts as JSON Lines: one a line, added to the end of a file."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from sayso.watch.alerts.alerts import Message
from sayso.watch.alerts.wordings import write_json


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """`path` is that of the file, which is made where there is none."""

    path: str


def send(message: Message, options: Options) -> None:
    """Add the alerts and see them on the disk. A line that a full disk or a killed run left half is ended first, so
    that it spoils no other. Raises OSError."""
    lines = "".join(f"{write_json(alert)}\n" for alert in message.alerts).encode()
    path = Path(options.path).expanduser()
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            device.write(lines)
        return
    with path.open("a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            lines = lines if file.read(1) == b"\n" else b"\n" + lines
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
