"""What the grammar makes of a bound: who "did not pay more than 300" paid 300 at most, who "owned up to 300" owned to
300, and "300 crates or more" are 300 at least."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.extract.figures.bounds import match_bounds
from sayso.extract.figures.counting import tokens_of
from sayso.extract.figures.quantities import Quantity
from sayso.extract.figures.states import SUBJECTS
from sayso.grammar.parses import Parse

COMPARED = (
    "exceed",
    "more than",
    "above",
    "longer than",
    "higher than",
    "larger than",
    "bigger than",
    "greater than",
    "beyond",
)
"""Bounding words that a "not" turns round; "not over" and "not at least" are rare, and say less."""
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl"})
"""Clauses of their own, which a "not" above says nothing of: "did not say that more than 40 came"."""
SOMEBODY = frozenset(("i", "we", "you", "he", "she", "they", "who"))
"""Who passes or tops no number, as counts do."""
LONGEST_WAY = 8
"""Tokens that are climbed from a number to the verb that is denied."""


def turn_bound(parse: Parse, text: str, quantity: Quantity) -> Quantity:
    """The quantity with its lower bound as the upper one where the verb that it stands under is denied."""
    if quantity.bound != "at least" or quantity.high is not None or quantity.vague:
        return quantity
    if not text[quantity.start : quantity.core[0]].lower().startswith(COMPARED) or not is_denied(parse, quantity):
        return quantity
    return replace(quantity, bound="at most", low=None, high=quantity.low)


PARTICLE = re.compile(r"(?:up\sto|over)\b", re.IGNORECASE)
BEHIND = re.compile(r"\s*(?:$|[.,;:!?)\"”\n–—]|[a-z]+\s)")
"""What may follow a bound behind a noun: an end of words or the verb, and no number, which it would be of."""


def free_particle(parse: Parse, quantity: Quantity) -> Quantity:
    """The quantity without its bound where the first word of it is the verb's: sums *add up* to 300, who *hands over*
    400 gives that, and who *passed* eight tables saw eight."""
    if quantity.bound not in ("at most", "at least") or None not in (quantity.low, quantity.high) or quantity.vague:
        return quantity
    first = tokens_of(parse, quantity.start, quantity.start + 1)[0]
    word = parse.tokens[min(first, len(parse.tokens) - 1)]
    if PARTICLE.match(parse.text, quantity.start, quantity.core[0]):
        to = parse.tokens[min(first + 1, len(parse.tokens) - 1)]
        theirs = word.dep == "prt" and word.head == word.i - 1 and parse.tokens[word.head].pos == "VERB"
        freed = theirs and (word.text.lower() == "over" or to.dep == "prep")
    else:
        who = {parse.tokens[c].text.lower() for c in word.children if parse.tokens[c].dep in SUBJECTS}
        freed = word.pos == "VERB" and bool(who & SOMEBODY)
    if not freed:
        return quantity
    value = quantity.high if quantity.low is None else quantity.low
    rest = parse.text[word.end : quantity.core[0]].strip()
    about = match_bounds()[2].get(f"before{rest.lower()}") == "about"  # "hand over about 400"
    start = quantity.core[0] - len(rest) - 1 if about else quantity.core[0]
    return replace(quantity, start=start, bound="about" if about else "exact", low=value, high=value)


def bound_behind(text: str, quantity: Quantity, end: int, following: int) -> Quantity:
    """The quantity with the bound that stands behind the noun that it counts, which ends at `end`: "forty rounds *at
    the least*", "a dozen people *or more*". `following` is where the next number's words begin."""
    if quantity.bound != "exact" or quantity.low is None or quantity.low != quantity.high or end <= quantity.end:
        return quantity
    _before, after, meanings = match_bounds()
    match = after.match(text, end)
    if (
        match is None
        or not match["words"][0].isalpha()
        or match.end() >= following
        or not BEHIND.match(text, match.end())
    ):
        return quantity
    bound = meanings["after" + re.sub(r"\s+", " ", match["words"].lower()).strip()]
    if bound == "at least":
        return replace(quantity, bound=bound, high=None)
    return replace(quantity, bound=bound, low=None) if bound == "at most" else replace(quantity, bound=bound)


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
        named = (token.i, *parse.descendants(token.i)) if token.dep == "prep" and child < verb else ()
        if any(parse.tokens[c].lemma.lower() == "no" and parse.tokens[c].dep == "det" for c in named):
            return True  # "at no time were there more than 300"
        if token.dep in SUBJECTS and any(parse.tokens[c].lemma.lower() == "no" for c in token.children):
            return True
    return False
