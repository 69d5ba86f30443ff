"""The settings of a run: the one place where the environment is read. Everything below gets them as arguments."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LEDGER = "sayso.db"
"""The ledger that commands use when none is named: this file in the working folder."""


GAZETTEER = Path("sayso", "gazetteer.bin")
"""Where an imported gazetteer lies in the user's data folder."""

PACKAGED = "packaged"
"""The value of ``SAYSO_GAZETTEER`` for the gazetteer that comes with sayso, whatever has been imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says. `ledger` is a file path or a database URL (``SAYSO_LEDGER``),
    `workers` the number of processes that read reports (``SAYSO_WORKERS``, else one a core).

    `gazetteer` is where an imported gazetteer lies, if there is one (``SAYSO_GAZETTEER``, else a file in the user's
    data folder); "" for the one that comes with sayso. `gazetteer_named` says that the user named it. `analyst` is who
    signs judgements (``SAYSO_ANALYST``). `cache` is the folder of what can be made again at any time.
    """

    ledger: str = LEDGER
    workers: int = 1
    gazetteer: str = ""
    gazetteer_named: bool = False
    analyst: str = ""
    cache: Path = Path()


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of an environment, that of this process if none is given. An empty variable counts as unset."""
    given = os.environ if environment is None else environment
    workers = given.get("SAYSO_WORKERS", "")
    gazetteer = given.get("SAYSO_GAZETTEER", "")
    return Settings(
        ledger=given.get("SAYSO_LEDGER") or LEDGER,
        workers=int(workers) if workers.isdecimal() and int(workers) > 0 else os.cpu_count() or 1,
        gazetteer="" if gazetteer == PACKAGED else gazetteer or str(find_data_folder(given) / GAZETTEER),
        gazetteer_named=bool(gazetteer),
        analyst=given.get("SAYSO_ANALYST", "").strip(),
        cache=find_cache_folder(given) / "sayso",
    )


def find_data_folder(given: Mapping[str, str], system: str = sys.platform) -> Path:
    """The folder for a user's data: that of the XDG Base Directory Specification, and its counterparts on macOS and
    Windows."""
    home = given.get("HOME") or given.get("USERPROFILE") or os.path.expanduser("~")  # noqa: PTH111 (never raises)
    if system == "win32":
        return Path(given.get("LOCALAPPDATA") or Path(home, "AppData", "Local"))
    if system == "darwin":
        return Path(home, "Library", "Application Support")
    return Path(given.get("XDG_DATA_HOME") or Path(home, ".local", "share"))


def find_cache_folder(given: Mapping[str, str], system: str = sys.platform) -> Path:
    """The folder for what a program can make again: that of the XDG Base Directory Specification, and its counterparts
    on macOS and Windows."""
    home = given.get("HOME") or given.get("USERPROFILE") or os.path.expanduser("~")  # noqa: PTH111 (never raises)
    if system == "win32":
        return Path(given.get("LOCALAPPDATA") or Path(home, "AppData", "Local"), "Cache")
    if system == "darwin":
        return Path(home, "Library", "Caches")
    return Path(given.get("XDG_CACHE_HOME") or Path(home, ".cache"))
