"""Who or what a claim counts or speaks of, under one key whatever the words.

"North Koreans", "Pyongyang's soldiers" and "North Korean troops" have one key; "civilians" and "road workers" others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.extract.claims.actors import is_body
from sayso.weigh.details import common_words, stem
from sayso.who.institutions import fold, load_countries

FIGHTERS = frozenset(
    "troop troops soldier soldiers man men fighter fighters serviceman servicemen personnel contingent force forces "
    "unit units ally allies recruit recruits army military others people persons person individuals members "
    "member".split()
)
"""Nouns that say no more than that people of the group named are meant."""

PLAIN = frozenset(
    "additional more new fresh further total other own many several special elite ordinary first last late official "
    "government lost dead killed wounded injured missing number group body count line part rest loss losses casualties "
    "casualty deaths death fatalities toll half third quarter majority hundreds thousands dozens scores remaining "
    "surviving young his her its their".split()
)


SAME_WORDS, NO_NAMES = 0.7, 0.5
"""How far "people" and "people", or "people" and "persons", are the same: nothing names them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """`keys` are country codes (``@KP``) and stems; `words` how it is shown."""

    keys: frozenset[str]
    words: str

    @property
    def is_body(self) -> bool:
        """Whether a people or a body of people is meant, not a country, a thing or a text."""
        words = self.words.casefold().split()
        return bool(FIGHTERS & set(words)) or is_body(self.words) or words in (["they"], ["them"])


@cache
def match_countries() -> re.Pattern[str]:
    """One pattern for all folded names, demonyms and metonyms of countries, the longest first."""
    return re.compile(r"\b(" + "|".join(map(re.escape, sorted(load_countries(), key=len, reverse=True))) + r")\b")


@cache
def name_subject(words: str) -> Subject:
    """The subject that a noun phrase names."""
    pattern, codes, folded = match_countries(), load_countries(), fold(words)
    keys = {f"@{codes[m.group(1)]}" for m in pattern.finditer(folded)}
    rest = pattern.sub(" ", folded)
    for word in re.findall(r"[^\W\d_]{3,}", rest):
        if word not in common_words() and word not in FIGHTERS and word not in PLAIN:
            keys.add(stem(word))
    return Subject(frozenset(keys), " ".join(words.split()))


def match_subjects(a: Subject, b: Subject) -> float:
    """1 for the same keys, 0 where one names what the other does not share, between for a part."""
    if a.keys == b.keys:
        return 1.0 if a.keys else SAME_WORDS if a.words.casefold() == b.words.casefold() else NO_NAMES
    countries_a, countries_b = ({k for k in s.keys if k.startswith("@")} for s in (a, b))
    if countries_a != countries_b and a.words and b.words:
        return 0.0
    if not a.keys or not b.keys:
        # "Seven people" and "six workers" may be the same; "seven" and "six workers" hardly say so.
        return NO_NAMES if a.is_body and b.is_body else 0.2
    shared = a.keys & b.keys
    return len(shared) / len(a.keys | b.keys) if shared else 0.0
