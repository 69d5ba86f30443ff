"""How each story stands, at a glance: what is new in it, and where its reports differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sayso.moments import tell_now
from sayso.record import Question, Report, Story
from sayso.serve.desk.changes import begin_last_day, count_values
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.points import Asked, find_points
from sayso.serve.desk.viewpoints import Viewpoint

AT_ONCE = 30
"""Stories on one page."""
MOST_OPEN = 3
"""Questions of a story that are named."""


@dataclass(frozen=True, slots=True)
class Stories:
    """Some of the stories, the newest first: page `number` of `pages`, of `total` stories."""

    stories: tuple[Story, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a story stands: how many reports and answers are new since a moment, its newest report, and the questions
    whose answers differ, the gravest first."""

    story: Story
    since: datetime | None
    reports: int
    values: int
    newest: Report | None
    open: tuple[Asked, ...]

    @property
    def named(self) -> tuple[Asked, ...]:
        """The open questions that there is room for."""
        return self.open[:MOST_OPEN]


def find_stories(desk: Desk, at: Viewpoint, number: int = 1) -> Stories:
    """A page of the stories, those first whose newest report is the newest; the last page where there are not so
    many."""

    def make() -> list[Story]:
        dated = [story for story in desk.stories(at.as_of) if story.latest]
        undated = [story for story in desk.stories(at.as_of) if not story.latest]
        return [*sorted(dated, key=lambda s: s.latest or tell_now(), reverse=True), *undated]

    stories: list[Story] = desk.hold(("stories by time", at.as_of), make)
    pages = max(1, -(-len(stories) // AT_ONCE))
    number = min(max(1, number), pages)
    return Stories(tuple(stories[(number - 1) * AT_ONCE : number * AT_ONCE]), number, pages, len(stories))


def find_standing(desk: Desk, story: str, at: Viewpoint) -> Standing:
    """How a story stands. Raises `MissingError`."""
    found = desk.story(story, at.as_of)

    since = at.since or begin_last_day(found.latest)

    def make() -> Standing:
        picture = desk.picture(found.id, at.as_of)
        dated = [r.report for r in picture.readings if r.report.published]
        new = [report.id for report in dated if since and report.published and report.published >= since]
        return Standing(
            found,
            since,
            len(new),
            count_values(picture, set(new)),
            max(dated, key=lambda report: report.published or tell_now(), default=None),
            tuple(find_points(desk, found.id, at, differs=True)),
        )

    standing: Standing = desk.hold(("standing", found.id, at), make)
    return standing


def find_closing(desk: Desk, at: Viewpoint, most: int = 5) -> list[Question]:
    """The open questions for forecasters that close soonest."""
    from sayso.api.foreseen import list_open

    now = at.as_of or tell_now()
    hour = now.replace(minute=0, second=0, microsecond=0)  # What opens later is looked for once an hour.
    asked = desk.hold(("open questions", at.as_of, hour), lambda: list_open(desk.ledger, at.as_of, None))
    still = [question for question, _ in asked if question.closes and question.closes >= now]
    return sorted(still, key=lambda question: (question.closes or now, question.id))[:most]
