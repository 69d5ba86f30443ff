"""Background events that an article puts at another time than all who date them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from sayso.record import Flag, Time
from sayso.weigh.checks.matters import Matter
from sayso.weigh.checks.wordings import count, name_tellers
from sayso.weigh.comparisons.places import match_place
from sayso.weigh.facts import FORWARD, Fact
from sayso.weigh.origins import count_independent
from sayso.weigh.states import BEGINNINGS, INCURSIONS
from sayso.weigh.wordings import stems_of
from sayso.who.institutions import find_countries

DAY = timedelta(days=1)
ALIKE = 0.08
"""Least likeness of the sentences of two tellings of one event, at one place, by the same sides."""
SAME_WORDS = 0.35
"""The same where the kind of event is not known to be one that happens once."""
SAME_STORY = 0.15
"""The same for whole reports, where the sentences are not alike."""
FAR = timedelta(days=25)
"""Dates less far apart may be of the beginning and the end of one event, or of two of its days."""
AGREED = 0.8
"""Share of the others that must agree on one time before they stand against the article: attacks come again and again,
and a list of dates that differ says that they are of different events."""
FEWEST = 2
"""Reports that date an event, at least."""
LONG_AGO = timedelta(days=60)
FEW, ENOUGH_RARE = 0.4, 2
"""Share of the reports in which a word stands at most that tells events of long ago apart, and how many are needed."""
AROUND = 60
"""Code points on either side of a date that say what happened then."""
DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
MONTHS = stems_of(
    "january february march april may june july august september october november december spring summer autumn winter"
)
WIDEST = timedelta(days=370)


def find_wrong_dates(matter: Matter) -> Iterator[Flag]:
    """Dates that exclude the one time at which the others put the same event."""
    for fact in matter.facts:
        time = past_date(fact)
        if time is None:
            continue
        others = find_tellings(matter, fact)
        best = max(others, key=lambda o: sum(overlap(o, p) for p in others), default=None)
        if best is None:
            continue
        agreed = [other for other in others if overlap(other, best)]
        reports = {other.report.id for other in agreed}
        if len(reports) < (1 if any(is_told_first(fact, other) for other in agreed) else FEWEST) or len(
            agreed
        ) < AGREED * len(others):
            continue
        if any(overlap(fact, other) or distance(fact, other) < FAR for other in agreed):
            continue
        low, _ = count_independent((other.origin for other in agreed), matter.picture.origins)
        shown = sorted(agreed, key=lambda o: span_length(o))[:6]
        why = (
            f"{count(len(reports), 'report')} of {count(max(low, 1), 'origin')} put this at another time "
            f"({time_of(shown[0]).text}), none at this: {name_tellers(shown)}"
        )
        yield matter.flag_words(time.start, time.end, "contradicted", why, shown, fact)


def past_date(fact: Fact) -> Time | None:
    """The date of a fact's event, where it happened before the report and is dated within a year."""
    time, published = fact.claim.time, fact.report.published
    if time is None or time.earliest is None or time.type != "DATE":
        return None
    forward = fact.claim.tense in ("planned", "hypothetical") or (
        fact.attribution is not None and fact.attribution.stance in FORWARD
    )
    if time.latest is None or time.value.endswith("_REF") or time.latest - time.earliest > WIDEST:
        return None
    # What is long past is told as a fact even where something is wished: "the fire of 1998 should have been a lesson".
    if forward and not is_background(fact):
        return None
    return time if published is None or time.latest < published + DAY else None


def is_background(fact: Fact) -> bool:
    """Whether a fact's date lies long before its report."""
    time, published = fact.claim.time, fact.report.published
    return time is not None and time.latest is not None and published is not None and published - time.latest > LONG_AGO


def find_tellings(matter: Matter, fact: Fact) -> list[Fact]:
    """Others' dated tellings of the same event: alike in kind, place, sides and words."""
    found = []
    sides = find_countries(fact.context)
    places = {p.geonames_id or 0: p for p in [fact.claim.place] if p is not None and p.lat is not None}
    alike = {other.claim.id: likeness for likeness, other in matter.find_alike(fact)}
    for other in matter.others:
        if past_date(other) is None:
            continue
        if is_background(fact) and is_background(other) and is_same_past(matter, fact, other):
            found.append(other)
            continue
        likeness = alike.get(other.claim.id, 0.0)
        if kind_of(other) != kind_of(fact) or not kind_of(fact):
            if likeness < SAME_WORDS:
                continue
        elif likeness < ALIKE and matter.likeness.compare_stories(fact.story, other.story) < SAME_STORY:
            continue
        where = match_place(places, other.claim.place)
        if where == 0.0 or (sides and not sides & (find_countries(other.context) | find_countries(other.report.title))):
            continue
        found.append(other)
    return found


def is_same_past(matter: Matter, a: Fact, b: Fact) -> bool:
    """Whether two sentences tell of one event of long ago: by words that few reports have, or by a day and month that
    differ in the year alone."""
    shared = stems_of(a.context) & stems_of(b.context)
    told = [stem for stem in shared if stem.isalpha() and stem not in MONTHS]
    if is_other_year(a, b):
        return bool(told)
    most = FEW * len(matter.picture.readings)
    rare = [stem for stem in told if len({f.report.id for f in matter.shelves.get(stem, ())}) <= most]
    return len(rare) >= ENOUGH_RARE and find_kinds(a) & find_kinds(b) != frozenset()


def find_kinds(fact: Fact) -> frozenset[str]:
    """The stems of the words right around a fact's date, which say what happened then."""
    time, text = time_of(fact), fact.report.text
    return stems_of(text[max(0, time.start - AROUND) : time.start] + " " + text[time.end : time.end + AROUND])


def is_other_year(a: Fact, b: Fact) -> bool:
    """Whether two dates name one day and month of different years."""
    x, y = time_of(a).value, time_of(b).value
    return bool(DATE.fullmatch(x) and DATE.fullmatch(y)) and x[4:] == y[4:] and x[:4] != y[:4]


def is_told_first(fact: Fact, other: Fact) -> bool:
    """Whether one earlier report is enough against a date: both tell of long ago, and they differ in the year alone."""
    before = other.report.published, fact.report.published
    return is_background(fact) and is_other_year(fact, other) and None not in before and before[0] < before[1]  # type: ignore[operator]


def kind_of(fact: Fact) -> str:
    """The kind of an event that happens once: an attack and the ground it gained are one; "" for any other."""
    event = fact.claim.event
    return "attack" if event in INCURSIONS else event if event in BEGINNINGS else ""


def time_of(fact: Fact) -> Time:
    """The time of a fact that has one."""
    assert fact.claim.time is not None
    return fact.claim.time


def interval(fact: Fact) -> tuple[datetime, datetime]:
    """The half-open interval of a fact's time."""
    time = time_of(fact)
    assert time.earliest is not None
    return time.earliest, time.latest or time.earliest + DAY


def overlap(a: Fact, b: Fact) -> bool:
    """Whether two facts may be of one time."""
    (first_a, last_a), (first_b, last_b) = interval(a), interval(b)
    return first_a < last_b and first_b < last_a


def distance(a: Fact, b: Fact) -> timedelta:
    """The time between two facts' times; none where they overlap."""
    (first_a, last_a), (first_b, last_b) = interval(a), interval(b)
    return max(timedelta(0), first_b - last_a, first_a - last_b)


def span_length(fact: Fact) -> timedelta:
    """How exactly a fact is dated."""
    first, last = interval(fact)
    return last - first
