"""A second backend for the matcher's doubtful pairs: whether two answers answer one question, yes or no.

A yes or no has no words that could be anchored. So the model is first asked of pairs whose answer is known; one that
gets any of them wrong is not asked of others: small models say yes to everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from sayso.advise.advisers import Adviser
from sayso.tables import load_toml
from sayso.weigh.matching.units import Unit

LONGEST = 400
"""Code points of a sentence that is shown."""


class Same(msgspec.Struct):
    """What the model answers: one of three words."""

    same: Literal["yes", "no", "unsure"]


@dataclass(slots=True)
class PairAdvice:
    """A model asked about pairs; see `sayso.weigh.matching.advice`. `fit` is whether it knew those that are known, None
    before it was asked."""

    adviser: Adviser
    fit: bool | None = None

    @property
    def by(self) -> str:
        """The model's signature."""
        return self.adviser.by

    def judge(self, a: Unit, b: Unit) -> bool | None:
        """Whether two answers answer one question; None where the model does not know or is not asked."""
        if self.fit is None:
            self.fit = self.examine()
        told = self.ask(show_unit(a), show_unit(b)) if self.fit else ""
        if told not in ("yes", "no"):
            return None
        self.adviser.count(kept=1, dropped=0)
        return told == "yes"

    def ask(self, first: dict[str, str], second: dict[str, str]) -> str:
        """What the model says of a pair, "" where it says nothing."""
        told = self.adviser.ask("same", {"first": first, "second": second}, Same)
        return told.same if told else ""

    def examine(self) -> bool:
        """Whether the model knows the pairs whose answer is known. It is asked until it does not."""
        for control in load_toml("prompts.toml")["same"]["controls"]:
            first = {"statement": control["first"], "answer": control["of"]}
            told = self.ask(first, {"statement": control["second"], "answer": control["and"]})
            if told != control["same"]:
                self.adviser.tally.unfit = bool(told)
                return False
        return True


def show_unit(unit: Unit) -> dict[str, str]:
    """An answer as the model is shown it."""
    return {
        "statement": " ".join(unit.fact.context.split())[:LONGEST],
        "answer": " ".join(unit.words.split())[:LONGEST],
    }
