"""Exports of a picture in the formats of the field. A module each, which the table ``exports.toml`` names beside what
each noun of sayso becomes in the format and what of it is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from sayso.errors import Error
from sayso.tables import load_toml

if TYPE_CHECKING:
    from sayso.record import Picture
    from sayso.tell.foreseen import Foreseen


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
    """A format to export to: its name in commands, what it is called, the ending and media type of its files, and what
    each noun becomes in it ("" where it is lost)."""

    name: str
    title: str
    suffix: str
    media_type: str
    becomes: Mapping[str, str]

    def write(self, shared: Shared) -> bytes:
        """The file, whole. Raises `Error` where a package that it needs is not installed."""
        try:
            written: bytes = import_module(f"sayso.share.exports.{self.name.replace('-', '_')}").write(shared)
        except ModuleNotFoundError as error:
            raise Error(f"{self.title} needs one more package ({error.name}): pip install 'sayso[export]'") from None
        return written


def list_formats() -> dict[str, Format]:
    """The formats by their names, in the order of the table."""
    return {name: Format(name=name, **row) for name, row in load_toml("exports.toml").items()}


def find_format(name: str) -> Format:
    """A format by its name. Raises `Error` where there is none of it."""
    formats = list_formats()
    if name not in formats:
        raise Error(f"{name!r} is no format to export to: there are {', '.join(formats)}")
    return formats[name]
