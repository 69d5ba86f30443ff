"""Times of day: "4.17 a.m. local time", "01:17 GMT", "noon", "in the early hours"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta, timezone, tzinfo

from sayso.extract.times.anchors import Anchor, Clock, Found
from sayso.extract.times.answers import Answer, complain, pair
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.words import load_lexicon, load_words

ZONE = (
    "(?:OPEN? (?:<zone>ZONE (?:<sign>PLUS/DASH <offset>TWELVE/DAYHOUR/ZERO/CLOCK/FOUR_DIGITS/YEAR)?"
    "|<place>ZONE_PLACE (?:standard|daylight|summer)? time"
    "|<local>local time|hours <zone_b>ZONE) CLOSE?)?"
)


def zone_of(hit: Hit) -> tzinfo | None:
    """The zone that a clock time names: by offset, by its letters, or by a place's name."""
    if "offset" in hit:
        digits = re.match(r"(\d\d?):?(\d\d)?$", hit.text("offset"))
        if digits:
            delta = timedelta(hours=int(digits[1]), minutes=int(digits[2] or 0))
            return timezone(delta if hit.text("sign") == "+" else -delta) if delta < timedelta(hours=16) else None
    values = load_lexicon().values
    for name, table in (("zone", "ZONE"), ("zone_b", "ZONE"), ("place", "ZONE_PLACE")):
        if name in hit:
            word = hit.words.written(hit.groups[name][0]) if table == "ZONE" else hit.text(name)
            return load_zone(values[table][word])
    return None


def load_zone(name: str) -> tzinfo | None:
    """A zone by its offset ("+03:00") or its name in the IANA database; None on a machine that has none such."""
    match = re.match(r"([+-])(\d\d):(\d\d)$", name)
    if match:
        delta = timedelta(hours=int(match[2]), minutes=int(match[3]))
        return timezone(delta if match[1] == "+" else -delta)
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def found_clock(hit: Hit, hour: int, minute: int, second: int | None = None) -> Answer:
    """A time of day, checked."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return complain(hit, "is no time of day: read as no time")
    start = timedelta(hours=hour, minutes=minute, seconds=second or 0)
    last = start + (timedelta(minutes=1) if second is None else timedelta(seconds=1))
    value = f"{hour:02}:{minute:02}" + (f":{second:02}" if second is not None else "")
    end = hit.end
    if hit.words.word(hit.last) in (")", "]") and "(" not in hit.words.text[hit.start : end]:
        end = hit.words.ends[hit.last - 1]
    return Found(
        hit.start,
        end,
        "TIME",
        "T" + value,
        clock=Clock(value, start, last, zone_of(hit), twelve=is_of_twelve(hit, hour)),
    )


def is_of_twelve(hit: Hit, hour: int) -> bool:
    """Whether an hour may be of the morning or of the evening, as nothing beside it tells."""
    told = {"half", "part", "part_b"} & set(hit.groups)
    return 1 <= hour <= 12 and "clock" in hit and not told and not hit.text("clock").startswith("0")


DAY_HALF = "(?:(?:in the)? (?:early/late DASH?)? <part>morning/afternoon/evening|at <part_b>night)"


@rule(
    "{APPROX}? <clock>CLOCK (?:<half>({AMPM}|a)|" + DAY_HALF + ")? (?:hrs/hours)? " + ZONE,
    "{APPROX}? <clock>DECIMAL/TWELVE/COUNT/FOUR_DIGITS/YEAR DOT? <half>({AMPM}) " + ZONE,
    "<clock>FOUR_DIGITS/YEAR (?=OPEN FOUR_DIGITS/YEAR ZONE)",
    "{APPROX}? <clock>TWELVE <ish>ish",
    "{APPROX}? <clock>TWELVE/COUNT (?:o APOS clock|oclock) " + DAY_HALF + "? " + ZONE,
    "{APPROX}? <clock>DECIMAL OPEN? (?:<zone>ZONE|<place>ZONE_PLACE time|<local>local time) CLOSE?",
    "<clock>TWELVE " + DAY_HALF,
    "<clock>FOUR_DIGITS/YEAR <hours>hours/hrs",
    "<clock>FOUR_DIGITS/YEAR/BIG (?:local time|<zone>ZONE|hours? <zone_b>ZONE|<place>ZONE_PLACE time|hours local time)",
)
def read_clock(hit: Hit, anchor: Anchor) -> Answer:
    """17:30, 4.17 a.m., 5pm, five o'clock, 0600 GMT, 6:40 p.m. (GMT +8)."""
    numbers = numbers_of(hit.text("clock"))
    if "hours" in hit and not (hit.before in load_words("clock_left") or hit.text("clock").startswith("0")):
        return None  # "1200 hours of work".
    if numbers is None or (hit.before == "-" and "half" not in hit and is_tight(hit)):
        return None
    half = "".join(hit.tokens("half")).replace(".", "")
    if half == "a" and not hit.words.text[hit.words.ends[hit.groups["clock"][1]] :].startswith("a"):
        hit, half = hit.without("half"), ""  # "At 9:00 a man", and not "9:00a".
    if "ish" in hit and not is_tight(replace(hit, first=hit.last)):
        return None
    hour = hour_of_day(numbers[0], half, hit.text("part") or hit.text("part_b"))
    return found_clock(hit, hour, *numbers[1:]) if len(numbers) > 1 else found_clock(hit, hour, 0)


@rule("<first>TWELVE/CLOCK/DECIMAL <to>{TO} <clock>TWELVE/CLOCK/DECIMAL <half>({AMPM}) " + ZONE)
def read_clocks(hit: Hit, anchor: Anchor) -> Answer:
    """Between 9 and 11 a.m., 7:00-8:30 pm: the half of the day serves both, unless that turns them round."""
    one, two = numbers_of(hit.text("first")), numbers_of(hit.text("clock"))
    if one is None or two is None or hit.text("to") == "or":
        return None
    half = "".join(hit.tokens("half")).replace(".", "")
    hour = hour_of_day(two[0], half, "")
    before = hour_of_day(one[0], half, "")
    before = before if before <= hour else before - 12
    if not 0 <= before <= 24:
        return None
    first = found_clock(hit, before, one[1] if len(one) > 1 else 0)
    second = found_clock(hit, hour, two[1] if len(two) > 1 else 0)
    return pair(first, hit.span("first"), second, (hit.span("clock")[0], hit.end))


def is_tight(hit: Hit) -> bool:
    """Whether no space parts a hit from the token before."""
    return hit.words.ends[hit.first - 1] == hit.start


def numbers_of(word: str) -> list[int] | None:
    """Hour, minute and second of "17:30:05", "4.17", "0600", "five"; None where the digits are no time."""
    counts = load_lexicon().values["COUNT"]
    if word in counts:
        return [int(counts[word])] if 1 <= counts[word] <= 12 else None
    if re.fullmatch(r"\d{3,4}", word):
        return [int(word[:-2]), int(word[-2:])]
    parts = re.split(r"[:h.]", word)
    if "," in word or ("." in word and len(parts[1]) != 2):
        return None
    return [int(part) for part in parts]


def hour_of_day(hour: int, half: str, part: str) -> int:
    """The hour of 24 that an hour of 12 means with "a.m." or "p.m." or with a part of the day; others stay."""
    if not 1 <= hour <= 12 or not (half or part):
        return hour
    if half:
        return hour % 12 + (12 if half[0] == "p" else 0)
    if part == "night":
        return hour % 12 + (12 if 5 < hour < 12 else 0)
    return hour % 12 + (12 if part in ("afternoon", "evening") else 0)


@rule("{APPROX}? twelve/TWELVE? <word>HOUR_WORD " + ZONE)
def read_noon(hit: Hit, anchor: Anchor) -> Answer:
    """Noon, midnight (the end of its day)."""
    return found_clock(hit, hit.value("word", "HOUR_WORD"), 0)


@rule(
    "(?:the? (?:very)?)? <early>early/small/wee hours (?:of the morning)?",
    "<over>overnight",
    "(?:early/late/earlier/later in) the <part>PART",
    "the? (?:very)? <edge>(early/mid/late DASH?)? <part>PART",
)
def read_part(hit: Hit, anchor: Anchor) -> Answer:
    """Early morning, overnight, the early hours; a bare part of the day only where the words before say so."""
    if "part" not in hit:
        hours = (-6, 8) if "over" in hit else (0, 6)
        clock = Clock("NI", timedelta(hours=hours[0]), timedelta(hours=hours[1]))
        return Found(hit.start, hit.end, "TIME", "TNI", clock=clock)
    code, begin, end = hit.value("part", "PART")
    if hit.text("part").endswith("s"):
        return None
    left = (
        ("in", "during", "by", "until", "since")
        if hit.words.word(hit.first) == "the"
        else ("at", "before", "after", "by", "in")
        if "edge" in hit
        else ("at", "before", "after", "by")
    )
    inside = hit.last > hit.first + 1 and hit.words.word(hit.first + 1) == "in"
    loose = not inside and (hit.before not in left or code == "DT")
    clock = Clock(code, timedelta(hours=begin), timedelta(hours=end), loose=loose)
    return Found(hit.start, hit.end, "TIME", "T" + code, clock=clock)
