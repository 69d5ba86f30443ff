"""Days and stretches that are two steps away, or a step from a weekday ("the Monday after next", "a week on Friday"),
and days of a month that letters point at ("the 4th inst.")."""

from __future__ import annotations

from datetime import timedelta

from sayso.extract.times.amounts import read_number
from sayso.extract.times.anchors import Anchor
from sayso.extract.times.answers import GRAIN_OF_UNIT, Answer, found_period, found_value
from sayso.extract.times.days import read_day_of_month
from sayso.extract.times.deictics import UNKNOWN_VALUES, choose_weekend
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.periods import day_of, make_month, make_week, make_weekend, period_at, shift_moment
from sayso.extract.times.words import load_lexicon

SIDES = {("after", "next"): 1, ("before", "last"): -1}
"""Which way "after next" and "before last" point."""
LETTER_MONTHS = {"inst": 0, "instant": 0, "ult": -1, "ultimo": -1, "prox": 1, "proximo": 1}
"""Months from that of a letter, by its word for them."""
WEEK = 7


def side_of(hit: Hit) -> int:
    """1 for "after next", -1 for "before last", 0 for what is neither."""
    return SIDES.get((hit.text("side"), hit.text("way")), 0)


def days_to(number: int, anchor: Anchor, step: int) -> int:
    """Days to the next weekday of a number (1: the next one after today, -1: the last one before it)."""
    assert anchor.now is not None
    ahead = (number - anchor.now.isoweekday()) % WEEK
    return ahead or WEEK if step > 0 else ahead - WEEK


@rule("the? <weekday>WEEKDAY <side>after/before <way>next/last")
def read_weekday_after_next(hit: Hit, anchor: Anchor) -> Answer:
    """The Monday after next: a week after the one that comes; the Monday before last."""
    step, number = side_of(hit), hit.value("weekday", "WEEKDAY")
    if not step:
        return None
    if anchor.now is None:
        return found_value(hit, f"XXXX-WXX-{number}")
    return found_period(hit, day_of(anchor.now + timedelta(days=days_to(number, anchor, step) + step * WEEK)))


@rule(
    "the <unit>UNIT <side>after/before <way>next/last",
    "<weekday>WEEKDAY COMMA? (?:of|in)? the <unit>week <side>after/before <way>next/last",
)
def read_unit_after_next(hit: Hit, anchor: Anchor) -> Answer:
    """The week after next, the year before last, Tuesday of the week after next."""
    step = side_of(hit)
    grain = GRAIN_OF_UNIT.get(load_lexicon().values["UNIT"][hit.text("unit")])
    if not step or grain is None or hit.text("unit") in ("day", "night"):
        return None
    if anchor.now is None:
        return found_value(hit, UNKNOWN_VALUES.get(grain, "FUTURE_REF" if step > 0 else "PAST_REF"))
    if grain == "weekend":
        near = choose_weekend(hit, anchor, anchor.now, step)
        return found_period(hit, make_weekend(near.start + timedelta(days=step * WEEK)))
    if "weekday" in hit:
        monday = make_week(anchor.now).start + timedelta(days=2 * step * WEEK)
        return found_period(hit, day_of(monday + timedelta(days=hit.value("weekday", "WEEKDAY") - 1)))
    return found_period(hit, period_at(grain, shift_moment(period_at(grain, anchor.now).start, grain, 2 * step)))


@rule(
    "<count>a/one/two/three/four/five/six <unit>week/weeks/fortnight <joint>on/from/after next? <weekday>WEEKDAY",
    "<count>a/one/two/three/four/five/six <unit>week/weeks/fortnight <ago>ago (?:on|last)? <weekday>WEEKDAY",
    "<weekday>WEEKDAY <unit>week/fortnight",
)
def read_weeks_from_weekday(hit: Hit, anchor: Anchor) -> Answer:
    """A week on Friday, two weeks from Monday, Friday week: so many weeks after the coming one. A week ago Friday."""
    written = hit.words.written(hit.last + 1)
    if hit.before in ("for", "last", "next", "this", "every", "each") or ("count" not in hit and written[:1].isalnum()
        and written.lower() not in ("and", "or", "but", "at", "in", "when", "after", "before")):  # fmt: skip
        return None
    if hit.text("joint").startswith("on") and anchor.lean(hit) < 0:
        return None  # "It was six weeks on Tuesday since".
    number = hit.value("weekday", "WEEKDAY")
    if anchor.now is None:
        return found_value(hit, f"XXXX-WXX-{number}")
    weeks = 1 if hit.text("count") in ("", "a") else int(read_number(hit.tokens("count")) or 1)
    weeks *= 2 if hit.text("unit") == "fortnight" else 1
    step = -1 if "ago" in hit else 1
    return found_period(hit, day_of(anchor.now + timedelta(days=days_to(number, anchor, step) + step * weeks * WEEK)))


@rule("the? <day>{ANY_DAY} (?:of|day of)? <month>inst/instant/ult/ultimo/prox/proximo DOT?")
def read_letter_day(hit: Hit, anchor: Anchor) -> Answer:
    """The 4th inst., 27th ult.: a day of the month of a letter, of the one before or after it."""
    day = hit.number("day")
    if hit.text("month") == "instant" and not hit.text("day")[0].isdigit():
        return None  # "The first instant" is a moment.
    if anchor.now is None:
        return found_value(hit, f"XXXX-XX-{day:02}")
    month = make_month(anchor.now.year, anchor.now.month + LETTER_MONTHS[hit.text("month")]).start
    return read_day_of_month(hit, anchor, day, month.month, month.year)
