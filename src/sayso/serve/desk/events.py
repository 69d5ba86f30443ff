"""What changed in the ledger since a moment, whoever changed it: this program, or another that writes to it.

The ledger is append-only, so that how many rows there are tells what came since: a page carries that as a cursor, and
misses nothing between its making and its listening, nor while it was away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sayso.errors import Error
from sayso.serve.desk.desks import Desk


@dataclass(frozen=True, slots=True)
class Changes:
    """What came since: `reports` that were added, and how many judgements and assessments by whom."""

    cursor: str
    reports: int = 0
    by: dict[str, int] = field(default_factory=dict)


def find_cursor(desk: Desk) -> str:
    """How far the ledger is: "34.2.0" for 34 readings, 2 judgements and no assessments; "" where it cannot be read."""
    try:
        return ".".join(map(str, desk.state[:3]))
    except Error:
        return ""


def find_changes(desk: Desk, since: str) -> Changes:
    """What came since a cursor; nothing where it is none. Raises `Error`."""
    cursor = find_cursor(desk)
    before, now = read_cursor(since), read_cursor(cursor)
    if before is None or now is None or before == now:
        return Changes(cursor)

    def make() -> Changes:
        signed = [*find_new(desk.ledger.judgements(), before[1]), *find_new(desk.ledger.assessments(), before[2])]
        return Changes(cursor, max(0, now[0] - before[0]), dict(Counter(one.by for one in signed)))

    changes: Changes = desk.hold(("changes", since), make)
    return changes


def find_new(signed: Sequence[Any], before: int) -> list[Any]:
    """What was entered after the first so many."""
    return sorted(signed, key=lambda one: (one.entered, one.id))[before:]


def read_cursor(cursor: str) -> tuple[int, int, int] | None:
    """The counts that a cursor tells, None where it is none."""
    parts = cursor.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
        return None
    reports, judgements, assessments = map(int, parts)
    return reports, judgements, assessments
