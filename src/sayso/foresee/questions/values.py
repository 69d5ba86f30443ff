"""The number, date or option that the ledger shows for a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.foresee.questions.criteria import Terms
from sayso.foresee.questions.evidence import Held, Proposal, show
from sayso.record import Question
from sayso.weigh.facts import Fact
from sayso.weigh.voices import count_voices
from sayso.weigh.wordings import stems_of

FIRST = re.compile(r"\bfirst\b(?! (round|half|quarter|time))", re.IGNORECASE)
NOTHING = "no claim gives it"


def propose_value(question: Question, held: Sequence[Held], terms: Terms, passed: bool) -> Proposal:
    """The latest figure, or the first date, that a source gives whose word counts."""
    counted = [one for one in held if one.stands in ("for", "short")]
    told = [(one, value) for one in counted if (value := read_value(question, one.fact))]
    if not told:
        return Proposal(outcome="", sure="low", why=NOTHING, evidence=show(held))
    told.sort(key=lambda pair: pair[0].fact.said, reverse=question.kind == "number")
    best, value = told[0]
    same = [one for one, other in told if other == value]
    low, high = count_voices([one.fact for one in sorted(same, key=lambda one: one.fact.said)])
    if question.kind == "number" and not passed:
        return Proposal(outcome="", sure="low", why=f"{value} so far; the deadline lies ahead", evidence=show(same))
    rest = [one for one, other in told if other != value]
    sure = "high" if low > 1 else "medium"
    return Proposal(outcome=value, sure=sure, why=best.why, evidence=show((*same, *rest)), independent=(low, high))


def read_value(question: Question, fact: Fact) -> str:
    """The value that a fact gives: its figure (the middle of a range), or the day it tells of; "" for none."""
    if question.kind == "number":
        figure = fact.claim.figure
        ends = [end for end in (figure.low, figure.high) if end is not None] if figure else []
        return f"{sum(ends) / len(ends):.12g}" if ends else ""
    time = fact.claim.time
    if time is not None and time.earliest is not None and time.type in ("DATE", "TIME"):
        return time.earliest.date().isoformat()
    return fact.report.published.date().isoformat() if fact.report.published else ""


def propose_option(question: Question, held: Sequence[Held], terms: Terms, passed: bool) -> Proposal:
    """The option that claims on the matter name, by their words or by who says so."""
    found: list[tuple[float, str, Held]] = []
    for one in held:
        if one.stands not in ("for", "aside"):
            continue
        said = one.fact.own | stems_of(one.fact.source)
        for option in question.options:
            stems = stems_of(option)
            share = len(stems & said) / len(stems) if stems else 0.0
            if share > 0.5:
                found.append((share * one.nearness, option, one))
    if not found:
        return Proposal(outcome="", sure="low", why="no claim names one of the options", evidence=show(held))
    # "Who will be the first": the earliest claim decides, not the nearest.
    if FIRST.search(question.text):
        found.sort(key=lambda row: (row[2].fact.said, -row[0]))
    else:
        found.sort(key=lambda row: (-row[0], row[2].fact.said))
    option = found[0][1]
    same = [one for _, name, one in found if name == option]
    others = [one for _, name, one in found if name != option]
    low, high = count_voices([one.fact for one in sorted(same, key=lambda one: one.fact.said)])
    if not passed:
        return Proposal(outcome="", sure="low", why=f"{option} so far; the deadline lies ahead", evidence=show(same))
    sure = "medium" if not others else "low"
    return Proposal(
        outcome=option, sure=sure, why=same[0].why, evidence=show((*same, *others)), independent=(low, high)
    )
