"""Words around a number that bound it: "at least 40", "up to half", "30 or more"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from sayso.extract.figures.quantities import Quantity
from sayso.extract.figures.units import any_of
from sayso.tables import load_rows

LONGEST_MODIFIER = 40
"""Code points looked back for the words that bound a number."""
PLACING = frozenset({"over", "under", "above", "below", "near"})
"""Bounding words that mean a place before a small number word or a vague count."""
RISEN = re.compile(
    r"\b(?:(?:go(?:es|ne|ing)?|went|(?:mov|climb|edg|inch|shoot|jump)\w*|shot|creeps?|crept)"
    r"|(?:(?:is|are|was|were|been|being)\s)(?:put|taken|brought|raised|pushed|moved|lifted)"
    r"|(?:bring|brought|tak|took|push|rais|driv|drove|lift)\w*(?:\s[^\W\d_]+){1,5})\s$",
    re.IGNORECASE,
)
"""Verbs whose "up" is a direction: what "has gone up to eleven", or a gift brings up to eleven, is eleven."""
SPREAD = re.compile(r"\b(?:spread|stretch|extend|scatter|sprawl)\w*\s(?:out\s)?$", re.IGNORECASE)
"""Verbs whose "over" is a place: what is "spread over 40 hectares" covers 40."""


@cache
def match_bounds() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Patterns of bounding words before and after a number, and the bound that each means."""
    rows = load_rows("bounds.tsv")
    before = any_of([row["words"] for row in rows if row["side"] == "before"])
    after = any_of([row["words"] for row in rows if row["side"] == "after"])
    return (
        re.compile(
            rf"(?<![\w-])(?P<words>{before})(?:(?<!\w)|\s+(?:the\s|a\stotal\sof\s)?|\b)" + r"[\"“”'‘’]?$", re.IGNORECASE
        ),
        re.compile(rf"(?P<space>,?\s?)(?P<words>{after})(?!\w)", re.IGNORECASE),
        {row["side"] + " ".join(row["words"].split()): row["bound"] for row in rows},
    )


SOFT = re.compile(r"(?:just|slightly|a little|little|a bit|barely)\s(?:over|above|more)\b", re.IGNORECASE)
LITTLE_OVER = 1.03
"""Up to how many times a number "just over" it goes."""
SHORT = re.compile(
    r"(?:very\s)?(?:nearly|almost|close\sto|barely(?!\s(?:more|over|above)\b)|approaching|nearing|(?:just|a\slittle|a\sbit|slightly)\s(?:under|below|short\sof))\b",
    re.IGNORECASE,
)
LITTLE_SHORT = 0.945
"""From what part of a number "nearly" it begins: the middle of what writers mean by it."""
COMPARED = re.compile(r"\bthe\s+$", re.IGNORECASE)


def add_bounds(text: str, found: Quantity) -> Quantity:
    """The quantity with the words around it that bound it."""
    before, after, meanings = match_bounds()
    bounds = []
    start, end = found.start, found.end
    small = found.unit is None and not found.part and not (found.low or 0) >= 10 and not text[found.core[0]].isdigit()
    while (match := before.search(text, max(0, start - LONGEST_MODIFIER), start)) and match.start() < start:
        words = re.sub(r"[\s-]+", " ", match["words"].lower())
        if words in PLACING and (small or found.vague):
            break  # "a bridge over two rivers", "spread over thousands of homes"
        if words == "over" and SPREAD.search(text, max(0, match.start() - LONGEST_MODIFIER), match.start()):
            break
        if words == "up to" and RISEN.search(text, max(0, match.start() - LONGEST_MODIFIER), match.start()):
            break  # "has gone up to eleven"
        bound = meanings["before" + words]
        if bound != "about" and COMPARED.search(match.group()):
            break  # "more than the 40 that it spoke of": those were 40.
        bounds.append(bound)
        start = match.start()
    following = after.match(text, end)
    if following:
        words = re.sub(r"\s+", " ", following["words"].lower()).strip()
        bounds.append(meanings["after" + words])
        end = following.end()
        if words == "-odd":
            found = replace(found, core=(found.core[0], end))  # one word with its number
    if not bounds:
        return replace(found, start=start, end=end)
    # Of two that differ ("up to more than") the inner one counts: it is read first.
    inner = [bound for bound in bounds if bound != "about"]
    bound, low, high = inner[0] if inner else "about", found.low, found.high
    multiple = found.unit is not None and found.unit.symbol == "times"
    if low is not None and low > 0 and low == high and not multiple and SHORT.match(text, start):
        return replace(found, start=start, end=end, bound="about", low=round(low * LITTLE_SHORT, 9))
    if bound == "at least" and (low == high or found.vague):
        soft = low is not None and SOFT.match(text, start)
        high = low * LITTLE_OVER if soft and low is not None else None
    elif bound == "at most" and (low == high or found.vague):
        low = None
        high = found.high if found.high is not None else found.low
    return replace(found, start=start, end=end, bound=bound, low=low, high=high)


def join_bounds(text: str, found: list[Quantity]) -> list[Quantity]:
    """Two bounds of one count as one range: "more than 40 but fewer than 60"."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if (
            last
            and {last.bound, quantity.bound} == {"at least", "at most"}
            and last.unit == quantity.unit
            and re.fullmatch(r",?\s(?:and|but)\s", text[last.end : quantity.start])
        ):
            low = last.low if quantity.low is None else quantity.low
            high = last.high if quantity.high is None else quantity.high
            if low is not None and high is not None and low < high:
                core = (last.core[0], quantity.core[1])
                joined[-1] = replace(quantity, start=last.start, core=core, low=low, high=high, bound="exact")
                continue
        joined.append(quantity)
    return joined
