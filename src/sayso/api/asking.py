"""Asking, forecasting and resolving: what the commands and the desk do to a ledger's questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sayso.moments import tell_now
from sayso.record import Forecast, Question, Resolution

if TYPE_CHECKING:
    from sayso.foresee.questions.dockets import Docket
    from sayso.foresee.questions.evidence import Proposal
    from sayso.ledger import Ledger

MOST_WEIGHED = 3000
"""Reports of a ledger that are weighed to see whether a question has been decided, unless told which."""


def make_question(text: str, given: dict[str, Any], before: Question | None, now: datetime) -> Question:
    """The question as put, or the newest version of one with what is given changed."""
    if before is not None:
        return replace(before, text=text, **given)
    return Question(text=text, **{"opens": now, **given})


def say_decided(kept: Ledger, question: Question, now: datetime, note: Callable[[str], None]) -> str:
    """By which claim the ledger has decided a question already, "" where it has not; `note` is told where it is too big
    to be looked up."""
    if question.kind != "yes/no" or (question.resolves is not None and question.resolves < now):
        return ""
    if not question.about and kept.count()["reports"] > MOST_WEIGHED:
        note("not looked up in the ledger, which is big: name its reports (--about)")
        return ""
    found = propose(kept, replace(question, opens=None), now)
    if found.outcome != "yes" or found.sure != "high":
        return ""
    shown = found.evidence[0]
    return f"{found.why}: “{shown.text}” (claim {shown.claim})"


def propose(kept: Ledger, question: Question, now: datetime) -> Proposal:
    """The outcome that a ledger shows of a question at a moment."""
    from sayso.api.ledgers import find_words
    from sayso.foresee.questions.proposals import propose_outcome
    from sayso.journey import know_ledger, use_picture

    moment = min(now, question.resolves) if question.resolves else now
    picture = know_ledger(kept, moment, about=find_words(question.about))
    return use_picture(picture, lambda known: propose_outcome(question, known, now=now), "looking for an outcome")[0]


def make_forecast(
    question: Question, values: Sequence[str], *, by: str, kind: str, reason: str, now: datetime
) -> Forecast:
    """What somebody expects, in words as on the command line ("0.7", "north=0.2", "p50=3"). Raises ValueError."""
    from sayso.foresee.questions.forecasts import check_forecast, parse_values

    said = parse_values(question, values)
    one = Forecast(
        question=question.id, version=question.version, forecaster=by, kind=kind, at=now, reason=reason, **said
    )
    return check_forecast(question, one)


def say_refused(docket: Docket, question: Question, now: datetime) -> str:
    """Why no forecast of a question is taken at a moment, "" where one is."""
    from sayso.foresee.questions.forecasts import is_late

    refused = is_late(question, now)
    if not refused and (ended := docket.find_resolution(question)) is not None and now >= ended.at:
        refused = f"the question was resolved at {ended.at:%Y-%m-%d %H:%M} UTC"
    return refused


def make_resolution(
    question: Question, outcome: str, claims: Sequence[str], by: str, reason: str, at: datetime | None = None
) -> Resolution:
    """What a person says of how a question ended. Raises ValueError."""
    from sayso.foresee.questions.resolutions import check_outcome

    words = check_outcome(question, outcome)
    return Resolution(
        question=question.id,
        version=question.version,
        outcome=words,
        by=by,
        at=at or tell_now(),
        claims=tuple(claims),
        reason=reason,
    )
