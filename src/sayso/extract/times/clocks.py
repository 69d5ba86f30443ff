"""Times of day: "4.17 a.m. local time", "01:17 GMT", "noon", "in the early hours"."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo

from sayso.extract.times.anchors import Anchor, Clock, Found
from sayso.extract.times.dates import Answer, complain, offset_value
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.periods import midnight
from sayso.extract.times.words import load_lexicon

ZONE = (
    "(?:OPEN? (?:<zone>ZONE (?:<sign>PLUS/DASH <offset>TWELVE/DAYHOUR/ZERO/CLOCK)?|<place>ZONE_PLACE (?:standard|daylight|summer)? time"
    "|<local>local time|hours <zone_b>ZONE) CLOSE?)?"
)


def zone_of(hit: Hit) -> tzinfo | None:
    """The zone that a clock time names: by offset, by its letters, or by a place's name."""
    if "offset" in hit:
        digits = re.match(r"(\d+):?(\d\d)?", hit.text("offset"))
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


def found_clock(hit: Hit, hour: int, minute: int | None, second: int | None = None) -> Answer:
    """A time of day, checked."""
    if hour > 24 or (minute or 0) > 59 or (hour == 24 and minute):
        return complain(hit, "is no time of day: read as no time")
    start = timedelta(hours=hour, minutes=minute or 0, seconds=second or 0)
    last = start + (timedelta(minutes=1) if second is None else timedelta(seconds=1))
    value = f"{hour:02}:{minute or 0:02}" + (f":{second:02}" if second is not None else "")
    end = hit.end
    if hit.words.word(hit.last) == ")" and not any(hit.words.word(i) == "(" for i in range(hit.first, hit.last)):
        end = hit.words.ends[hit.last - 1]
    clock = Clock(value, start, last, zone_of(hit))
    return Found(hit.start, end, "TIME", "T" + value, clock=clock)


@rule(
    "{APPROX}? <clock>CLOCK {AMPM}? hrs? hours? " + ZONE,
    "{APPROX}? <clock>DECIMAL <half>({AMPM}) " + ZONE,
    "{APPROX}? <clock>TWELVE <half>({AMPM}) " + ZONE,
    "{APPROX}? <clock>COUNT <half>({AMPM}) " + ZONE,
    "{APPROX}? <clock>TWELVE/COUNT o APOS clock (?:in the <part>(morning/afternoon/evening)|at <part_b>(night))? " + ZONE,
    "{APPROX}? <clock>DECIMAL <half>({AMPM})? OPEN? (?:<zone>ZONE|<place>ZONE_PLACE time|<local>local time) CLOSE?",
    "<clock>TWELVE (?:in the <part>(morning/afternoon/evening)|at <part_b>(night))",
    "<clock>FOUR_DIGITS/YEAR/BIG (?:<local>local time|<zone>ZONE|hours <zone_b>ZONE|<place>ZONE_PLACE time|hours local time)",
)
def read_clock(hit: Hit, anchor: Anchor) -> Answer:
    """17:30, 4.17 a.m., 5pm, five o'clock, 0600 GMT, 6:40 p.m. (GMT +8)."""
    word = hit.text("clock")
    counts = load_lexicon().values["COUNT"]
    if word in counts:
        numbers = [int(counts[word])]
    elif re.fullmatch(r"\d{3,4}", word):
        numbers = [int(word[:-2]), int(word[-2:])]
    else:
        parts = re.split(r"[:h.]", word)
        if "." in word and len(parts[1]) != 2:
            return None
        numbers = [int(part) for part in parts]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else None
    half = "".join(hit.tokens("half")).replace(".", "") or "".join(ampm(hit))
    part = hit.text("part") or hit.text("part_b")
    if half or part:
        if not 1 <= hour <= 12:
            if part or hour > 24 or half == "am" and hour > 12:
                return None if part else complain(hit, "is no time of day: read as no time")
        else:
            late = half == "pm" or (part in ("afternoon", "evening", "night") and hour != 12)
            hour = hour % 12 + 12 * (late or (part == "afternoon" and hour == 12))
            hour = 0 if part == "night" and numbers[0] == 12 else hour
    elif word.isdigit() and len(word) > 2 and hour > 24:
        return None
    if hit.before == "-" and "half" not in hit and not anchor_words(hit):
        return None
    return found_clock(hit, hour, minute, numbers[2] if len(numbers) > 2 else None)


def anchor_words(hit: Hit) -> bool:
    """Whether a hyphen before the clock is a range's and not part of a name."""
    return hit.words.shape[hit.first - 2 : hit.first - 1] not in ("", "x")


def ampm(hit: Hit) -> list[str]:
    """The halves of the day as they stand behind a clock with a colon."""
    tokens = [hit.words.word(i) for i in range(hit.groups["clock"][1] + 1, hit.last + 1)]
    return ["am"] if tokens[:1] == ["am"] or tokens[:3] == ["a", ".", "m"] else ["pm"] if tokens[:1] == ["pm"] or tokens[:3] == ["p", ".", "m"] else []


@rule("{APPROX}? <word>HOUR_WORD " + ZONE)
def read_noon(hit: Hit, anchor: Anchor) -> Answer:
    """Noon, midnight (the end of its day)."""
    return found_clock(hit, hit.value("word", "HOUR_WORD"), 0)


@rule(
    "(?:in|during)? (?:the)? (?:very)? early hours (?:of the morning)?",
    "overnight",
    "(?:the)? (?:very)? <edge>(early/mid/late DASH?)? <part>PART",
)
def read_part(hit: Hit, anchor: Anchor) -> Answer:
    """Early morning, overnight, the early hours; by themselves only where the words before say so."""
    first = hit.first
    while hit.words.word(first) in ("in", "during"):
        first += 1
    start = hit.words.starts[first]
    if "part" not in hit:
        over = hit.words.word(hit.last) == "overnight"
        clock = Clock("NI", timedelta(hours=-6 if over else 0), timedelta(hours=8 if over else 6), loose=False)
        return Found(start, hit.end, "TIME", "TNI", clock=clock)
    code, begin, end = load_lexicon().values["PART"][hit.text("part")]
    before = hit.before
    the = hit.words.word(hit.first) == "the"
    sure = (before in ("in", "during", "by", "until", "since") and the) or (before in ("at", "before", "after", "by") and not the)
    clock = Clock(code, timedelta(hours=begin), timedelta(hours=end), loose=not sure or code == "DT")
    return Found(start, hit.end, "TIME", "T" + code, clock=clock)


def place_clock(found: Found, day: Found | None) -> Found | None:
    """A time of day put on the day that it belongs to; alone its value is "T17:30"."""
    clock = found.clock
    if clock is None:
        return found
    if day is None or day.period is None:
        if clock.loose:
            return None
        return Found(found.start, found.end, "TIME", found.value + (offset_value_of(clock) or ""))
    start = midnight(day.period.start)
    suffix = offset_value(clock.zone, start + clock.first)
    value = f"{start.date().isoformat()}T{clock.value}{suffix}"
    return Found(found.start, found.end, "TIME", value, start + clock.first, start + clock.last, day.period, None, clock.zone)


def offset_value_of(clock: Clock) -> str:
    """The offset of a clock that has no day, where it does not depend on one."""
    return offset_value(clock.zone, None) if isinstance(clock.zone, timezone) else ""
