"""What this process and its children say to each other: frames of a kind, a length and as many bytes."""

from __future__ import annotations

import struct
from typing import IO

import msgspec

HEADER = struct.Struct(">cI")
"""What begins each frame: its kind and the bytes of its content (at most 4 GB)."""
ITEM, END, LAST, MEMORY, FAULT, MISSING = b"i", b"e", b"l", b"m", b"f", b"n"
"""The kinds of frames that a child sends: one thing that it found; all is found; the same, and the child ends;
memory is at an end; an error of the task, as words; a module that it lacks, by its name."""
CHUNK_BYTES = 64 * 1024
MOST_FRAME = 128_000_000
"""Bytes of one frame: what is longer is no report."""
OUT_OF_TIME = 75
"""The status of a child that ended itself where the system has no alarms."""


class Task(msgspec.Struct, frozen=True, array_like=True):
    """What a child is to do: the `name` of a function ("module:function"), what it is given besides the bytes that
    follow, and what it may take: bytes of memory, and seconds for each thing that it finds and for all."""

    name: str
    given: bytes
    memory: int
    step: float
    total: float


def write_frame(pipe: IO[bytes], kind: bytes, content: bytes = b"") -> None:
    """Write one frame. Raises OSError."""
    pipe.write(HEADER.pack(kind, len(content)))
    pipe.write(content)


def read_frame(pipe: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The kind and content of the next frame; None at the end of the pipe, also where it ends within a frame. Raises
    ValueError for one that is too long."""
    header = pipe.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, size = HEADER.unpack(header)
    if size > MOST_FRAME:
        raise ValueError(f"a frame of {size} bytes")
    content = pipe.read(size)
    return (kind, content) if len(content) == size else None
