"""What rules find that is no matter of one story's points: indicators, versions of an article, questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sayso.foresee.matches import count_matched, match_facts
from sayso.foresee.questions.dockets import read_docket
from sayso.foresee.questions.questions import name_status
from sayso.ids import make_id
from sayso.tell.citations import name_moment
from sayso.watch.alerts.alerts import Alert
from sayso.watch.alerts.rules import Rule
from sayso.watch.alerts.touched import Touched
from sayso.watch.revisions import find_revisions
from sayso.weigh.changes import count

if TYPE_CHECKING:
    from sayso.ledger import Ledger

TOLD = ("figure", "source", "date", "headline", "polarity")
"""Kinds of revisions that are told: how sure something sounds changes with every editor."""


def find_fired(rule: Rule, touched: Touched) -> Iterator[Alert]:
    """Indicators that have enough independent origins in a story and had not before."""
    for made in touched.weigher.sets:
        names = {scenario.key: scenario.name for scenario in made.scenarios}
        for one in made.indicators:
            asked = not rule.indicator or rule.indicator.casefold() == one.key.casefold()
            if one.dropped or not asked or not rule.holds(one.pattern.words, made.title, names.get(one.scenario, "")):
                continue
            was, now = (
                list(match_facts(one.pattern, facts, picture.readings))
                for facts, picture in zip(touched.facts, (touched.before, touched.after), strict=True)
            )
            before, after = count_matched(was), count_matched(now)
            if before[0] < one.pattern.origins <= after[0]:
                claims = [match.claim for _, match in now if match.stands == "for"]
                name = f"{one.scenario}: {names.get(one.scenario, '')}".rstrip(": ")
                text = f"Indicator {one.key} of {made.title} fires for {name}: {one.pattern.words}"
                yield touched.alert(
                    rule, (made.id, one.key), text, claims, question=made.title, was=count(before), now=count(after)
                )


def find_revised(rule: Rule, touched: Touched) -> Iterator[Alert]:
    """What the new versions of articles tell otherwise than those before them without saying so."""
    ledger = touched.weigher.ledger
    pairs = {later: earlier for later, earlier in ledger.versions(only=touched.new).items() if later in touched.new}
    kept = {r.report.digest: r for r in ledger.readings(only={*pairs, *pairs.values()})} if pairs else {}
    for later, earlier in pairs.items():
        if later not in kept or earlier not in kept:
            continue
        after = kept[later]
        for one in find_revisions(kept[earlier], after):
            if one.noted or one.kind not in TOLD or not rule.holds(after.report.title, one.was, one.now):
                continue
            outlet = after.report.outlet or after.report.id
            now_said = f"“{one.now}”" if one.now else "gone"
            text = f"{outlet} changed a {one.kind} without saying so: “{one.was}” is now {now_said}"
            claims = [claim.id for claim in (one.claim_after, one.claim_before) if claim is not None]
            yield touched.alert(
                rule, (later, earlier, one.kind, one.was, one.now), text, claims or [c.id for c in after.claims[:1]],
                was=one.was, now=one.now, why=after.report.url or after.report.title,
            )  # fmt: skip


def find_closing(rule: Rule, ledger: Ledger, now: datetime) -> Iterator[Alert]:
    """Questions for forecasters that close within so many days."""
    docket = read_docket(ledger.assessments("question"), (), ledger.assessments("resolution"))
    for versions in docket.versions.values():
        question = versions[-1]
        if question.closes is None or not now <= question.closes <= now + timedelta(days=rule.within):
            continue
        if name_status(question, docket.find_resolution(question), now) == "open" and rule.holds(question.text):
            yield Alert(
                id=make_id("alert", rule.id, rule.kind, question.id, question.closes),
                rule=rule.id,
                kind=rule.kind,
                text=f"Closes on {name_moment(question.closes)}: {' '.join(question.text.split())}",
                at=now,
                question=" ".join(question.text.split()),
                now=question.closes.isoformat(),
            )
