"""What of a ledger is asked about, and when: the arguments that all views share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypedDict

from sayso.errors import Error
from sayso.moments import begin_of, end_of, find_span, stretch, tell_now

Moment = str | date | None
"""A moment: a datetime, a day (the whole of it), or words for either: "2025-02-01", "2025-02-01T18:00Z", "yesterday",
"Monday", "2 hours ago". What has no zone is in UTC; None is now, with all there is."""


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


def read_moment(given: Moment, *, begin: bool = False) -> datetime | None:
    """The last moment of what was given, or the first where its `begin` is asked for; in UTC where no zone is told.
    None and "" are None. Raises `Error` where the words are no time."""
    if not given:
        return None
    if isinstance(given, str):
        try:
            span = find_span(given, tell_now())
        except ValueError as error:
            raise Error(str(error)) from None
    elif isinstance(given, datetime):
        return given if given.tzinfo else given.replace(tzinfo=UTC)
    else:
        span = stretch(datetime.combine(given, time(), UTC), False)
    return begin_of(span) if begin else end_of(span)
