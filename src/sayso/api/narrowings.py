"""What of a ledger is asked about, and when: the arguments that all views share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypedDict

from sayso.errors import Error

Moment = str | date | None
"""A moment: a datetime, a day (the whole of it), or either in ISO 8601 ("2025-02-01", "2025-02-01T18:00Z"). What has no
zone is in UTC; None is now, with all there is."""


class Narrowing(TypedDict, total=False):
    """What every view can be narrowed to.

    `as_of`: what was known then. `held_at`: the ledger as it stood then, without what was added or judged in it later.
    `story`: one story alone, by its id, a report of it or words of its name. `about`: only reports that hold all these
    words ("several" in quotation marks stand together, -word leaves out). `about` and `held_at` ask a ledger.
    """

    as_of: Moment
    held_at: Moment
    story: str | None
    about: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """A narrowing as it is worked with: moments in UTC, words "" where none are given."""

    as_of: datetime | None = None
    held_at: datetime | None = None
    story: str = ""
    about: str = ""


def narrow(given: Narrowing) -> Narrowed:
    """A narrowing that a user gave. Raises `Error` where a moment is none."""
    return Narrowed(
        as_of=read_moment(given.get("as_of")),
        held_at=read_moment(given.get("held_at")),
        story=given.get("story") or "",
        about=given.get("about") or "",
    )


def read_moment(given: Moment, *, whole_day: bool = True) -> datetime | None:
    """A moment in UTC; a day means its end or, unless it is the `whole_day`, its beginning. None or "" is None. Raises
    `Error` where the words are no date or time."""
    if not given:
        return None
    if isinstance(given, str):
        try:
            moment = datetime.fromisoformat(given)
        except ValueError:
            raise Error(f"{given!r} is no date or time such as 2025-02-01 or 2025-02-01T18:00Z") from None
        day = len(given) <= len("2025-02-01")
    elif isinstance(given, datetime):
        moment, day = given, False
    else:
        moment, day = datetime.combine(given, time()), True
    if day and whole_day:
        moment = moment.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
