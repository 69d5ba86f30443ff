"""How long a brief may be: a quarter of what it is told from, with a front page that can be read standing."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sayso.record import Picture, Row, Sentence

SHARE = 0.25
"""Words of a brief to words of its reports, at most."""
FULL = 40
"""Reports up to which a brief grows with them; from there on it grows with the logarithm of their number."""
LEAST = 400
"""Words that a brief may always have, however little was reported."""
FRONT, FRONT_SHARE = 800, 0.8
"""Words that the front page has at most, and how much of the brief it may be."""
HEAD = 70
"""Words of titles and headings."""
NOTE = 7
"""Words of a citation as it is printed where nothing folds: the outlet, the day, the first words of what is cited."""
MOST_PASSED = 4
"""Parts too long for the room that is left that are passed over."""
MOST_NOTES = 2
"""Citations of a sentence that are printed there; the others are looked up by their claim."""


def allow_words(picture: Picture) -> int:
    """How many words a brief of a picture may have, its citations counted."""
    sizes = [len(reading.report.text.split()) for reading in picture.readings]
    if not sizes:
        return LEAST
    grown = min(len(sizes), FULL) * (1 + math.log(max(1.0, len(sizes) / FULL)))
    return max(LEAST, int(SHARE * grown * sum(sizes) / len(sizes)))


class Budget:
    """Words to spend; `cited` are the claims whose citations have been paid for, `told` the words bought: nothing is
    told twice."""

    def __init__(self, words: float, before: Budget | None = None) -> None:
        """So many words to spend, after another budget was spent."""
        self.left = words
        self.cited: set[str] = before.cited if before else set()
        self.told: set[str] = before.told if before else set()

    def buy(self, parts: Iterable[Sentence | Row], share: float, most: int) -> tuple[Sentence | Row, ...]:
        """The first `most` parts that fit into a share of what is left and were not bought before; what is too long is
        passed over, until several have been."""
        room = share * self.left
        bought: list[Sentence | Row] = []
        passed = 0
        for part in parts:
            if len(bought) == most or passed > MOST_PASSED:
                break
            words = say_part(part)
            told = part.text if isinstance(part, Sentence) else words
            if told in self.told:
                continue
            notes = set(part.claims[:MOST_NOTES]) - self.cited
            cost = len(words.split()) + 2 + NOTE * len(notes)
            if cost > room:
                passed += 1
                continue
            bought.append(part)
            self.told.add(told)
            self.cited |= notes
            self.left -= cost
            room -= cost
        return tuple(bought)


def say_part(part: Sentence | Row) -> str:
    """The words of a sentence with its detail, or of a row."""
    return f"{part.text} {part.detail}" if isinstance(part, Sentence) else " | ".join(part.cells)
