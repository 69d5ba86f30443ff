"""How much is read of an input, and what reading it may take: bytes, memory and time."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20
MEMORY_PER_BYTE = 12
"""Bytes of memory for each byte of an input, where that is more: the text of a large page, table or mailbox lies in
memory several times."""
MOST_MEMORY = 800
"""Megabytes that an input gets by its size alone."""
SECONDS_PER_MEGABYTE = 1.0
"""Seconds more for each megabyte of an input: honest pages and documents take a third of it."""
TOTAL_PER_MEGABYTE = 20.0
"""The same of all parts of an input together, which may be packed."""
WALL = 5.0
"""Seconds that may pass for each second of computing: the machine has other things to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is read of one input: bytes of a page or document, of a file of many reports, of an archive, and of one
    line of JSON Lines. Files of JSON Lines may be of any size."""

    document_bytes: int = 20_000_000
    collection_bytes: int = 100_000_000
    archive_bytes: int = 1_000_000_000
    line_bytes: int = 5_000_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a child may take to read an input: `memory` is the address space in megabytes beyond that of its start (with
    all its parsers loaded it has taken 130 of them), `seconds` those of computing for each report or file in it. A
    large input gets more of both."""

    memory: int
    seconds: int

    def find_memory(self, size: int) -> int:
        """Bytes of memory for an input of so many bytes."""
        by_size = min(MEMORY_PER_BYTE * size, MOST_MEMORY * MEGABYTE)
        return max(self.memory * MEGABYTE, by_size)

    def find_step(self, size: int) -> float:
        """Seconds of computing for the next report of an input of so many bytes."""
        return self.seconds + SECONDS_PER_MEGABYTE * size / MEGABYTE

    def find_total(self, size: int) -> float:
        """Seconds of computing for all of an input of so many bytes."""
        return self.seconds + TOTAL_PER_MEGABYTE * size / MEGABYTE
