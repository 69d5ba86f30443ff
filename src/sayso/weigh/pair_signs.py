"""What two short texts have to do with each other, as named signs: how alike they are as a whole, and how the answers
in them stand to each other where they answer one question. The first is the one that was told first."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from sayso.grammar.likenesses import share_order
from sayso.record import Reading
from sayso.weigh.details import WORD, stem
from sayso.weigh.facts import Fact, gather_facts
from sayso.weigh.matching import rate_some
from sayso.weigh.matching.signs import Floats, find_names, make_columns, stack_vectors
from sayso.weigh.matching.units import FAMILIES, Unit, list_units
from sayso.weigh.moments import is_replaced
from sayso.weigh.relation_signs import Signs, days_between, overlap, scale, share
from sayso.weigh.relations import RELATIONS
from sayso.weigh.rivals import Rival, agrees, find_rivals
from sayso.weigh.wordings import stems_of

Match = tuple[Unit, Rival]
"""An answer of the first text with one of the second that may answer the same question."""


def compare_texts(a: Reading, b: Reading, *, one_source: bool) -> tuple[Signs, list[Match]]:
    """The signs of two texts, and the answers in them that may answer one question, the likeliest first."""
    facts = gather_facts((a, b), ())
    sides = [[f for f in facts if f.report is reading.report] for reading in (a, b)]
    units = list_units(facts, (a, b), untold=True)
    signs = sign_wholes(a, b, *sides, one_source=one_source)
    matches: list[Match] = []
    for family in FAMILIES:
        mine = [u for u in units if u.family == family]
        first, second = ([n for n, u in enumerate(mine) if u.fact.report is r.report] for r in (a, b))
        found: list[Match] = []
        if first and second:
            others = [mine[n] for n in second]
            likely = rate_some(make_columns(mine), first)[:, second]
            rows = zip(first, likely, strict=True)
            found = [(mine[n], rival) for n, row in rows for rival in find_rivals(mine[n], others, row)]
            # Whether something is so is compared with whether it is so, a name with a name.
            found = [(unit, rival) for unit, rival in found if unit.answer.kind == rival.unit.answer.kind]
            found = without_told([mine[n] for n in first], others, found)
        found_signs = sign_matches(found, len(first), len(second))
        signs |= {f"{family}: {name}": value for name, value in found_signs.items()}
        matches += found
    return signs, sorted(matches, key=lambda m: -m[1].likely)


def without_told(one: Sequence[Unit], other: Sequence[Unit], found: Sequence[Match]) -> list[Match]:
    """The matches without those of two values of which either is told in the other text too: "13, up from 9" and "9,
    later 13" do not exclude each other."""
    return [
        (mine, rival)
        for mine, rival in found
        if rival.agrees or not (any(agrees(mine, o) for o in other) or any(agrees(o, rival.unit) for o in one))
    ]


def sign_matches(found: Sequence[Match], first: int, second: int) -> Signs:
    """What the matches of one family come to."""
    rivals = [rival for _, rival in found]
    return {
        "agree": max((r.likely for r in rivals if r.agrees), default=0.0),
        "differ": max((r.likely for r in rivals if not r.agrees), default=0.0),
        "exclude": max((r.likely for r in rivals if r.witness), default=0.0),
        "on both sides": float(min(first, second, 3)),
        "on one side": float(min(abs(first - second), 3)),
        **{name: max((r.likely * r.relations[n] for r in rivals), default=0.0) for n, name in enumerate(RELATIONS)},
    }


def sign_wholes(a: Reading, b: Reading, one: Sequence[Fact], other: Sequence[Fact], *, one_source: bool) -> Signs:
    """The signs that two texts have as a whole."""
    words = [stems_of(r.report.text) for r in (a, b)]
    orders = [[stem(m.group().casefold()) for m in WORD.finditer(r.report.text)] for r in (a, b)]
    names = [frozenset(find_names(f"x {r.report.text}")) for r in (a, b)]
    rows = stack_vectors([f.claim.vector for f in (*one, *other)])
    near = rows[: len(one)] @ rows[len(one) :].T
    contrary = np.array([[x.contrary != y.contrary for y in other] for x in one], bool).reshape(near.shape)
    return {
        "claims of the first found": float(near.max(axis=1).mean()) if near.size else 0.0,
        "claims of the second found": float(near.max(axis=0).mean()) if near.size else 0.0,
        "wholes alike": cosine_of_sums(rows, one, other),
        "words in common": overlap(*words),
        "the shorter's words in common": max(share(*words), share(*words[::-1])),
        "words in one order": share_order(*orders),
        "names in common": overlap(*names) if all(names) else -1.0,
        "names on both sides alone": float(min(len(names[0] - names[1]), len(names[1] - names[0]), 3)),
        "length": math.log1p(min(map(len, orders))),
        "lengths": abs(math.log((len(orders[0]) + 1) / (len(orders[1]) + 1))),
        "days apart": scale(days_between(a.report.published, b.report.published)),
        "dated": float(a.report.published is not None and b.report.published is not None),
        "one outlet": float(bool(a.report.outlet) and a.report.outlet == b.report.outlet),
        "one source": float(one_source),
        "one says no": float((near * contrary).max()) if near.size else 0.0,
        "supposed": share_of(other, lambda f: f.possible) - share_of(one, lambda f: f.possible),
        "yet to come": share_of(other, lambda f: f.planned) - share_of(one, lambda f: f.planned),
        "of a part": share_of(other, is_part) - share_of(one, is_part),
        "replaced": share_of((*one, *other), is_replaced),
        "other countries": compare_countries(a, b),
    }


def is_part(fact: Fact) -> bool:
    """Whether a fact speaks of a part only."""
    return bool(fact.scope or fact.part)


def share_of(facts: Sequence[Fact], holds: Callable[[Fact], bool]) -> float:
    """The share of facts of which something holds."""
    return sum(map(holds, facts)) / len(facts) if facts else 0.0


def cosine_of_sums(rows: Floats, one: Sequence[Fact], other: Sequence[Fact]) -> float:
    """How near two texts are, the claims of each weighing by their length."""
    weighed = rows * np.array([[len(f.claim.text)] for f in (*one, *other)], np.float32).reshape(-1, 1)
    x, y = weighed[: len(one)].sum(axis=0), weighed[len(one) :].sum(axis=0)
    return float(x @ y / (np.sqrt((x @ x) * (y @ y)) or 1.0))


def compare_countries(a: Reading, b: Reading) -> float:
    """1 where the places of two texts lie in other countries, -1 where in one, 0 where one names none."""
    one, other = ({p.country for p in r.places if p.country} for r in (a, b))
    return 0.0 if not one or not other else -1.0 if one & other else 1.0
