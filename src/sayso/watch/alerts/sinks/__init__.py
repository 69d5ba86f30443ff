"""Where alerts go. A sink is a module with the options that it takes and one function that sends one message.

Each module has `Options`, a struct that refuses what it does not know, and ``send(message, options)``, which raises
`SinkError` where the message was not taken. A message that is sent twice has one id.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from sayso import plugins
from sayso.errors import Error
from sayso.watch.alerts.alerts import Message

SUFFIX = ".alerts.toml"
"""What follows the ledger's path in that of the file of its sinks."""
SINKS = {
    "terminal": "sayso.watch.alerts.sinks.terminal",
    "file": "sayso.watch.alerts.sinks.files",
    "atom": "sayso.watch.alerts.sinks.atom",
    "webhook": "sayso.watch.alerts.sinks.webhooks",
    "mail": "sayso.watch.alerts.sinks.mail",
    "desktop": "sayso.watch.alerts.sinks.desktop",
}
"""The kinds of sinks, and the module of each."""
LARGEST_FILE = 1 << 20
MOST_SINKS = 100
LARGEST_SECRET = 4096
NAME = re.compile(r"[\w.-]{1,64}")


class SinkError(Error):
    """A message that a sink did not take: why, in one line. `wait_s` is for how long it asks to be left alone."""

    def __init__(self, message: str, wait_s: float = 0.0) -> None:
        """Say why."""
        super().__init__(message)
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Sink:
    """A place where alerts go, by its name, with its kind and options."""

    name: str
    kind: str
    options: Any

    def send(self, message: Message) -> None:
        """Send a message. Raises `SinkError` or whatever else goes wrong."""
        find_module(self.kind).send(message, self.options)


def find_module(kind: str) -> Any:
    """What has the options of a kind of sink and sends: a module of ours, or what a plugin has in its place. Raises
    `PluginError`."""
    return import_module(SINKS[kind]) if kind in SINKS else plugins.load(plugins.ALERT_SINKS, kind)


def make_terminal() -> dict[str, Sink]:
    """The sink where none is named: what is printed."""
    return {sink.name: sink for sink in make_sinks({"kind": "terminal"}, "")}


def load_sinks(path: Path) -> dict[str, Sink]:
    """The sinks of a file by their names. Raises `Error`, in one line that names the file and the sink."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        table = tomllib.loads(content[:LARGEST_FILE].decode("utf-8-sig"))
    except OSError as error:
        raise Error(f"{path}: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise Error(f"{path}: no file of sinks: {' '.join(str(error).split())}") from None
    tables = table.pop("sink", [])
    if table or not isinstance(tables, list) or not tables or not all(isinstance(one, dict) for one in tables):
        raise Error(f"{path}: it holds a table [[sink]] for each sink, and nothing else")
    found: dict[str, Sink] = {}
    for one in tables:
        for sink in make_sinks(one, f"{path}: "):
            if sink.name in found:
                raise Error(f"{path}: two sinks are called {sink.name}: give each a name")
            found[sink.name] = sink
    if len(found) > MOST_SINKS:
        raise Error(f"{path}: {MOST_SINKS} sinks are the most")
    return found


def make_sinks(table: Mapping[str, Any], where: str) -> list[Sink]:
    """The sinks of one table: of mail, one for each receiver, so that one who is refused keeps it from no other. Raises
    `Error`, which begins with `where`."""
    given = dict(table)
    kind = given.pop("kind", None)
    if kind not in SINKS and not (isinstance(kind, str) and plugins.find_plugin(plugins.ALERT_SINKS, kind)):
        raise Error(f"{where}{kind!r} is no kind of sink: one of {', '.join(SINKS)}")
    name = given.pop("name", kind)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise Error(f"{where}{name!r} is no name of a sink: letters, digits, points and dashes, 64 at most")
    module = find_module(kind)
    try:
        options = msgspec.convert(given, module.Options)
        split = getattr(module, "split", None)
        parts = split(options) if split else {"": options}
    except (msgspec.ValidationError, ValueError) as error:
        raise Error(f"{where}{name}: {' '.join(str(error).split())}") from None
    return [Sink(f"{name}{part and ':'}{part}", kind, of_part) for part, of_part in parts.items()]


def read_secret(path: str) -> bytes:
    """The secret that a file holds, without white space around it. Raises `SinkError` where others may read it, or it
    is none."""
    try:
        with Path(path).expanduser().open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            secret = file.read(LARGEST_SECRET + 1).strip()
    except OSError as error:
        raise SinkError(f"{path}: {error.strerror or error}") from None
    if os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077:
        raise SinkError(f"{path}: others may read this secret: chmod 600 it")
    if not 0 < len(secret) <= LARGEST_SECRET:
        raise SinkError(f"{path}: it holds no secret")
    return secret
