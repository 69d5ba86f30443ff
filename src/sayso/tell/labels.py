"""Placing the names of a chart's lines beside their last dots, where they cover nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GAP = 10
"""Pixels between a dot and its name."""
ROW = 15
"""Pixels between two rows of names."""
MOST_ROWS = 9
LENGTHS = (28, 18, 11)
"""Letters that a name may have, tried in turn: a short name that can be read beats a long one under another."""
LETTER = 7.6
"""Width of a letter of a name, in pixels: that of a wide face, so that a narrow one fits all the more."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any ground."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name, shortened where it must be, and where it stands: its baseline's `x` and `y`, and whether it starts or
    ends there. `far` says that a thin line should lead to it."""

    name: str
    x: float
    y: float
    anchor: str
    far: bool


def place_labels(dots: Sequence[tuple[float, float, str]], taken: Sequence[Box], frame: Box) -> list[Label]:
    """A label for each dot (x, y, name): the nearest free place beside it, right before left; those furthest to the
    right, which have least room, choose first. Where no place is free, it stands at the dot all the same."""
    boxes = list(taken)
    placed: dict[int, Label] = {}
    for at in sorted(range(len(dots)), key=lambda at: (-dots[at][0], dots[at][1])):
        x, y, name = dots[at]
        tries = [place for most in LENGTHS for place in list_places(x, y, shorten(name, most))]
        free = (place for place in tries if frame.holds(place[1]) and not any(place[1].meets(b) for b in boxes))
        label, box = next(free, tries[0])
        boxes.append(box)
        placed[at] = label
    return [placed[at] for at in range(len(dots))]


def list_places(x: float, y: float, name: str) -> Iterator[tuple[Label, Box]]:
    """The places where a dot's name could stand, the nearest first, each with the ground it covers."""
    width = LETTER * len(name)
    for row in range(MOST_ROWS):
        for down in (row, -row) if row else (0,):
            base = y + 4 + down * ROW
            for anchor, left in (("start", x + GAP), ("end", x - GAP - width)):
                place = left if anchor == "start" else x - GAP
                yield Label(name, place, round(base, 1), anchor, row > 1), Box(left, base - 11, left + width, base + 3)


def shorten(words: str, most: int) -> str:
    """The words, cut with an ellipsis where they are longer than `most` characters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
