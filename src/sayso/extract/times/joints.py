"""Times of day joined with their days: "Tuesday at 5 p.m." is one time, and "at 17:30" alone is on the day told of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from sayso.extract.times.anchors import DAY, Anchor, Clock, Found, lean_of_words
from sayso.extract.times.military import offset_value
from sayso.extract.times.periods import Period, day_of, midnight
from sayso.extract.times.words import Words, load_words

JOINT_LENGTH = 3
"""Words that may stand between a time of day and its day."""
SENTENCE_REACH = 400
"""Code points that a day may stand before a time of day that is on it."""

STORY_REACH = 12
"""Times looked back over for the day that a time of day is on."""
NOON = 12
LONGEST_AGO = timedelta(days=31)
"""How long before a report the day may lie that it still tells times of."""
LATE = 20
"""The hour from which the small hours told of next are those of the day after."""
SMALL_HOURS = 5
"""The last hour of a night that is of the day after."""
RANGE_WORDS = ("and", "to", "-", "–", "until", "till")
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]")


def place_clocks(founds: list[Found], anchor: Anchor) -> list[Found]:
    """Times of day joined with the day beside them, or put on the day last mentioned in the sentence, or today."""
    placed: list[Found] = []
    left = list(reversed(founds))
    while left:
        found = left.pop()
        if len(left) > 1 and found.clock and is_part_of(left[-1], left[-2], anchor.words):
            day, part = left.pop(), left.pop()
            left.append(replace(place_clock(part, day, anchor), start=day.start, end=part.end))
        if left and is_joined(found, left[-1], anchor.words):
            following = left.pop()
            clock, day = (found, following) if found.clock else (following, found)
            left.append(replace(place_clock(clock, day, anchor), start=found.start, end=following.end))
        elif found.clock is None:
            placed.append(found)
        elif not found.clock.loose:
            its_day = day_ahead(found, left, anchor.words) or day_of_sentence(placed, found, anchor)
            placed.append(place_clock(with_zone_ahead(found, left, anchor.words), its_day, anchor))
    return placed


def is_part_of(day: Found, part: Found, words: Words) -> bool:
    """Whether a part of the day follows its day directly: "Thursday morning"."""
    loose = part.clock is not None and part.clock.loose and day.clock is None
    return loose and words.text[day.end : part.start].isspace() and is_joined(day, part, words)


def is_joined(one: Found, two: Found, words: Words) -> bool:
    """Whether a time of day and a day, or a day that returns, stand side by side."""
    clock, day = (one, two) if one.clock else (two, one)
    if clock.clock is None or day.clock is not None:
        return False
    if day.type == "SET":
        each = words.text[day.start : day.end].lower().startswith(("every", "each"))
        if (clock is one and not each) or day.value.startswith("PT") or has_clock(day):
            return False
    else:
        two_parts = day.type == "TIME" and clock.clock.value[0].isalpha()
        is_day = bool(day.rivals) or (day.period is not None and day.period.fineness >= DAY)
        if not is_day or has_clock(day) or two_parts:
            return False
    between = words.text[one.end : two.start]
    if "\n" in between or len(between) > SENTENCE_REACH:
        return False
    tokens = _TOKEN.findall(between.lower())
    if clock is one and clock.clock.value == "NI" and tokens in (["into"], ["to"]):
        return True
    if clock.clock.loose and clock is two and tokens:
        return tokens in (["in", "the"], ["at"])
    return len(tokens) <= JOINT_LENGTH and all(token in load_words("joint") for token in tokens)


def has_clock(day: Found) -> bool:
    """Whether a day has its time of day already."""
    return re.search(r"T\d\d:", day.value) is not None


def day_ahead(found: Found, left: list[Found], words: Words) -> Found | None:
    """The day behind a second clock time: "9 am (0700 GMT) on Wednesday". `left` holds what follows, the next last."""
    end, marks = found.end, ""
    for following in reversed(left[-2:]):
        marks += words.text[end : min(following.start, end + SENTENCE_REACH)].lower()
        if "\n" in marks or any(
            token not in load_words("joint") | {"(", ")", "to", "and"} for token in _TOKEN.findall(marks)
        ):
            return None
        if following.clock is None:
            return (
                following
                if following.period and following.period.fineness >= DAY and following.type == "DATE"
                else None
            )
        end = following.end
    return None


def with_zone_ahead(found: Found, left: list[Found], words: Words) -> Found:
    """A clock time with the zone of the one that it is the lower end of: "between 11 and 12.30 Moscow time"."""
    following = left[-1].clock if left else None
    if not (found.clock and following and following.zone) or found.clock.zone:
        return found
    between = words.text[found.end : left[-1].start].strip().lower()
    return replace(found, clock=replace(found.clock, zone=following.zone)) if between in RANGE_WORDS else found


def day_of_sentence(placed: list[Found], found: Found, anchor: Anchor) -> Found | None:
    """The day that a lone time of day is on: the last one mentioned in its sentence, else that of publication or,
    where it is told as gone, the last day told of that is gone too, or the day before where publication came first."""
    for earlier in reversed(placed[-JOINT_LENGTH:]):
        between = anchor.words.text[earlier.end : min(found.start, earlier.end + SENTENCE_REACH)]
        if "\n" in between or len(between) == SENTENCE_REACH or re.search(r"[a-z]{2}[.!?]\s", between):
            break
        if earlier.rivals:
            return earlier
        if earlier.period and earlier.period.fineness >= DAY and not is_name(earlier, anchor.words):
            return day_after(earlier) if turns_midnight(earlier, found) else earlier
    today = anchor.today
    if today and found.clock and is_told_as_gone(found, anchor):
        ahead = anchor.exact and anchor.now is not None and today.start + found.clock.first > anchor.now
        before = day_of(today.start - timedelta(days=1)) if ahead else today
        today = last_day_before(placed, found, today.start, anchor.words) or before
    return Found(0, 0, "DATE", today.value, period=today) if today else None


def is_told_as_gone(found: Found, anchor: Anchor) -> bool:
    """Whether the verb beside a time of day is no future."""
    words = anchor.words
    first = bisect_left(words.starts, found.start)
    return lean_of_words(words, first, bisect_left(words.starts, found.end, lo=first) - 1) < 0


def is_name(found: Found, words: Words) -> bool:
    """Whether a date is that of a name ("the May 14 Brigade"), which tells no day."""
    return re.match(r"\s[A-Z][a-z]", words.text[found.end : found.end + 3]) is not None


def turns_midnight(earlier: Found, found: Found) -> bool:
    """Whether a time of the small hours is told after one of the late evening: midnight lies between them."""
    late = re.search(r"T(\d\d):", earlier.value)
    return bool(late and found.clock and int(late[1]) >= LATE and found.clock.first < timedelta(hours=SMALL_HOURS))


def day_after(found: Found) -> Found:
    """The day after that of a time, as a date."""
    start = found.period.start + timedelta(days=1) if found.period else datetime.max
    period = day_of(start)
    return Found(found.start, found.end, "DATE", period.value, period.start, period.end, period)


def last_day_before(placed: list[Found], found: Found, midnight: datetime, words: Words) -> Period | None:
    """The last day told of, where it lies before a midnight by a month at most."""
    for earlier in reversed(placed[-STORY_REACH:]):
        period = earlier.period
        dated = period and period.fineness >= DAY and earlier.type in ("DATE", "TIME") and not is_name(earlier, words)
        if period and dated and period.start < midnight:
            day = day_of(period.start + timedelta(days=int(turns_midnight(earlier, found))))
            return day if midnight - day.start <= LONGEST_AGO else None
    return None


def place_clock(found: Found, day: Found | None, anchor: Anchor) -> Found:
    """A time of day put on the day that it belongs to; alone its value is "T17:30"."""
    clock = found.clock
    if clock is None:
        return found
    if day and day.type == "SET":
        value = day.value.split("T")[0] if day.value.startswith("X") else "XXXX-XX-XX"
        if "T" in day.value:
            clock, _ = place_in_part(clock, day.value[-2:], datetime.min)
        return Found(found.start, found.end, "SET", f"{value}T{clock.value}")
    if day and day.rivals:
        first, last = (midnight(rival.start) for rival in (day.rivals[0], day.rivals[-1]))
        ends = first + clock.first, last + clock.last
        value = f"{day.value}T{clock.value}{fixed_offset(clock)}"
        return Found(found.start, found.end, "TIME", value, *ends, None, None, clock.zone, rivals=day.rivals)
    if day is None or day.period is None:
        return Found(found.start, found.end, "TIME", f"T{clock.value}{fixed_offset(clock)}")
    start = midnight(day.period.start)
    part = re.search(r"T([A-Z]{2})$", day.value)
    if part and clock.value[0].isdigit():
        clock, later = place_in_part(clock, part[1], start)
        start = start if is_yet_to_come(start + clock.first, anchor) else later
    value = f"{start.date().isoformat()}T{clock.value}{offset_value(clock.zone, start + clock.first)}"
    ends = start + clock.first, start + clock.last
    return Found(found.start, found.end, "TIME", value, *ends, day.period, None, clock.zone)


def place_in_part(clock: Clock, part: str, start: datetime) -> tuple[Clock, datetime]:
    """A time of day in a part of the day that begins at midnight `start`: "at 10:00" of an evening is 22:00, and "at 2"
    of a night is of the day after. One that is a part of the day itself ("every night, night") stays as it is."""
    if not clock.value[:2].isdecimal():
        return clock, start
    hours = int(clock.value[:2])
    if clock.twelve and hours < NOON and (part in ("AF", "EV") or (part == "NI" and hours > SMALL_HOURS)):
        half = timedelta(hours=NOON)
        value = f"{hours + NOON:02}{clock.value[2:]}"
        clock = replace(clock, value=value, first=clock.first + half, last=clock.last + half)
    late = part == "NI" and int(clock.value[:2]) <= SMALL_HOURS
    return clock, start + timedelta(days=1) if late else start


def is_yet_to_come(moment: datetime, anchor: Anchor) -> bool:
    """Whether a moment of the small hours lies ahead on the very day of a publication in the small hours: "tonight at
    2", written at midnight."""
    now = anchor.now if anchor.exact else None
    return (
        now is not None and now.hour < SMALL_HOURS and now <= moment < midnight(now) + timedelta(hours=SMALL_HOURS + 1)
    )


def fixed_offset(clock: Clock) -> str:
    """The offset of a clock that has no day, where it does not depend on one."""
    return offset_value(clock.zone, datetime.min) if isinstance(clock.zone, timezone) else ""
