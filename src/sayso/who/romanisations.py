"""Names in Cyrillic letters as English news writes them, so that one person's names in two alphabets meet."""

from __future__ import annotations

import re
from functools import cache

from sayso.tables import load_rows

CYRILLIC = re.compile("[\u0400-\u052f]")
UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
"""Letters that Russian does not have."""
RUSSIAN = re.compile("[ыэъё]", re.IGNORECASE)


@cache
def load_letters(language: str) -> dict[int, str]:
    """What each letter becomes, in small letters."""
    rows = [row for row in load_rows("romanisations.tsv") if row["language"] in ("", language)]
    return {ord(row["letter"]): row["latin"] or "" for row in rows}


def romanise(name: str) -> str:
    """A name in small Latin letters; what has no Cyrillic ones as it is. Whose letters they are, those tell that only
    one of the two languages has; without any, they are read as Russian."""
    if name.isascii() or not CYRILLIC.search(name):
        return name
    language = "uk" if UKRAINIAN.search(name) and not RUSSIAN.search(name) else "ru"
    return name.lower().translate(load_letters(language))
