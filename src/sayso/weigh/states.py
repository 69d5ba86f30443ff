"""What kinds of question a claim answers: how many, since when not seen, whether there, when it began."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sayso.extract.claims.events import load_statuses
from sayso.record import Figure
from sayso.weigh.bodies import ARMED, PRONOUNS, names_country, speaks_of
from sayso.weigh.causes import ORDER, read_cause, read_order
from sayso.weigh.conditions import HELD, read_conditions, read_holder
from sayso.weigh.facts import Fact
from sayso.weigh.firsts import is_first_fight
from sayso.weigh.happenings import WHEN, read_happenings
from sayso.weigh.parties import MUTE, find_matter, party_subjects
from sayso.weigh.reasons import read_decision, read_reason
from sayso.weigh.subjects import Subject, name_subject
from sayso.weigh.topics import name_family, tells_newcomers
from sayso.weigh.wordings import stems_of

Kind = tuple[str, str, str]
"""The kind of a point (figure, absence, status, date, event), its unit, and the state or event asked about."""

BEGINNINGS = frozenset(
    ("attack", "territory gained", "accident", "disaster", "ceasefire", "agreement", "closure", "election")
)
"""Events that happen once, so that two dates for one are in question."""
INCURSIONS = frozenset(("attack", "territory gained"))
LONG_PAST = timedelta(days=10)
"""A date this long before publication is background, told by many; a nearer one is the news itself."""
STILL = re.compile(r"\b(still|continu\w+|keeps?|remain\w*)\b", re.IGNORECASE)
SINCE = re.compile(r"\b(since|last (seen|observed|spotted|heard))\b", re.IGNORECASE)
AWAY = re.compile(
    r"\b(gone from|(stay|stayed|staying|kept|keep) (out of|away from)|out of (sight|combat|action)|no (sign|trace) of|"
    r"lull|(without|no) (any )?contact|not (been )?(seen|sighted|fought|come across|encountered|observed|visible))\b",
    re.IGNORECASE,
)
"""Words for being away where no verb of an event says it."""

STRENGTH = frozenset(("", "sent", "total", "present", "returned", "stayed"))
"""What is said of a body of people whose size is told: that it was sent, arrived, or is there."""
LAND = frozenset(("", "seized", "held", "lost", "total"))
"""The same of a stretch of land."""
NEAR = 28
"""Code points about a figure in which it is told that more are counted."""
LEFT = re.compile(
    r"\b(remain\w*|(be|is|are|were) gone|out of action|still (fighting|fit|there)|cut (by|in)|fit to fight)\b",
    re.IGNORECASE,
)
MOVED = re.compile(r"\b(up|down|compared) (from|with)\s*$", re.IGNORECASE)
"""Words before a figure that another has replaced: it answers the same question."""
FIRST_TIME = re.compile(r"\b(for the first time|the first time|first (confirm|acknowledg|admi)\w*)\b", re.IGNORECASE)
ABOARD_STATES = frozenset(("", "sent", "total"))
ABOARD = re.compile(r"\b(aboard|on board)\b", re.IGNORECASE)
PASSENGERS = re.compile(r"\b(passengers?|crew)\b", re.IGNORECASE)
"""Those who travel, who are neither sent nor deployed."""


AMONG = re.compile(
    r"\s+of the (dead|killed|missing|injured|wounded|survivors|victims|hostages|sick|arrested)\b", re.IGNORECASE
)
"""Words after a figure that counts a part of those who are in a state: a question of its own."""
GRAVELY, GRAVE_WITHIN = (
    re.compile(r"^[^,;]*\b(seriously|critical|critically|gravely|badly|severely)\b", re.IGNORECASE),
    60,
)
"""Words about a figure that counts those who are worse hurt than others, and the code points in which they stand."""


def answers_of(fact: Fact) -> Iterator[tuple[Kind, Fact]]:
    """The kinds of question that a fact answers, each with the fact as it bears on it: with the figure reckoned rather
    than the one said, the stretch of an absence, the party whose position it is."""
    claim = fact.claim
    figure = claim.figure
    if figure is not None and (figure.low is not None or figure.high is not None):
        kind = count_kind(fact, figure)
        yield ("figure", *kind), replace(fact, subject=name_holder(fact)) if kind[1] == "land" else fact
        if (reckoned := reckon(fact, figure)) is not None and reckoned.claim.figure is not None:
            yield ("figure", *count_kind(reckoned, reckoned.claim.figure)), reckoned
    status = status_of(fact)
    if status and not fact.possible:
        whom = fact.body if fact.body is not None and not fact.subject.keys else fact.subject
        moved = status[0] != "deployment" or names_country(whom) or ARMED.search(whom.words) is not None
        if whom.is_body and moved:
            yield ("status", "", status[0]), replace(fact, subject=whom, answer="yes" if status[1] else "no")
        if is_absence(fact):
            lasted = replace(claim, time=fact.lasting or claim.time)
            yield ("absence", "day", status[0]), replace(fact, subject=whom, claim=lasted)
    if claim.event in BEGINNINGS and is_long_past(fact) and (figure is None or figure.unit == "km2"):
        attack = claim.event in INCURSIONS
        dated = replace(fact, subject=name_holder(fact)) if attack else fact
        yield ("date", "day", "attack" if attack else claim.event), dated
    fighter = fact.subject if fact.subject.is_body else fact.body
    if fighter is not None and is_first_fight(fact):
        yield ("date", "day", "fighting"), replace(fact, subject=fighter)
    yield from told_answers(fact)
    for party, position in party_subjects(fact):
        matter = find_matter(fact)
        words = stems_of(MUTE.sub(" ", matter)) - stems_of(party.words) - stems_of(fact.source)
        told = replace(fact, subject=party, answer=position, party=party.words, stems=words, own=frozenset())
        # A denial of something else than what the report's body of people did is on another matter.
        told = told if speaks_of(matter, fact.body) else replace(told, body=None)
        yield ("status", "", "position"), told
        if position == "yes" and FIRST_TIME.search(fact.context):
            yield ("date", "day", "position"), replace(told, claim=replace(claim, time=fact.dated, figure=None))
    if (reason := read_reason(fact)) is not None and fact.body is not None:
        yield ("event", "", "reason"), replace(fact, subject=fact.body, answer=reason)
    if (decision := read_decision(fact)) is not None and fact.body is not None:
        yield ("event", "", "decision"), replace(fact, subject=fact.body, answer=decision)


def told_answers(fact: Fact) -> Iterator[tuple[Kind, Fact]]:
    """The questions on any happening or state that a fact answers: when it was, why, by whose order, which of two
    states holds, and in whose hands a place is."""
    if fact.attribution is not None and fact.attribution.stance == "asks":
        return
    for happened, told in read_happenings(fact):
        yield ("date", "day", f"{WHEN}{happened}"), told
    for about, told in read_conditions(fact):
        yield ("status", "", about), told
    if (held := read_holder(fact)) is not None:
        yield ("status", "", HELD), held
    if (fact.body is None or read_reason(fact) is None) and (cause := read_cause(fact)) is not None:
        yield ("event", "", cause[0]), cause[1]
    if (fact.body is None or read_decision(fact) is None) and (order := read_order(fact)) is not None:
        yield ("event", "", ORDER), order


def reckon(fact: Fact, figure: Figure) -> Fact | None:
    """A fact with what its figure comes to when reckoned with others, None where it comes to nothing more."""
    found = figure.reckoned
    if found is None:
        return None
    changed = replace(
        figure,
        text=f"{say_number(found.low, found.high)} (reckoned)",
        low=found.low,
        high=found.high,
        unit=found.unit,
        of=found.of,
        state=found.state,
        reckoned=None,
    )
    return replace(fact, claim=replace(fact.claim, figure=changed))


def say_number(low: float | None, high: float | None) -> str:
    """A number or range in figures: nobody said it, so that there are no words for it."""
    known = [f"{round(end):,}" if end >= 1 else f"{end:.2g}" for end in (low, high) if end is not None]
    return " to ".join(dict.fromkeys(known))


def name_holder(fact: Fact) -> Subject:
    """Who took or holds a stretch of land: the country that acts in the claim, nobody where it names none."""
    for actor in fact.claim.actors:
        keys = frozenset(key for key in name_subject(actor.name).keys if key.startswith("@"))
        if actor.role == "actor" and keys:
            return Subject(keys, actor.name)
    return Subject(frozenset(), "")


def count_kind(fact: Fact, figure: Figure) -> tuple[str, str]:
    """The unit of what is counted, and what was done to it: states that one question covers go together."""
    claim = fact.claim
    if figure.unit == "km2" and figure.state in LAND:
        return "km2", "land"
    if figure.unit == "share":
        return "share", "land" if claim.event.startswith("territory") else figure.state or claim.event
    state = name_family(figure.state)
    of_them = figure.unit == "" and figure.of.casefold() in PRONOUNS and fact.subject.is_body
    if figure.unit != "person" and not of_them:
        return figure.unit, state
    if state in ABOARD_STATES and (ABOARD.search(claim.text) or PASSENGERS.search(figure.of)):
        return "person", "aboard"
    armed = fact.body is not None or ARMED.search(fact.subject.words) is not None
    if armed and names_country(fact.subject) and state in STRENGTH:
        near = claim.text[max(0, figure.start - claim.start - NEAR) : max(0, figure.end - claim.start + NEAR)]
        if figure.part == "additional" or tells_newcomers(near):
            return "person", "more"
        if claim.event == "clash" or LEFT.search(claim.text):
            return "person", "fighting"
        return "person", "there" if is_bound_for(fact, figure) else "sent"
    after = claim.text[max(0, figure.end - claim.start) :]
    if among := AMONG.match(after):
        return "person", f"among the {among.group(1).casefold()}"
    if state == "wounded" and GRAVELY.search(claim.text[max(0, figure.start - claim.start) :][:GRAVE_WITHIN]):
        return "person", "seriously wounded"
    return "person", state


def is_bound_for(fact: Fact, figure: Figure) -> bool:
    """Whether people are counted in, or on their way to, one region or town, and not all that a country sent."""
    place = fact.claim.place
    if place is None or place.role == "metonym" or place.feature.startswith("PCL"):
        return False
    after = fact.claim.text[0 if is_replaced(fact) else max(0, figure.end - fact.claim.start) :]
    way = rf"\b(reach\w*|in|into|to|at|near|inside|around|entered)( the)? {re.escape(place.text)}\b"
    return re.search(way, after) is not None


def is_replaced(fact: Fact) -> bool:
    """Whether a claim gives its figure as the one that was there before ("up from 8,000")."""
    figure = fact.claim.figure
    return figure is not None and MOVED.search(fact.claim.text[: max(0, figure.start - fact.claim.start)]) is not None


def status_of(fact: Fact) -> tuple[str, bool] | None:
    """The state that a claim's event speaks of, and whether it holds after it; None where it speaks of none."""
    event, negative = fact.claim.event, fact.claim.polarity == "negative"
    statuses = load_statuses()
    if AWAY.search(fact.claim.text) and event not in ("withdrawal", "return"):
        return "presence", False
    if event in statuses:
        state, sign = statuses[event]
        # An absence is told by negated words ("not seen"), which have already made it one.
        flipped = (negative and event != "absence") != fact.denied
        return state, (sign == "+") != flipped
    if event == "clash" and (negative or STILL.search(fact.claim.text)):
        return "presence", not negative
    return None


def holds(fact: Fact) -> bool:
    """Whether the state that a claim speaks of holds after it."""
    status = status_of(fact)
    return status is not None and status[1]


def is_absence(fact: Fact) -> bool:
    """Whether a claim says since when, or for how long, somebody has not been there."""
    away = AWAY.search(fact.claim.text) is not None
    if (holds(fact) and not away) or not (away or fact.claim.event in ("absence", "clash", "sighting")):
        return False
    return fact.lasting is not None or SINCE.search(fact.claim.text) is not None


def is_long_past(fact: Fact) -> bool:
    """Whether a claim dates its event long before the report."""
    time, published = fact.claim.time, fact.report.published
    if time is None or time.earliest is None or time.type != "DATE" or published is None:
        return False
    return published - time.earliest > LONG_PAST and (time.latest is None or time.latest < published)
