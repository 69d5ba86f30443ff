"""Days and longer stretches that are pointed at: "today", "last Thursday", "next month", "the same week"."""

from __future__ import annotations

from datetime import datetime, timedelta

from sayso.extract.times.anchors import Anchor, Found
from sayso.extract.times.answers import (
    GRAIN_OF_UNIT,
    REFERENCES,
    Answer,
    direction_of,
    ends_phrase,
    found_edge,
    found_period,
    found_value,
    is_name_before,
    nearest,
    pair,
)
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.periods import (
    Period,
    day_of,
    make_month,
    make_part,
    make_season,
    make_week,
    make_weekend,
    part_of,
    period_at,
    shift_moment,
)
from sayso.extract.times.words import load_lexicon, load_words

UNKNOWN_VALUES = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX", "weekend": "XXXX-WXX-WE"}
"""Values of what is reckoned from a date that the text does not give."""
NARRATIVE = frozenset(("previous", "preceding", "following", "same", "that"))
"""Ways of pointing from a date mentioned before rather than from the publication."""
HALF_YEAR = timedelta(days=184)
"""How far ahead "this March" may lie where it is not this year's."""
DAY_HOURS = {"early": (0, 8), "mid": (8, 18), "late": (18, 24)}
"""The hours of "early Tuesday" and the like."""


@rule(
    "{EDGE}? today",
    "{EDGE}? yesterday",
    "{EDGE}? tomorrow",
    "the day before <word>yesterday",
    "the day after <word>tomorrow",
    "this very? day",
)
def read_today(hit: Hit, anchor: Anchor) -> Answer:
    """Today, yesterday, the day after tomorrow."""
    step = {"yesterday": -1, "tomorrow": 1}.get(hit.words.word(hit.last), 0)
    if hit.words.written(hit.first)[:1].isupper() and is_name_before(hit):
        return None  # "India Today".
    if anchor.now is None:
        return found_value(hit, REFERENCES[step])
    return found_edge(hit, day_of(anchor.now + timedelta(days=2 * step if "word" in hit else step)))


@rule("tonight/tonite", "<way>last <part>night", "<way>this/tomorrow/yesterday <part>PART")
def read_tonight(hit: Hit, anchor: Anchor) -> Answer:
    """Tonight, last night, this morning, tomorrow evening."""
    days = {"last": -1, "yesterday": -1, "tomorrow": 1}.get(hit.text("way"), 0)
    code, start, end = load_lexicon().values["PART"][hit.text("part") or "night"]
    if anchor.now is None:
        return Found(hit.start, hit.end, "TIME", f"XXXX-XX-XXT{code}")
    return found_period(hit, make_part(day_of(anchor.now + timedelta(days=days)), code, start, end))


@rule("the <way>NEXT/PREVIOUS/FOLLOWING/SAME <part>PART", "<way>that <part>PART")
def read_told_part(hit: Hit, anchor: Anchor) -> Answer:
    """The following morning, that evening: of the day mentioned last."""
    code, start, end = hit.value("part", "PART")
    base = anchor.mentioned_moment("day")
    if base is None:
        return Found(hit.start, hit.end, "TIME", f"XXXX-XX-XXT{code}")
    return found_period(hit, make_part(day_of(base + timedelta(days=direction_of(hit.text("way")))), code, start, end))


def is_weekday(hit: Hit) -> bool:
    """Whether a weekday's name is one: "Sun" and "Sat" need a word beside them, "Sunday Times" is none."""
    if len(hit.text("weekday")) > 4:
        after = hit.words.written(hit.last + 1)
        return not (after[:1].isupper() and after.lower() in load_words("weekday_right_not"))
    return hit.before in load_words("weekday_left") or hit.after in (".", ",", "(") or hit.words.word(hit.last) == "."


def is_dated(hit: Hit) -> bool:
    """Whether a date stands behind a weekday: "late on Sunday, April 27" is told by that date."""
    words, after = hit.words, hit.last + (2 if hit.after == "," else 1)
    return words.word(after) in load_lexicon().values["MONTH"] or words.word(after)[:1].isdigit()


@rule("{EDGE}? <weekday>WEEKDAY DOT?", "{EDGE} the <weekday>WEEKDAY", "<edge>(early/late on) <weekday>WEEKDAY")
def read_weekday(hit: Hit, anchor: Anchor) -> Answer:
    """Tuesday, late Friday: the last one, today included, unless the verb points ahead."""
    if not is_weekday(hit) or ("on" in hit.tokens("edge") and is_dated(hit)):
        return None
    number = hit.value("weekday", "WEEKDAY")
    if anchor.now is None:
        return found_value(hit, f"XXXX-WXX-{number}")
    back = (anchor.now.isoweekday() - number) % 7
    days = (7 - back) % 7 if anchor.lean(hit) > 0 else -back
    day = day_of(anchor.now + timedelta(days=days))
    return found_hours(hit, day)


@rule("<weekday>WEEKDAY <to>to/through/until/till/and/DASH <last>WEEKDAY")
def read_weekdays(hit: Hit, anchor: Anchor) -> Answer:
    """From Monday to Friday: the second follows the first, both of them in the past where the verb is."""
    if anchor.now is None or (hit.text("to") in ("and", "to") and hit.before not in ("from", "between")):
        return None
    if min(len(hit.text("weekday")), len(hit.text("last"))) <= len("Thur") or hit.after in ("this", "last", "next"):
        return None
    one, two = hit.value("weekday", "WEEKDAY"), hit.value("last", "WEEKDAY")
    lean, today = anchor.lean(hit), anchor.now.isoweekday()
    first = (one - today) % 7 if lean > 0 else -((today - one) % 7)
    second = first + ((two - one) % 7 or 7)
    if lean < 0 and second > 0:
        first, second = first - 7, second - 7
    ends = [found_period(hit, day_of(anchor.now + timedelta(days=days))) for days in (first, second)]
    return pair(ends[0], hit.span("weekday"), ends[1], hit.span("last"))


def found_hours(hit: Hit, day: Period) -> Found:
    """A day, perhaps narrowed to its early or late hours."""
    hours = next((DAY_HOURS[word] for word in hit.tokens("edge") if word in DAY_HOURS), None)
    if hours is None:
        return found_edge(hit, day)
    start, end = (day.start + timedelta(hours=hour) for hour in hours)
    return Found(hit.start, hit.end, "DATE", day.value, start, end, day)


@rule(
    "{EDGE}? the? <way>LAST/NEXT/THIS/PAST/COMING/PREVIOUS/FOLLOWING/SAME/that <weekday>WEEKDAY",
    "<weekday>WEEKDAY (?:of? the?|COMMA?) <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME <unit>week",
    "<way>LAST/NEXT/THIS/PREVIOUS <unit>week COMMA/DASH? on? <weekday>WEEKDAY",
)
def read_pointed_weekday(hit: Hit, anchor: Anchor) -> Answer:
    """Last Thursday, next Monday, the previous Tuesday, Friday last week."""
    way, number = hit.text("way"), hit.value("weekday", "WEEKDAY")
    base = anchor.mentioned_moment("day") or anchor.now if way in NARRATIVE else anchor.now
    if base is None:
        return found_value(hit, f"XXXX-WXX-{number}")
    back = (base.isoweekday() - number) % 7
    step = direction_of(way)
    if "unit" in hit:
        return found_period(hit, day_of(make_week(base).start + timedelta(days=7 * step + number - 1)))
    if way == "this":
        lean = anchor.lean(hit)
        ahead = number - base.isoweekday()
        days = -back if lean < 0 else (7 - back) % 7 if lean > 0 else ahead
    elif way in ("same", "that"):
        days = -back
    else:  # Who means yesterday or tomorrow says so, and not "last Wednesday".
        days = -(back or 7) if step < 0 else 7 - back
        near = abs(days) == 1 and base is anchor.now and way in ("last", "next", "following", "previous")
        days += 7 * step if near else 0
    return found_hours(hit, day_of(base + timedelta(days=days)))


@rule(
    "{EDGE}? (?:the/its/his/her/their)? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME"
    " <fiscal>(fiscal/financial)? <unit>UNIT",
    "{EDGE}? <way>that/COMING <unit>UNIT",
    "<side>EARLIER/LATER <way>THIS/LAST/NEXT/PREVIOUS/FOLLOWING/that <unit>UNIT",
    "<side>EARLIER/LATER in <way>the/that/THIS <unit>UNIT",
    "{EDGE} <way>the <fiscal>(fiscal/financial)? <unit>UNIT",
    "<edge>(EDGE_NOUN of) <bare>day/week/month/year",
    "<edge>(the? eoy)",
    "the? SAME period/time/point/week/month/quarter (?:of/in/a the?)? <way>LAST/PREVIOUS <unit>year",
    "this time <way>LAST/NEXT <unit>year",
)
def read_pointed_unit(hit: Hit, anchor: Anchor) -> Answer:
    """Last week, next month, the same year, earlier this month, late last year, the end of the week."""
    way, side = hit.text("way"), hit.text("side")
    word = hit.text("unit") or hit.text("bare") or "year"
    if "bare" in hit and not (hit.before in ("by", "at", "the", "before", "until") or ends_phrase(hit)):
        return None
    grain = GRAIN_OF_UNIT.get(load_lexicon().values["UNIT"][word])
    if grain is None or hit.after == "ago" or (hit.before in ("the", "a", "an") and way in ("last", "next")):
        return None
    if way == "last" and hit.words.word(hit.first) == "the" and grain not in ("year", "quarter", "weekend"):
        return None  # "Over the last week" is a length.
    if side == "before" or (way == "the" and not side and "edge" not in hit):
        return None
    step = direction_of(way)
    base = anchor.now
    if way in NARRATIVE:
        base = anchor.mentioned_moment(grain) or (anchor.now if step and not anchor.has_mentions else None)
        if base is None and not step:
            return None
    if base is None:
        unknown = UNKNOWN_VALUES.get(grain) if way in NARRATIVE else None
        return found_value(hit, unknown or REFERENCES[step])
    if grain == "weekend" and way not in NARRATIVE:
        return found_period(hit, choose_weekend(hit, anchor, base, step))
    start = base if grain == "day" else period_at(grain, base).start
    period = period_at(grain, shift_moment(start, grain, step))
    if word == "night":
        return found_period(hit, make_part(period, "NI", 18, 30))
    if "fiscal" in hit:
        return Found(hit.start, hit.end, "DATE", f"FY{period.value}", period=period)
    return found_side(hit, anchor, period, side) if side else found_edge(hit, period)


def found_side(hit: Hit, anchor: Anchor, period: Period, side: str) -> Found:
    """Earlier or later in a period: up to or from the publication if that lies inside, else its first or last half."""
    start, end = period.start, period.end
    if anchor.now and start <= anchor.now < end and period.grain != "day":
        today = day_of(anchor.now)
        start, end = (start, today.end) if side == "earlier" else (today.start, end)
    elif period.grain != "day":
        start, end = part_of(period, *((0.0, 0.5) if side == "earlier" else (0.5, 1.0)))
    return Found(hit.start, hit.end, "DATE", period.value, start, end, period)


def choose_weekend(hit: Hit, anchor: Anchor, base: datetime, step: int) -> Period:
    """The weekend meant: this week's, but the one just gone where the verb is past and this week's still ahead."""
    weekend = make_weekend(base)
    begun = base >= weekend.start
    lean = anchor.lean(hit)
    gone = lean < 0 or (lean == 0 and base.isoweekday() < 3)  # On a Monday, "the weekend" is over.
    if step < 0 or (step == 0 and not begun and base.isoweekday() < 5 and gone):
        return make_weekend(base - timedelta(days=7))
    return make_weekend(base + timedelta(days=7)) if step > 0 and begun else weekend


@rule("the? weekend")
def read_weekend(hit: Hit, anchor: Anchor) -> Answer:
    """Over the weekend."""
    if hit.before not in load_words("weekend_left"):
        return None
    if anchor.now is None:
        return found_value(hit, UNKNOWN_VALUES["weekend"])
    return found_period(hit, choose_weekend(hit, anchor, anchor.now, 0))


@rule("the <unit>day/night/week/month/year <side>before/after")
def read_day_before(hit: Hit, anchor: Anchor) -> Answer:
    """The day before, the year after: of the date mentioned last, where nothing follows that it could be of."""
    if not ends_phrase(hit):
        return None
    unit = hit.text("unit")
    grain = GRAIN_OF_UNIT[load_lexicon().values["UNIT"][unit]]
    base = anchor.mentioned_moment(grain)
    if base is None:
        return found_value(hit, UNKNOWN_VALUES[grain])
    period = period_at(grain, shift_moment(base, grain, -1 if hit.text("side") == "before" else 1))
    return found_period(hit, make_part(period, "NI", 18, 30) if unit == "night" else period)


@rule(
    "{EDGE}? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME/COMING/PAST <month>MONTH",
    "{EDGE}? the? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME/COMING/PAST <season>SEASON",
    "{EDGE}? <month>MONTH COMMA? of? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME/that <unit>year",
    "{EDGE}? the? <season>SEASON of? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME/that <unit>year",
)
def read_pointed_month(hit: Hit, anchor: Anchor) -> Answer:
    """Last August, next spring, in March this year, the summer of last year."""
    way = hit.text("way")
    step = direction_of(way)
    base = anchor.mentioned_moment("year") if way in NARRATIVE else anchor.now
    if base is None:
        month = f"{hit.value('month', 'MONTH'):02}" if "month" in hit else hit.value("season", "SEASON")
        return found_value(hit, f"XXXX-{month}")
    years = [base.year + step] if "unit" in hit else [base.year + n for n in (-2, -1, 0, 1, 2)]
    if "month" in hit:
        periods = [make_month(year, hit.value("month", "MONTH")) for year in years]
    else:
        periods = [make_season(year, hit.value("season", "SEASON")) for year in years]
    if "unit" in hit:
        return found_edge(hit, periods[0])
    if step < 0:
        return found_edge(hit, max((p for p in periods if p.end <= base), key=lambda p: p.start))
    if step > 0:
        return found_edge(hit, min((p for p in periods if p.start > base), key=lambda p: p.start))
    current = next((p for p in periods if p.start <= base < p.end), None)
    periods = [p for p in periods if p.start.year == base.year or timedelta(0) < p.start - base < HALF_YEAR]
    return found_edge(hit, current or nearest(periods, anchor, anchor.lean(hit)) or periods[0])
