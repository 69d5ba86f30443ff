"""Dates reckoned from the publication or from a date mentioned before: "last Thursday", "two days later", "now"."""

from __future__ import annotations

from datetime import datetime, timedelta

from sayso.extract.times.amounts import Amount, read_amount
from sayso.extract.times.anchors import Anchor, Found
from sayso.extract.times.dates import Answer, found_edge, found_period, nearest, season_near, share_of, year_of
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.periods import (
    GRAINS,
    Period,
    day_of,
    make_day,
    make_month,
    make_part,
    make_quarter,
    make_season,
    make_week,
    make_weekend,
    make_year,
    part_of,
    period_at,
    shift_moment,
)
from sayso.extract.times.words import load_lexicon

GRAIN_OF_UNIT = {
    "1D": "day",
    "1W": "week",
    "1WE": "weekend",
    "1M": "month",
    "3M": "quarter",
    "6M": "half",
    "1Y": "year",
    "10Y": "decade",
    "100Y": "century",
}
REFERENCES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
UNKNOWN_VALUES = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX", "weekend": "XXXX-WXX-WE"}


def unanchored(hit: Hit, direction: int) -> Found:
    """A date before, at or after a publication that is not known."""
    return Found(hit.start, hit.end, "DATE", REFERENCES[direction])


@rule("today", "yesterday", "tomorrow", "the day before yesterday", "the day after tomorrow", "this (?:very)? day", "the present day")
def read_today(hit: Hit, anchor: Anchor) -> Answer:
    """Today, yesterday, the day after tomorrow."""
    words = [hit.words.word(i) for i in range(hit.first, hit.last + 1)]
    days = {"yesterday": -1, "tomorrow": 1}.get(words[-1], 0)
    days *= 2 if len(words) > 2 and days else 1
    if hit.text and words[-1] == "day" and "present" in words:
        return unanchored(hit, 0)
    if anchor.now is None:
        return unanchored(hit, (days > 0) - (days < 0))
    return found_period(hit, day_of(anchor.now + timedelta(days=days)))


@rule("tonight", "last <part>night", "this <part>PART", "tomorrow <part>PART", "yesterday <part>PART")
def read_tonight(hit: Hit, anchor: Anchor) -> Answer:
    """Tonight, last night, this morning."""
    first = hit.words.word(hit.first)
    days = {"last": -1, "yesterday": -1, "tomorrow": 1}.get(first, 0)
    code, start, end = load_lexicon().values["PART"][hit.text("part") or "night"]
    if anchor.now is None:
        return Found(hit.start, hit.end, "TIME", f"XXXX-XX-XXT{code}")
    return found_period(hit, make_part(day_of(anchor.now + timedelta(days=days)), code, start, end))


def weekday_of(hit: Hit) -> int:
    """The ISO number of the weekday named."""
    return int(hit.value("weekday", "WEEKDAY"))


def is_weekday(hit: Hit) -> bool:
    """Whether a weekday's short name is one: "Sun" and "Sat" need a date, a stop or a preposition beside them."""
    word = hit.text("weekday")
    if len(word) > 4:
        return hit.after not in ("times", "telegraph", "herald", "mirror", "post") or hit.words.written(hit.last + 1).islower()
    return hit.before in ("on", "last", "next", "this", "late", "early", "until", "since", "by", "from", "to", "every") or hit.after in (".", ",")


@rule("{EDGE}? <weekday>WEEKDAY DOT?")
def read_weekday(hit: Hit, anchor: Anchor) -> Answer:
    """Tuesday, late Friday: of the days around the publication the one that the verb points to, today with the past."""
    if not is_weekday(hit):
        return None
    if hit.text("weekday").endswith("day") and hit.words.word(hit.last) == ".":
        hit = Hit(hit.words, hit.first, hit.last - 1, hit.groups)
    number = weekday_of(hit)
    if anchor.now is None:
        return Found(hit.start, hit.end, "DATE", f"XXXX-WXX-{number}")
    back = (anchor.now.isoweekday() - number) % 7
    days = (7 - back) % 7 if anchor.lean(hit) > 0 else -back
    return found_day_edge(hit, day_of(anchor.now + timedelta(days=days)))


def found_day_edge(hit: Hit, day: Period) -> Found:
    """A day that may be narrowed: early is until six, late from six in the evening."""
    words = hit.tokens("edge")
    if not words or share_of(words) is None:
        return found_period(hit, day)
    hours = (0, 8) if "early" in words else (18, 24) if "late" in words else (8, 18)
    start = day.start
    return Found(hit.start, hit.end, "DATE", day.value, start + timedelta(hours=hours[0]), start + timedelta(hours=hours[1]), day)


@rule(
    "(?:the)? <way>LAST/NEXT/THIS/PAST/COMING/PREVIOUS/FOLLOWING/SAME <weekday>WEEKDAY DOT?",
    "<weekday>WEEKDAY (?:of)? (?:the)? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME <unit>week",
    "<way>that <weekday>WEEKDAY",
)
def read_pointed_weekday(hit: Hit, anchor: Anchor) -> Answer:
    """Last Thursday, next Monday, the previous Tuesday, Friday last week."""
    way, number = hit.text("way"), weekday_of(hit)
    narrative = way in ("previous", "preceding", "following", "same", "that")
    base = mentioned_moment(anchor, "day") if narrative else anchor.now
    if base is None:
        return Found(hit.start, hit.end, "DATE", f"XXXX-WXX-{number}")
    back = (base.isoweekday() - number) % 7
    step = direction_of(way)
    if "unit" in hit:
        day = make_week(base).start + timedelta(days=7 * step + number - 1)
    elif way == "this":
        lean = anchor.lean(hit)
        ahead = (7 - back) % 7
        day = base - timedelta(days=back) if lean < 0 else base + timedelta(days=ahead) if lean > 0 else make_week(base).start + timedelta(days=number - 1)
    elif way in ("same", "that"):
        day = base - timedelta(days=back)
    else:
        day = base - timedelta(days=back or 7) if step < 0 else base + timedelta(days=7 - back)
    return found_period(hit, day_of(day))


def direction_of(way: str) -> int:
    """Where a word points: -1, 0 or 1."""
    values = load_lexicon().values
    for table in ("LAST", "NEXT", "THIS", "PAST", "COMING", "PREVIOUS", "FOLLOWING", "SAME"):
        if way in values[table]:
            return int(values[table][way])
    return 0


def mentioned_moment(anchor: Anchor, grain: str) -> datetime | None:
    """The start of the last date mentioned that is fine enough to reckon with."""
    mention = anchor.last_mention(min(GRAINS.index(grain), GRAINS.index("day")))
    return mention.start if mention else None


def grain_of(hit: Hit, name: str = "unit") -> str | None:
    """The grain that a unit names."""
    word = hit.text(name)
    values = load_lexicon().values
    return GRAIN_OF_UNIT.get(values["UNIT"].get(word, values["UNITS"].get(word, "")))


@rule(
    "{EDGE}? (?:the|its|his|her|their)? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME <fiscal>(fiscal/financial)? <unit>UNIT",
    "{EDGE}? <way>that/COMING <unit>UNIT",
    "the <way>day/week/month/year/night <side>before/after",
    "<side>EARLIER/LATER <way>THIS/LAST/NEXT/that <unit>UNIT",
    "{EDGE} <way>the/each/every <unit>UNIT",
    "the <way>EARLIER <unit>UNIT",
)
def read_pointed_unit(hit: Hit, anchor: Anchor) -> Answer:
    """Last week, next month, the same year, earlier this month, late last year, the end of the week."""
    way, side = hit.text("way"), hit.text("side")
    if way in ("each", "every") or hit.after == "ago" or (hit.before in ("the", "a", "an") and way in ("last", "next")):
        return None
    grain = GRAIN_OF_UNIT.get(load_lexicon().values["UNIT"].get(way, "")) if "unit" not in hit else grain_of(hit)
    if grain is None:
        return None
    if "unit" not in hit and not ends_phrase(hit):
        return None
    narrative = way in ("previous", "preceding", "following", "same", "that", "earlier", "before") or "unit" not in hit
    step = direction_of(side if "unit" not in hit else way)
    if "unit" not in hit:
        step = -1 if side == "before" else 1
    word_before = hit.words.word(hit.first)
    if way == "last" and word_before == "the" and grain not in ("year", "quarter", "weekend"):
        return None
    if narrative:
        base = mentioned_moment(anchor, grain)
        if base is None and way in ("same", "that"):
            return None
    else:
        base = anchor.now
    if base is None:
        return Found(hit.start, hit.end, "DATE", UNKNOWN_VALUES.get(grain, REFERENCES[step]) if narrative else REFERENCES[step])
    if grain == "weekend" and not narrative:
        return found_period(hit, choose_weekend(hit, anchor, base, step if way != "this" else None))
    period = period_at(grain, shift_moment(period_at(grain, base).start if grain != "day" else base, grain, step))
    if hit.text("unit") == "night" or way == "night":
        return found_period(hit, make_part(period, "NI", 18, 30))
    if "fiscal" in hit and grain == "year":
        return Found(hit.start, hit.end, "DATE", f"FY{period.value}", None, None, period)
    if side in ("earlier", "later") and "unit" in hit:
        return found_side(hit, anchor, period, side)
    return found_edge(hit, period)


def found_side(hit: Hit, anchor: Anchor, period: Period, side: str) -> Found:
    """Earlier or later in a period: up to or from the publication, where it lies inside."""
    start, end = period.start, period.end
    if anchor.now and start <= anchor.now < end:
        today = day_of(anchor.now)
        start, end = (start, today.end) if side == "earlier" else (today.start, end)
    else:
        start, end = part_of(period, *((0.0, 0.5) if side == "earlier" else (0.5, 1.0)))
    return Found(hit.start, hit.end, "DATE", period.value, start, end, period)


def ends_phrase(hit: Hit) -> bool:
    """Whether nothing follows that "the day after" could be the day after of."""
    after = hit.words.written(hit.last + 1)
    return not after or not (after[0].isalnum() or after[0] in "“\"'‘") or after.lower() in ("and", "but", "when", "as", "in")


def choose_weekend(hit: Hit, anchor: Anchor, base: datetime, step: int | None) -> Period:
    """The weekend meant: of this week, but the one just gone where the verb is past and this week's is still ahead."""
    weekend = make_weekend(base)
    if step:
        begun = base >= weekend.start
        if step < 0:
            return make_weekend(base - timedelta(days=7))
        return make_weekend(base + timedelta(days=7 if begun else 7 if hit.text("way") == "following" else 7 * (base.weekday() > 4)))
    if base < weekend.start and anchor.lean(hit) < 0 and base.isoweekday() <= 4:
        return make_weekend(base - timedelta(days=7))
    return weekend


@rule("the weekend", "weekend")
def read_weekend(hit: Hit, anchor: Anchor) -> Answer:
    """Over the weekend."""
    if hit.before not in ("over", "at", "on", "during", "by", "since", "until", "for", "in", "into") or hit.after in ("of", "trip", "edition"):
        return None
    if anchor.now is None:
        return Found(hit.start, hit.end, "DATE", "XXXX-WXX-WE")
    return found_period(hit, choose_weekend(hit, anchor, anchor.now, None))


@rule(
    "{EDGE}? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME/COMING/PAST/the DASH? <month>MONTH",
    "{EDGE}? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME/COMING/PAST <season>SEASON",
    "{EDGE}? <month>MONTH COMMA? (?:of)? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME/that <unit>year",
    "{EDGE}? (?:the)? <season>SEASON (?:of)? <way>LAST/NEXT/THIS/PREVIOUS/FOLLOWING/SAME/that <unit>year",
)
def read_pointed_month(hit: Hit, anchor: Anchor) -> Answer:
    """Last August, next spring, in March this year, the summer of last year."""
    way, step = hit.text("way"), direction_of(hit.text("way"))
    if way == "the":
        return None
    narrative = way in ("previous", "preceding", "following", "same", "that")
    base = mentioned_moment(anchor, "year") if narrative else anchor.now
    if base is None:
        value = f"XXXX-{hit.value('month', 'MONTH'):02}" if "month" in hit else f"XXXX-{hit.value('season', 'SEASON')}"
        return Found(hit.start, hit.end, "DATE", value)
    years = [base.year + step] if "unit" in hit else [base.year + n for n in (-2, -1, 0, 1, 2)]
    periods = [make_month(year, hit.value("month", "MONTH")) if "month" in hit else make_season(year, hit.value("season", "SEASON")) for year in years]
    if "unit" in hit:
        return found_edge(hit, periods[0])
    if step < 0:
        return found_edge(hit, max((p for p in periods if p.end <= base), key=lambda p: p.start))
    if step > 0:
        return found_edge(hit, min((p for p in periods if p.start > base), key=lambda p: p.start))
    return found_edge(hit, next((p for p in periods if p.start <= base < p.end), None) or (nearest(periods, anchor, 0) or periods[2]))


@rule(
    "{APPROX}? <amount>({AMOUNT}|{VAGUE}|a/an|half an/a|a DASH? half DASH?) DASH? <unit>UNIT/UNITS <way>ago/EARLIER/LATER/on",
    "{APPROX}? <amount>({AMOUNT}|{VAGUE}|a/an|half an/a) <unit>UNIT/UNITS <way>from now",
    "in {APPROX}? <amount>({AMOUNT}|{VAGUE}|a/an|half an/a) <unit>UNIT/UNITS APOS? s? <way>time",
    "{APPROX}? <amount>(a) <unit>UNIT and a half <way>ago/EARLIER/LATER",
    "<unit>UNITS <way>ago/EARLIER/LATER",
)
def read_distance(hit: Hit, anchor: Anchor) -> Answer:
    """Two weeks ago, three days later, a year earlier, in two weeks' time: a period of the unit's grain."""
    way = hit.text("way")
    amount = read_amount(hit)
    back = way in ("ago", "earlier", "before", "previously")
    narrative = way not in ("ago", "from now", "time")
    if amount is None:
        return None
    if narrative and way in ("before", "after", "on", "hence") and not ends_phrase(hit):
        return None
    if hit.words.word(hit.first) == "in":
        hit = Hit(hit.words, hit.first + 1, hit.last, hit.groups)
    lost = Found(hit.start, hit.end, "DATE", "XXXX-XX-XX" if narrative else REFERENCES[-1 if back else 1])
    if amount.count is None and amount.vague is None:
        return lost
    grain, count = amount.grain, amount.count
    if narrative:
        base = mentioned_moment(anchor, grain)
        if base is None:
            return None if way == "on" else lost
    elif anchor.now is None:
        return lost
    else:
        base = anchor.now
    if count is None:
        if narrative:
            return lost
        start = shift_moment(base, grain, (-1 if back else 1) * 2 * (amount.vague or 1) * amount.factor)
        ends = (start, base) if back else (base, start)
        return Found(hit.start, hit.end, "DATE", REFERENCES[-1 if back else 1], *ends)
    moment = shift_moment(base, grain, (-count if back else count) * amount.factor)
    if grain in ("hour", "minute", "second"):
        if not anchor.exact or narrative:
            return found_period(hit, day_of(moment)) if not narrative else lost
        return found_period(hit, period_at("minute", moment))
    if count != int(count):
        grain = {"year": "month", "month": "day", "week": "day"}.get(grain, grain)
    return found_period(hit, period_at("week" if grain == "weekend" else grain, moment))


@rule(
    "the <nth>ORDINAL/LAST/NTH (?:full)? <unit>day/week/weekend of? (?:the)? <month>MONTH COMMA? <year>YEAR?",
    "the <nth>ORDINAL/LAST/NTH <weekday>WEEKDAY (?:of/in) <month>MONTH COMMA? <year>YEAR?",
    "the <nth>ORDINAL/LAST/NTH <unit>day/week/weekend/month of (?:the year)? <year>YEAR",
    "the <nth>ORDINAL/LAST/NTH <unit>day/week/weekend of <way>THIS/LAST/NEXT/the <whole>month/year",
)
def read_nth_unit(hit: Hit, anchor: Anchor) -> Answer:
    """The first week of February, the last day of the month, the second Tuesday of March 2024."""
    whole = whole_of(hit, anchor)
    if whole is None:
        value = f"XXXX-{hit.value('month', 'MONTH'):02}" if "month" in hit else "XXXX"
        return Found(hit.start, hit.end, "DATE", value)
    last = hit.text("nth") == "last"
    nth = 1 if last else hit.number("nth")
    unit = hit.text("unit")
    if unit == "month":
        return found_period(hit, make_month(whole.start.year, 12 if last else nth)) if nth <= 12 else None
    number = weekday_of(hit) if "weekday" in hit else {"weekend": 6}.get(unit, 0)
    moment = whole.end - timedelta(days=1) if last else whole.start
    if number:
        away = (moment.isoweekday() - number) % 7 if last else (number - moment.isoweekday()) % 7
        moment += timedelta(days=-away if last else away + 7 * (nth - 1))
    elif unit == "day":
        moment += timedelta(days=nth - 1 if not last else 0)
    else:
        first = whole.end - timedelta(days=7) if last else whole.start + timedelta(days=7 * (nth - 1))
        week = make_week(first + timedelta(days=3))
        return Found(hit.start, hit.end, "DATE", week.value, first, first + timedelta(days=7), week)
    if not whole.start <= moment < whole.end:
        return None
    return found_period(hit, make_weekend(moment) if unit == "weekend" else day_of(moment))


def whole_of(hit: Hit, anchor: Anchor) -> Period | None:
    """The month or year that a part is part of."""
    year = year_of(hit, anchor)
    if "month" in hit:
        month = hit.value("month", "MONTH")
        if year:
            return make_month(year, month)
        return nearest([make_month(anchor.now.year + n, month) for n in (-1, 0, 1)], anchor, anchor.lean(hit)) if anchor.now else None
    if year:
        return make_year(year)
    if anchor.now is None:
        return None
    return period_at(hit.text("whole"), shift_moment(make_month(anchor.now.year, anchor.now.month).start, hit.text("whole"), direction_of(hit.text("way"))))


@rule(
    "{EDGE}? the? <way>LAST/NEXT/THIS/COMING DASH? quarter",
    "{EDGE}? (?:the|its)? <nth>ORDINAL/NTH DASH? <quarter>quarter/half (?:(?:of|in|COMMA)? (?:the)? <fiscal>(fiscal/financial)? (?:year)? <year>YEAR)?",
    "{EDGE}? (?:the|its)? <nth>ORDINAL/NTH <quarter>quarter/half of <way>THIS/LAST/NEXT/the <fiscal>(fiscal/financial)? year",
    "<short>QUARTER (?:of|in|COMMA|DASH|SLASH)? <fiscal>(fy)? <year>YEAR/SHORT_YEAR",
    "<year>YEAR DASH? <short>QUARTER",
    "<short>QUARTER",
)
def read_quarter(hit: Hit, anchor: Anchor) -> Answer:
    """The third quarter of 2024, Q3 2024, last quarter, the second half of the year."""
    year = year_of(hit, anchor)
    lean = anchor.lean(hit)
    if "short" in hit or "nth" in hit:
        number = int(hit.text("short")[1]) if "short" in hit else hit.number("nth")
        halves = hit.text("short").startswith("h") or hit.text("quarter") == "half"
        if not 1 <= number <= (2 if halves else 4):
            return None
        if "nth" in hit and year is None and "way" not in hit and (halves or hit.words.word(hit.first) not in ("the", "its") or hit.after == "of"):
            return None
        if halves and "short" in hit and year is None:
            return None
        if "way" in hit and anchor.now:
            year = anchor.now.year + direction_of(hit.text("way"))
        if year is None and anchor.now is None:
            return Found(hit.start, hit.end, "DATE", f"XXXX-{'H' if halves else 'Q'}{number}")
        years = [year] if year is not None else [anchor.now.year + n for n in (-1, 0, 1)] if anchor.now else []
        periods = [make_quarter(y, number) for y in years] if not halves else [part_period(y, number) for y in years]
        period = periods[0] if year is not None else nearest(periods, anchor, lean)
        if period and "fiscal" in hit:
            return Found(hit.start, hit.end, "DATE", f"FY{period.value}", None, None, period)
        return found_edge(hit, period) if period else None
    if anchor.now is None:
        return unanchored(hit, direction_of(hit.text("way")))
    return found_edge(hit, period_at("quarter", shift_moment(anchor.now.replace(day=1), "quarter", direction_of(hit.text("way")))))


def part_period(year: int, half: int) -> Period:
    """A half of a year."""
    from sayso.extract.times.periods import make_half

    return make_half(year, half)


@rule("<year>FISCAL", "(?:the)? fiscal/financial year? <year>YEAR", "fy <year>YEAR/SHORT_YEAR")
def read_fiscal(hit: Hit, anchor: Anchor) -> Answer:
    """FY2024, fiscal 2024: when it runs differs from house to house, so it has no interval."""
    digits = "".join(c for c in hit.text("year") if c.isdigit())
    year = int(digits) if len(digits) == 4 else year_of_digits(digits, anchor)
    return Found(hit.start, hit.end, "DATE", f"FY{year}")


def year_of_digits(digits: str, anchor: Anchor) -> int:
    """A fiscal year of two digits in full."""
    from sayso.extract.times.dates import full_year

    return full_year(int(digits) % 100, anchor)


@rule(
    "(?:right|just|until|till)? <now>NOW",
    "more/most/very/only/just/quite <now>recently/lately",
    "at <way>(the/this moment/time|present)",
    "these days",
    "to date",
    "the (?:near|immediate|foreseeable|not too distant|distant)? <way>future",
    "the (?:recent|distant)? <way>past",
)
def read_now(hit: Hit, anchor: Anchor) -> Answer:
    """Now, currently, recently, at the moment, in the future."""
    word, way = hit.text("now"), hit.text("way")
    first = hit.words.word(hit.first)
    if first in ("at", "until", "till", "just", "right") and word not in ("recently",):
        if way == "the time" or (word and word != "now"):
            return None
        if first in ("until", "till"):
            hit = Hit(hit.words, hit.first + 1, hit.last, hit.groups)
        elif first == "at":
            hit = Hit(hit.words, hit.first + 1, hit.last, hit.groups)
    if way in ("future", "past"):
        if hit.before not in ("in", "for", "of", "into", "from") or hit.words.shape[hit.last + 1 : hit.last + 2] >= "\ue000":
            return None
        if way == "past" and hit.before != "in":
            return None
        return Found(hit.start, hit.end, "DATE", "FUTURE_REF" if way == "future" else "PAST_REF")
    if word in ("soon", "shortly") and (hit.before in ("as", "how", "too", "so") or hit.after in ("after", "before", "as")):
        return None
    if word == "now" and hit.after in ("that", "-"):
        return None
    value = load_lexicon().values["NOW"].get(word, "PRESENT_REF")
    if value == "PRESENT_REF" and anchor.now and anchor.today:
        return Found(hit.start, hit.end, "DATE", value, anchor.today.start, anchor.today.end)
    return Found(hit.start, hit.end, "DATE", value)


@rule("(?:the)? (?:most)? <way>RECENT/COMING <unit>UNITS", "the <way>COMING <unit>UNIT")
def read_recent(hit: Hit, anchor: Anchor) -> Answer:
    """Recent weeks, the coming days: a few of the unit back or ahead."""
    way = hit.text("way")
    amount = read_amount(hit)
    if amount is None or amount.grain in ("second", "minute"):
        return None
    step = -1 if way == "recent" else 1
    value = REFERENCES[step]
    if anchor.now is None or anchor.today is None:
        return Found(hit.start, hit.end, "DATE", value)
    far = shift_moment(anchor.today.start, amount.grain, step * load_lexicon().values["VAGUE"]["recent"] * amount.factor)
    ends = (far, anchor.until_now) if step < 0 else (anchor.today.start, far)
    return Found(hit.start, hit.end, "DATE", value, *ends)


def far_from(moment: datetime, amount: Amount, step: int) -> datetime:
    """The moment an amount back or ahead, whole or vague."""
    return shift_moment(moment, amount.grain, step * amount.factor * (amount.count if amount.count is not None else 2 * (amount.vague or 1)))
