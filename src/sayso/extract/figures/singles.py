"""Counts of one that an article tells: "*a* guard is dead", "two women and *a* man were hurt".

Only people of whom harm is told are counted so; each is a single one, and no toll by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.extract.figures.counting import find_counted, is_person
from sayso.extract.figures.ordinals import load_ordinals
from sayso.extract.figures.quantities import Quantity, load_counted
from sayso.extract.figures.states import HARM, find_state
from sayso.grammar.parses import Parse, Token

AGENT = re.compile(r"(?:[^e]er|or|ist|ian|ee|ant|man|woman|guard|boy|girl|mate)$")
"""Endings of nouns for who does something: a watchman, a bodyguard, a runner."""
TOLD = frozenset({"nsubj", "nsubjpass", "dobj", "conj"})


def scan_singles(parse: Parse) -> Iterator[Quantity]:
    """The articles of single people who were killed, wounded, captured or are missing."""
    for token in parse.tokens:
        if (
            token.text.lower() == "another"
            and token.dep in TOLD
            and find_state(parse, token.i, token.i, token.i) in HARM
        ):
            yield Quantity(start=token.start, end=token.end, core=(token.start, token.end), low=1.0, high=1.0)
        if token.dep != "det" or token.text.lower() not in ("a", "an", "another"):
            continue
        noun = parse.tokens[token.head]
        if noun.tag == "NN" and noun.dep in TOLD and not is_ranked(parse, noun) and not has_members(parse, noun):
            counted = find_counted(parse, token.start, token.end)
            # Things are lost and captured, and a finger is hurt.
            bodily = counted.state == "killed" and AGENT.search(noun.lemma)
            if (is_person(noun) or bodily) and counted.person and counted.state in HARM - {"casualties"}:
                span = token.start, token.end
                yield Quantity(start=span[0], end=span[1], core=span, low=1.0, high=1.0)


def is_ranked(parse: Parse, noun: Token) -> bool:
    """Whether an ordinal stands before a noun: "a fifth villager"."""
    return any(parse.tokens[c].text.lower() in load_ordinals() for c in noun.children)


def has_members(parse: Parse, noun: Token) -> bool:
    """Whether a noun is for as many people as are told of it: "a crew of 14"."""
    below = (c for of in noun.children if parse.tokens[of].text == "of" for c in parse.tokens[of].children)
    return noun.lemma in load_counted()["collectives"] and any(parse.tokens[c].tag == "CD" for c in below)
