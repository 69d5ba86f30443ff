"""How likely one claim bears out another: that it says all that the other says, in whatever words.

What two answers to one question have in common does not tell that ("the club signed him", "the club denied it"), so
whole claims are compared, the one that is to be borne out first. What each sign weighs was learnt on pairs that a
reader judged (``training/backings.py``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np

from sayso.grammar.likenesses import share_order
from sayso.record import Answer
from sayso.weigh.details import WORD, stem
from sayso.weigh.facts import Fact
from sayso.weigh.figures import EXACT
from sayso.weigh.matching.signs import find_names, stack_vectors
from sayso.weigh.matching.steps import Steps
from sayso.weigh.matching.weights import ALWAYS, load_steps
from sayso.weigh.moments import find_moment
from sayso.weigh.relation_signs import Signs, cosine, days_between, scale, share
from sayso.weigh.topics import name_family
from sayso.weigh.witnesses import NO
from sayso.weigh.wordings import stems_of, weigh_stems

ALL = "all"
"""The one family of the table of weights."""
WAYS = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("in into inside onto", "out outside"),
        ("on", "off"),
        ("up above over", "down below under"),
        ("before until", "after since"),
        ("with", "without"),
        ("for", "against"),
        ("more", "less fewer"),
        ("first", "last"),
    )
)
"""Words of grammar that lead opposite ways: who checked into a clinic did not check out of it."""
LIKELY = 0.45
"""How likely a claim must be to bear out another to be told to stand behind it."""
NEAREST, NEAR = 12, 0.3
"""So many claims of others, the nearest, are compared with one, down to this cosine of their vectors."""
CLOSE = 0.55
"""The cosine from which on a claim that bears another out in part is worth showing beside it."""


class Backers:
    """The claims of others that may bear out a claim."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        """`facts` are those of the other reports."""
        self.facts = facts
        self.rows = stack_vectors([fact.claim.vector for fact in facts])
        self.weights = weigh_stems([stems_of(fact.claim.text) for fact in facts])
        self.answers: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for fact in facts:
            self.answers[fact.report.id, fact.context] += fact.claim.answers

    def find(self, mine: Fact) -> list[Fact]:
        """The claims that bear one out, the nearest first."""
        return [other for _, other in self.list_near(mine) if self.backs(mine, other)]

    def find_nearest(self, mine: Fact) -> Fact | None:
        """The claim that comes nearest to one, if any is close."""
        return next((other for near, other in self.list_near(mine) if near >= CLOSE), None)

    def list_near(self, mine: Fact) -> Iterator[tuple[float, Fact]]:
        """The nearest claims with their cosines, the nearest first."""
        row = stack_vectors([mine.claim.vector])[0]
        if len(row) != self.rows.shape[1]:
            return
        near = self.rows @ row
        for n in np.argsort(-near, kind="stable")[:NEAREST].tolist():
            if near[n] >= NEAR:
                yield float(near[n]), self.facts[n]

    def backs(self, mine: Fact, other: Fact) -> bool:
        """Whether another's claim bears out one's own: it likely says the same, and nothing in it speaks against it."""
        signs = self.sign(mine, other)
        return not objects(mine, other, signs) and rate(signs) >= LIKELY

    def sign(self, mine: Fact, other: Fact) -> Signs:
        """The signs of two claims, of which the second is to bear out the first."""
        return read_signs(mine, other, self.weights, self.answers[other.report.id, other.context])


def objects(mine: Fact, other: Fact, signs: Signs) -> bool:
    """Whether another's claim, by its signs, cannot bear out one's own: it denies or only supposes it, or its sentence
    lacks a figure or a date of it."""
    if mine.contrary != other.contrary or (other.possible and not mine.possible):
        return True
    return 0 <= signs["values"] < 1


def rate(signs: Signs) -> float:
    """How likely a claim of these signs says what the other does."""
    steps = load_weights()
    total = float(steps[ALWAYS].weights[0])
    total += sum(float(steps[name].weigh(np.array(value))) for name, value in signs.items() if name in steps)
    return 1 / (1 + math.exp(-total))


@cache
def load_weights() -> dict[str, Steps]:
    """The steps of each sign."""
    return load_steps("backing_steps.tsv")[ALL]


def read_signs(mine: Fact, other: Fact, weights: Mapping[str, float], told: Sequence[Answer]) -> Signs:
    """The signs of two claims, of which the second is to bear out the first; `weights` are those of the stems of the
    claims at hand, `told` the answers in the second's sentence."""
    one, theirs = (stems_of(fact.claim.text) for fact in (mine, other))
    names = frozenset(find_names(f"x {mine.claim.text}"))
    verbs, their_verbs = (list_verbs(fact) for fact in (mine, other))
    numbers = list_numbers(mine.claim.text)
    values = [a for a in mine.claim.answers if a.kind in ("figure", "date")]
    return {
        "claims alike": cosine(mine.claim.vector, other.claim.vector),
        "said": weigh_share(one, theirs, weights),
        "said in its sentence": weigh_share(one, theirs | other.own, weights),
        "said back": weigh_share(theirs, one, weights),
        "words in one order": share_order(stems_in_order(mine.claim.text), stems_in_order(other.claim.text)),
        "names": share(names, frozenset(find_names(f"x {other.context}"))) if names else -1.0,
        "numbers": share(numbers, list_numbers(other.context)) if numbers else -1.0,
        "values": share_values(values, told) if values else -1.0,
        "values in the claim": share_values(values, other.claim.answers) if values else -1.0,
        "verbs": 1.0 if verbs & their_verbs else 0.5 if {stem(v) for v in verbs} & theirs else 0.0,
        "one denies": float(mine.contrary != other.contrary),
        "one says no": float(bool(NO.search(mine.claim.text)) != bool(NO.search(other.claim.text))),
        "opposite ways": float(lead_apart(mine.claim.text, other.claim.text)),
        "only supposed": float(other.possible) - float(mine.possible),
        "yet to come": float(mine.planned != other.planned),
        "scope": float(mine.scope != other.scope),
        "long": math.log1p(len(one)),
        "long, the other": math.log1p(len(theirs)),
        "days between moments": scale(days_between(find_moment(mine), find_moment(other))),
    }


def weigh_share(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """The share of the weight of one's stems that the other has."""
    whole = sum(weights.get(s, 0.0) for s in one)
    return sum(weights.get(s, 0.0) for s in one & other) / whole if whole else 0.0


def list_verbs(fact: Fact) -> frozenset[str]:
    """The verbs that a claim's answers stand under."""
    return frozenset(a.predicate for a in fact.claim.answers if a.predicate)


def list_numbers(text: str) -> frozenset[str]:
    """The numbers of a text that are written in digits."""
    return frozenset(stem(m.group()) for m in WORD.finditer(text) if m.group()[0].isdigit())


@lru_cache(maxsize=50_000)
def stems_in_order(text: str) -> tuple[str, ...]:
    """The stems of all words of a text, in order."""
    return tuple(stem(m.group().casefold()) for m in WORD.finditer(text))


def share_values(mine: Sequence[Answer], others: Sequence[Answer]) -> float:
    """The share of some figures and dates that others' can be."""
    return sum(any(are_one(a, b) for b in others) for a in mine) / len(mine)


def are_one(a: Answer, b: Answer) -> bool:
    """Whether two figures are the same, of one unit and state as far as both say which, or two dates have a moment in
    common."""
    if a.kind != b.kind:
        return False
    if a.kind == "date":
        begin, end = (a.earliest, b.earliest), (a.latest, b.latest)
        known = None not in (*begin, *end)
        return known and a.earliest < b.latest and b.earliest < a.latest  # type: ignore[operator]
    ends = [(x, y) for x, y in ((a.low, b.low), (a.high, b.high)) if x is not None and y is not None]
    near = bool(ends) and all(abs(x - y) <= EXACT * max(abs(x), abs(y)) for x, y in ends)
    return near and all(not x or not y or x == y for x, y in ((a.unit, b.unit), states_of(a, b)))


def states_of(a: Answer, b: Answer) -> tuple[str, str]:
    """What is said of two counts, states of one family by one name."""
    return name_family(a.state), name_family(b.state)


def lead_apart(a: str, b: str) -> bool:
    """Whether two texts have words that lead opposite ways, of which neither has both."""
    one, other = (frozenset(m.group().casefold() for m in WORD.finditer(text)) for text in (a, b))
    return any(
        (one & this and other & that and not (one & that or other & this))
        or (one & that and other & this and not (one & this or other & that))
        for this, that in WAYS
    )
