"""What a governing word makes of what it governs: a table of class, negation and kind of clause."""

from __future__ import annotations

from typing import Literal

from sayso.extract.assertions.negations import Negation
from sayso.record import Stands

Kind = Literal["that", "whether", "how", "to", "noun"]
"""What is governed: a clause, an indirect question with or without an answer yes or no, an infinitive or gerund, a
noun with what hangs from it."""

CLAUSES: dict[str, tuple[Stands, Stands]] = {
    "deny": ("denied", "open"),
    "exclude": ("denied", "open"),
    "confirm": ("asserted", "open"),
    "withdraw": ("withdrawn", "asserted"),
    "misreport": ("misquoted", "asserted"),
    "pretend": ("misquoted", "asserted"),
    "doubt": ("supposed", "asserted"),
    "check": ("supposed", "supposed"),
    "suspect": ("supposed", "denied"),
    "plan": ("supposed", "denied"),
    "ask": ("asked", "asked"),
    "say": ("asserted", "open"),
    "true": ("asserted", "denied"),
    "false": ("denied", "asserted"),
    "possible": ("supposed", "supposed"),
    "planned": ("supposed", "supposed"),
    "open": ("open", "asserted"),
    "proof": ("asserted", "denied"),
    "accept": ("asserted", "denied"),
    "impossible": ("denied", "supposed"),
}
"""By class of the governor: what a clause stands as under it, and under it negated."""

NOUNS: dict[str, tuple[Stands, Stands]] = {
    "deny": ("denied", "open"),
    "exclude": ("denied", "open"),
    "confirm": ("asserted", "open"),
    "withdraw": ("withdrawn", "asserted"),
    "misreport": ("misquoted", "asserted"),
    "doubt": ("supposed", "asserted"),
    "check": ("supposed", "supposed"),
    "suspect": ("asserted", "denied"),
    "false": ("denied", "asserted"),
    "true": ("asserted", "denied"),
    "possible": ("supposed", "supposed"),
    "open": ("open", "asserted"),
    "say": ("asserted", "open"),
    "uphold": ("asserted", "withdrawn"),
    "impossible": ("denied", "supposed"),
    "ask": ("asked", "asked"),
    "keep": ("asserted", "asserted"),
}
"""The same of a noun that tells what is said ("retracted its *report* that")."""

ASKING = frozenset(("ask", "check", "plan", "suspect", ""))


def find_effect(name: str, negation: Negation, kind: Kind) -> Stands:
    """How what is governed stands under a governor of a class, itself asserted."""
    if name == "bid":
        name = "plan" if kind == "to" else "ask" if kind in ("whether", "how") else "say"
    if name == "accept" and kind == "to":
        name = "plan"
    if kind in ("whether", "how"):
        return judge_question(name, negation, kind)
    if negation in ("nobody", "few") and name in ("deny", "doubt"):
        return "asserted"  # What nobody denies.
    if negation == "longer" and name in ("say", "suspect", "confirm"):
        return "withdrawn"
    if negation == "never" and name == "say" and kind == "that":
        return "misquoted"
    if kind == "to" and name in ("say", "know", "true", "proof", "confirm"):
        return "asserted"
    positive, negative = (NOUNS if kind == "noun" else CLAUSES).get(name, ("asserted", "asserted"))
    return negative if negation else positive


def judge_question(name: str, negation: Negation, kind: Kind) -> Stands:
    """How an indirect question stands: asked, or left open by who will not or cannot answer it."""
    if name == "open" or (negation and name != "ask"):
        return "open"
    if name == "doubt":
        return "supposed"
    if kind == "how":
        return "asked" if name in ("ask", "check") else "asserted"
    return "asked"


def join_effects(outer: Stands, inner: Stands) -> Stands:
    """How something stands that a word makes `inner`, which itself stands as `outer`."""
    if outer == "asserted" or outer == inner:
        return "open" if outer == inner == "denied" else inner
    if inner in ("withdrawn", "misquoted") or (outer == "supposed" and inner in ("asked", "open")):
        return inner
    return outer
