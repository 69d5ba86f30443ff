"""How much of a report's particular matter stands in another: rare words and figures, whatever the wording.

A rewrite without credit keeps the names, numbers and odd details of its source while its sentences change. Words are
weighted by how rare they are among the reports at hand (Spärck Jones 1972), so that the topic they all share counts
for little.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sayso.extract.lemmas import load_forms
from sayso.tables import load_rows

WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)?")
COMMONEST = 40
"""A word that more reports than this hold does not lead to candidates (it still counts in their comparison)."""


OTHERS = 100
"""Texts supposed beside those at hand, which hold none of their details: a weight then hardly depends on how many
reports there are, nor on how many of them repeat one source."""


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words of grammar and of reporting, which carry no matter."""
    return frozenset(row["word"] for row in load_rows("common-words.tsv"))


@lru_cache(maxsize=1)
def irregular_verbs() -> dict[str, str]:
    """The dictionary's word of each form of a verb that spelling does not undo: "sold" is of "sell"."""
    return load_forms("verbs")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word without its endings, in one spelling: "armoured" and "armor", "sold" and "sells" agree. Only for
    comparing."""
    plain = unicodedata.normalize("NFKD", irregular_verbs().get(low := word.lower(), low))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'").split("'")[0]
    if plain[:1].isdigit():
        return plain.replace(",", "").rstrip(".")
    plain = re.sub(r"our(?=(?:ed|s|ing|able)?$)", "or", plain) if len(plain) > 4 else plain
    plain = re.sub(r"(?<=[a-z]{2})(?:ence|ense)(?=s?$)", "ens", plain)
    plain = re.sub(r"is(?=(?:e|ed|es|ing|ation)$)", "iz", plain) if len(plain) > 6 else plain
    for ending in ("ing", "ed", "ly", "es", "s"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 3:
            plain = plain[: -len(ending)]
            break
    if len(plain) > 3 and plain[-1] == plain[-2]:
        plain = plain[:-1]
    return plain[:-1] if len(plain) > 4 and plain[-1] in "ey" else plain


@lru_cache(maxsize=20_000)
def find_details(text: str) -> frozenset[str]:
    """The stems and figures of a text, without the common words."""
    common = common_words()
    return frozenset(stem(m.group()) for m in WORD.finditer(text) if m.group().lower() not in common)


class Rarity:
    """How rare each detail is among a set of texts, and which texts hold it."""

    def __init__(self, texts: Sequence[frozenset[str]]) -> None:
        """Count the details of all texts; comparing needs no other preparation."""
        self.texts = texts
        self.counts = Counter(detail for text in texts for detail in text)
        self.holders: dict[str, list[int]] = {}
        for i, text in enumerate(texts):
            for detail in text:
                if self.counts[detail] <= COMMONEST:
                    self.holders.setdefault(detail, []).append(i)
        self.weights = {detail: self.weigh_count(n) for detail, n in self.counts.items()}
        self.rarest = self.weigh_count(1)

    def weigh_count(self, n: int) -> float:
        """The weight of a detail that so many texts hold: the square of the inverse document frequency (natural
        logarithm, smoothed), as in a cosine: one rare name outweighs many words of the topic, which is what tells two
        captured villages apart."""
        return math.log(1 + (len(self.texts) + OTHERS) / n) ** 2

    def weigh(self, detail: str) -> float:
        """The weight of a detail; one that no text holds weighs as if one did."""
        return self.weights.get(detail, self.rarest)

    def sum(self, details: Iterable[str]) -> float:
        """The weights of these details together; sorted first, since the order of additions changes the last digit."""
        return sum(map(self.weigh, sorted(details)))

    def contain(self, child: frozenset[str], parent: frozenset[str]) -> float:
        """The weighted share of the child's details that the parent has too, from 0 to 1."""
        return self.sum(child & parent) / total if (total := self.sum(child)) else 0.0

    def find_candidates(self, i: int, *, most: int = 12) -> list[int]:
        """The texts that share the most rare weight with text `i`, best first."""
        scores: dict[int, float] = {}
        for detail in sorted(self.texts[i]):
            weight = self.weights[detail]
            for other in self.holders.get(detail, ()):
                scores[other] = scores.get(other, 0.0) + weight
        scores.pop(i, None)
        return sorted(scores, key=lambda other: (-scores[other], other))[:most]
