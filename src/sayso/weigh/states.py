"""What kinds of question a claim answers: how many, since when not seen, whether there, when it began."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from sayso.extract.claims.events import load_statuses
from sayso.weigh.facts import Fact

Kind = tuple[str, str, str]
"""The kind of a point (figure, absence, status, date), its unit, and the state or event asked about."""

BEGINNINGS = frozenset(
    ("attack", "territory gained", "accident", "disaster", "ceasefire", "agreement", "closure", "election")
)
"""Events that happen once, so that two dates for one are in question."""
INCURSIONS = frozenset(("attack", "territory gained"))
LONG_PAST = timedelta(days=10)
"""A date this long before publication is background, told by many; a nearer one is the news itself."""
STILL = re.compile(r"\b(still|continu\w+|keeps?|remain\w*)\b", re.IGNORECASE)
SINCE = re.compile(r"\b(since|last (seen|observed|spotted|heard))\b", re.IGNORECASE)


def kinds_of(fact: Fact) -> Iterator[Kind]:
    """The kinds of question that a fact answers."""
    claim = fact.claim
    if claim.figure is not None and (claim.figure.low is not None or claim.figure.high is not None):
        yield "figure", claim.figure.unit, claim.figure.state or claim.event
    status = status_of(fact)
    if status and not fact.possible:
        if fact.subject.is_body:
            yield "status", "", status[0]
        if is_absence(fact):
            yield "absence", "day", status[0]
    if claim.event in BEGINNINGS and is_long_past(fact) and (claim.figure is None or claim.figure.unit == "km2"):
        yield "date", "day", "attack" if claim.event in INCURSIONS else claim.event


def status_of(fact: Fact) -> tuple[str, bool] | None:
    """The state that a claim's event speaks of, and whether it holds after it; None where it speaks of none."""
    event, negative = fact.claim.event, fact.claim.polarity == "negative"
    statuses = load_statuses()
    if event in statuses:
        state, sign = statuses[event]
        denied = fact.attribution is not None and fact.attribution.stance == "denies"
        # An absence is told by negated words ("not seen"), which have already made it one.
        flipped = (negative and event != "absence") != denied
        return state, (sign == "+") != flipped
    if event == "clash" and (negative or STILL.search(fact.claim.text)):
        return "presence", not negative
    return None


def holds(fact: Fact) -> bool:
    """Whether the state that a claim speaks of holds after it."""
    status = status_of(fact)
    return status is not None and status[1]


def is_absence(fact: Fact) -> bool:
    """Whether a claim says since when, or for how long, somebody has not been there."""
    time = fact.claim.time
    if holds(fact) or fact.claim.event not in ("absence", "clash", "sighting"):
        return False
    return (time is not None and time.type == "DURATION") or SINCE.search(fact.claim.text) is not None


def is_long_past(fact: Fact) -> bool:
    """Whether a claim dates its event long before the report."""
    time, published = fact.claim.time, fact.report.published
    if time is None or time.earliest is None or time.type != "DATE" or published is None:
        return False
    return published - time.earliest > LONG_PAST and (time.latest is None or time.latest < published)
