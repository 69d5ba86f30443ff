"""What engines take and give."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Protocol

from sayso.record import Problem, Raw, Reading, Remark, Report

Given = Raw | Report | Problem | Remark
Item = Raw | Reading | Problem | Remark


class Engine(Protocol):
    """Reads the reports among some items, and gives their readings in their places."""

    def __call__(self, items: Iterable[Given], *, workers: int = 1, gazetteer: str = "") -> Generator[Item]:
        """The items with readings for reports, in order. `workers` is how many processes may read where the engine
        has a say in that; `gazetteer` is the path of an imported one ("": that which comes with sayso)."""
        ...
