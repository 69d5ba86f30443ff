"""Alerts at the desk: what the rules found, by story and question, who acknowledged it, and the rules themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.errors import Error
from sayso.moments import tell_now
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.foreseeing import refuse_clearly
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.watch.alerts.rules import Rule, drop_rule, find_rule, load_rules, make_rule, row_of_rule
from sayso.watch.alerts.stores import Noted, row_of_noted

MOST_SHOWN, MOST_AT_FRONT = 200, 5
"""Alerts on their own page and on the first one, the latest."""


@dataclass(frozen=True, slots=True)
class Alerted:
    """The alerts of a page: by the id and name of a story, then by question, with how many there are `more`; and the
    rules that make them."""

    stories: list[tuple[str, str, list[tuple[str, list[Noted]]]]]
    more: int
    rules: list[Rule]


def list_alerts(desk: Desk, at: Viewpoint, *, seen: bool = False) -> Alerted:
    """The latest alerts that had been found at a moment and that nobody has acknowledged, or all."""
    noted = [one for one in desk.alerts.list_noted(seen=seen) if at.as_of is None or one.alert.at <= at.as_of]
    grouped: dict[tuple[str, str], dict[str, list[Noted]]] = {}
    for one in noted[:MOST_SHOWN]:
        of_story = grouped.setdefault((one.alert.story, one.alert.story_name), {})
        of_story.setdefault(one.alert.question, []).append(one)
    stories = [(id, name, list(questions.items())) for (id, name), questions in grouped.items()]
    return Alerted(stories, max(0, len(noted) - MOST_SHOWN), load_rules(desk.ledger, at.as_of)[0])


def list_latest(desk: Desk, at: Viewpoint) -> list[Noted]:
    """The latest alerts that nobody has acknowledged: none where the desk is looked at from an earlier moment."""
    return desk.alerts.list_noted(MOST_AT_FRONT, seen=False) if at.as_of is None else []


def list_found(desk: Desk, as_of: datetime | None, *, seen: bool = False) -> list[dict[str, Any]]:
    """The rows of `sayso alerts`: what had been found by then, the newest first."""
    noted = desk.alerts.list_noted(seen=seen)
    return [row_of_noted(one) for one in noted if as_of is None or one.alert.at <= as_of]


def list_rules(desk: Desk, as_of: datetime | None) -> list[dict[str, Any]]:
    """The rows of `sayso alerts rules`: what the team wants to be told of."""
    return [row_of_rule(rule) for rule in load_rules(desk.ledger, as_of)[0]]


def show_rule(desk: Desk, id: str, as_of: datetime | None = None) -> dict[str, Any]:
    """One of them, by its id or the beginning of one. Raises `MissingError`."""
    try:
        return row_of_rule(find_rule(load_rules(desk.ledger, as_of)[0], id))
    except ValueError:
        raise MissingError(f"there is no rule {id}") from None


def add_rule(desk: Desk, kind: str, *, by: str, **given: Any) -> dict[str, Any]:
    """Keep a rule, with what `sayso alerts add` takes; its row. Raises `Error`."""
    with refuse_clearly():
        return show_rule(desk, make_rule(desk.ledger, kind, by=by, cache=desk.cache, **given).id)


def remove_rule(desk: Desk, id: str, *, by: str, reason: str = "") -> None:
    """Drop a rule. Raises `MissingError`."""
    drop_rule(desk.ledger, show_rule(desk, id)["id"], by=by, reason=reason)


def acknowledge(desk: Desk, id: str, *, by: str, reason: str = "") -> dict[str, Any]:
    """Note that somebody has seen an alert; its row, in which who was first counts. Raises `MissingError`."""
    try:
        alert = desk.alerts.find(id)
    except Error as error:
        raise MissingError(str(error)) from None
    desk.alerts.acknowledge(alert.id, by=by, at=tell_now(), reason=" ".join(reason.split()))
    return next(row_of_noted(one) for one in desk.alerts.list_noted() if one.alert.id == alert.id)
