"""What a passage is about, as bags of stems: the measure of how near two claims are before anything finer is asked.

Stems are those of `details`; rare ones weigh more (inverse document frequency; Spärck Jones, 1972).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from sayso.tables import read_table
from sayso.weigh.details import find_details

DIGIT = re.compile(r"\d|\b(dozen|hundred|thousand)", re.I)
BACKGROUND = 1000
"""Passages on other matters that a story is weighed against: what all its reports share is not common in the world."""


def stems_of(text: str) -> frozenset[str]:
    """The stems of a passage's content words, without its numbers: those are what claims differ in."""
    return frozenset(detail for detail in find_details(text) if not detail[0].isdigit())


def weigh_stems(passages: Iterable[frozenset[str]]) -> dict[str, float]:
    """The weight of each stem: the logarithm of how rare it is among passages, these and `BACKGROUND` others."""
    passages = list(passages)
    counts = Counter(stem for passage in passages for stem in passage)
    return {stem: math.log((len(passages) + BACKGROUND) / (n + 0.5)) for stem, n in counts.items()}


def compare_stems(a: frozenset[str], b: frozenset[str], weights: Mapping[str, float]) -> float:
    """How near two bags of stems are: the cosine of their weights, 0 to 1."""
    shared = sum(weights.get(s, 0.0) ** 2 for s in a & b)
    if not shared:
        return 0.0
    size = math.sqrt(sum(weights.get(s, 0.0) ** 2 for s in a) * sum(weights.get(s, 0.0) ** 2 for s in b))
    return shared / size if size else 0.0


@cache
def load_scopes() -> tuple[str, ...]:
    """The phrases that narrow a statement to a part."""
    text = read_table("scopes.txt")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def match_scopes() -> re.Pattern[str]:
    """One pattern for all of them, the longest first."""
    return re.compile(r"\b(" + "|".join(sorted(map(re.escape, load_scopes()), key=len, reverse=True)) + r")\b")


SOME = re.compile(
    r"\bsome (?:[\w'’-]+ ){0,3}(?:units?|troops|soldiers|brigades?|battalions?|groups?|areas|places|reports)\b", re.I
)
"""Some of those whom a statement would otherwise be about; "some 300 soldiers" is a number."""


def narrow_words(text: str) -> str:
    """The phrase that narrows a statement ("in our sector", "some northern units"), "" where there is none."""
    some = (match for match in SOME.finditer(text) if not DIGIT.search(match.group()))
    found = match_scopes().search(text.casefold()) or next(some, None)
    return found.group().casefold() if found else ""


def has_words(text: str, words: str) -> bool:
    """Whether a text has some words as they stand, in whatever case."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None
