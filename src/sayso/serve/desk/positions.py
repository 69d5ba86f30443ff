"""What each party said, denied, declined to say or kept silent about."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.record import Position
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.weigh.facts import NEVER

STANCES = ("denied", "declined", "silent", "asserted")
"""What a party may do about a matter, what is not plain assertion first."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party and its positions, the newest first."""

    name: str
    positions: tuple[Position, ...]

    @property
    def unsaid(self) -> int:
        """How many of them are no plain assertion."""
        return sum(position.stance != "asserted" for position in self.positions)


def find_positions(desk: Desk, story: str, at: Viewpoint, stance: str = "") -> list[Party]:
    """The parties of a story, those first that deny, decline or are silent most often; only positions of one `stance`
    where that is asked for. Raises `MissingError`."""
    by_name: dict[str, list[Position]] = {}
    for position in desk.picture(story, at.as_of).positions:
        if stance in ("", position.stance):
            by_name.setdefault(position.party, []).append(position)
    parties = [
        Party(name, tuple(sorted(some, key=lambda p: (p.at or NEVER).timestamp(), reverse=True)))
        for name, some in by_name.items()
    ]
    return sorted(parties, key=lambda party: (-party.unsaid, -len(party.positions), party.name))
