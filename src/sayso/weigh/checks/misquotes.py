"""What a source is told to have said, turned about: denied for said, one state of those counted for another."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.record import Flag
from sayso.weigh.checks.matters import Matter
from sayso.weigh.checks.retelling import ALIKE, is_same_line, number_of, state_of
from sayso.weigh.checks.wordings import name_tellers, quote
from sayso.weigh.comparisons.figures import agree
from sayso.weigh.facts import Fact, name_of

OPPOSED, OTHER_STATE = "opposed", "other state"


def find_misquotes(matter: Matter) -> Iterator[Flag]:
    """Claims that their own source is told to have made otherwise, and nobody as the article has them."""
    for fact in matter.facts:
        if fact.attribution is None or not name_of(fact.attribution):
            continue
        told = [o for o in list_sayings(matter, fact) if matter.is_before(o)]
        how = [compare_sayings(matter, fact, other) for other in told]
        opposed = [other for other, kind in zip(told, how, strict=True) if kind == OPPOSED]
        others = [other for other, kind in zip(told, how, strict=True) if kind == OTHER_STATE]
        if "" in how or (opposed and others):
            continue  # The source is told to have said so too.
        if opposed:
            why = f"{fact.source} is told to have said the opposite: {quote(opposed[0].context)}"
            yield matter.flag(fact, "contradicted", f"{why} ({name_tellers(opposed)})", opposed)
        elif others:
            why = (
                f"{fact.source} counted them as {state_of(others[0])}, not {state_of(fact)}: {quote(others[0].context)}"
            )
            yield matter.flag(fact, "scope-changed", f"{why} ({name_tellers(others)})", others)


def list_sayings(matter: Matter, fact: Fact) -> list[Fact]:
    """What others tell that the source of a fact said, in like words or of one number."""
    line = [other for other in matter.others if other.attribution is not None and is_same_line(fact, other)]
    return [other for other in line if compare_sayings(matter, fact, other) is not None]


def compare_sayings(matter: Matter, fact: Fact, other: Fact) -> str | None:
    """How two statements of one source differ: one denies the other, they count in other states, or "" not at all;
    None where they are of other things."""
    mine, theirs = fact.claim.figure, other.claim.figure
    if (mine is None) != (theirs is None) or not (fact.vouched and other.vouched):
        return None
    words = matter.compare(fact.own, other.own)
    if mine is None or theirs is None:
        return None if words < ALIKE else OPPOSED if is_turned(fact, other) else ""
    if mine.unit != theirs.unit or not agree(mine, theirs) or not (number_of(mine) or words >= ALIKE):
        return None
    if mine.state != theirs.state:
        return OTHER_STATE if mine.state and theirs.state and words >= LEAST_ALIKE else None
    return OPPOSED if is_turned(fact, other) else ""


def is_turned(a: Fact, b: Fact) -> bool:
    """Whether of two statements by one source one is a denial, and the other says what it denies; a "not" somewhere
    among many words turns nothing about."""
    refused = [f.claim.stands == "denied" or (f.attribution and f.attribution.stance == "denies") for f in (a, b)]
    return a.contrary != b.contrary and bool(refused[0]) != bool(refused[1])


LEAST_ALIKE = 0.2
"""How near the words of two counts are at least that give one number in two states."""
