"""What pages of hypotheses, scenarios and questions share: the picture they are held against, and clear refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sayso.errors import Error
from sayso.journey import know, know_ledger
from sayso.ledger import LedgerError
from sayso.record import Assessment, Picture
from sayso.serve.desk.desks import Desk, MissingError

MOST_WEIGHED = 3000
"""Reports of a ledger that are weighed at once; of a bigger one, those of its largest story are."""
KEYED = re.compile(r"\s*[A-Z]\d{1,2}\s*:")
"""Words that begin with a key of their own: "H1: They ran out of fuel"."""


def find_whole(desk: Desk, as_of: datetime | None) -> Picture:
    """The picture of all stories as known then, of a big ledger that of its largest one."""
    stories = desk.stories(as_of)
    if not stories:
        return know([], as_of)
    if len(stories) == 1 or sum(len(story.reports) for story in stories) > MOST_WEIGHED:
        return desk.picture(stories[0].id, as_of)

    def make() -> Picture:
        return know_ledger(desk.ledger, as_of, cache=desk.cache)

    # What people assessed changes no picture, so that an answer to a question does not have all weighed anew.
    whole: Picture = desk.hold(("whole", as_of), make, desk.state[:2])
    return whole


def find_assessed(desk: Desk, kind: str, id: str, as_of: datetime | None = None) -> Assessment:
    """The assessment of a kind that an id names, said by then. Raises `MissingError`."""
    try:
        found = desk.ledger.find_assessment(id)
    except LedgerError as error:
        raise MissingError(str(error)) from None
    if found.kind != kind or found.about:
        raise MissingError(f"{id} is no {kind}")
    if as_of is not None and found.at > as_of:
        raise MissingError(f"this {kind} was made only on {found.at:%Y-%m-%d}")
    return found


@contextmanager
def refuse_clearly() -> Iterator[None]:
    """What is wrong with somebody's words is an `Error`, which a page tells in one line."""
    try:
        yield
    except ValueError as error:
        raise Error(str(error)) from None


def index_reports(picture: Picture) -> dict[str, str]:
    """The digests of a picture's reports by the ids of these and of their claims, for links to their words."""
    found = {reading.report.id: reading.report.digest for reading in picture.readings}
    return found | {claim.id: reading.report.digest for reading in picture.readings for claim in reading.claims}


def key_lines(lines: Iterable[str], letter: str) -> list[str]:
    """Lines of a form, each with the key that it is called by; a short word and a colon ("Deal: ...") is no key."""
    kept = [line.strip() for line in lines if line.strip()]
    return [line if KEYED.match(line) else f"{letter}{n}: {line}" for n, line in enumerate(kept, 1)]
