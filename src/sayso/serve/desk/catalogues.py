"""The stories of a desk as they stand, found by their id, by a report or by words of their name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sayso.errors import Error
from sayso.ids import make_id
from sayso.record import Judgement, Story
from sayso.weigh.stories import pick_story


class MissingError(Error):
    """Something that is asked for by its id and is not there."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A story, the digests of its reports in order, and its `version`: another one where anything that weighing it
    heeds is another."""

    story: Story
    digests: tuple[str, ...]
    version: str


@dataclass(slots=True)
class Catalogue:
    """The stories of a ledger in one `state`, the largest first."""

    state: tuple[int, ...]
    found: list[Shelved]
    places: dict[str, int] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)
    former: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make what stories are found by."""
        for place, one in enumerate(self.found):
            self.places[one.story.id] = place
            for digest in one.digests:
                self.reports[digest] = place

    def find(self, name: str) -> Shelved:
        """A story by its id, that which it had when another report was its first, the digest or id of a report or words
        of its name. Raises `MissingError`."""
        place = self.places.get(name, self.reports.get(name))
        if place is None:
            # An id comes from the first report: one that came late and is older gives the story another.
            self.former = self.former or {make_id("story", digest): n for digest, n in self.reports.items()}
            place = self.former.get(name)
        if place is None:
            try:
                place = pick_story([one.story for one in self.found], name)
            except Error as error:
                raise MissingError(str(error)) from None
        return self.found[place]


def tell_version(
    digests: Sequence[str], newest: int, judgements: Iterable[Judgement], heeded: dict[str, frozenset[str]]
) -> str:
    """What tells a story's state from every other: its reports, the last reading of them, and the judgements on any of
    them. `heeded` has the digests that a judgement is about, by its id; of one that is about none, all heed it."""
    inside = set(digests)
    on = [j.id for j in judgements if not heeded[j.id] or heeded[j.id] & inside]
    return hashlib.sha256(repr((*digests, newest, *on)).encode()).hexdigest()[:16]


def narrow_story(story: Story, known: Sequence[tuple[str, datetime | None]]) -> Story:
    """A story with only the reports that were known at a moment: their ids, and when they were published."""
    dated = [published for _, published in known if published is not None]
    return Story(
        id=story.id,
        name=story.name,
        reports=tuple(id for id, _ in known),
        earliest=min(dated, default=None),
        latest=max(dated, default=None),
    )
