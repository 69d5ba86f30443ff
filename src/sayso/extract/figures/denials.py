"""What a "not" makes of a bound: who "did not pay more than 300" paid 300 at most."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.figures.counting import tokens_of
from sayso.extract.figures.quantities import Quantity
from sayso.extract.figures.states import SUBJECTS
from sayso.grammar.parses import Parse

COMPARED = ("more than", "above", "longer than", "higher than", "larger than", "bigger than", "greater than", "beyond")
"""Bounding words that a "not" before the verb turns round; "not over" and "not at least" are rare, and say less."""
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl"})
"""Clauses of their own, which a "not" above says nothing of: "did not say that more than 40 came"."""
LONGEST_WAY = 8
"""Tokens that are climbed from a number to the verb that is denied."""


def turn_bound(parse: Parse, text: str, quantity: Quantity) -> Quantity:
    """The quantity with its lower bound as the upper one where the verb that it stands under is denied."""
    if quantity.bound != "at least" or quantity.high is not None or quantity.vague:
        return quantity
    if not text[quantity.start : quantity.core[0]].lower().startswith(COMPARED) or not is_denied(parse, quantity):
        return quantity
    return replace(quantity, bound="at most", low=None, high=quantity.low)


def is_denied(parse: Parse, quantity: Quantity) -> bool:
    """Whether a quantity follows a verb with a "not", or one whose subject is none ("no bank lent more than ...")."""
    last = tokens_of(parse, *quantity.core)[1]
    for n, i in enumerate(parse.ancestors(last)):
        token = parse.tokens[i]
        if n >= LONGEST_WAY or token.dep in SUBJECTS:
            return False
        if token.pos in {"VERB", "AUX"} and i < last and is_negated(parse, i):
            return True
        if token.dep in CLAUSES and token.tag != "VB":
            return False
    return False


def is_negated(parse: Parse, verb: int) -> bool:
    """Whether a verb has a "not" or "never" of its own, or a subject with "no"."""
    for child in parse.tokens[verb].children:
        token = parse.tokens[child]
        if token.dep == "neg":
            return True
        if token.dep in SUBJECTS and any(parse.tokens[c].lemma.lower() == "no" for c in token.children):
            return True
    return False
