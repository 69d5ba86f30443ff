"""The words of `tables/relation_words.toml`, found in a claim."""

from __future__ import annotations

import re
from functools import cache

from sayso.tables import load_toml
from sayso.weigh.details import stem

TABLE = "relation_words.toml"


@cache
def match_list(section: str, name: str) -> re.Pattern[str]:
    """One pattern for a list of the table, the longest entry first; `*` stands for any ending."""
    entries = sorted(load_toml(TABLE)[section][name], key=len, reverse=True)
    parts = "|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in entries)
    return re.compile(rf"(?<![\w-])(?:{parts})(?![\w-])")


@cache
def load_opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The pairs of opposites, each side as one pattern."""
    found = []
    for pair in load_toml(TABLE)["opposites"]["pairs"]:
        sides = []
        for side in pair.split("|"):
            words = sorted(side.split(), key=len, reverse=True)
            parts = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
            sides.append(re.compile(rf"(?<![\w-])(?:{parts})(?![\w-])"))
        found.append((sides[0], sides[1]))
    return tuple(found)


def find_opposites(a: str, b: str) -> list[tuple[str, str]]:
    """Pairs of words of which one stands in `a` and its opposite in `b`, where neither claim has both."""
    found = []
    for one, other in load_opposites():
        in_a, in_b = (one.search(a), other.search(a)), (one.search(b), other.search(b))
        if in_a[0] and not in_a[1] and in_b[1] and not in_b[0]:
            found.append((in_a[0].group(), in_b[1].group()))
        elif in_a[1] and not in_a[0] and in_b[0] and not in_b[1]:
            found.append((in_a[1].group(), in_b[0].group()))
    return [(x, y) for x, y in found if stem(x) != stem(y)]
