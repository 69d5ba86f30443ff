"""Alerts at the desk: what the rules found, by story and question, and who acknowledged it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.moments import tell_now
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.watch.alerts.rules import Rule, load_rules
from sayso.watch.alerts.stores import Noted

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
    return Alerted(stories, max(0, len(noted) - MOST_SHOWN), load_rules(desk.ledger)[0])


def list_latest(desk: Desk, at: Viewpoint) -> list[Noted]:
    """The latest alerts that nobody has acknowledged: none where the desk is looked at from an earlier moment."""
    return desk.alerts.list_noted(MOST_AT_FRONT, seen=False) if at.as_of is None else []


def acknowledge(desk: Desk, id: str, *, by: str, reason: str = "") -> None:
    """Note that somebody has seen an alert. Raises `Error`."""
    desk.alerts.acknowledge(id, by=by, at=tell_now(), reason=" ".join(reason.split()))
