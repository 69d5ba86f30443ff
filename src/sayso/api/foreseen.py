"""What a ledger's people say of what is not known, gathered for a brief."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from sayso.moments import tell_now
from sayso.record import Picture, Question

if TYPE_CHECKING:
    from sayso.foresee.hypotheses.rankings import Weighed
    from sayso.foresee.questions.forecasts import Crowd
    from sayso.foresee.scenarios import Outlook, Scenarios
    from sayso.ledger import Ledger
    from sayso.tell.foreseen import Foreseen


def gather_foreseen(kept: Ledger, picture: Picture, held: datetime | None = None, *, part: bool = False) -> Foreseen:
    """The hypotheses, scenarios and open questions of a ledger as known at a picture's moment, as the ledger stood when
    it was `held`. Of a `part` of it (a story, or what is about some words), the hypotheses and scenarios that its
    reports bear on."""
    from sayso.tell.foreseen import Foreseen

    matrices = tuple(m for m in weigh_all(kept, picture, held) if not part or bears_on(m))
    scenarios = tuple(draw_all(kept, picture, held, whole=not part))
    questions = () if part else list_open(kept, picture.as_of, held)
    return Foreseen(matrices=matrices, scenarios=scenarios, questions=questions)


def weigh_all(kept: Ledger, picture: Picture, held: datetime | None) -> Iterator[Weighed]:
    """The matrices of a ledger, weighed."""
    from sayso.foresee.hypotheses.matrices import read_matrix
    from sayso.foresee.hypotheses.rankings import weigh_matrix
    from sayso.foresee.hypotheses.weights import Scales

    roots = kept.assessments("matrix", as_of=picture.as_of, entered_by=held)
    scales = Scales(picture) if roots else None
    for root in roots:
        found = read_matrix(root, kept.assessments(about=root.id, as_of=picture.as_of, entered_by=held))
        if scales and found.hypotheses:
            yield weigh_matrix(found, scales.weigh_all(found.evidence))


def bears_on(weighed: Weighed) -> bool:
    """Whether a matrix has a claim of the story as evidence."""
    return any(weight.claim for weight in weighed.weights.values())


def draw_all(
    kept: Ledger, picture: Picture, held: datetime | None, *, whole: bool
) -> Iterator[tuple[Scenarios, tuple[Outlook, ...]]]:
    """The sets of scenarios of a ledger with how each stands; unless `whole`, those of which an indicator has claims
    in the story."""
    from sayso.foresee.indicators import Lookout, look_all
    from sayso.foresee.scenarios import draw_outlooks, read_scenarios

    roots = kept.assessments("scenarios", as_of=picture.as_of, entered_by=held)
    lookout = Lookout(picture) if roots else None
    for root in roots:
        made = read_scenarios(root, kept.assessments(about=root.id, as_of=picture.as_of, entered_by=held))
        firings = look_all(lookout, made.indicators) if lookout else {}
        if whole or any(firing.matches for firing in firings.values()):
            yield made, draw_outlooks(made, firings)


def list_open(
    kept: Ledger, as_of: datetime | None, held: datetime | None
) -> tuple[tuple[Question, tuple[Crowd, ...]], ...]:
    """The questions that are open, with what the crowd expects of each."""
    from sayso.foresee.questions.dockets import read_docket
    from sayso.foresee.questions.questions import name_status

    said = [kept.assessments(kind, as_of=as_of, entered_by=held) for kind in ("question", "forecast", "resolution")]
    docket = read_docket(*said)
    newest = [versions[-1] for versions in docket.versions.values()]
    now = as_of or tell_now()
    still = [q for q in newest if name_status(q, docket.find_resolution(q), now) in ("open", "closed")]
    return tuple((q, tuple(docket.find_crowd(q))) for q in still)
