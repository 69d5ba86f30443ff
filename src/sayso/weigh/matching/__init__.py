"""Which answers answer one question: the one matcher that everything else asks.

Answers of one family are compared by named signs (`signs`), which weighted steps make a probability (`weights`), put
together by average link (`clusters`), and these trees are cut where their halves answer two questions (`joins`). No
kind of question decides who may be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sayso.weigh.matching.advice import Advice, heed_advice
from sayso.weigh.matching.clusters import link_averages
from sayso.weigh.matching.joins import LEAST_LIKELY, cut_trees
from sayso.weigh.matching.signs import Columns, Floats, are_two_counts, make_columns
from sayso.weigh.matching.units import FAMILIES, Unit
from sayso.weigh.matching.weights import rate_pairs

DOUBTFUL = {"figure": 0.45, "date": 0.25, "words": 0.55}
"""How likely pairs of answers are that may as well answer one question as two, by family: those that advice is asked
on."""
LEAST_ALIKE, GROUPED_ALIKE = 0.25, 0.4
"""Nearness of vectors below which two answers are not compared (fewer than one in a hundred that answer one question
lie there), and the same where many are put into groups: hardly more, and it spares half of the pairs."""
MOST_AT_ONCE = 3000
"""Units that are all compared; of more, copies count as one."""
UNLIKE = 0.002
"""How likely those are to answer one question."""


def match_units(units: Iterable[Unit], advice: Advice | None = None) -> list[list[Unit]]:
    """The groups of units that answer one question each, those of one unit included, in the order of the units; with
    `advice`, it is asked of the pairs that are in doubt."""
    units = list(units)
    groups = []
    for family in FAMILIES:
        groups += group_units([unit for unit in units if unit.family == family], advice=advice)
    return groups


def group_units(units: Sequence[Unit], least: float | None = None, advice: Advice | None = None) -> list[list[Unit]]:
    """The groups of units of one family that answer one question each; with `least`, those whose pairs are on average
    as likely as that to do so."""
    if not units:
        return []
    firsts = find_copies(units) if len(units) > MOST_AT_ONCE else range(len(units))
    places = sorted(set(firsts))
    columns = make_columns([units[n] for n in places])
    likely = rate_all(columns, GROUPED_ALIKE)
    if advice is not None:
        heed_advice(likely, [units[n] for n in places], DOUBTFUL[columns.family], advice)
    if least is None:
        rows = cut_trees(link_averages(likely.copy(), LEAST_LIKELY), columns, likely)
    else:
        rows = [list(tree.rows) for tree in link_averages(likely, least)]
    group_of = {places[row]: k for k, some in enumerate(rows) for row in some}
    found: list[list[Unit]] = [[] for _ in rows]
    for n, unit in enumerate(units):
        found[group_of[firsts[n]]].append(unit)
    return found


def find_copies(units: Sequence[Unit]) -> list[int]:
    """For each unit the position of the first that gives the same answer in the same sentence: of many, copies of a
    report are compared with nothing again."""
    known: dict[tuple[str, str, str, str], int] = {}
    found = []
    for n, unit in enumerate(units):
        key = (unit.fact.context, unit.fact.claim.text, unit.words, unit.answer.kind)
        found.append(known.setdefault(key, n))
    return found


def rate_some(columns: Columns, rows: Sequence[int]) -> Floats:
    """The probability that each of some rows answers one question with each of all: rows by all."""
    near = columns.vectors[rows] @ columns.vectors.T
    i, j = np.nonzero(near >= LEAST_ALIKE)
    found = np.full(near.shape, UNLIKE, np.float32)
    first = np.asarray(rows, np.int64)[i]
    likely = rate_pairs(columns, first, j)
    likely[are_two_counts(columns, first, j)] = UNLIKE
    found[i, j] = likely
    return found


def rate_all(columns: Columns, alike: float = LEAST_ALIKE) -> Floats:
    """The probability of all pairs of rows that are `alike`: a square."""
    near = columns.vectors @ columns.vectors.T
    i, j = np.nonzero(np.triu(near >= alike, 1))
    found = np.full(near.shape, UNLIKE, np.float32)
    likely = rate_pairs(columns, i, j)
    likely[are_two_counts(columns, i, j)] = UNLIKE
    found[i, j] = found[j, i] = likely
    return found
