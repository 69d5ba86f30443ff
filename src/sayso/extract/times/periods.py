"""Stretches of the calendar and their TIMEX3 values.

A period is half-open and in the local time of the report; `sayso.extract.times.anchors` turns it into UTC. Weeks are
those of ISO 8601, quarters and seasons those of the calendar year (meteorological seasons of the northern hemisphere,
winter beginning in December of its year).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_YEAR, LAST_YEAR = 2, 9998
"""The years that can be reckoned with: all of the calendar but its first and its last."""
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
GRAINS = ("century", "decade", "year", "half", "season", "quarter", "month", "week", "weekend", "day", "part", "minute")
"""From coarse to fine."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: naive local `start` and `end` (exclusive), its TIMEX3 `value` and its `grain`."""

    start: datetime
    end: datetime
    value: str
    grain: str

    @property
    def fineness(self) -> int:
        """Position among the grains, coarse to fine."""
        return GRAINS.index(self.grain)


def fit_calendar(earliest: datetime | None, latest: datetime | None) -> tuple[datetime | None, datetime | None]:
    """An interval; none where it touches the first or the last year of the calendar, since whoever reckons from
    it (a day on, half a day back, another zone) would fall off its end."""
    if any(moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR for moment in (earliest, latest)):
        return None, None
    return earliest, latest


def make_day(year: int, month: int, day: int) -> Period:
    """One day; raises ValueError where the calendar has none such."""
    start = datetime(year, month, day)
    return Period(start, start + timedelta(days=1), start.date().isoformat(), "day")


def make_month(year: int, month: int) -> Period:
    """One month, which may lie outside 1 to 12: month 0 is December of the year before."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    start = datetime(year, month, 1)
    return Period(start, add_months(start, 1), f"{year:04}-{month:02}", "month")


def make_year(year: int, count: int = 1) -> Period:
    """A year, or with a `count` of 10 or 100 the decade or century that begins with it."""
    grain = {1: "year", 10: "decade", 100: "century"}[count]
    value = f"{year:04}"[: {1: 4, 10: 3, 100: 2}[count]]
    return Period(datetime(year, 1, 1), datetime(year + count, 1, 1), value, grain)


def make_quarter(year: int, quarter: int) -> Period:
    """A quarter of the calendar year, 1 to 4; others count on into the years around."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    start = datetime(year, 3 * quarter - 2, 1)
    return Period(start, add_months(start, 3), f"{year:04}-Q{quarter}", "quarter")


def make_half(year: int, half: int) -> Period:
    """The first or second half of a year."""
    start = datetime(year, 6 * half - 5, 1)
    return Period(start, add_months(start, 6), f"{year:04}-H{half}", "half")


def make_season(year: int, season: str) -> Period:
    """A season (SP, SU, FA, WI), named by the year in which it begins."""
    start = datetime(year, SEASON_MONTHS[season], 1)
    return Period(start, add_months(start, 3), f"{year:04}-{season}", "season")


def make_week(moment: datetime) -> Period:
    """The ISO week of a moment, Monday to Sunday."""
    start = midnight(moment) - timedelta(days=moment.weekday())
    year, week, _ = moment.isocalendar()
    return Period(start, start + timedelta(days=7), f"{year:04}-W{week:02}", "week")


def make_weekend(moment: datetime) -> Period:
    """Saturday and Sunday of the ISO week of a moment."""
    week = make_week(moment)
    return Period(week.start + timedelta(days=5), week.end, week.value + "-WE", "weekend")


def make_part(day: Period, code: str, first: float, last: float) -> Period:
    """A part of a day: TIMEX3 code and the hours it spans, which may pass 24."""
    start, end = day.start + timedelta(hours=first), day.start + timedelta(hours=last)
    return Period(start, end, f"{day.value}T{code}", "part")


def midnight(moment: datetime) -> datetime:
    """The first moment of its day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def day_of(moment: datetime) -> Period:
    """The day of a moment."""
    return make_day(moment.year, moment.month, moment.day)


def add_months(moment: datetime, months: int) -> datetime:
    """The same day some months on, or the last day of a month that is too short; OverflowError off the calendar."""
    count = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year} is not on the calendar")
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=year, month=month + 1, day=min(moment.day, day))
        except ValueError:
            continue
    raise OverflowError("no such month")


def period_at(grain: str, moment: datetime) -> Period:
    """The period of a grain that a moment lies in."""
    if grain == "day":
        return day_of(moment)
    if grain == "week":
        return make_week(moment)
    if grain == "weekend":
        return make_weekend(moment)
    if grain == "month":
        return make_month(moment.year, moment.month)
    if grain == "quarter":
        return make_quarter(moment.year, (moment.month + 2) // 3)
    if grain == "half":
        return make_half(moment.year, (moment.month + 5) // 6)
    if grain == "minute":
        start = moment.replace(second=0, microsecond=0)
        return Period(start, start + timedelta(minutes=1), start.isoformat(timespec="minutes"), "minute")
    count = {"year": 1, "decade": 10, "century": 100}[grain]
    return make_year(max(1, moment.year // count * count), count)


def shift_moment(moment: datetime, grain: str, count: float) -> datetime:
    """The moment so many grains on (back, where `count` is negative); OverflowError off the calendar."""
    days = {"day": 1, "week": 7, "weekend": 7}.get(grain)
    if days:
        return moment + timedelta(days=days * count)
    if grain in ("hour", "minute", "second"):
        return moment + timedelta(**{grain + "s": count})
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[grain]
    return add_months(moment, round(months * count))


def part_of(period: Period, first: float, last: float) -> tuple[datetime, datetime]:
    """From one share of a period to another, cut at whole days where it is longer than a few."""
    length = period.end - period.start
    start, end = period.start + length * first, period.start + length * last
    if period.grain in ("year", "half", "decade", "century"):
        months = {"half": 6, "year": 12, "decade": 120, "century": 1200}[period.grain]
        return add_months(period.start, int(months * first + 0.5)), add_months(period.start, int(months * last + 0.5))
    if length > timedelta(days=3):
        start, end = midnight(start), midnight(end) if last < 1 else period.end
    return start, end
