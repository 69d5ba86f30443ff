"""The head of a package: what it is of, who made it when and with what, and the hash of every other file in it.

The hash of the head is the package's root hash: whoever knows that one hash can tell whether anything was changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

FORMAT = "sayso-evidence-1"
"""The name and version of what packages hold and how they are wrapped: what changes the bytes of either is a new one,
since verifying makes the wrapping anew."""
HEAD, STAMP = "evidence/evidence.json", "evidence/evidence.tsr"
"""Where the head is in a package, and the time stamp over it."""
LARGEST_HEAD = 64 << 20
"""Bytes of a head; one of a hundred thousand files has a third of them."""

Kind = Literal["claim", "report", "story"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a package is of: a claim, a report or a story, by its id, and in words."""

    kind: Kind
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Included:
    """A report in a package: its digest and id, and why it is there."""

    digest: str
    id: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file of a package: its path, how many bytes it has, and their SHA-256 in hexadecimal."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a package says of itself. `by` is who made it, "" where nobody said; `tool` is the program and its version;
    `files` lists all but the head itself, its time stamp and what wraps them."""

    format: str
    subject: Subject
    made: datetime
    by: str
    tool: str
    reports: tuple[Included, ...]
    files: tuple[Listed, ...]


def dump_head(head: Head) -> bytes:
    """The head as JSON, indented for people: one value, one text."""
    return msgspec.json.format(msgspec.json.encode(head), indent=2) + b"\n"


def load_head(content: bytes) -> Head:
    """The head that a file is. Raises ValueError where it is none, in words for the user."""
    try:
        head = msgspec.json.decode(content, type=Head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"its head is none: {error}") from error
    if head.format != FORMAT:
        raise ValueError(
            f"its head is of the form {head.format[:40]!r}, which this sayso does not know: take a newer one"
        )
    return head
