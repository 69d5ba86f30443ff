"""Days that do not exist, weekdays that are not their date's, and a past that lies after publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sayso.moments import step_days
from sayso.record import Flag
from sayso.weigh.checks.matters import Matter
from sayso.weigh.checks.vocabulary import match_words
from sayso.weigh.checks.wordings import name_day

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
MONTH = (
    r"(?P<{0}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
YEAR = r"(?:,?\s+(?P<{0}>(?:19|20)\d\d)\b)?"
DAY_FIRST = rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH.format('m1')}(?![a-z]){YEAR.format('y1')}"
MONTH_FIRST = (
    rf"\b{MONTH.format('m2')}\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,.]*\d|\s?(?:%|[a-z])){YEAR.format('y2')}"
)
DATE = re.compile(rf"(?:\b{WEEKDAY},?\s*(?:the\s+)?\(?)?(?:{DAY_FIRST}|{MONTH_FIRST})")
"""A day and a month, either first, with the weekday before and the year after it where they are given."""

NEAR_DAYS = 150
"""A date without a year and so near to publication is of that year: a weekday with it can be checked."""
DAY_OR_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?$")
"""Values of dates that can lie after publication: "the 2032 race" is run before."""
PLAN = match_words("dates", "planned")


def find_bad_days(matter: Matter) -> Iterator[Flag]:
    """Days that their month has not, and weekdays that are not their date's."""
    for match in DATE.finditer(matter.report.text):
        month = MONTHS.index((match["m1"] or match["m2"])[:3].title()) + 1
        day, year = int(match["d1"] or match["d2"]), int(match["y1"] or match["y2"] or 0)
        start = match.start()
        end = max(match.end(name) for name in DATE.groupindex)
        if day > 31 or day == 0:
            continue  # No day at all: "May 45", as of a price or an age.
        if day > LONGEST_MONTHS[month - 1] or (year and not is_day(year, month, day)):
            at = min(match.start("d1"), match.start("m1")) if match["d1"] else match.start("m2")
            why = f"there is no {day} {month_name(month)}" + (f" in {year}" if year else "")
            yield matter.flag_words(at, end, "impossible", why)
        elif match["weekday"] and (told := choose_day(matter, year, month, day)):
            right = WEEKDAYS[told.weekday()]
            if right != match["weekday"]:
                sure = f"{day} {month_name(month)} {told.year} was a {right}, not a {match['weekday']}"
                yield matter.flag_words(start, end, "impossible", sure)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def month_name(month: int) -> str:
    """The English name of a month, 1 to 12."""
    return f"{date(2000, month, 1):%B}"


def choose_day(matter: Matter, year: int, month: int, day: int) -> date | None:
    """The day meant: of the year given, else the one nearest to publication; None where that is unsure."""
    if year:
        return date(year, month, day) if is_day(year, month, day) else None
    published = matter.report.published
    if published is None:
        return None
    years = (y for y in (published.year - 1, published.year, published.year + 1) if y >= 1 and is_day(y, month, day))
    near = [date(y, month, day) for y in years]
    near = [d for d in near if abs((d - published.date()).days) <= NEAR_DAYS]
    return near[0] if len(near) == 1 else None


def find_future_pasts(matter: Matter) -> Iterator[Flag]:
    """Events told as past whose date, given with its year, lies after publication."""
    published = matter.report.published
    if published is None:
        return
    for fact in matter.facts:
        time, claim = fact.claim.time, fact.claim
        if (
            time is None
            or time.earliest is None
            or not DAY_OR_MONTH.match(time.value)
            or claim.tense != "happened"
            or fact.possible
        ):
            continue
        if str(time.earliest.year) not in time.text and str(step_days(time.earliest, 1).year) not in time.text:
            continue  # The year is our guess.
        if time.earliest > step_days(published, 1) and not PLAN.search(fact.context):
            why = f"told as past, but {time.text} is after the article came out ({name_day(published)})"
            yield matter.flag_words(time.start, time.end, "impossible", why, (), fact)
