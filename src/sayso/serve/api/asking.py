"""What is asked in an address: the parameters that many operations share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Query

from sayso.api.narrowings import Narrowing, read_moment

LONGEST_MOMENT, LONGEST_NAME, LONGEST_WORDS = 64, 200, 400
"""Characters of a moment, of a name or id, and of words to look for."""
MOST_ROWS = 1000
TIMES = "a day (to its end) or a moment: `2024-03-27`, `2024-03-27T18:00Z`, `yesterday`"

AsOfWords = Annotated[str, Query(max_length=LONGEST_MOMENT, description=f"As known then: {TIMES}")]
HeldAtWords = Annotated[
    str, Query(max_length=LONGEST_MOMENT, description="As this ledger stood then, without what was added later")
]
SinceWords = Annotated[
    str, Query(max_length=LONGEST_MOMENT, description="What changed since then: a day (from its beginning) or a moment")
]
StoryName = Annotated[
    str, Query(max_length=LONGEST_NAME, description="One story: its id, a report of it or words of its name")
]
About = Annotated[
    str, Query(max_length=LONGEST_WORDS, description='Only reports that hold all these words; "several" together')
]
Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="Rows at once")]
Cursor = Annotated[str, Query(max_length=200, description="What the list before gave as `next`")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a desk is asked about, and when; moments are read."""

    as_of: datetime | None = None
    held_at: datetime | None = None
    story: str = ""
    about: str = ""

    @property
    def narrowing(self) -> Narrowing:
        """The same as the views of `sayso.open` take it."""
        return {"as_of": self.as_of, "held_at": self.held_at, "story": self.story, "about": self.about}


def find_asked(as_of: AsOfWords = "", held_at: HeldAtWords = "", story: StoryName = "", about: About = "") -> Asked:
    """What an address asks about. Raises `Error` where a moment is none."""
    return Asked(read_moment(as_of), read_moment(held_at), story.strip(), about.strip())


def find_as_of(as_of: AsOfWords = "") -> datetime | None:
    """The moment that an address names. Raises `Error` where it is none."""
    return read_moment(as_of)


def find_since(since: SinceWords = "") -> datetime | None:
    """The earlier moment that an address names. Raises `Error` where it is none."""
    return read_moment(since, begin=True)


Narrowed = Annotated[Asked, Depends(find_asked)]
AsOf = Annotated[datetime | None, Depends(find_as_of)]
Since = Annotated[datetime | None, Depends(find_since)]
