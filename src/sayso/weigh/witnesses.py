"""What two answers must show before they are held to exclude each other.

A contradiction takes a witness: two values, names or polarities that cannot both be true, each vouched for by somebody,
of one place and time, neither of them vague. What lacks one of these only differs.
"""

from __future__ import annotations

import re
from datetime import timedelta

from sayso.record import Time
from sayso.weigh.details import WORD, stem
from sayso.weigh.facts import Fact
from sayso.weigh.figures import agree, allowed, is_vague, widen
from sayso.weigh.matching.signs import find_names
from sayso.weigh.matching.units import Unit
from sayso.weigh.states import status_of
from sayso.weigh.topics import name_family
from sayso.weigh.wordings import has_words, stems_of

NOW = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")
"""TIMEX3 values of "now", "recently" and "soon"."""
LONGEST_DAY = timedelta(days=1.5)
DAY = timedelta(days=1)
ALIKE = 0.5
"""The share of its words that the shorter of two claims has in common with the other, at least, where one denies what
the other says, or names another."""
LIKE = 0.4
"""The same where two dates of one thing differ."""
FEWEST = 2
"""So many words in common at least: one alone is only what both speak of."""
NO = re.compile(r"\b(?:no|not|never|none|nobody|nothing|without|neither)\b|n['’]t\b", re.IGNORECASE)
BEFORE, AFTER = 2, 5
"""Words that a verb stands before its "no" at most, and after it."""
NAMING = ("person", "place", "cause", "state")
"""Kinds of answers in words of which two can exclude each other."""


def find_exclusion(a: Unit, b: Unit) -> str:
    """The two values that exclude each other, in words; "" where none do."""
    x, y = a.fact, b.fact
    if not all(fact.vouched for fact in (x, y)):
        return ""
    if x.report is y.report and x.claim.start < y.claim.end and y.claim.start < x.claim.end:
        return ""  # Two claims of one passage: the longer has the shorter in it.
    if a.family != "words" and (tells_too(x, b) or tells_too(y, a)) and x.contrary == y.contrary:
        return ""
    denied = x.contrary != y.contrary and all(map(is_about_verb, (a, b)))
    if a.family == "figure":
        return exclude_figures(x, y, denied=denied) if count_one(a, b) else ""
    if a.family == "date":
        return exclude_dates(x.claim.time, y.claim.time) if date_one(a, b) else ""
    told = [stems_of(fact.claim.text) for fact in (x, y)]
    shared = len(told[0] & told[1])
    alike = shared >= FEWEST and shared >= ALIKE * min(map(len, told))
    if a.answer.kind == b.answer.kind == "yes-no":
        one_verb = a.answer.predicate == b.answer.predicate  # A denial contradicts only what it denies.
        plain = denied and one_verb and not both_say_no(x, y) and not name_others(x, y)
        opposed = are_opposed(x, y) or plain
        return f"one says yes, the other no: “{x.claim.text}” / “{y.claim.text}”" if alike and opposed else ""
    return f"“{a.words}” / “{b.words}”" if alike and name_two(a, b) else ""


def count_others(a: Unit, b: Unit) -> bool:
    """Whether two figures count people or things to whom other things were done: killed, or killed and wounded."""
    x, y = a.fact.claim.figure, b.fact.claim.figure
    if a.family != "figure" or x is None or y is None:
        return False
    return "" != name_family(x.state) != name_family(y.state) != ""


def count_one(a: Unit, b: Unit) -> bool:
    """Whether two figures count one thing: what is counted has a word in common where both say it, to neither was
    something else done, and the claims share a verb, or half of the shorter's words."""
    x, y = a.fact.claim.figure, b.fact.claim.figure
    if x is None or y is None or count_others(a, b):
        return False
    nouns = [stems_of(figure.of) for figure in (x, y)]
    return (not all(nouns) or bool(nouns[0] & nouns[1])) and tell_one(a, b)


def date_one(a: Unit, b: Unit) -> bool:
    """Whether two dates are of one thing: neither is of a time long before, and the claims share most words."""
    return a.answer.background == b.answer.background and tell_one(a, b) and share_words(a, b, LIKE)


def tell_one(a: Unit, b: Unit) -> bool:
    """Whether two claims share a verb, or so many words, that they tell of one thing."""
    return (a.answer.predicate != "" and a.answer.predicate == b.answer.predicate) or share_words(a, b, ALIKE)


def share_words(a: Unit, b: Unit, least: float) -> bool:
    """Whether two claims have so large a share of the shorter's words in common."""
    one, other = (stems_of(unit.fact.claim.text) - stems_of(unit.words) for unit in (a, b))
    return len(one & other) >= max(FEWEST, least * min(len(one), len(other)))


def tells_too(fact: Fact, other: Unit) -> bool:
    """Whether a claim's sentence has the other's value in so many words: a copy of it, or "now 13, then 9"."""
    return has_words(fact.context, other.words)


def is_about_verb(unit: Unit) -> bool:
    """Whether the "no" of a claim is about its verb: in "he checked in, but the clinic is not approved" it is not. Who
    denies what another says, denies all of it."""
    if unit.fact.claim.polarity == "positive":
        return True
    words = [stem(m.group().casefold()) for m in WORD.finditer(unit.fact.claim.text)]
    places = [n for n, word in enumerate(words) if word == stem(unit.answer.predicate)]
    said = [len(WORD.findall(unit.fact.claim.text[: m.end()])) for m in NO.finditer(unit.fact.claim.text)]
    return not places or any(-BEFORE <= place - at <= AFTER for place in places for at in said)


def name_others(x: Fact, y: Fact) -> bool:
    """Whether each of two claims names somebody or something that the other's sentence does not: who never entered one
    clinic may have entered another."""
    one, other = (frozenset(find_names(fact.claim.text)) for fact in (x, y))
    return bool(one - set(find_names(y.context))) and bool(other - set(find_names(x.context)))


def both_say_no(x: Fact, y: Fact) -> bool:
    """Whether two claims both have a word that says no: "has no permit", "does not have a permit"."""
    return all(NO.search(fact.claim.text) for fact in (x, y))


def name_two(a: Unit, b: Unit) -> bool:
    """Whether two answers put different people, places or things in one place of like claims: beside one verb and in
    one role, the rest in like words, and neither is told of in the other's sentence."""
    if a.answer.kind != b.answer.kind or a.answer.kind not in NAMING:
        return False
    if not a.answer.predicate or (a.answer.predicate, a.answer.role) != (b.answer.predicate, b.answer.role):
        return False
    words = [stems_of(unit.words) for unit in (a, b)]
    if not all(words) or words[0] & b.fact.own or words[1] & a.fact.own:
        return False
    rest = [stems_of(unit.fact.claim.text) - own for unit, own in zip((a, b), words, strict=True)]
    return len(rest[0] & rest[1]) >= max(FEWEST, ALIKE * min(map(len, rest)))


def are_opposed(x: Fact, y: Fact) -> bool:
    """Whether after the one something is where, after the other, it is not ("withdrew", "are still there")."""
    one, other = status_of(x), status_of(y)
    return one is not None and other is not None and one[0] == other[0] and one[1] != other[1]


def exclude_figures(x: Fact, y: Fact, *, denied: bool) -> str:
    """Two counts of which not both can be right, or one that is denied."""
    one, other = x.claim.figure, y.claim.figure
    if one is None or other is None:
        return ""
    alike = agree(one, other)
    if denied:
        return f"one denies it: {one.text} / {other.text}" if alike else ""
    possible = alike or allowed(widen(one), widen(other)) or is_vague(one) or is_vague(other)
    if possible or one.unit != other.unit or are_days_apart(x.when, y.when):
        return ""
    return f"{one.text} / {other.text}"


def exclude_dates(one: Time | None, other: Time | None) -> str:
    """Two dates that have no moment in common."""
    if one is None or other is None or one.earliest is None or other.earliest is None:
        return ""
    if one.value in NOW or other.value in NOW or fold_words(one.text) == fold_words(other.text):
        return ""
    ends = [time.latest or time.earliest + DAY for time in (one, other) if time.earliest is not None]
    return f"{one.text} / {other.text}" if ends[0] <= other.earliest or ends[1] <= one.earliest else ""


def fold_words(text: str) -> str:
    """The letters and digits of some words, in small letters."""
    return "".join(c for c in text.casefold() if c.isalnum())


def is_unlike(a: Fact, b: Fact) -> bool:
    """Whether two facts in like words cannot speak for one thing: one denies, or they count in other states, units or
    numbers. A fact without a figure is unlike none with one."""
    if a.contrary != b.contrary:
        return True
    one, other = a.claim.figure, b.claim.figure
    if one is None or other is None:
        return False
    if (one.state, one.unit) != (other.state, other.unit):
        return bool(one.state or other.state) or one.unit != other.unit
    return not (agree(one, other) or allowed(widen(one), widen(other)))


def are_days_apart(a: Time | None, b: Time | None) -> bool:
    """Whether two dates are days, and two; what is counted by a month or a year grows."""
    if a is None or b is None or not (a.earliest and b.earliest and a.latest and b.latest):
        return False
    if max(a.latest - a.earliest, b.latest - b.earliest) > LONGEST_DAY:
        return False
    return a.latest <= b.earliest or b.latest <= a.earliest
