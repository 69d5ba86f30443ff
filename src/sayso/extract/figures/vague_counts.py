"""Counts in words alone ("dozens", "several hundred", "most of") and words that multiply ("doubled")."""

from __future__ import annotations

import math
import re
from functools import cache

from sayso.extract.figures.quantities import TIMES, Quantity
from sayso.extract.figures.rows import load_words
from sayso.extract.figures.units import Unit, any_of, find_unit_after
from sayso.tables import load_rows, load_toml

LAST_WORD = re.compile(r"([^\W\d_]+)[\s-]$")
LONGEST_WORD = 40
"""Code points looked back for the word before a count."""


@cache
def load_vague() -> dict[tuple[str, str], tuple[float, float | None]]:
    """Low and high of each vague count by its words and how they are used: alone (count), before a scale, as share."""
    vague = {}
    for row in load_rows("vague_counts.tsv"):
        for use in ("count", "before") if row["kind"] == "both" else (row["kind"],):
            vague[row["words"], use] = (float(row["low"]), float(row["high"]) if row["high"] else None)
    return vague


@cache
def match_vague() -> re.Pattern[str]:
    """A pattern of vague counts, alone or before a scale: "dozens", "several hundred", "a few tens of thousands"."""
    before, alone, share = (
        any_of([word for word, kind in load_vague() if kind == use]) for use in ("before", "count", "share")
    )
    scales = "|".join(word for word in load_toml("numbers.toml")["scales"])
    return re.compile(
        rf"(?<!\d\s)\b(?:(?P<before>{before})\s(?P<scale>(?:{scales})(?:\s(?:thousand|million|billion))?)s?|(?P<alone>{alone})|(?P<share>{share})(?=\sof\s))\b",
        re.IGNORECASE,
    )


def find_vague(text: str) -> list[Quantity]:
    """Counts in words only."""
    found = []
    for match in match_vague().finditer(text):
        words = match["before"] or match["alone"] or match["share"]
        use = "before" if match["before"] else "count" if match["alone"] else "share"
        low, high = load_vague()[re.sub(r"[\s-]+", " ", words.lower()), use]
        if words.lower() == "scores" and not text.startswith(" of ", match.end()):
            continue
        before = LAST_WORD.search(text, max(0, match.start() - LONGEST_WORD), match.start())
        if match["alone"] and before and before[1].lower() in load_words()[0]:
            continue  # "four millions of euros"
        by = math.prod(load_toml("numbers.toml")["scales"][w.lower()] for w in (match["scale"] or "").split())
        if match["share"]:
            bound = "exact" if low == high else "at least"
            found.append(
                Quantity(
                    start=match.start(),
                    end=match.end(),
                    core=match.span(),
                    low=low,
                    high=None if bound == "at least" else high,
                    bound=bound,
                    part=True,
                    vague=True,
                )
            )
            continue
        unit, end = find_vague_unit(text, match.end())
        found.append(
            Quantity(
                start=match.start(),
                end=end,
                core=(match.start(), end),
                unit=unit,
                low=low * by,
                high=None if high is None else high * by,
                scale=by,
                bound="about" if high is not None else "at least",
                vague=True,
            )
        )
    return found


@cache
def match_multiples() -> re.Pattern[str]:
    """A pattern of the words that multiply: "doubled", "tenfold"; "doubled down" multiplies nothing."""
    return re.compile(rf"\b(?:{'|'.join(load_toml('numbers.toml')['multiples'])})\b(?!\s(?:down|over|up|back)\b)", re.I)


def find_multiples(text: str) -> list[Quantity]:
    """By how many times things grew or shrank, where one word says it."""
    multiples = load_toml("numbers.toml")["multiples"]
    lowered = text.lower()
    if not any(word in lowered for word in multiples):
        return []
    return [
        Quantity(
            start=match.start(),
            end=match.end(),
            core=match.span(),
            low=float(multiples[match.group().lower()]),
            high=float(multiples[match.group().lower()]),
            unit=TIMES,
        )
        for match in match_multiples().finditer(text)
    ]


def find_vague_unit(text: str, at: int) -> tuple[Unit | None, int]:
    """The unit that follows a vague count, after "of" too ("hundreds of millions of dollars", "dozens of miles")."""
    unit = find_unit_after(text, at) or (find_unit_after(text, at + 3) if text.startswith(" of ", at) else None)
    return unit or (None, at)
