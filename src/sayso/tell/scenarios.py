"""Scenarios and their indicators as rows: for people, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TextIO

from sayso.foresee.indicators import Firing, Indicator
from sayso.foresee.patterns import list_fields, say_pattern
from sayso.foresee.scenarios import Outlook, Scenarios
from sayso.forms import to_json
from sayso.record import Match
from sayso.tell.phrases import name_day
from sayso.tell.tables import dump_row, print_rows
from sayso.tell.tongues import _

SCENARIOS = ("scenario", "name", "text", "probability", "analysts", "indicated", "fired", "open")
INDICATORS = ("indicator", "scenario", "points", "looks_for", "state", "fired", "origins", "claims")
STEPS = ("at", "origins", "state", "report", "source", "claim", "text")


def row_of_scenarios(made: Scenarios, outlooks: Sequence[Outlook]) -> dict[str, Any]:
    """A set of scenarios with how each stands, as plain lists, dicts, strings and numbers."""
    return {
        "id": made.id,
        "title": made.title,
        "exclusive": made.exclusive,
        "by": made.by,
        "at": to_json(made.at),
        "scenarios": [row_of_outlook(outlook, made) for outlook in outlooks],
        "problems": to_json(made.problems),
    }


def row_of_outlook(outlook: Outlook, made: Scenarios) -> dict[str, Any]:
    """One scenario with the analysts' probabilities over time and its indicators."""
    scenario = outlook.scenario
    return {
        "key": scenario.key,
        "name": scenario.name,
        "text": scenario.text,
        "by": scenario.by,
        "at": to_json(scenario.at),
        "probability": {"low": outlook.low, "mean": rounded(outlook.mean), "high": outlook.high},
        "indicated": rounded(outlook.indicated),
        "analysts": [
            {"by": b.by, "at": to_json(b.at), "probability": b.probability, "reason": b.reason} for b in outlook.beliefs
        ],
        "line": [
            {"by": b.by, "at": to_json(b.at), "probability": b.probability, "reason": b.reason}
            for b in made.beliefs
            if b.scenario == scenario.key
        ],
        "indicators": [row_of_indicator(one, firing) for one, firing in outlook.indicators],
    }


def row_of_indicator(one: Indicator, firing: Firing) -> dict[str, Any]:
    """One indicator with how it stands and all claims that speak of it."""
    return {
        "key": one.key,
        "scenario": one.scenario,
        "pattern": to_json(one.pattern),
        "weight": one.weight,
        "direction": one.direction,
        "by": one.by,
        "at": to_json(one.at),
        **row_of_firing(firing),
    }


def row_of_firing(firing: Firing) -> dict[str, Any]:
    """How a pattern stands."""
    return {
        "state": firing.state,
        "fired": to_json(firing.fired),
        "perhaps": to_json(firing.perhaps),
        "origins": {"low": firing.origins[0], "high": firing.origins[1]},
        "claims": list(firing.claims),
        "matches": to_json(firing.matches),
        "steps": [
            {"at": to_json(s.at), "origins": {"low": s.origins[0], "high": s.origins[1]}, "claims": list(s.claims)}
            for s in firing.steps
        ],
    }


def rounded(share: float | None) -> float | None:
    """A probability to four places."""
    return None if share is None else round(share, 4)


def print_scenarios(made: Scenarios, outlooks: Sequence[Outlook], fmt: str, out: TextIO) -> None:
    """Write a set of scenarios: two tables for people, one object as JSON, the scenarios as CSV."""
    if fmt in ("json", "jsonl"):
        out.write(dump_row(row_of_scenarios(made, outlooks)) + "\n")
        return
    if fmt == "table":
        out.write(f"{made.title}{' (one at most comes true)' if made.exclusive else ''}\n\n")
    print_rows(list(show_outlooks(outlooks)), SCENARIOS, fmt, out)
    if fmt == "table" and any(outlook.indicators for outlook in outlooks):
        print_rows(list(show_indicators(outlooks)), INDICATORS, fmt, out)


def show_outlooks(outlooks: Sequence[Outlook]) -> Iterator[dict[str, Any]]:
    """A row a scenario."""
    for outlook in outlooks:
        states = [firing.state for _, firing in outlook.indicators]
        yield {
            "scenario": outlook.scenario.key,
            "name": outlook.scenario.name,
            "text": outlook.scenario.text,
            "probability": say_spread(outlook),
            "analysts": ", ".join(b.by for b in outlook.beliefs),
            "indicated": "" if outlook.indicated is None else say_share(outlook.indicated),
            "fired": states.count("fired"),
            "open": sum(state in ("not yet", "perhaps") for state in states),
        }


def say_spread(outlook: Outlook) -> str:
    """The analysts' probabilities: one, or the mean with the lowest and highest."""
    if outlook.mean is None or outlook.low is None or outlook.high is None:
        return ""
    if len(outlook.beliefs) == 1 or outlook.low == outlook.high:
        return say_share(outlook.mean)
    spread = _("{low} to {high}", low=say_share(outlook.low), high=say_share(outlook.high))
    return f"{say_share(outlook.mean)} ({spread})"


def say_share(share: float) -> str:
    """A probability in percent; never 0 or 100 where it is neither."""
    if 0.0 < share < 0.005:
        return "<1 %"
    if 0.995 < share < 1.0:
        return ">99 %"
    return f"{share:.0%}".replace("%", " %")


def show_indicators(outlooks: Sequence[Outlook]) -> Iterator[dict[str, Any]]:
    """A row an indicator."""
    for outlook in outlooks:
        for one, firing in outlook.indicators:
            yield {
                "indicator": one.key,
                "scenario": one.scenario,
                "points": f"{one.direction} ({one.weight:g})",
                "looks_for": say_pattern(one.pattern),
                "state": firing.state,
                "fired": say_moment(firing.fired),
                "origins": say_origins(firing),
                "claims": list(firing.claims),
            }


def say_origins(firing: Firing) -> str:
    """How many independent origins stand for a pattern."""
    low, high = firing.origins
    return str(low) if low == high else _("{low} to {high}", low=low, high=high)


def say_moment(moment: datetime | None) -> str:
    """A moment to the minute, in UTC."""
    utc = moment.astimezone(UTC) if moment else None
    return f"{name_day(utc)} {utc:%H:%M} UTC" if utc else ""


def print_replay(named: Mapping[str, tuple[Any, Firing]], fmt: str, out: TextIO) -> None:
    """Write the replays of patterns: what each asks for, its steps and when it fired."""
    if fmt in ("json", "jsonl"):
        rows = [{"key": key, "pattern": to_json(p), **row_of_firing(f)} for key, (p, f) in named.items()]
        out.write(dump_row(rows) + "\n")
        return
    for key, (pattern, firing) in named.items():
        if fmt == "table":
            asked = "; ".join(f"{name}: {value}" for name, value in list_fields(pattern).items())
            out.write(f"{key}  {say_pattern(pattern)}\n    {asked}\n    {say_firing(firing)}\n\n")
        print_rows(list(show_steps(firing, pattern.origins)), STEPS, fmt, out)


def say_firing(firing: Firing) -> str:
    """When a pattern fired, in words."""
    if firing.fired is None:
        when = f"; with the highest count of origins on {say_moment(firing.perhaps)}" if firing.perhaps else ""
        return f"has not fired{when}"
    return f"fired on {say_moment(firing.fired)}; now {firing.state}, {say_origins(firing)} independent origins"


def show_steps(firing: Firing, asked: int) -> Iterator[dict[str, Any]]:
    """A row a claim that came to stand for a pattern, in the order of publication."""
    matches: dict[str, Match] = {match.claim: match for match in firing.matches}
    for step in firing.steps:
        for claim in step.claims:
            match = matches.get(claim)
            low, high = step.origins
            yield {
                "at": say_moment(step.at),
                "origins": str(low) if low == high else f"{low} to {high}",
                "state": "fired" if low >= asked else "perhaps" if high >= asked else "not yet",
                "report": match.report if match else "",
                "source": match.source if match else "",
                "claim": claim,
                "text": match.text if match else "(retracted or replaced since)",
            }
