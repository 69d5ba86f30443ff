"""What the name of a body says of it: what sort of body it is, what tells it from others of its sort, and where it is.

"The Maritime Prefecture in Brest", "Maritime Prefecture of the Atlantic" and "the prefecture" are names of one sort;
what stands before the noun and after "of" or "for" tells bodies apart, where it sits does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.tables import load_rows
from sayso.tables.countries import list_country_words
from sayso.who.institutions import fold

WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")
BRACKETS = re.compile(r"\(([^()]*)\)")
SPLITS = frozenset("of for in at from to on by with who which that whose near and under".split())
TELLING = frozenset({"of", "for", "on", "to"})
"""Words after which a name goes on with what tells the body apart; after the others it is told where it is."""
SMALL = frozenset(
    "the a an its his her their our my this that these those new old same own de la le les du des el al".split()
)
LONGEST = 14
"""Words of a name that are looked at."""


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name taken apart: `head` is its noun in the singular, `marks` the words that tell it from others of that
    noun, `places` the countries and places in it, `letters` its initials, given or made. `proper` is true where the
    name has a capital."""

    head: str
    marks: frozenset[str]
    places: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    proper: bool = False

    @property
    def words(self) -> frozenset[str]:
        """All that it is called by."""
        return self.marks | {self.head}


@lru_cache(maxsize=50_000)
def read_body(words: str) -> BodyName | None:
    """A body's name taken apart; None where no word is left."""
    letters = {m for m in BRACKETS.findall(words) if m.isupper() and 2 <= len(m) <= 8}
    tokens = [m.group() for m in WORD.finditer(BRACKETS.sub(" ", words.split(",")[0]).replace("’", "'"))][:LONGEST]
    first: list[str] = []
    marks: set[str] = set()
    places: set[str] = set()
    part = ""
    for token in tokens:
        low = token.lower()
        if low in SPLITS:
            if not first and low != "of":
                return None
            part = low
        elif low in SMALL:
            continue
        elif not part:
            first.append(token)
        elif part in TELLING:
            (places if is_country(token) else marks).add(singular(token))
        elif token[:1].isupper():
            places.add(fold(token))
    if not first:
        return None
    head = singular(first[-1])
    for token in first[:-1]:
        (places if is_country(token) else marks).add(singular(token))
    common = len(first) == 1 and load_sorts().get(head) in (
        "organisation",
        "collective",
    )  # "Police", as it opens a line
    proper = any(t[:1].isupper() for t in first) and not (common and not marks and not places)
    capitals = "".join(t[0] for t in tokens if t[:1].isupper() and t.lower() not in SMALL)
    if len(first) == 1 and first[0].isupper() and 2 <= len(first[0]) <= 8:
        letters.add(first[0])
    elif len(capitals) >= 3:
        letters.add(capitals)
    return BodyName(head, frozenset(marks), frozenset(places), frozenset(letters), proper)


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """A word in small letters, without possessive and plural endings, for comparing."""
    plain = fold(word).removesuffix("'s").strip("'-")
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) and len(plain) > 3 else plain


def is_country(token: str) -> bool:
    """Whether a word of a name is one of a country's or people's; "coast" in small letters is none of Ivory Coast."""
    return token[:1].isupper() and fold(token) in country_words()


@cache
def country_words() -> frozenset[str]:
    """Names of countries, peoples and seats of government, folded, word by word."""
    return frozenset(part for word, _ in list_country_words() for part in fold(word).split())


@cache
def load_sorts() -> dict[str, str]:
    """The kind of source that each common noun heads, by its singular."""
    return {singular(row["noun"]): row["kind"] for row in load_rows("sources.tsv")}
