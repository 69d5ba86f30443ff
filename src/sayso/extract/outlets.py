"""Outlets by name: whether words name one, and which outlets a passage names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.tables import load_rows


@dataclass(frozen=True, slots=True)
class Outlet:
    """A row of the table of outlets."""

    name: str
    kind: str
    country: str


@cache
def load_outlets() -> dict[str, Outlet]:
    """Each outlet under its name and aliases in lower case, without their article."""
    found: dict[str, Outlet] = {}
    for row in load_rows("outlets.tsv"):
        outlet = Outlet(row["name"], row["kind"], row["country"])
        for name in (row["name"], *(row["aliases"] or "").split("|")):
            if name:
                found.setdefault(_plain(name), outlet)
    return found


def _plain(words: str) -> str:
    words = re.sub(r"\s+", " ", words.replace("’", "'")).strip(" ,.'\"“”").lower()
    words = words.removesuffix("'s")
    return words.removeprefix("the ")


def find_outlet(words: str) -> Outlet | None:
    """The outlet that the words name, article and possessive aside, or None."""
    return load_outlets().get(_plain(words))


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(load_outlets(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, names)) + r")(?!\w)", re.IGNORECASE)


def name_outlets(text: str) -> Iterator[tuple[int, int, Outlet]]:
    """Start, end and outlet of each outlet named in a passage; only names written with a capital count."""
    for match in _pattern().finditer(text):
        if match[0][0].isupper() or any(c.isupper() for c in match[0]):
            yield match.start(), match.end(), load_outlets()[match[0].lower()]
