"""What changed in a story between two moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.record import Change, Picture, Report
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.weigh.changes import compare_pictures


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since a moment: the reports that are new, how many answers they give, and each change with the id of
    its point, "" where it is of none. `asked` is whether the moment was asked for; `since` is None where no report is
    dated."""

    since: datetime | None
    asked: bool
    reports: tuple[Report, ...] = ()
    values: int = 0
    changes: tuple[tuple[Change, str], ...] = ()
    before: Picture | None = None


def find_changes(desk: Desk, story: str, at: Viewpoint) -> Changed:
    """What changed in a story since `at.since`, or else on the last day that it has reports of. Raises
    `MissingError`."""
    found = desk.story(story, at.as_of)
    since = at.since or begin_last_day(found.latest)

    def make() -> Changed:
        after = desk.picture(found.id, at.as_of)
        if since is None:
            return Changed(None, False)
        before = desk.picture_before(found.id, since)
        known = {reading.report.digest for reading in before.readings}
        new = [reading.report for reading in after.readings if reading.report.digest not in known]
        points = {value.claim: point.id for point in after.points for value in point.values}
        asked = {(point.question, value.claim): point.id for point in after.points for value in point.values}
        changes = compare_pictures(before, after)
        return Changed(
            since,
            at.since is not None,
            tuple(reversed(new)),
            count_values(after, {report.id for report in new}),
            tuple((change, find_home(change, asked, points)) for change in changes),
            before,
        )

    changed: Changed = desk.hold(("changes", found.id, since, at), make)
    return changed


def count_values(picture: Picture, reports: set[str]) -> int:
    """How many answers some reports give, each once however many questions it is to."""
    return len({(v.claim, v.start, v.end) for point in picture.points for v in point.values if v.report in reports})


def begin_last_day(latest: datetime | None) -> datetime | None:
    """The beginning of the day of UTC that a moment is on."""
    return latest.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) if latest else None


def find_home(change: Change, asked: dict[tuple[str, str], str], points: dict[str, str]) -> str:
    """The id of the point that a change is of."""
    exact = (asked.get((change.about, claim), "") for claim in change.claims)
    return next(filter(None, exact), "") or next(filter(None, (points.get(claim, "") for claim in change.claims)), "")
