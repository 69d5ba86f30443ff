"""Pounds, which are money or a weight: told by what stands with them and not by any verb.

They are money in millions, with two decimals ("6.90 pounds"), by the share, beside a sum in another currency ("900
euros (780 pounds)"), and in a report that tells other sums in pounds. They are a weight before what is weighed ("*of*
sugar"), where something weighs so much or is so heavy, mostly before a noun ("a 20-pound bag"), and wherever nothing
makes them money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.figures.quantities import Quantity
from sayso.extract.figures.units import POUND_STERLING

POUND = re.compile(r"[\s-]pounds?$", re.IGNORECASE)
BESIDE = re.compile(r"[\s,;/()\[\]]{1,3}(?:(?:or|about|around|some|roughly|nearly|almost)\s){0,2}", re.IGNORECASE)
"""What stands between a sum and the same in another currency."""
WEIGHED = re.compile(r"\bweigh\w*\s(?:[^\W\d_]+\s){0,3}$", re.IGNORECASE)
HEAVY = re.compile(
    r"\s(?:of\s(?!the\b|a\b|his\b|her\b|its\b|their\b)|heav|in\sweight|lighter|overweight)", re.IGNORECASE
)
"""What follows a weight: what is weighed, or that it is one."""
SHARED = re.compile(r"\s(?:a|per)\s(?:share|head|person|ticket)\b", re.IGNORECASE)
DECIMALS = re.compile(r"\d[.,]\d\d\spounds?$", re.IGNORECASE)
LEAST_SUM = 1e6
"""The scale from which pounds are money: nothing in the news weighs so many."""
LEAD = 40
"""Code points before a number in which something is said to weigh so much."""


def settle_pounds(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, those in pounds as money where that is what they are."""
    sums = any(each.unit is not None and each.unit.symbol == POUND_STERLING.symbol for each in found)
    settled = list(found)
    for n, each in enumerate(found):
        if is_pound(text, each) and is_money(text, found, n, sums):
            settled[n] = replace(each, unit=POUND_STERLING)
    return settled


def is_pound(text: str, quantity: Quantity) -> bool:
    """Whether a quantity is in pounds, as the word is written."""
    weight = quantity.unit is not None and quantity.unit.symbol == "kg"
    return weight and POUND.search(text, quantity.core[0], quantity.core[1]) is not None


def is_money(text: str, found: Sequence[Quantity], n: int, sums: bool) -> bool:
    """Whether the pounds of a quantity are money; `sums` says whether the report tells sums in pounds sterling."""
    each = found[n]
    if each.scale >= LEAST_SUM:
        return True
    lead = WEIGHED.search(text, max(0, each.core[0] - LEAD), each.core[0])
    if lead or HEAVY.match(text, each.core[1]):
        return False
    before_noun = text[each.core[1] - 5 : each.core[1]].endswith("pound")  # "a 20-pound bag", "a 7 pound baby"
    return (
        (sums and not before_noun)
        or DECIMALS.search(text, each.core[0], each.core[1]) is not None
        or SHARED.match(text, each.core[1]) is not None
        or any(is_sum_beside(text, each, other) for other in (*found[max(0, n - 1) : n], *found[n + 1 : n + 2]))
    )


def is_sum_beside(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether a sum in another currency stands right before or after a quantity."""
    if other.unit is None or not other.unit.money:
        return False
    first, last = sorted((one.core, other.core))
    return BESIDE.fullmatch(text, first[1], last[0]) is not None
