"""Alerts on standard output."""

from __future__ import annotations

import sys

import msgspec

from sayso.watch.alerts.alerts import Message
from sayso.watch.alerts.wordings import write_text


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """There are none."""


def send(message: Message, options: Options) -> None:
    """Print a message. Raises OSError."""
    sys.stdout.write(write_text(message) + "\n")
    sys.stdout.flush()
