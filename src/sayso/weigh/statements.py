"""Which words of sources in different reports are one statement: the same speaker on the same day on the same matter.

One spokesman's statement to several outlets is one origin; what the same spokesman says a week later is another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.weigh.groups import fold_name, same_person
from sayso.weigh.sources import Said

RETOLD_WITHIN_DAYS = 7
"""A statement told without its day may be an earlier one."""

SAME_MATTER = 0.08
"""Weighted share of details that two tellings of one statement have in common at least, as the smaller tells it."""

SAME_MATTER_UNNAMED = 0.15
"""The same where only the state is named: it speaks with many voices on one day."""

SAME_MATTER_RETOLD = 0.2
"""The same where a telling without a day of its own comes more than a day later."""


class Sets:
    """Disjoint sets of small integers (Galler and Fischer 1964); the smallest member stands for its set."""

    def __init__(self, size: int) -> None:
        """Each of `size` integers begins alone."""
        self.parents = list(range(size))

    def find(self, i: int) -> int:
        """The member that stands for the set of `i`."""
        while self.parents[i] != i:
            self.parents[i] = self.parents[self.parents[i]]
            i = self.parents[i]
        return i

    def union(self, a: int, b: int) -> None:
        """Make one set of two."""
        a, b = self.find(a), self.find(b)
        self.parents[max(a, b)] = min(a, b)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One report's telling of what a named source said. `node` is its place among the sets, `told` the day of
    publication."""

    node: int
    report: int
    said: Said
    told: date | None

    @property
    def day(self) -> date | None:
        """The day of the statement: as the words say, else that of publication."""
        return self.said.day or self.told


Alike = Callable[[Telling, Telling], float]
"""The weighted share, 0 to 1, of an earlier and a later telling's matter that they have in common."""


def join_tellings(tellings: Sequence[Telling], sets: Sets, alike: Alike) -> None:
    """Unite the tellings of one statement; they come in order of publication.

    Persons are joined first, then institutions, then states, so that a vague source joins a named one and never two
    different ones.
    """
    people: dict[int, str] = {t.node: t.said.person for t in tellings}
    for key_of in (key_by_person, key_by_institution, key_by_state):
        buckets: dict[str, list[Telling]] = {}
        for telling in tellings:
            for key in key_of(telling.said):
                buckets.setdefault(key, []).append(telling)
        for key in sorted(buckets):
            join_bucket(buckets[key], sets, people, alike)


def key_by_person(said: Said) -> tuple[str, ...]:
    """The surnames under which a person can be found: last and, as in East Asia, first word."""
    words = fold_name(said.person)
    return tuple(sorted({words[0], words[-1]})) if words else ()


def key_by_institution(said: Said) -> tuple[str, ...]:
    """The institution's name, where a branch or an organisation is known."""
    found = said.institution
    return (found.name,) if found is not None and found.branch and found.name else ()


def key_by_state(said: Said) -> tuple[str, ...]:
    """The state that a source speaks for."""
    found = said.institution
    return (found.country,) if found is not None and found.country and found.name else ()


def join_bucket(bucket: Sequence[Telling], sets: Sets, people: dict[int, str], alike: Alike) -> None:
    """Join each telling to the nearest earlier one that can be the same statement."""
    for n, later in enumerate(bucket):
        # Newest first: a retold statement is the last one made, not the first.
        best, score = None, 0.0
        for earlier in reversed(bucket[:n]):
            if is_too_old(earlier, later):
                break
            if sets.find(earlier.node) == sets.find(later.node):
                best = None
                break
            if not can_agree(earlier, later, sets, people):
                continue
            shared = alike(earlier, later)
            needed = SAME_MATTER if is_exact(earlier.said) and is_exact(later.said) else SAME_MATTER_UNNAMED
            if later.said.day is None and earlier.day and later.day and (later.day - earlier.day).days > 1:
                needed = max(needed, SAME_MATTER_RETOLD)
            if shared >= needed and shared > score:
                best, score = earlier, shared
        if best is not None:
            a, b = sets.find(best.node), sets.find(later.node)
            person = max(people.get(a, ""), people.get(b, ""), key=len)
            sets.union(a, b)
            people[sets.find(a)] = person


def same_institution(a: Said, b: Said) -> bool:
    """Whether two sources speak for one institution."""
    x, y = a.institution, b.institution
    return x is not None and y is not None and bool(x.name) and x.name == y.name


def is_exact(said: Said) -> bool:
    """Whether a person or an institution is named, and not a state alone."""
    return bool(said.person) or (said.institution is not None and bool(said.institution.branch))


def is_too_old(earlier: Telling, later: Telling) -> bool:
    """Whether an earlier telling was published too long before to be the same statement."""
    return bool(earlier.told and later.told and (later.told - earlier.told).days > 2 * RETOLD_WITHIN_DAYS)


def can_agree(earlier: Telling, later: Telling, sets: Sets, people: dict[int, str]) -> bool:
    """Whether two tellings can be of one statement, by speaker and day."""
    x, y = people.get(sets.find(earlier.node), ""), people.get(sets.find(later.node), "")
    if x and y and not same_person(x, y):
        return False
    if (
        not (x and y)
        and is_exact(earlier.said)
        and is_exact(later.said)
        and not same_institution(earlier.said, later.said)
    ):
        return False
    if earlier.report == later.report and not (x and y) and not same_institution(earlier.said, later.said):
        return False
    if x and y:
        a, b = earlier.said.institution, later.said.institution
        states = {found.country for found in (a, b) if found is not None and found.country}
        if len(states) > 1 and fold_name(x) != fold_name(y):
            return False
    return days_agree(earlier, later)


def days_agree(earlier: Telling, later: Telling) -> bool:
    """The same day where both say it; within a day of publication, or of a week where one is retold without a day."""
    a, b = earlier.said.day, later.said.day
    if a and b:
        return a == b
    if earlier.day is None or later.day is None:
        return True
    apart = (later.day - earlier.day).days
    if b:
        return abs(apart) <= 1
    return -1 <= apart <= RETOLD_WITHIN_DAYS
