"""What a report or headline does to a claim: supports it, contradicts it, or repeats it without endorsing it.

The signs of `endorsement_signs` are weighed by multinomial logistic regression, learnt from our own pairs alone by
``training/stances.py``; the reason names the signs that spoke most, with the words that show them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from sayso.record import Reading, Report
from sayso.tables import load_rows
from sayso.weigh.endorsement_signs import Sign, find_signs

STANCES = ("supports", "contradicts", "repeats")
"""What a text can do to a claim, as `sayso compare` names it."""
TABLE = "stance_weights.tsv"
ALWAYS = "always"
"""The row of what each stance weighs before anything is found."""
SHOWN = 3
Weights = Mapping[str, tuple[float, ...]]
PLAIN = "neither hedge nor denial"
"""The reason where no sign speaks for a stance: what is told plainly is vouched for."""


@cache
def load_weights() -> Weights:
    """The weights of each sign, in the order of `STANCES`."""
    return {row["sign"]: tuple(float(row[stance]) for stance in STANCES) for row in load_rows(TABLE)}


def find_stance(a: str, b: str) -> tuple[str, str]:
    """What the text `b` does to the claim `a` (supports, contradicts or repeats), and why in words."""
    return judge_stance(a, read_headline(b))


def read_headline(text: str) -> Reading:
    """A headline or sentence with those who speak in it: all that `judge_stance` needs of a reading."""
    from sayso.extract.attributions import find_attributions
    from sayso.extract.parsers import parse_text

    return find_attributions(Reading(report=Report(id="", text=text)), parse_text(text))


def judge_stance(a: str, b: Reading) -> tuple[str, str]:
    """What a text that has been read does to the claim `a`, and why in words."""
    return decide_stance(find_signs(a, b))


def decide_stance(signs: Sequence[Sign]) -> tuple[str, str]:
    """The likeliest stance, as the signs speak for it, and those that spoke most."""
    weights = load_weights()
    known = [(sign, weights[sign.name]) for sign in signs if sign.name in weights]
    sums = [total + sum(sign.value * row[n] for sign, row in known) for n, total in enumerate(weights[ALWAYS])]
    at = max(range(len(STANCES)), key=lambda n: sums[n])
    spoke = sorted(((sign.value * (row[at] - sum(row) / len(row)), sign) for sign, row in known), key=by_weight)
    strongest = [sign for weight, sign in spoke[:SHOWN] if weight > 0]
    return STANCES[at], "; ".join(f"{sign.name} ({sign.words})" for sign in strongest) or PLAIN


def by_weight(found: tuple[float, Sign]) -> tuple[float, str]:
    """The order of signs: those that speak most first, then by name."""
    return -found[0], found[1].name
