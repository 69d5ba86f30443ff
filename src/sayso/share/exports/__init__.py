"""Exports of a picture in the formats of the field. A module each, which the table ``exports.toml`` names beside what
each noun of sayso becomes in the format and what of it is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from sayso import plugins
from sayso.errors import Error
from sayso.tables import load_toml

if TYPE_CHECKING:
    from sayso.record import Picture
    from sayso.tell.foreseen import Foreseen


NOUNS = (
    *("report", "version", "attribution chain", "claim", "hedge", "time", "place", "figure", "source", "outlet"),
    *("origin", "point", "relation", "happening", "position", "grade", "judgement", "hypothesis", "scenario"),
    *("question", "forecast"),
)
"""What every format says what it makes of, in the order of the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is exported: a picture, what people assessed beside it, the name it goes by, when it was `made` and by what
    `tool` ("sayso 0.1.0"). The same value gives the same bytes."""

    picture: Picture
    foreseen: Foreseen | None = None
    title: str = ""
    made: datetime
    tool: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format to export to: its name in commands, what it is called, the ending and media type of its files, what
    each noun becomes in it ("" where it is lost), and the packages that it `needs` beside those of every install.
    `writer` writes that of a plugin."""

    name: str
    title: str
    suffix: str
    media_type: str
    becomes: Mapping[str, str]
    needs: tuple[str, ...] = ()
    writer: Callable[[Shared], bytes] | None = None

    @property
    def lost(self) -> list[str]:
        """The nouns that nothing is left of."""
        return [noun for noun, words in self.becomes.items() if not words]

    @property
    def lacking(self) -> str:
        """A package that it needs and that is not installed, "" where all are."""
        return next((package for package in self.needs if find_spec(package) is None), "")

    def name_file(self, stem: str) -> str:
        """What a file of it is called: with the format's name where the ending does not tell it."""
        return f"{stem}.{self.suffix}" if self.name == self.suffix else f"{stem}-{self.name}.{self.suffix}"

    def write(self, shared: Shared) -> bytes:
        """The file, whole. Raises `Error` where a package that it needs is not installed."""
        if self.writer is not None:
            return self.writer(shared)
        try:
            written: bytes = import_module(f"sayso.share.exports.{self.name.replace('-', '_')}").write(shared)
        except ModuleNotFoundError as error:
            raise Error(f"{self.title} needs one more package ({error.name}): pip install 'sayso[export]'") from None
        return written


def list_formats() -> dict[str, Format]:
    """The formats by their names, in the order of the table."""
    rows = load_toml("exports.toml").items()
    return {name: Format(name=name, **{**row, "needs": tuple(row.get("needs", ()))}) for name, row in rows}


def find_format(name: str) -> Format:
    """A format by its name, ours or a plugin's. Raises `Error` where there is none of it."""
    formats = list_formats()
    if name in formats:
        return formats[name]
    if plugin := plugins.find_plugin(plugins.EXPORTERS, name):
        return load_format(plugin)
    added = (plugin.name for plugin in plugins.list_plugins(plugins.EXPORTERS))
    raise Error(f"{name!r} is no format to export to: there are {', '.join((*formats, *added))}")


def load_format(plugin: plugins.Plugin) -> Format:
    """The format of a plugin, whose writer fails in one line that names it. Raises `PluginError`."""
    format = plugin.load()
    if not isinstance(format, Format) or format.writer is None:
        raise plugin.fail("it leads to no Format with a writer")
    writer = format.writer

    def write(shared: Shared) -> bytes:
        try:
            written = writer(shared)
        except (Exception, SystemExit) as error:
            raise plugin.fail(f"it failed ({plugins.explain(error)})") from error
        if not isinstance(written, bytes):
            raise plugin.fail(f"it wrote a {type(written).__name__} where bytes were to be")
        return written

    return replace(format, name=plugin.name, writer=write)


def name_tool() -> str:
    """By what exports are made: the name and version of this program."""
    return f"sayso {version('sayso')}"
