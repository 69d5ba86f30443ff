"""What a claim says of a body of people or of land: how many are where, or whether they are there at all."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.extract.claims.events import load_statuses
from sayso.record import Figure
from sayso.weigh.bodies import ARMED, PRONOUNS, names_country
from sayso.weigh.facts import Fact
from sayso.weigh.moments import is_replaced
from sayso.weigh.topics import name_family, tells_newcomers

STILL = re.compile(r"\b(still|continu\w+|keeps?|remain\w*)\b", re.IGNORECASE)
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


def count_kinds(fact: Fact) -> set[tuple[str, str]]:
    """The units of what a fact counts, and what was done to it, of its figure and of what that comes to with others."""
    figure = fact.claim.figure
    if figure is None or (figure.low is None and figure.high is None):
        return set()
    found = {count_kind(fact, figure)}
    if (reckoned := figure.reckoned) is not None:
        found.add(
            count_kind(fact, replace(figure, unit=reckoned.unit, of=reckoned.of, state=reckoned.state, reckoned=None))
        )
    return found


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
