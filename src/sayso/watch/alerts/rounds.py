"""One round: what the rules find in what came since the last one, kept and sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.crashes import Seen, survive, tell, watch
from sayso.errors import Error
from sayso.record import Problem
from sayso.watch.alerts.alerts import Alert
from sayso.watch.alerts.deliveries import deliver
from sayso.watch.alerts.rules import Rule, load_rules
from sayso.watch.alerts.sinks import Sink
from sayso.watch.alerts.stores import AlertStore, Mark

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.watch.alerts.touched import Touched, Weigher

LOOK_BACK = 500
"""Readings that are looked at once more: a database may show one later than others with higher numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round did: the alerts that were new, and what went wrong with rules and sinks."""

    alerts: list[Alert]
    problems: list[Problem]


def run_alerts(ledger: Ledger, store: AlertStore, sinks: Mapping[str, Sink], now: datetime) -> list[Alert]:
    """One round, and the alerts that are new; what went wrong is in `store.list_deliveries`."""
    return run_round(ledger, store, sinks, now).alerts


def run_round(
    ledger: Ledger,
    store: AlertStore,
    sinks: Mapping[str, Sink],
    now: datetime,
    *,
    cache: Path | None = None,
    weigher: Weigher | None = None,
) -> Round:
    """One round: find what the rules tell of the reports that came since the last one, keep it with a message to each
    sink, then send what is due. `weigher` holds what was weighed from round to round. Killed at any moment, the next
    round does what is left. Raises `Error` where the ledger or the store cannot be used."""
    rules, problems = load_rules(ledger)
    mark, new = find_new(ledger, store.mark, rules)
    found = find_alerts(ledger, rules, new, now, cache=cache, weigher=weigher, problems=problems) if rules else []
    kept = store.keep(found, sinks, now, mark)
    return Round(alerts=kept, problems=[*problems, *deliver(store, sinks, now)])


def find_new(ledger: Ledger, mark: Mark | None, rules: Sequence[Rule]) -> tuple[Mark, set[str]]:
    """How far the ledger goes, and the digests of the reports that came since a mark: since the first rule was made
    where there is none, or where the ledger has become another."""
    last = ledger.state()[0]
    if mark is None or mark.number > last:
        rows = ledger.list_new()
        begun = min((rule.at for rule in rules if rule.at is not None), default=None)
        known = {d for d, *_ in ledger.headings(entered_by=begun)} if begun else {d for _, d in rows}
        new = {digest for _, digest in rows} - known
    else:
        rows = ledger.list_new(max(0, mark.number - LOOK_BACK), first=True)
        new = {digest for number, digest in rows if number > mark.number or digest not in mark.lately}
    number = max((number for number, _ in rows), default=last)
    lately = tuple(digest for at, digest in rows if at > number - LOOK_BACK)
    return Mark(max(number, last), lately), new


def list_published(ledger: Ledger, since: datetime | None) -> set[str]:
    """The digests of the reports that were published since a moment, the undated too; of all without one."""
    rows = ledger.headings()
    return {digest for digest, _, _, at in rows if since is None or at is None or at >= since}


def find_alerts(
    ledger: Ledger,
    rules: Sequence[Rule],
    new: set[str],
    now: datetime,
    *,
    cache: Path | None = None,
    weigher: Weigher | None = None,
    problems: list[Problem] | None = None,
) -> list[Alert]:
    """What the rules tell of some new reports, each alert once, by story. A story that cannot be looked at is a problem
    and stops no other."""
    from sayso.watch.alerts.touched import Weigher

    problems = [] if problems is None else problems
    weigher = weigher or Weigher(ledger, cache)
    found: dict[str, Alert] = {}
    for touched in weigher.list_touched(new, now):
        for rule in rules:
            if rule.story and rule.story not in touched.digests:
                continue
            try:
                for alert in apply_safely(rule, touched, problems):
                    found[alert.id] = merge(found[alert.id], alert) if alert.id in found else alert
            except Error:
                raise
            except Exception as error:  # A fault of ours in one story must not cost the user the others' alerts.
                name = f"rule {rule.id[:8]}, story {touched.story.id}"
                problems.append(Problem(step="find_alerts", input=name, message=f"passed over: {tell(error)}"))
    from sayso.watch.alerts.elsewhere import find_closing

    for rule in (rule for rule in rules if rule.kind == "closing"):
        found |= {alert.id: alert for alert in find_closing(rule, ledger, now)}
    return list(found.values())


def apply_safely(rule: Rule, touched: Touched, problems: list[Problem]) -> list[Alert]:
    """What one rule tells of one story; where it crashes on a report, of the story without it, which is a problem."""
    try:
        return list(apply_rule(rule, touched))
    except Error:
        raise
    except Exception:
        seen = Seen()
        with watch(seen):
            alerts = survive(lambda: list(apply_rule(rule, touched.look_again())), "looking for alerts")
        problems.extend(problem for problem in seen.problems if problem not in problems)
        return alerts


def apply_rule(rule: Rule, touched: Touched) -> Iterator[Alert]:
    """What one rule tells of one story."""
    from sayso.watch.alerts.elsewhere import find_fired, find_revised
    from sayso.watch.alerts.finders import FINDERS

    if rule.kind in FINDERS:
        yield from FINDERS[rule.kind](rule, touched)
    elif rule.kind == "indicator":
        yield from find_fired(rule, touched)
    elif rule.kind == "revision":
        yield from find_revised(rule, touched)


def merge(alert: Alert, other: Alert) -> Alert:
    """One alert of two that say the same, with the claims of both."""
    claims = {one.claim: one for one in (*alert.claims, *other.claims)}
    return replace(alert, claims=tuple(claims.values()), more=alert.more + other.more)
