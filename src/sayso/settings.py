"""The settings of a run: the one place where the environment is read. Everything below gets them as arguments."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

LEDGER = "sayso.db"
"""The ledger that commands use when none is named: this file in the working folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says. `ledger` is a file path or a database URL (``SAYSO_LEDGER``),
    `workers` the number of processes that read reports (``SAYSO_WORKERS``, else one a core)."""

    ledger: str = LEDGER
    workers: int = 1


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of an environment, that of this process if none is given. An empty variable counts as unset."""
    given = os.environ if environment is None else environment
    workers = given.get("SAYSO_WORKERS", "")
    return Settings(
        ledger=given.get("SAYSO_LEDGER") or LEDGER,
        workers=int(workers) if workers.isdecimal() and int(workers) > 0 else os.cpu_count() or 1,
    )
