"""What sayso knows of the world, as data: verbs, hedges, outlets, units, events. One file a table, each tested."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a tab-separated table with a header line; lines that begin with ``#`` are comments."""
    text = files("sayso.tables").joinpath(name).read_text(encoding="utf8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def load_toml(name: str) -> dict[str, Any]:
    """A TOML table as it is. Callers share the value and must not change it."""
    return tomllib.loads(files("sayso.tables").joinpath(name).read_text(encoding="utf8"))
