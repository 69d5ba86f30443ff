"""Days and stretches that are two steps away, or a step from a weekday ("the Monday after next", "a week on Friday"),
and days of a month that letters point at ("the 4th inst.")."""

from __future__ import annotations

from datetime import timedelta

from sayso.extract.times.amounts import read_number
from sayso.extract.times.anchors import Anchor
from sayso.extract.times.answers import GRAIN_OF_UNIT, Answer, direction_of, found_period, found_value
from sayso.extract.times.days import read_day_of_month
from sayso.extract.times.deictics import UNKNOWN_VALUES, choose_weekend
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.periods import day_of, make_month, make_part, make_week, make_weekend, period_at, shift_moment
from sayso.extract.times.words import load_lexicon

SIDES = {("after", "next"): 1, ("before", "last"): -1}
"""Which way "after next" and "before last" point."""
LETTER_MONTHS = {"inst": 0, "instant": 0, "ult": -1, "ultimo": -1, "prox": 1, "proximo": 1}
"""Months from that of a letter, by its word for them."""
WEEK = 7
NTHS = ("first", "second", "third", "fourth")
CLOSERS = frozenset("and or but at in on when after before by for to with as that who which until about around".split())
"""Words that begin another phrase."""


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
    "next? <weekday>WEEKDAY <unit>week/fortnight",
    "<count>a/one/two/three <unit>week/weeks/fortnight <ago>last <weekday>WEEKDAY",
    "<count>a/one/two/three <unit>week/weeks/fortnight next <weekday>WEEKDAY",
)
def read_weeks_from_weekday(hit: Hit, anchor: Anchor) -> Answer:
    """A week on Friday, two weeks from Monday, Friday week: so many weeks after the coming one. A week ago Friday."""
    if hit.before in ("for", "last", "next", "this", "every", "each") or (
        "count" not in hit and not closes_phrase(hit)
    ):
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


@rule("the? <part>night/day <side>after/before <way>next/last")
def read_day_after_next(hit: Hit, anchor: Anchor) -> Answer:
    """The day after next, the night before last."""
    step = side_of(hit)
    if not step:
        return None
    if anchor.now is None:
        return found_value(hit, UNKNOWN_VALUES["day"])
    day = day_of(anchor.now + timedelta(days=2 * step))
    return found_period(hit, make_part(day, "NI", 18, 30) if hit.text("part") == "night" else day)


@rule("<weekday>WEEKDAY <way>next/last")
def read_weekday_next(hit: Hit, anchor: Anchor) -> Answer:
    """Friday next, Monday last: where nothing follows that could be next or last."""
    if not closes_phrase(hit):
        return None
    number = hit.value("weekday", "WEEKDAY")
    if anchor.now is None:
        return found_value(hit, f"XXXX-WXX-{number}")
    step = 1 if hit.text("way") == "next" else -1
    return found_period(hit, day_of(anchor.now + timedelta(days=days_to(number, anchor, step))))


@rule(
    "<count>a/one/two/three <unit>week/weeks/fortnight (?:from)? <base>today/tomorrow/yesterday",
    "<base>today/tomorrow <unit>week/fortnight",
    "this day <unit>week/fortnight",
)
def read_weeks_from_today(hit: Hit, anchor: Anchor) -> Answer:
    """A week today, two weeks from tomorrow, tomorrow week; a week yesterday is gone."""
    if "count" not in hit and not closes_phrase(hit):
        return None
    if anchor.now is None:
        return found_value(hit, UNKNOWN_VALUES["day"])
    base = hit.text("base")
    weeks = int(read_number(hit.tokens("count")) or 1) if hit.text("count") not in ("", "a") else 1
    weeks *= 2 if hit.text("unit") == "fortnight" else 1
    days = weeks * WEEK + 1 if base == "tomorrow" else -weeks * WEEK - 1 if base == "yesterday" else weeks * WEEK
    return found_period(hit, day_of(anchor.now + timedelta(days=days)))


@rule(
    "<count>two/three/four/five/six <weekday>WEEKDAYS <ago>ago",
    "<count>two/three/four/five/six <weekday>WEEKDAYS from now",
)
def read_weekdays_ago(hit: Hit, anchor: Anchor) -> Answer:
    """Three Fridays ago, two Mondays from now."""
    number = hit.value("weekday", "WEEKDAYS")
    if anchor.now is None:
        return found_value(hit, f"XXXX-WXX-{number}")
    step = -1 if "ago" in hit else 1
    weeks = int(read_number(hit.tokens("count")) or 1) - 1
    return found_period(hit, day_of(anchor.now + timedelta(days=days_to(number, anchor, step) + step * weeks * WEEK)))


@rule(
    "the <nth>first/second/third/fourth/last <weekday>WEEKDAY (?:of|in) <way>THIS/LAST/NEXT <unit>month",
    "the <nth>first/second/third/fourth/last <weekday>WEEKDAY (?:of|in) <month>MONTH DOT? COMMA? <year>YEAR",
)
def read_nth_weekday(hit: Hit, anchor: Anchor) -> Answer:
    """The second Monday of next month, the last Friday in May 2024."""
    if "year" in hit:
        month = make_month(hit.number("year"), hit.value("month", "MONTH"))
    elif anchor.now is None:
        return found_value(hit, UNKNOWN_VALUES["day"])
    else:
        month = make_month(anchor.now.year, anchor.now.month + direction_of(hit.text("way")))
    number, nth = hit.value("weekday", "WEEKDAY"), hit.text("nth")
    if nth == "last":
        last = month.end - timedelta(days=1)
        return found_period(hit, day_of(last - timedelta(days=(last.isoweekday() - number) % WEEK)))
    first = month.start + timedelta(days=(number - month.start.isoweekday()) % WEEK)
    return found_period(hit, day_of(first + timedelta(days=WEEK * NTHS.index(nth))))


def closes_phrase(hit: Hit) -> bool:
    """Whether nothing follows that the last word of a hit could belong to."""
    after = hit.words.written(hit.last + 1)
    return not after[:1].isalnum() or after.lower() in CLOSERS


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
