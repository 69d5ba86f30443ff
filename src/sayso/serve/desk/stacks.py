"""Which stories of a ledger hold some words, so that what is said of somebody is looked for in these alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.ledger import Search
from sayso.record import Picture, Story
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.readings import WEIGHED_AT_ONCE, map_stories
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.who.identities import Cast

MOST_STORIES, MOST_WEIGHED = 8, 600
"""Stories that are looked at for one name, and how many reports they have together unless the first has more: weighing
takes about a second for each hundred."""
MOST_FOUND = 2_000
"""Reports that hold a name of which the stories are counted."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stack:
    """A story that is looked at, with its picture and everybody in it."""

    story: Story
    picture: Picture
    cast: Cast


def find_stacks(desk: Desk, words: str, at: Viewpoint, story: str = "") -> tuple[list[Stack], int]:
    """The stories that hold some words, those first in which most reports do, and how many there are more than are
    looked at; or the one `story` that is named. Raises `MissingError` where there is no such story."""
    stories, more = choose_stories(desk, words, at, story)
    return [open_stack(desk, one, at) for one in stories], more


def choose_stories(desk: Desk, words: str, at: Viewpoint, story: str = "") -> tuple[list[Story], int]:
    """The same stories before they are weighed."""
    if story:
        return [desk.story(story, at.as_of)], 0
    phrase = " ".join(WORD.findall(words))
    found = desk.ledger.search(Search(required=(phrase,)), at.as_of, most=MOST_FOUND) if phrase else []
    return rank_stories(desk, found, at)


def rank_stories(desk: Desk, digests: Iterable[str], at: Viewpoint) -> tuple[list[Story], int]:
    """The stories of some reports, those of most of them first, and how many more there are than are looked at."""
    counted: Counter[str] = Counter()
    stories: dict[str, Story] = {}
    known = map_stories(desk, at.as_of)
    for digest in digests:
        if (story := known.get(digest)) is not None:
            counted[story.id] += 1
            stories[story.id] = story
    chosen: list[Story] = []
    for id, _ in counted.most_common(MOST_STORIES):
        if not chosen or sum(len(story.reports) for story in [*chosen, stories[id]]) <= MOST_WEIGHED:
            chosen.append(stories[id])
    return chosen, len(stories) - len(chosen)


def open_stack(desk: Desk, story: Story, at: Viewpoint) -> Stack:
    """A story with its picture and everybody in it."""
    picture = desk.picture(story.id, at.as_of)
    cast: Cast = desk.hold(("cast", story.id, at.as_of), lambda: Cast(picture.readings))
    return Stack(story, picture, cast)


def are_ready(desk: Desk, stories: Iterable[Story], at: Viewpoint) -> bool:
    """Whether some stories are weighed, or will be in less than a second."""
    new = (len(story.reports) for story in stories if not desk.is_weighed(story.id, at.as_of))
    return sum(new) <= WEIGHED_AT_ONCE
