"""What sayso knows of the world, as data: verbs, hedges, outlets, units, events. One file a table, each tested."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from typing import Any

from sayso.originals import read_original


@cache
def load_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a tab-separated table with a header line; lines that begin with ``#`` are comments."""
    lines = [line for line in read_table(name).splitlines() if line.strip() and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def load_toml(name: str) -> dict[str, Any]:
    """A TOML table as it is. Callers share the value and must not change it."""
    return tomllib.loads(read_table(name))


def read_table(name: str) -> str:
    """The words of a table, line ends as in any text. Raises `Error` where it is not what came with sayso."""
    return read_original(f"tables/{name}").decode("utf8").replace("\r\n", "\n")
