"""How good a forecast was, once its question has ended. Lower is better in all of them.

All are strictly proper: nobody scores better by saying something else than they believe. The formulas are held to those
of the library scoringrules by tests; it would bring a hundred megabytes for these four.

- Brier (1950): half of the sum of squared errors over the options, so that it lies between 0 and 1 and, of a yes/no
  question, is the squared error of yes.
- log (Good 1952): minus the natural logarithm of the probability that what came true had; clipped (`CLIP`).
- RPS, the ranked probability score (Epstein 1969), of ordered options: the mean over the cuts between two neighbours of
  the Brier score of "beyond this cut"; between 0 and 1.
- CRPS (Matheson and Winkler 1976), of a number, from its quantiles: twice the mean pinball loss, in the number's unit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sayso.foresee.scoring.aggregates import clip_chances
from sayso.foresee.scoring.books import Book, Floats, Integers

Score = Callable[[Floats, int | Integers], Floats]
"""From rows of probabilities and the index of the option that came true, of all rows or of each, to a score a row."""


def score_brier(chances: Floats, outcome: int | Integers) -> Floats:
    """The Brier score of each row, from 0 to 1; `outcome` is the index of the option that came true, of all or of
    each."""
    truths = np.arange(chances.shape[-1]) == np.broadcast_to(outcome, len(chances))[:, None]
    found: Floats = np.square(np.clip(chances, 0, 1) - truths).sum(axis=-1) / 2
    return found


def score_log(chances: Floats, outcome: int | Integers) -> Floats:
    """The log score of each row, in nats, at most `-log(CLIP)` or little more."""
    found: Floats = -np.log(clip_chances(chances)[np.arange(len(chances)), outcome])
    return found


def score_ranks(chances: Floats, outcome: int | Integers) -> Floats:
    """The ranked probability score of each row, from 0 to 1; the columns are in the order of the options."""
    options = chances.shape[-1]
    beyond = np.arange(options) >= np.broadcast_to(outcome, len(chances))[:, None]
    found: Floats = np.square(np.clip(chances, 0, 1).cumsum(axis=-1) - beyond).sum(axis=-1) / max(1, options - 1)
    return found


def score_quantiles(quantiles: Floats, levels: Floats, outcome: float) -> Floats:
    """The CRPS of each row of quantiles, in the unit of the number."""
    over = quantiles - outcome
    found: Floats = 2 * (((over > 0) - levels) * over).mean(axis=-1)
    return found


SCORES: dict[str, Score] = {"brier": score_brier, "log": score_log}
"""The scores of questions with options."""


def score_many(rows: Sequence[Floats], outcomes: Sequence[int], score: Score) -> list[Floats]:
    """The scores of the rows of many questions, each with its outcome: those with equally many options at once, since
    questions come by the thousand with a few rows each."""
    found: list[Floats] = [np.empty(0)] * len(rows)
    for options in {some.shape[1] for some in rows}:
        alike = [n for n, some in enumerate(rows) if some.shape[1] == options]
        sizes = [len(rows[n]) for n in alike]
        joined = np.concatenate([rows[n] for n in alike])
        scored = score(joined, np.repeat(np.array([outcomes[n] for n in alike], dtype=np.int64), sizes))
        for n, part in zip(alike, np.split(scored, np.cumsum(sizes)[:-1]), strict=True):
            found[n] = part
    return found


def score_books(books: Sequence[Book], score: Score) -> list[Floats]:
    """The score of every forecast of each book."""
    return score_many([book.chances for book in books], [book.outcome for book in books], score)
