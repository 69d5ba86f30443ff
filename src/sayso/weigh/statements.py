"""Which words of sources in different reports are one statement: the same speaker on the same day on the same matter.

One spokesman's statement to several outlets is one origin; what the same spokesman says a week later is another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.moments import step_days
from sayso.weigh.sources import Said
from sayso.who.names import fold_name, same_person

RETOLD_WITHIN_DAYS = 7
"""A statement told without its day, and not as news, may be an earlier one."""

MOST_COMPARED = 30
"""Tellings of one source and day that a new one is compared with: the latest; they are of few statements."""

SAME_MATTER = 0.05
"""Weighted share of details that two tellings of one statement have in common at least, as the later tells it."""

WHOLLY = (1.0, True)
"""A telling that holds all of a later one, as its own news: none can be more alike."""

SAME_MATTER_NEXT_DAY = 0.16
"""The same where the days are not said and differ."""

SAME_MATTER_STATE = 0.25
"""The same where only the state is named: it speaks with many voices on one day."""


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
    publication, `outlet` whose report it is, "" where that is a later version of another. `fresh` tellings are what a
    report leads with: without a day, they are of the day of publication."""

    node: int
    report: int
    said: Said
    told: date | None
    fresh: bool = False
    outlet: str = ""

    @property
    def day(self) -> date | None:
        """The day of the statement: as the words say, else that of publication."""
        return self.said.day or self.told


Alike = Callable[[Telling, Telling], float]
"""The weighted share, 0 to 1, of an earlier and a later telling's matter that they have in common."""


def join_tellings(tellings: Sequence[Telling], sets: Sets, alike: Alike) -> None:
    """Unite the tellings of one statement; they come in order of publication.

    Persons are joined first, then institutions, then states, then who is known by an office, so that a vague source
    joins a named one and never two different ones.
    """
    people: dict[int, str] = {t.node: t.said.person for t in tellings}
    for key_of in (key_by_person, key_by_institution, key_by_state, key_by_role):
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
    """The institution's name, where a branch or an organisation is known, and the branch of whatever state."""
    found = said.institution
    if found is None or not found.branch or not found.name:
        return ()
    # A ministry of no known state may be that of any.
    return (found.name,) if found.branch == "organisation" else (found.name, f"~{found.branch}")


def key_by_state(said: Said) -> tuple[str, ...]:
    """The state that a source speaks for."""
    found = said.institution
    return (found.country,) if found is not None and found.country and found.name else ()


def key_by_role(said: Said) -> tuple[str, ...]:
    """The office by which a source is known."""
    return (said.role,) if said.role else ()


def join_bucket(bucket: Sequence[Telling], sets: Sets, people: dict[int, str], alike: Alike) -> None:
    """Join each telling to the most alike earlier one that can be the same statement, and to what else the same
    institution is told to have said of this on that day."""
    by_day: dict[date | None, list[Telling]] = {}
    for later in bucket:
        near = [earlier for day in days_near(later) for earlier in by_day.get(day, ())[-MOST_COMPARED:]]
        best, score, fits = None, (0.0, False), list[Telling]()
        for earlier in near:
            if sets.find(earlier.node) == sets.find(later.node):
                best = None
                break
            if can_agree(earlier, later, sets, people):
                shared = alike(earlier, later)
                if shared >= matter_needed(earlier, later):
                    fits.append(earlier)
                    if (shared, earlier.fresh) > score:
                        best, score = earlier, (shared, earlier.fresh)
                        if score == WHOLLY:
                            break
        if best is not None:
            join_telling(best, later, sets, people)
            for other in fits:
                same = other.day == best.day == later.day and same_institution(other.said, later.said)
                if same and can_agree(other, later, sets, people):
                    join_telling(other, later, sets, people)
        by_day.setdefault(later.day, []).append(later)


def join_telling(earlier: Telling, later: Telling, sets: Sets, people: dict[int, str]) -> None:
    """Make one statement of the two tellings, by whoever is named more fully."""
    a, b = sets.find(earlier.node), sets.find(later.node)
    person = max(people.get(a, ""), people.get(b, ""), key=len)
    sets.union(a, b)
    people[sets.find(a)] = person


def matter_needed(earlier: Telling, later: Telling) -> float:
    """How much two tellings must share to be of one statement."""
    if has_office(earlier.said, later.said):
        return SAME_MATTER_NEXT_DAY if earlier.day == later.day else SAME_MATTER_STATE
    if not (is_exact(earlier.said) and is_exact(later.said)):
        return SAME_MATTER_STATE
    if later.fresh and not earlier.fresh:
        return SAME_MATTER_STATE  # What was told in passing before is rarely what is news now.
    if is_stateless(earlier.said) or is_stateless(later.said):
        return SAME_MATTER_NEXT_DAY if earlier.day == later.day else SAME_MATTER_STATE
    return SAME_MATTER if earlier.day == later.day else SAME_MATTER_NEXT_DAY


def same_institution(a: Said, b: Said) -> bool:
    """Whether two sources speak for one institution; a ministry of no known state may be that of any."""
    x, y = a.institution, b.institution
    if x is None or y is None or not x.name or not y.name:
        return False
    return x.name == y.name or (x.branch == y.branch and (is_stateless(a) or is_stateless(b)))


def is_stateless(said: Said) -> bool:
    """Whether a source speaks for a branch of a state that nothing names."""
    found = said.institution
    return found is not None and found.name == found.branch != "" and not found.country


def has_office(a: Said, b: Said) -> bool:
    """Whether both sources hold one office and not both are named."""
    return bool(a.role) and a.role == b.role and not (a.person and b.person)


def is_exact(said: Said) -> bool:
    """Whether a person or an institution is named, and not a state alone."""
    return bool(said.person) or (said.institution is not None and bool(said.institution.branch))


def can_agree(earlier: Telling, later: Telling, sets: Sets, people: dict[int, str]) -> bool:
    """Whether two tellings can be of one statement, by speaker and day."""
    x, y = people.get(sets.find(earlier.node), ""), people.get(sets.find(later.node), "")
    if x and y and not same_person(x, y):
        return False
    if (
        not (x and y)
        and not has_office(earlier.said, later.said)
        and is_exact(earlier.said)
        and is_exact(later.said)
        and not same_institution(earlier.said, later.said)
    ):
        return False
    if earlier.report == later.report and not (x and y) and not same_institution(earlier.said, later.said):
        return has_office(earlier.said, later.said)
    if x and y:
        a, b = earlier.said.institution, later.said.institution
        states = {found.country for found in (a, b) if found is not None and found.country}
        if len(states) > 1 and fold_name(x) != fold_name(y):
            return False
    return days_agree(earlier, later)


def days_near(later: Telling) -> list[date | None]:
    """The days on which a statement can have been made: its own and, where the words do not say, the days about it,
    or the week before where a person's words are retold and are no news."""
    if later.day is None:
        return [None]
    back = 1 if later.said.day or later.fresh or not later.said.person else RETOLD_WITHIN_DAYS
    return [None, *(step_days(later.day, -n) for n in range(back, -2, -1))]


def days_agree(earlier: Telling, later: Telling) -> bool:
    """Whether two tellings near each other can be of one day: where both say it, it must be the same. What tells of a
    day was not said before it, and an outlet does not lead with one statement on two days."""
    for one, other in ((earlier, later), (later, earlier)):
        if one.said.since is not None and other.day is not None and other.day < one.said.since:
            return False
    anew = earlier.fresh and later.fresh and bool(earlier.outlet) and earlier.outlet == later.outlet
    if anew and earlier.told != later.told:
        return False
    return earlier.said.day is None or later.said.day is None or earlier.said.day == later.said.day
