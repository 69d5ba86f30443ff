"""A group of units that answer one question."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sayso.weigh.matching.units import Unit

STATUSES = ("yes-no", "state")
"""Kinds of answers that tell whether, or in what state: the rest tell of an event."""


@dataclass(slots=True)
class Group:
    """Units of one family, in order of publication. `by` is the model by whose advice they are together or apart."""

    units: list[Unit]
    by: str = ""

    @property
    def family(self) -> str:
        """How the values are compared: figure, date or words."""
        return self.units[0].family

    @property
    def kind(self) -> str:
        """The kind of the point: figure, date, status or event."""
        if self.family != "words":
            return self.family
        return "status" if self.asked in STATUSES else "event"

    @property
    def asked(self) -> str:
        """The kind that most answers are of, the first of several."""
        return Counter(unit.answer.kind for unit in self.once()).most_common(1)[0][0]

    @property
    def unit(self) -> str:
        """The unit that most figures are in, the first of several."""
        if self.family != "figure":
            return "day" if self.family == "date" else ""
        return Counter(u.fact.claim.figure.unit for u in self.units if u.fact.claim.figure).most_common(1)[0][0]

    def once(self) -> list[Unit]:
        """The units, of each claim only one that is in words: whether it is so, before others."""
        found: dict[object, Unit] = {}
        for n, unit in enumerate(self.units):
            key = n if self.family != "words" else unit.fact.claim.id
            if key not in found or (unit.answer.kind == "yes-no" and found[key].answer.kind != "yes-no"):
                found[key] = unit
        return list(found.values())
