"""What two answers must show before they are held to exclude each other.

A contradiction takes a witness: two values or polarities that cannot both be true, each vouched for by somebody, of one
place and time, neither of them vague. What lacks one of these only differs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sayso.record import Relation, RelationKind, Time
from sayso.weigh.comparisons.figures import agree, allowed, is_vague, widen
from sayso.weigh.facts import Fact

AGREEING = frozenset(("same", "compatible"))
NOW = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")
"""TIMEX3 values of "now", "recently" and "soon"."""


def need_witness(kind: str, a: Fact, b: Fact, found: Relation) -> Relation:
    """The relation of two values of a kind of point: a denial set against what it denies, and what shows no witness no
    contradiction."""
    if kind == "figure":
        found = weigh_denial(a, b, found)
    if kind == "status" or found.relation != "contradiction" or not (why := find_flaw(kind, a, b)):
        return found
    relation: RelationKind = "scope" if why == OTHER_DAYS else "compatible"
    return replace(found, relation=relation, why=f"they differ, and {why}: {found.why}")


def weigh_denial(a: Fact, b: Fact, found: Relation) -> Relation:
    """The relation of two figures of which one may be denied: who denies a figure gives no other, and excludes it."""
    if not (a.contrary or b.contrary) or found.relation == "scope":
        return found
    one, other = (b, a) if b.contrary else (a, b)
    if a.contrary and b.contrary:
        return found if found.relation in AGREEING else replace(found, relation="compatible", why="both are denials")
    if found.relation in AGREEING:
        return replace(found, relation="contradiction", why=f"{one.source} denies what {other.source} says")
    return replace(found, relation="compatible", why=f"{one.source} denies another figure: {found.why}")


LONGEST_DAY = timedelta(days=1.5)
OTHER_DAYS = "they tell of other days"


def is_unlike(a: Fact, b: Fact) -> bool:
    """Whether two facts in like words cannot speak for one thing: one denies, or they count in other states, units or
    numbers. A fact without a figure is unlike none with one."""
    if a.contrary != b.contrary:
        return True
    one, other = a.claim.figure, b.claim.figure
    if one is None or other is None:
        return False
    if (one.state, one.unit) != (other.state, other.unit):
        return bool(one.state or other.state) or one.unit != other.unit
    return not (agree(one, other) or allowed(widen(one), widen(other)))


def bears_out(fact: Fact, told: Fact) -> bool:
    """Whether a fact says what another tells: who gives no figure bears none out."""
    return not is_unlike(fact, told) and (told.claim.figure is None or fact.claim.figure is not None)


def find_flaw(kind: str, a: Fact, b: Fact) -> str:
    """Why two answers that differ do not exclude each other, in words; "" where they do."""
    standing = all(fact.claim.stands in ("asserted", "denied") for fact in (a, b))
    if not standing or (kind != "event" and not (a.vouched and b.vouched)):
        return "one is supposed, asked or left open"
    if kind == "figure":
        figures = [fact.claim.figure for fact in (a, b)]
        if not (a.contrary or b.contrary) and any(figure is not None and is_vague(figure) for figure in figures):
            return "one is a vague count"
        return OTHER_DAYS if are_days_apart(a.when, b.when) else ""
    times = [fact.claim.time for fact in (a, b)]
    if kind == "date" and any(time is not None and time.value in NOW for time in times):
        return "one only says “now”"
    return ""


def are_days_apart(a: Time | None, b: Time | None) -> bool:
    """Whether two dates are days, and two; what is counted by a month or a year grows."""
    if a is None or b is None or not (a.earliest and b.earliest and a.latest and b.latest):
        return False
    if max(a.latest - a.earliest, b.latest - b.earliest) > LONGEST_DAY:
        return False
    return a.latest <= b.earliest or b.latest <= a.earliest
