"""A parse with how every word of it stands."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.assertions.negations import Negation
from sayso.grammar.parses import Parse
from sayso.record import Stands

COPULAS = frozenset(("be", "prove", "remain", "seem", "appear", "become", "look", "turn"))
VERBS = ("VERB", "AUX")


@dataclass(slots=True)
class Survey:
    """A parse with, for each token, how the clause or noun that it heads stands, and how it is negated."""

    parse: Parse
    heads: list[int]
    stands: list[Stands]
    negations: list[Negation]
    made: list[bool]
    """Whether it is what directly governs a token that makes it stand otherwise."""
    governed: list[int]
    """The governor that makes a token stand otherwise than its surroundings, or itself."""
