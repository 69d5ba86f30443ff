"""The days of a story, or of the whole ledger: on which of them how much was published."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date

from sayso.serve.desk.desks import Desk, MissingError


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which reports were published, in order, in UTC, each with how many."""

    published: tuple[tuple[date, int], ...]

    @property
    def first(self) -> date | None:
        """The first of them, None where no report says when it was published."""
        return self.published[0][0] if self.published else None

    @property
    def last(self) -> date | None:
        """The last of them."""
        return self.published[-1][0] if self.published else None


def find_days(desk: Desk, story: str = "") -> Days:
    """The days of all there is of a story; of the whole ledger without one, or where none is called so now."""
    try:
        found = desk.find(story) if story else None
    except MissingError:
        found = None

    def make() -> Days:
        rows = desk.ledger.headings(only=found.digests if found else None)
        counted = Counter(moment.astimezone(UTC).date() for _, _, _, moment in rows if moment)
        return Days(tuple(sorted(counted.items())))

    days: Days = desk.hold("days", make, found.version if found else None)
    return days
