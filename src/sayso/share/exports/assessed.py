"""What people assessed beside a picture, flat: each hypothesis, scenario, question and what is expected of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.tell.foreseen import Foreseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """One thing that people assessed. `kind` is hypothesis, scenario, question or forecast; `about` the question or set
    that it belongs to, `by` whose word it is, `probability` how likely they hold it, None where nobody said or where
    it is a number or a date that is asked for; `value` is that."""

    kind: str
    id: str
    about: str
    text: str
    by: tuple[str, ...]
    at: datetime | None = None
    probability: float | None = None
    value: float | None = None


def list_assessed(foreseen: Foreseen | None) -> Iterator[Assessed]:
    """All that was assessed, in its order."""
    if foreseen is None:
        return
    yield from list_hypotheses(foreseen)
    yield from list_scenarios(foreseen)
    yield from list_questions(foreseen)


def list_hypotheses(foreseen: Foreseen) -> Iterator[Assessed]:
    """The hypotheses of all matrices. How likely they are is reckoned from ratings, and no one's word."""
    for weighed in foreseen.matrices:
        matrix = weighed.matrix
        ranks = {verdict.key: verdict.rank for verdict in weighed.verdicts}
        for one in matrix.hypotheses:
            rank = f" (rank {ranks[one.key]} of {len(ranks)} by the evidence)" if one.key in ranks else ""
            by = (one.by or matrix.by,)
            id, text = f"{matrix.id} {one.key}", f"{one.text}{rank}"
            yield Assessed(kind="hypothesis", id=id, about=matrix.question, text=text, by=by, at=one.at)


def list_scenarios(foreseen: Foreseen) -> Iterator[Assessed]:
    """The scenarios of all sets, each with the mean of what analysts gave it."""
    for made, outlooks in foreseen.scenarios:
        for outlook in outlooks:
            one = outlook.scenario
            by = tuple(dict.fromkeys(belief.by for belief in outlook.beliefs)) or (one.by or made.by,)
            yield Assessed(
                kind="scenario",
                id=f"{made.id} {one.key}",
                about=made.title,
                text=f"{one.name}: {one.text}" if one.text else one.name,
                by=by,
                at=one.at,
                probability=outlook.mean,
            )


def list_questions(foreseen: Foreseen) -> Iterator[Assessed]:
    """The questions, each followed by what the crowd expects, the median of its forecasters."""
    for question, crowd in foreseen.questions:
        text = f"{question.text} {question.criteria}".strip()
        by = (question.by,) if question.by else ()
        yield Assessed(kind="question", id=question.id, about=question.text, text=text, by=by, at=question.at)
        likely = question.kind in ("yes/no", "choice")
        for one in crowd:
            option = one.option or "yes"
            yield Assessed(
                kind="forecast",
                id=f"{question.id} {one.option}",
                about=question.text,
                text=f"{one.forecasters} forecasters expect of “{option}”: {one.median:g} (median)",
                by=(),
                at=one.at,
                probability=one.median if likely else None,
                value=None if likely else one.median,
            )
