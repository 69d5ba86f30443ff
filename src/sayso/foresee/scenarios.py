"""Scenarios: how it may go on, how likely each analyst holds that at each time, and the indicators that tell.

A set of scenarios is a row of the ledger of the kind ``scenarios``; its scenarios, probabilities and indicators are
named rows about it. Exclusive scenarios share out at most 1 for each analyst; what is left is for none of them.

What the indicators make of a probability: each that fired since the analyst stated it multiplies the odds by 2 to the
power of its weight, or divides them where its direction is down; in an exclusive set the probabilities, with what is
left for none, are then brought back to 1. It is shown beside what the analysts said, never in its place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from sayso.foresee.hypotheses.matrices import CLOSE, check_key, check_text, put_first, read_fields, split_named
from sayso.foresee.indicators import Firing, Indicator
from sayso.foresee.patterns import parse_pattern, read_pattern
from sayso.forms import to_json
from sayso.record import Assessment, Pattern, Problem

MOST_WEIGHT = 10.0
DIRECTIONS = ("up", "down")
FEWEST, MOST_SURE = 0.001, 0.999
"""Odds of what was held for certain are reckoned from these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One way it may go on: `name` in a few words, `text` its description."""

    key: str
    name: str
    text: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """How likely one analyst held a scenario at a time, and why."""

    scenario: str
    probability: float
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenarios:
    """A set of scenarios. `beliefs` are all that were stated, in order; of an exclusive set one at most comes true."""

    id: str
    title: str
    exclusive: bool
    by: str = ""
    at: datetime | None = None
    scenarios: tuple[Scenario, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """How a scenario stands: the latest probability of each analyst (`beliefs`), their lowest, mean and highest, what
    the indicators make of the mean, and the indicators with how they stand."""

    scenario: Scenario
    beliefs: tuple[Belief, ...]
    low: float | None
    mean: float | None
    high: float | None
    indicated: float | None
    indicators: tuple[tuple[Indicator, Firing], ...]


def read_scenarios(root: Assessment, said: Iterable[Assessment]) -> Scenarios:
    """The set of a row of the kind ``scenarios`` and of the rows about it, in the order of saying."""
    body = read_fields(root.body)
    scenarios: dict[str, Scenario] = {}
    indicators: dict[str, Indicator] = {}
    beliefs: list[Belief] = []
    problems: list[Problem] = []
    for one in put_first(said, "scenario", "indicator"):
        try:
            found = read_fields(one.body)
            if one.kind == "scenario":
                made = msgspec.convert({**found, "by": one.by, "at": one.at}, Scenario)
                scenarios[check_key(made.key, scenarios)] = made
            elif one.kind == "probability":
                shares = check_probabilities(found["shares"], scenarios)
                reason = str(found.get("reason", ""))
                beliefs += [
                    Belief(scenario=key, probability=share, by=one.by, at=one.at, reason=reason)
                    for key, share in shares.items()
                ]
            elif one.kind == "indicator":
                told = read_indicator(found, one)
                if told.scenario not in scenarios:
                    raise ValueError(f"there is no scenario {told.scenario}")
                indicators[check_key(told.key, indicators)] = told
            elif one.kind == "indicator-dropped":
                known = indicators[found["indicator"]]
                dropped = "" if found.get("restored") else str(found.get("reason") or "dropped")
                indicators[known.key] = replace(known, dropped=dropped)
        except (ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
            problems.append(Problem(step=f"read {one.kind}", message=f"cannot be read: {error}", input=one.id))
    return Scenarios(
        id=root.id,
        title=str(body.get("title", "")),
        exclusive=body.get("exclusive") is True,
        by=root.by,
        at=root.at,
        scenarios=tuple(scenarios.values()),
        beliefs=tuple(beliefs),
        indicators=tuple(indicators.values()),
        problems=tuple(problems),
    )


def read_indicator(found: Mapping[str, Any], one: Assessment) -> Indicator:
    """The indicator of a body. Raises ValueError."""
    weight, direction = float(found.get("weight", 1.0)), found.get("direction", "up")
    check_indicator(weight, direction)
    return Indicator(
        key=str(found["key"]),
        scenario=str(found["scenario"]),
        pattern=parse_pattern(found["pattern"]),
        weight=weight,
        direction=direction,
        by=one.by,
        at=one.at,
    )


def draft_scenarios(
    title: str, scenarios: Iterable[str], *, exclusive: bool
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The body of a set and those of its scenarios ("S1: Reinforcement: more troops arrive"). Raises ValueError."""
    bodies: list[dict[str, Any]] = []
    for words in scenarios:
        bodies.append(draft_scenario([b["key"] for b in bodies], [b["name"] for b in bodies], words))
    if not bodies:
        raise ValueError("name a scenario at least")
    return {"title": check_text(title), "exclusive": exclusive}, bodies


def draft_scenario(keys: Sequence[str], names: Sequence[str], words: str) -> dict[str, Any]:
    """The body of one scenario. Raises ValueError."""
    key, text = split_named(words, len(keys) + 1, "S")
    check_key(key, dict.fromkeys(keys))
    name, _, rest = text.partition(": ")
    if name.casefold() in (known.casefold() for known in names):
        raise ValueError(f"two scenarios are called {name}")
    return {"key": key, "name": name.strip(), "text": rest.strip()}


def draft_probabilities(made: Scenarios, shares: Mapping[str, float], by: str, *, reason: str = "") -> dict[str, Any]:
    """The body of an analyst's probabilities. Those that he stated before for other scenarios of an exclusive set count
    in their sum. Raises ValueError."""
    found = check_probabilities(dict(shares), {s.key: s for s in made.scenarios})
    if made.exclusive:
        whole = {**{b.scenario: b.probability for b in latest(made.beliefs) if b.by == by}, **found}
        total = math.fsum(whole.values())
        if total > 1.0 + CLOSE:
            raise ValueError(f"these scenarios exclude each other, and {by}'s probabilities sum to {total:g}")
    return {"shares": found, "reason": " ".join(reason.split())}


def draft_indicator(
    made: Scenarios,
    scenario: str,
    pattern: str | Mapping[str, Any],
    *,
    weight: float = 1.0,
    direction: str = "up",
    since: datetime | None = None,
    origins: int | None = None,
    asked: datetime | None = None,
) -> dict[str, Any]:
    """The body of an indicator. It looks at what is published `since` then: where neither that nor its words say since
    when, from when it is `asked`. Raises ValueError."""
    if scenario not in {s.key for s in made.scenarios}:
        raise ValueError(f"there is no scenario {scenario}; there are {', '.join(s.key for s in made.scenarios)}")
    check_indicator(weight, direction)
    read = read_pattern(pattern, asked=asked) if isinstance(pattern, str) else parse_pattern(pattern)
    read = narrow_pattern(read, since=since or read.since or asked, origins=origins)
    if any(i.pattern == read and i.scenario == scenario and not i.dropped for i in made.indicators):
        raise ValueError("there is such an indicator already")
    n = len(made.indicators) + 1
    keys = {i.key for i in made.indicators}
    while f"I{n}" in keys:
        n += 1
    return {
        "key": f"I{n}",
        "scenario": scenario,
        "pattern": to_json(read),
        "weight": weight,
        "direction": direction,
    }


def narrow_pattern(pattern: Pattern, *, since: datetime | None = None, origins: int | None = None) -> Pattern:
    """A pattern with another beginning or number of origins. Raises ValueError."""
    if origins is not None and origins < 1:
        raise ValueError("an indicator takes at least 1 independent origin")
    since = since or pattern.since
    if since is not None and pattern.until is not None and pattern.until <= since:
        raise ValueError("its window ends before it begins")
    return replace(pattern, since=since, origins=origins or pattern.origins)


def check_indicator(weight: float, direction: object) -> None:
    """Raise ValueError where an indicator's weight or direction cannot be."""
    if not 0.0 < weight <= MOST_WEIGHT:
        raise ValueError(f"an indicator weighs more than 0 and at most {MOST_WEIGHT:g} doublings of the odds")
    if direction not in DIRECTIONS:
        raise ValueError(f"an indicator points up or down, not {direction!r}")


def check_probabilities(shares: Any, scenarios: Mapping[str, object]) -> dict[str, float]:
    """Probabilities from 0 to 1 of scenarios that are there. Raises ValueError."""
    found = msgspec.convert(shares, dict[str, float])
    if not found:
        raise ValueError("give a probability")
    for key, share in found.items():
        if key not in scenarios:
            raise ValueError(f"there is no scenario {key}; there are {', '.join(scenarios)}")
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"a probability lies from 0 to 1, not at {share:g}: say 0.4 for 40 %")
    return found


def latest(beliefs: Iterable[Belief]) -> list[Belief]:
    """The latest belief of each analyst about each scenario, in the order of stating."""
    found: dict[tuple[str, str], Belief] = {}
    for belief in beliefs:
        found.pop((belief.scenario, belief.by), None)
        found[belief.scenario, belief.by] = belief
    return list(found.values())


def draw_outlooks(made: Scenarios, firings: Mapping[str, Firing]) -> tuple[Outlook, ...]:
    """How each scenario of a set stands."""
    held = latest(made.beliefs)
    indicated = indicate(made, held, firings)
    outlooks = []
    for scenario in made.scenarios:
        mine = tuple(b for b in held if b.scenario == scenario.key)
        shares = [b.probability for b in mine]
        outlooks.append(
            Outlook(
                scenario=scenario,
                beliefs=mine,
                low=min(shares, default=None),
                mean=math.fsum(shares) / len(shares) if shares else None,
                high=max(shares, default=None),
                indicated=indicated.get(scenario.key),
                indicators=tuple(
                    (i, firings[i.key]) for i in made.indicators if i.scenario == scenario.key and i.key in firings
                ),
            )
        )
    return tuple(outlooks)


def indicate(made: Scenarios, held: Iterable[Belief], firings: Mapping[str, Firing]) -> dict[str, float]:
    """What the indicators make of the analysts' probabilities, by scenario, the mean over analysts; nothing where none
    fired since."""
    by_analyst: dict[str, dict[str, Belief]] = {}
    for belief in held:
        by_analyst.setdefault(belief.by, {})[belief.scenario] = belief
    found: dict[str, list[float]] = {}
    moved: set[str] = set()
    for beliefs in by_analyst.values():
        odds: dict[str, float] = {}
        for key, belief in beliefs.items():
            steps = sum_steps(made.indicators, firings, belief)
            moved |= {key} if steps else set()
            share = min(MOST_SURE, max(FEWEST, belief.probability))
            odds[key] = share * 2.0**steps if made.exclusive else share / (1.0 - share) * 2.0**steps
        if made.exclusive:
            left = max(0.0, 1.0 - math.fsum(b.probability for b in beliefs.values()))
            total = math.fsum(odds.values()) + left
            shares = {key: value / total for key, value in odds.items()}
            moved |= set(beliefs) if moved & set(beliefs) else set()
        else:
            shares = {key: value / (1.0 + value) for key, value in odds.items()}
        for key, share in shares.items():
            found.setdefault(key, []).append(share)
    return {key: math.fsum(shares) / len(shares) for key, shares in found.items() if key in moved}


def sum_steps(indicators: Iterable[Indicator], firings: Mapping[str, Firing], belief: Belief) -> float:
    """The weights of the indicators of a belief's scenario that fired since it was stated, those that point down taken
    off."""
    total = 0.0
    for one in indicators:
        firing = firings.get(one.key)
        if one.scenario != belief.scenario or firing is None or firing.state != "fired" or firing.fired is None:
            continue
        if firing.fired > belief.at:
            total += one.weight if one.direction == "up" else -one.weight
    return total
