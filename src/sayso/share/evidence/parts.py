"""The files of a package before they are written: each a path and a way to its bytes, so that a package of many big
files needs the memory of one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

PATH = re.compile(r"(?=.{1,200}\Z)[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)*", re.ASCII)
"""Every path in a package: plain ASCII, "/" between the parts, none of which begins with a point."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a package: its path, and what gives its bytes, the same each time."""

    path: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is known of a file without its bytes: how many there are, and their hashes in hexadecimal."""

    path: str
    bytes: int
    sha256: str
    sha512: str


def make_part(path: str, content: bytes | str) -> Part:
    """A file whose bytes are at hand; words become UTF-8."""
    return Part(path, partial(bytes, content.encode("utf8") if isinstance(content, str) else content))


def measure(path: str, content: bytes) -> Measure:
    """The size and hashes of a file's bytes."""
    return Measure(
        path=path,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sha512=hashlib.sha512(content).hexdigest(),
    )


def measure_all(parts: Iterable[Part]) -> list[Measure]:
    """The sizes and hashes of some files, read one after another."""
    return [measure(part.path, part.read()) for part in parts]
