"""The matrix of competing hypotheses as the ledger keeps it: the question, its hypotheses, evidence, ratings, priors.

Each is a named row of the ledger (`Assessment`), about the matrix; a change is a new row. Bodies come from strangers
too: what cannot be read is a problem, and the rest goes on without it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from sayso.record import Assessment, Problem
from sayso.tables import load_toml

LETTERS = ("CC", "C", "N", "I", "II")
"""Consistency, after Heuer: strongly consistent, consistent, neither, inconsistent, strongly inconsistent."""
HEUER = {"CC": 0.0, "C": 0.0, "N": 0.0, "I": 1.0, "II": 2.0}
"""What each letter adds to a hypothesis's inconsistency (Heuer and Pherson's weighted inconsistency)."""
MIRRORED = {"CC": "II", "C": "I", "N": "N", "I": "C", "II": "CC"}
LEAST_RATIO, MOST_RATIO = 1e-3, 1e3
KEY = re.compile(r"[A-Za-z][\w.-]{0,15}")
NAMED = re.compile(rf"\s*({KEY.pattern})\s*[:=]\s*(\S.*)", re.DOTALL)
LONGEST = 2000
CLOSE = 1e-6
"""How far shares that should sum to 1 may be from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One answer to the matrix's question. `key` is how it is called in it ("H1")."""

    key: str
    text: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence: a claim of the ledger by its `seat`, or free text with a `reason` ("" seat).

    `report` and `digest` are those of the claim's report. `grade` is its grade in the Admiralty code ("B2") where an
    analyst gives free text one. `dropped` is why it no longer counts, "" where it does, and `dropped_by` by whom.
    """

    key: str
    text: str
    seat: str = ""
    report: str = ""
    digest: str = ""
    reason: str = ""
    grade: str = ""
    by: str = ""
    at: datetime | None = None
    dropped: str = ""
    dropped_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How one analyst holds a piece of evidence to stand to a hypothesis: a letter of `LETTERS`, or a likelihood ratio
    as a number above 0."""

    hypothesis: str
    evidence: str
    value: str | float
    by: str = ""
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A question with its hypotheses and evidence. `ratings` are the latest of each analyst for each cell; `priors`
    the latest shares of each analyst by hypothesis; `ratios` what the letters mean as likelihood ratios."""

    id: str
    question: str
    by: str = ""
    at: datetime | None = None
    hypotheses: tuple[Hypothesis, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    ratings: tuple[Rating, ...] = ()
    priors: tuple[tuple[str, dict[str, float]], ...] = ()
    ratios: dict[str, float] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@cache
def load_weights() -> dict[str, dict[str, float]]:
    """The tables of ``evidence_weights.toml``."""
    tables = load_toml("evidence_weights.toml")
    return {name: {str(key): float(value) for key, value in rows.items()} for name, rows in tables.items()}


def read_matrix(root: Assessment, said: Iterable[Assessment]) -> Matrix:
    """The matrix of a row of the kind ``matrix`` and of the rows about it, in the order of saying."""
    body = read_fields(root.body)
    hypotheses: dict[str, Hypothesis] = {}
    evidence: dict[str, Evidence] = {}
    ratings: dict[tuple[str, str, str], Rating] = {}
    priors: dict[str, dict[str, float]] = {}
    problems: list[Problem] = []
    ratios = {**load_weights()["ratios"]}
    for one in put_first(said, "hypothesis", "evidence"):
        try:
            found = read_fields(one.body)
            if one.kind == "hypothesis":
                made = Hypothesis(key=found["key"], text=found["text"], by=one.by, at=one.at)
                check_key(made.key, hypotheses)
                hypotheses[made.key] = made
            elif one.kind == "evidence":
                piece = msgspec.convert({**found, "by": one.by, "at": one.at}, Evidence)
                check_key(piece.key, evidence)
                evidence[piece.key] = piece
            elif one.kind == "evidence-dropped":
                known = evidence[found["evidence"]]
                reason = str(found.get("reason") or "dropped")
                dropped = "" if found.get("restored") else reason
                evidence[known.key] = replace(known, dropped=dropped, dropped_by=one.by if dropped else "")
            elif one.kind == "rating":
                rating = msgspec.convert({**found, "by": one.by, "at": one.at}, Rating)
                check_rating(rating, hypotheses, evidence)
                ratings[rating.hypothesis, rating.evidence, rating.by] = rating
            elif one.kind == "prior":
                priors[one.by] = check_shares(found["shares"], hypotheses)
            elif one.kind == "ratios":
                ratios |= check_ratios(found["ratios"])
        except (ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
            problems.append(Problem(step=f"read {one.kind}", message=f"cannot be read: {error}", input=one.id))
    return Matrix(
        id=root.id,
        question=str(body.get("question", "")),
        by=root.by,
        at=root.at,
        hypotheses=tuple(hypotheses.values()),
        evidence=tuple(evidence.values()),
        ratings=tuple(ratings.values()),
        priors=tuple(priors.items()),
        ratios=ratios,
        problems=tuple(problems),
    )


def put_first(said: Iterable[Assessment], *kinds: str) -> list[Assessment]:
    """Rows with those of some kinds first, each kind in the order of saying: what is said of a row or column holds
    whatever earlier day it is dated."""
    return sorted(said, key=lambda one: kinds.index(one.kind) if one.kind in kinds else len(kinds))


def read_fields(body: str) -> dict[str, Any]:
    """The fields of a body. Raises ValueError."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(found, dict):
        raise ValueError("it is no object")
    return found


def check_key(key: str, known: Mapping[str, object]) -> str:
    """A key that is new and can be typed. Raises ValueError."""
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no name for a row or column: a letter, then letters or digits, 16 at most")
    if key in known:
        raise ValueError(f"there is a {key} already")
    return key


def check_text(text: str) -> str:
    """Words that say something, in one line. Raises ValueError."""
    words = " ".join(str(text).split())
    if not words or len(words) > LONGEST:
        raise ValueError(f"say it in 1 to {LONGEST} characters")
    return words


def check_rating(rating: Rating, hypotheses: Mapping[str, object], evidence: Mapping[str, object]) -> None:
    """Raise ValueError where a rating is of nothing that is there, by nobody, or says nothing."""
    if rating.hypothesis not in hypotheses:
        raise ValueError(f"there is no hypothesis {rating.hypothesis}; there are {', '.join(hypotheses) or 'none'}")
    if rating.evidence not in evidence:
        raise ValueError(f"there is no evidence {rating.evidence}; there are {len(evidence)} pieces")
    if not rating.by.strip():
        raise ValueError("a rating bears a name: say whose it is")
    check_value(rating.value)


def check_value(value: str | float) -> str | float:
    """A letter or likelihood ratio. Raises ValueError."""
    if isinstance(value, str):
        if value not in LETTERS:
            raise ValueError(f"{value!r} is none of {', '.join(LETTERS)} and no likelihood ratio")
    elif not LEAST_RATIO <= value <= MOST_RATIO:
        raise ValueError(f"a likelihood ratio lies from {LEAST_RATIO:g} to {MOST_RATIO:g}, not at {value:g}")
    return value


def parse_value(words: str) -> str | float:
    """A letter (in any case) or a likelihood ratio given in words. Raises ValueError."""
    if words.strip().upper() in LETTERS:
        return words.strip().upper()
    try:
        return check_value(float(words))
    except ValueError as error:
        if "likelihood ratio lies" in str(error):
            raise
        raise ValueError(f"{words!r} is none of {', '.join(LETTERS)} and no likelihood ratio") from None


def check_shares(shares: Any, hypotheses: Mapping[str, object]) -> dict[str, float]:
    """Prior shares, one for each hypothesis, that sum to 1. Raises ValueError."""
    found = msgspec.convert(shares, dict[str, float])
    if set(found) != set(hypotheses):
        raise ValueError(f"give each of {', '.join(hypotheses)} a prior")
    if not all(0.0 < share < 1.0 for share in found.values()) and len(found) > 1:
        raise ValueError("a prior lies between 0 and 1: what is ruled out beforehand no evidence can bring back")
    if abs(math.fsum(found.values()) - 1.0) > CLOSE:
        raise ValueError(f"priors sum to 1, not to {math.fsum(found.values()):g}")
    return found


def check_ratios(ratios: Any) -> dict[str, float]:
    """What letters mean as likelihood ratios, each consistent one above those after it. Raises ValueError."""
    found = msgspec.convert(ratios, dict[str, float])
    if not set(found) <= set(LETTERS):
        raise ValueError(f"ratios are those of {', '.join(LETTERS)}")
    whole = [{**load_weights()["ratios"], **found}[letter] for letter in LETTERS]
    if not all(LEAST_RATIO <= ratio <= MOST_RATIO for ratio in whole) or whole != sorted(whole, reverse=True):
        raise ValueError("ratios fall from CC to II and lie from 0.001 to 1000")
    return found


def split_named(words: str, n: int, letter: str) -> tuple[str, str]:
    """ "H1: They ran out of fuel" as its key and text; without a key it is called by its number."""
    found = NAMED.fullmatch(words)
    if found and (found[1][:1].isupper() or found[1][1:].isdigit()) and len(found[1]) <= 4:
        return found[1], check_text(found[2])
    return f"{letter}{n}", check_text(words)


def next_key(known: Sequence[Evidence] | Sequence[Hypothesis], letter: str) -> str:
    """The next key that is free: "E4" after three pieces of evidence."""
    keys = {one.key for one in known}
    n = len(keys) + 1
    while f"{letter}{n}" in keys:
        n += 1
    return f"{letter}{n}"
