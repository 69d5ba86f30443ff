"""What an alert is: what a rule found, with the claims that made it, and the message that takes alerts to a sink."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A claim as an alert carries it: its exact `words`, the `chain` in words ("The Echo ← police"), the `origin` where
    it first came from ("" where none is known), and its report by id, digest, outlet, title, address and date."""

    claim: str
    words: str
    chain: str
    origin: str
    report: str
    digest: str
    outlet: str
    title: str
    url: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a rule found. `id` comes from the rule and what is said, so that nothing is told twice.

    `kind` and `rule` are those of the rule. `text` says it in one line; `question` is the point's or the forecasters'
    question that it belongs to, `story` and `story_name` the story, "" where it belongs to none. `was` and `now` are
    values in words, `why` the witness or the reason. `claims` made it, the new ones first, and there are `more` of
    them. `at` is when it was found.
    """

    id: str
    rule: str
    kind: str
    text: str
    at: datetime
    question: str = ""
    story: str = ""
    story_name: str = ""
    was: str = ""
    now: str = ""
    why: str = ""
    claims: tuple[Cited, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Some alerts on their way to one sink. `id` is the same however often they are sent, so that whoever gets them
    twice can tell. `recent` are the latest alerts of all, the newest first: a feed shows those."""

    id: str
    at: datetime
    alerts: tuple[Alert, ...]
    recent: tuple[Alert, ...] = ()

    @property
    def title(self) -> str:
        """All of it in one line."""
        stories = list(dict.fromkeys(alert.story_name for alert in self.alerts if alert.story_name))
        where = f": {stories[0]}" + (f" and {len(stories) - 1} more" if len(stories) > 1 else "") if stories else ""
        return f"{len(self.alerts)} alert{'' if len(self.alerts) == 1 else 's'}{where}"


Grouped = list[tuple[str, list[tuple[str, list[Alert]]]]]
"""Alerts by the name of their story, then by their question."""


def group_alerts(alerts: Iterable[Alert]) -> Grouped:
    """Alerts by story and by question, in the order in which these first come."""
    stories: dict[str, tuple[str, dict[str, list[Alert]]]] = {}
    for alert in alerts:
        _, questions = stories.setdefault(alert.story, (alert.story_name, {}))
        questions.setdefault(alert.question, []).append(alert)
    return [(name, list(questions.items())) for name, questions in stories.values()]
