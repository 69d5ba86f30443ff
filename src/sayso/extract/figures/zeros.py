"""Counts of nobody: "no casualties", "no one was hurt", "none of them returned".

Only what is said of people is one ("no fuel" is no figure), and only a plain "no": "no reports of casualties" counts
reports, and "no more than 40" is a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.extract.figures.counting import PERSON_STATES, Counted, tokens_of
from sayso.extract.figures.quantities import Quantity
from sayso.extract.figures.states import HARM, load_states
from sayso.grammar.parses import Parse

NOBODY = re.compile(
    r"\b(?:no\s?one|nobody|none(?!\sof\b)|not\sa\ssingle|without(?=\s(?:\w+\s)?(?:losses|casualties|deaths|injuries))"
    r"|no(?!\s(?:more|less|fewer|longer|later|matter|doubt|other|single|one|\d)\b))\b",
    re.IGNORECASE,
)
PRONOUNS = frozenset({"no one", "noone", "nobody", "none"})
QUALIFIERS = frozenset("further new serious major military civilian human combat other fresh known such".split())
"""Adjectives that may stand in "no ... losses": others count another thing ("no financial losses")."""


def scan_zeros(text: str) -> Iterator[Quantity]:
    """The words that may count nobody."""
    for match in NOBODY.finditer(text):
        span = match.span()
        yield Quantity(start=span[0], end=span[1], core=span, low=0.0, high=0.0)


def is_zero(parse: Parse, quantity: Quantity, counted: Counted) -> bool:
    """Whether such words count nobody of whom something is said."""
    first, last = tokens_of(parse, *quantity.core)
    if last < first or counted.state not in PERSON_STATES:
        return False
    words = re.sub(r"\s+", " ", parse.text[quantity.start : quantity.end].lower())
    top = parse.tokens[last]
    verb = next((a for a in parse.ancestors(last) if parse.tokens[a].pos in {"VERB", "AUX"}), None)
    if verb is not None and any(parse.tokens[c].tag in {"MD", "TO"} for c in parse.tokens[verb].children):
        return False
    if words in PRONOUNS:
        return top.dep in {"nsubj", "nsubjpass", "dobj", "attr", "pobj"}
    named = counted.of.split()
    if not named or counted.of[:1].isupper():
        return False
    head, nouns = named[-1], load_states()["nouns"]
    if not any(nouns.get(word) for word in (head, head[:-1], head[:-3] + "y")):
        return counted.person and counted.state in HARM
    if parse.text.startswith(" of ", counted.end):
        return False  # "no losses of data"
    return head.endswith("s") and {word.lower() for word in named[:-1]} <= QUALIFIERS
