"""Advice on pairs of answers that are in doubt: a second opinion beside the signs, from wherever one can be had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from sayso.weigh.matching.signs import Floats
from sayso.weigh.matching.units import Unit

DOUBT = 0.2
"""How far from the bound between together and apart the probability of a pair may lie that is in doubt."""
YES, NO = 0.9, 0.05
"""What a pair's probability is where the advice is that both answer one question, or that they do not: others can
still outvote it, since groups go by the average of their pairs."""
MOST_ASKED = 24
"""Pairs of a family and story that are asked about, those nearest the bound first."""


class Advice(Protocol):
    """Whoever can be asked; `by` is how its advice is signed."""

    @property
    def by(self) -> str:
        """Its signature."""

    def judge(self, a: Unit, b: Unit) -> bool | None:
        """Whether two answers answer one question; None where that is not known."""


def heed_advice(likely: Floats, units: Sequence[Unit], least: float, advice: Advice) -> None:
    """Ask about the pairs that are in doubt, and set their probabilities in the square `likely` by what is said. Pairs
    of one report are not asked about."""
    i, j = np.nonzero(np.triu(np.abs(likely - least) <= DOUBT, 1))
    doubtful = [
        (round(abs(float(likely[a, b]) - least), 4), a, b)
        for a, b in zip(i.tolist(), j.tolist(), strict=True)
        if units[a].fact.report.id != units[b].fact.report.id
    ]
    for _, a, b in sorted(doubtful)[:MOST_ASKED]:
        told = advice.judge(units[a], units[b])
        if told is not None:
            likely[a, b] = likely[b, a] = YES if told else NO
