"""Running totals that fall: counts up to a day, by one source, of people in a state that nobody leaves."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.record import Flag
from sayso.weigh.checks.matters import Matter
from sayso.weigh.checks.sums import highest, lowest
from sayso.weigh.checks.vocabulary import list_words, match_words
from sayso.weigh.checks.wordings import name_day, quote
from sayso.weigh.facts import Fact

UP_TO = match_words("totals", "up_to", before=True)
TOTAL = match_words("totals", "running")
REVISED = match_words("totals", "revised")
GROWING = list_words("totals", "growing")
"""States that nobody leaves: a running total of them does not fall."""
FALL = 0.9
"""A later total below this share of the earlier one falls; above, it may be rounded."""


def find_falling_totals(matter: Matter) -> Iterator[Flag]:
    """Running totals of one source, within the article, of which the later is the lower."""
    dated = [f for f in matter.facts if is_total(f)]
    for earlier in dated:
        for later in dated:
            a, b = earlier.claim.figure, later.claim.figure
            assert a is not None and b is not None
            if total_day(earlier) >= total_day(later) or not same_count(earlier, later):
                continue
            if highest(b) < lowest(a) * FALL and not REVISED.search(f"{earlier.context} {later.context}"):
                why = (
                    f"a running total of {later.source} falls: {a.text} by {day_words(earlier)}, "
                    f"{b.text} by {day_words(later)} ({quote(earlier.claim.text)})"
                )
                yield matter.flag(later, "impossible", why)


def is_total(fact: Fact) -> bool:
    """Whether a fact counts, as of a day that it names, people in a state that nobody leaves."""
    figure, time = fact.claim.figure, fact.claim.time
    if figure is None or figure.unit != "person" or figure.state not in GROWING or fact.possible or fact.part:
        return False
    return figure.as_of is not None or (time is not None and time.type == "DATE" and is_as_of(fact))


def is_as_of(fact: Fact) -> bool:
    """Whether a fact's words count up to its time, and not what happened at it."""
    time = fact.claim.time
    assert time is not None
    before = fact.report.text[max(0, time.start - 30) : time.start]
    return UP_TO.search(before) is not None or TOTAL.search(fact.context) is not None


def total_day(fact: Fact) -> float:
    """The moment of a total, in seconds; for sorting."""
    figure, time = fact.claim.figure, fact.claim.time
    if figure is not None and figure.as_of is not None:
        return figure.as_of.timestamp()
    return time.earliest.timestamp() if time is not None and time.earliest is not None else 0.0


def day_words(fact: Fact) -> str:
    """The words or day of a total's time."""
    figure = fact.claim.figure
    if fact.claim.time is not None:
        return fact.claim.time.text
    return name_day(figure.as_of if figure else None)


def same_count(a: Fact, b: Fact) -> bool:
    """Whether two totals are of one source, state and subject, neither of a part."""
    fa, fb = a.claim.figure, b.claim.figure
    assert fa is not None and fb is not None
    whose = a.source.casefold() == b.source.casefold() and (a.attribution is None) == (b.attribution is None)
    if a.part or b.part or fa.part or fb.part:
        return False
    return whose and fa.state == fb.state and a.subject.keys == b.subject.keys and a.scope == b.scope
