"""What people assessed, found in a ledger by its id: matrices of hypotheses, sets of scenarios, questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.foresee.hypotheses.matrices import Matrix
    from sayso.foresee.questions.dockets import Docket
    from sayso.foresee.scenarios import Scenarios
    from sayso.ledger import Ledger
    from sayso.record import Assessment, Picture


def find_root(kept: Ledger, kind: str, id: str, as_of: datetime | None = None) -> Assessment:
    """The assessment of a kind that an id names; without one, the only one there is. Raises `LedgerError` or
    ValueError."""
    if id:
        found = kept.find_assessment(id)
        if found.kind != kind:
            raise ValueError(f"{id} is no {kind} but a {found.kind}")
        return found
    roots = [one for one in kept.assessments(kind, as_of=as_of) if not one.about]
    if len(roots) != 1:
        ids = ", ".join(one.id[:8] for one in roots[:8])
        raise ValueError(f"say which {kind}: there are {len(roots)} ({ids})" if roots else f"there is no {kind} yet")
    return roots[0]


def load_matrix(kept: Ledger, id: str, as_of: datetime | None = None, held: datetime | None = None) -> Matrix:
    """The matrix that an id names, as it was known and held at two moments. Raises as `find_root` does."""
    from sayso.foresee.hypotheses.matrices import read_matrix

    root = find_root(kept, "matrix", id, as_of)
    return read_matrix(root, kept.assessments(about=root.id, as_of=as_of, entered_by=held))


def load_scenarios(kept: Ledger, id: str, as_of: datetime | None = None, held: datetime | None = None) -> Scenarios:
    """The set that an id names, as it was known and held at two moments. Raises as `find_root` does."""
    from sayso.foresee.scenarios import read_scenarios

    root = find_root(kept, "scenarios", id, as_of)
    return read_scenarios(root, kept.assessments(about=root.id, as_of=as_of, entered_by=held))


def load_docket(kept: Ledger, as_of: datetime | None = None) -> Docket:
    """The questions, forecasts and resolutions of a ledger as of a moment; its problems are what cannot be read."""
    from sayso.foresee.questions.dockets import read_docket

    kinds = ("question", "forecast", "resolution")
    return read_docket(*(kept.assessments(kind, as_of=as_of) for kind in kinds))


def know_of(kept: Ledger, held: datetime | None) -> Callable[[datetime], Picture]:
    """The picture that a ledger gives of a moment."""
    from sayso.journey import know_ledger

    return lambda moment: know_ledger(kept, moment, held)
