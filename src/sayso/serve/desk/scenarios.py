"""Sets of scenarios at the desk: how each stands, which indicators fired and at how many origins, and what an analyst
says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.api.assessments import know_of, load_scenarios
from sayso.errors import Error
from sayso.foresee.indicators import Firing, Indicator, Lookout, look_all
from sayso.foresee.patterns import list_fields, parse_pattern, say_pattern
from sayso.foresee.scenarios import (
    Outlook,
    Scenarios,
    draft_indicator,
    draft_probabilities,
    draft_scenario,
    draft_scenarios,
    draw_outlooks,
    read_scenarios,
)
from sayso.moments import tell_now
from sayso.record import Match
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.foreseeing import find_assessed, find_whole, index_reports, key_lines, refuse_clearly
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.foreseen import name_likelihood
from sayso.tell.scenarios import say_moment, say_origins, say_share, say_spread

MOST_MATCHES = 12
"""Claims shown that stand for an indicator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRow:
    """A set of scenarios in the list of them."""

    id: str
    title: str
    names: tuple[str, ...]
    indicators: int
    analysts: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSight:
    """An indicator as the page shows it: what it looks for, in words and field by field, how it stands, at how many
    origins, when it fired, and the claims that stand for it, each with its report's digest."""

    indicator: Indicator
    firing: Firing
    looks_for: str
    fields: dict[str, str]
    origins: str
    fired: str
    claims: tuple[tuple[Match, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioSight:
    """A scenario as the page shows it: what analysts hold and what the indicators make of it, in words."""

    outlook: Outlook
    held: str
    likelihood: str
    indicated: str
    indicators: tuple[IndicatorSight, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSight:
    """A set of scenarios, each with how it stands."""

    made: Scenarios
    scenarios: tuple[ScenarioSight, ...]


def list_sets(desk: Desk, at: Viewpoint) -> list[SetRow]:
    """The sets of scenarios as known then, the newest first."""
    rows = []
    for root in reversed(desk.ledger.assessments("scenarios", as_of=at.as_of)):
        made = read_scenarios(root, desk.ledger.assessments(about=root.id, as_of=at.as_of))
        rows.append(
            SetRow(
                id=root.id,
                title=made.title,
                names=tuple(scenario.name for scenario in made.scenarios),
                indicators=sum(not one.dropped for one in made.indicators),
                analysts=tuple(sorted({belief.by for belief in made.beliefs})),
                by=root.by,
                at=root.at,
            )
        )
    return rows


def find_set(desk: Desk, id: str, at: Viewpoint) -> SetSight:
    """A set of scenarios with how each stands, as known then. Raises `MissingError`."""
    root = find_assessed(desk, "scenarios", id, at.as_of)
    found: SetSight = desk.hold(("scenarios", root.id, at.as_of), lambda: look_sight(desk, root.id, at.as_of))
    return found


def look_sight(desk: Desk, id: str, as_of: datetime | None) -> SetSight:
    """A set whose indicators are looked for in the picture of a moment."""
    made = load_scenarios(desk.ledger, id, as_of)
    picture = find_whole(desk, as_of)
    lookout = Lookout(picture, know_of(desk.ledger, None))
    outlooks = draw_outlooks(made, look_all(lookout, made.indicators))
    digests = index_reports(picture)
    return SetSight(made=made, scenarios=tuple(view_outlook(outlook, digests) for outlook in outlooks))


def view_outlook(outlook: Outlook, digests: Mapping[str, str]) -> ScenarioSight:
    """What the page shows of a scenario."""
    return ScenarioSight(
        outlook=outlook,
        held=say_spread(outlook),
        likelihood=name_likelihood(outlook.mean) if outlook.mean is not None else "",
        indicated="" if outlook.indicated is None else say_share(outlook.indicated),
        indicators=tuple(view_indicator(one, firing, digests) for one, firing in outlook.indicators),
    )


def view_indicator(one: Indicator, firing: Firing, digests: Mapping[str, str]) -> IndicatorSight:
    """What the page shows of an indicator."""
    standing = [match for match in firing.matches if match.stands == "for"][:MOST_MATCHES]
    return IndicatorSight(
        indicator=one,
        firing=firing,
        looks_for=say_pattern(one.pattern),
        fields=list_fields(one.pattern),
        origins=say_origins(firing),
        fired=say_moment(firing.fired),
        claims=tuple((match, digests.get(match.claim, "")) for match in standing),
    )


def read_latest(desk: Desk, id: str) -> Scenarios:
    """A set as it is now. Raises `MissingError`."""
    return load_scenarios(desk.ledger, find_assessed(desk, "scenarios", id).id)


def put_set(desk: Desk, title: str, scenarios: Sequence[str], by: str, *, exclusive: bool) -> str:
    """Describe how it may go on; the id of the set. Raises `Error`."""
    with refuse_clearly():
        body, bodies = draft_scenarios(title, key_lines(scenarios, "S"), exclusive=exclusive)
    root = desk.ledger.assess("scenarios", body, by=by)
    desk.ledger.assess_all([("scenario", one, by, root.id, None) for one in bodies])
    return root.id


def add_scenario(desk: Desk, id: str, words: str, by: str) -> str:
    """One more scenario ("Split: half of them go back"); its key. Raises `Error`."""
    made = read_latest(desk, id)
    with refuse_clearly():
        keys = [scenario.key for scenario in made.scenarios]
        key = next(f"S{n}" for n in range(1, len(keys) + 2) if f"S{n}" not in keys)
        body = draft_scenario(keys, [scenario.name for scenario in made.scenarios], f"{key}: {words}")
    desk.ledger.assess("scenario", body, by=by, about=made.id)
    return str(body["key"])


def state_probabilities(desk: Desk, id: str, percents: Mapping[str, str], reason: str, by: str) -> None:
    """Say how likely scenarios are, in per cent by their keys; empty ones are left as they were. Raises `Error`."""
    made = read_latest(desk, id)
    with refuse_clearly():
        shares = {key: float(words.replace(",", ".")) / 100 for key, words in percents.items() if words.strip()}
        body = draft_probabilities(made, shares, by, reason=reason)
    desk.ledger.assess("probability", body, by=by, about=made.id)


def add_indicator(
    desk: Desk, id: str, scenario: str, words: str, by: str, *, weight: float = 1.0, down: bool = False,
    origins: int | None = None, since: datetime | None = None,
) -> dict[str, str]:  # fmt: skip
    """Say what would be told if a scenario came true; how the words were understood, field by field. Raises `Error`."""
    made = read_latest(desk, id)
    with refuse_clearly():
        body: dict[str, Any] = draft_indicator(
            made, scenario, words, weight=weight, direction="down" if down else "up", since=since, origins=origins,
            asked=tell_now(),
        )  # fmt: skip
    desk.ledger.assess("indicator", body, by=by, about=made.id)
    return list_fields(parse_pattern(body["pattern"]))


def drop_indicator(desk: Desk, id: str, indicator: str, reason: str, by: str) -> None:
    """Let an indicator count no more, with a reason. Raises `Error`."""
    made = read_latest(desk, id)
    if indicator not in {one.key for one in made.indicators}:
        raise Error(f"there is no indicator {indicator}")
    if not reason.strip():
        raise Error("say why it no longer counts")
    body = {"indicator": indicator, "reason": reason.strip(), "restored": False}
    desk.ledger.assess("indicator-dropped", body, by=by, about=made.id)
