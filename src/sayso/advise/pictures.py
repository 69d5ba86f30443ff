"""A picture and a brief with a model's advice, each use within its share of the budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from sayso.advise.advisers import Adviser
from sayso.advise.pairs import PairAdvice
from sayso.advise.questions import ask_questions
from sayso.advise.sources import lay_over, propose_sources
from sayso.record import Brief, Judgement, Picture, Proposal, Reading
from sayso.weigh import weigh_readings

if TYPE_CHECKING:
    from sayso.ledger import Ledger

SOURCES, PAIRS, QUESTIONS = 0.5, 0.5, 0.6
"""Which part of the calls that are left each use may take; prose has the rest."""
KIND = "proposal"
"""The kind of assessment that a proposal is kept as."""


def advise_picture(
    adviser: Adviser,
    readings: Iterable[Reading],
    as_of: datetime | None = None,
    judgements: Iterable[Judgement] = (),
    known: Sequence[Proposal] = (),
) -> Picture:
    """The picture of some readings with a model's advice on sources, doubtful pairs and questions. Of claims that the
    same model has `known` proposals for it is not asked again. What analysts judged goes before."""
    readings = [r for r in readings if as_of is None or r.report.published is None or r.report.published <= as_of]
    adviser.share(SOURCES)
    laid = lay_over(readings, [one for one in known if one.by == adviser.by])
    laid = lay_over(laid, list(propose_sources(adviser, laid)))
    adviser.share(PAIRS)
    picture = weigh_readings(laid, as_of=as_of, judgements=judgements, advice=PairAdvice(adviser))
    adviser.share(QUESTIONS)
    return ask_questions(adviser, picture)


def advise_reading(adviser: Adviser, reading: Reading) -> Reading:
    """A reading with the sources that a model proposed."""
    return lay_over([reading], list(propose_sources(adviser, [reading])))[0]


def advise_brief(adviser: Adviser, brief: Brief) -> Brief:
    """A brief of an advised picture with a model's sentences, all that it proposed marked."""
    from sayso.advise.prose import add_prose
    from sayso.tell.advised import mark_brief

    adviser.share(1)
    return mark_brief(add_prose(adviser, brief))


def load_proposals(ledger: Ledger, held_at: datetime | None = None) -> list[Proposal]:
    """The proposals that a ledger holds, or held at a moment; what is none is passed over. They are about how a report
    is read, so that it does not matter when the reports were known."""
    found = []
    for kept in ledger.assessments(KIND, entered_by=held_at):
        try:
            made = msgspec.json.decode(kept.body, type=Proposal)
        except msgspec.MsgspecError:
            continue
        if made.by == kept.by:
            found.append(made)
    return found


def keep_proposals(ledger: Ledger, adviser: Adviser, readings: Iterable[Reading]) -> int:
    """Ask about some readings and keep what is proposed, a reading at a time, signed by the model; how many were
    new."""
    known, new = set(load_proposals(ledger)), 0
    adviser.share(1)
    for reading in readings:
        made = [one for one in propose_sources(adviser, [reading]) if one not in known]
        ledger.assess_all((KIND, one, one.by, "", None) for one in made)
        new += len(made)
    return new
