"""Times of day as they are spoken: "half past one", "ten to three", "five past midnight", "six forty-three"."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.extract.times.amounts import read_number
from sayso.extract.times.anchors import Anchor
from sayso.extract.times.answers import Answer
from sayso.extract.times.clocks import DAY_HALF, ZONE, found_clock, hour_of_day, numbers_of
from sayso.extract.times.grammar import Hit, rule
from sayso.extract.times.words import load_lexicon, load_words

TEENS = frozenset(
    ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
)
TENS = frozenset(("twenty", "thirty", "forty", "fifty"))


@rule(
    "{APPROX}? <past>(half|a? quarter|(?:COUNT|TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE/SIXTY)"
    " (?:DASH? COUNT)? <word>(minutes/minute/min/mins)?) <way>past <clock>TWELVE/COUNT"
    " (?:o APOS clock|oclock)? (?:" + DAY_HALF + "|<half>({AMPM}))? " + ZONE,
    "{APPROX}? <past>(a? quarter|(?:COUNT|TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE/SIXTY)"
    " (?:DASH? COUNT)? <word>(minutes/minute/min/mins)) <way>to <clock>TWELVE/COUNT"
    " (?:o APOS clock|oclock)? (?:" + DAY_HALF + "|<half>({AMPM}))? " + ZONE,
)
def read_past(hit: Hit, anchor: Anchor) -> Answer:
    """Half past one, twelve minutes to nine in the evening, a quarter past 6 p.m."""
    numbers = numbers_of(hit.text("clock"))
    counts = load_lexicon().values["COUNT"]
    told = [token for token in hit.tokens("past") if token in counts or token.isdigit()]
    minutes = sum(int(token) if token.isdigit() else int(counts[token]) for token in told)
    minutes = minutes or (30 if "half" in hit.tokens("past") else 15)
    if numbers is None or len(numbers) > 1 or minutes > 59:
        return None
    half = "".join(hit.tokens("half")).replace(".", "")
    hour = hour_of_day(numbers[0], half, hit.text("part") or hit.text("part_b"))
    return (
        found_clock(hit, hour, minutes)
        if hit.text("way") == "past"
        else found_clock(hit, (hour - 1) % 24, 60 - minutes)
    )


MINUTES = (
    "(a? quarter|(?:COUNT|TWELVE/DAYHOUR/TWENTYFOUR/THIRTYONE/SIXTY) (?:DASH? COUNT)? (?:minutes/minute/min/mins)?)"
)


@rule(
    "{APPROX}? <past>(half|" + MINUTES[1:-1] + ") <way>past <noon>HOUR_WORD",
    "{APPROX}? <past>" + MINUTES + " <way>after/to/before/until <noon>HOUR_WORD",
)
def read_past_noon(hit: Hit, anchor: Anchor) -> Answer:
    """Five past midnight, nine minutes before noon: what is told of midnight is of the day that it begins, or ends."""
    minutes = minutes_of(hit)
    if minutes is None or (hit.text("way") == "until" and "minutes" not in hit.tokens("past")):
        return None
    hour = int(hit.value("noon", "HOUR_WORD"))
    if hit.text("way") in ("past", "after"):
        return found_clock(hit, hour % 24, minutes)
    return found_clock(hit, hour - 1, 60 - minutes)


def minutes_of(hit: Hit) -> int | None:
    """The minutes of "half", "a quarter", "twenty-five", "nine minutes"; None where there are no such."""
    tokens = [token for token in hit.tokens("past") if token not in ("-", "a") and not token.startswith("min")]
    if tokens in (["half"], ["quarter"]):
        return 30 if tokens == ["half"] else 15
    minutes = int(tokens[0]) if tokens and tokens[0].isdigit() else read_number(tokens)
    return int(minutes) if minutes is not None and 0 < minutes < 60 and minutes == int(minutes) else None


@rule(
    "at/around/about/since/by/until/is/was {APPROX}? <past>(five/ten/twenty (?:DASH? five)?) <way>to <clock>COUNT",
    "shortly/just/soon <past>(before/after) <clock>COUNT",
    "at/around/about/by/until/since/before/after {APPROX}? <clock>COUNT " + DAY_HALF,
)
def read_hour_told(hit: Hit, anchor: Anchor) -> Answer:
    """At ten to three, shortly before three, around two in the morning: hours told after a preposition, and of nothing
    that is counted after them."""
    numbers = numbers_of(hit.text("clock"))
    named = "part" in hit or "part_b" in hit
    following = hit.after
    ended = not following[:1].isalnum() or following in load_words("day_right") | {"on"}
    if not numbers or hit.after in ("-", "%") or not (named or ended):
        return None
    hour = hour_of_day(numbers[0], "", hit.text("part") or hit.text("part_b"))
    if "way" not in hit:
        return found_clock(replace(hit, first=hit.groups["clock"][0]), hour, 0)
    minutes = minutes_of(hit)
    hit = replace(hit, first=hit.groups["past"][0])
    return found_clock(hit, (hour - 1) % 24, 60 - minutes) if minutes else None


@rule(
    "at/until/since/before/after/around/about/by/from/towards {APPROX}? <clock>DECIMAL <mark>(hours/hrs/h)?",
    "<clock>DECIMAL <mark>(o APOS clock|oclock|uhr)",
)
def read_dotted_hour(hit: Hit, anchor: Anchor) -> Answer:
    """At 19.40, before 2.55, around 05.00, at 17.50 hours: hours and minutes with a point, where no price or measure is
    told."""
    time = re.fullmatch(r"([01]?\d|2[0-3])\.([0-5]\d)", hit.text("clock"))
    if not time or hit.after in ("%", "-"):
        return None
    marked = "mark" in hit
    if not marked and not re.match(r"0\d", time[1]):
        if hit.words.word(hit.first) in ("around", "about", "by", "from", "towards") or not ends_hour(hit):
            return None
        near = {hit.words.word(i) for i in range(hit.first - NEAR, hit.first)}
        near |= {hit.words.word(i) for i in range(hit.last + 1, hit.last + NEAR)}
        if near & load_words("prices"):
            return None
    return found_clock(replace(hit, first=hit.groups["clock"][0]), int(time[1]), int(time[2]))


def ends_hour(hit: Hit) -> bool:
    """Whether nothing that is counted follows: no noun, but for "Swedish time"."""
    following = hit.after
    if not following[:1].isalnum() or following in load_words("day_right") | {"this", "that"}:
        return True
    return hit.words.word(hit.last + 2) == "time"


@rule(
    "at/until/since/before/after/around/about/by/towards {APPROX}? <hour>{INT} <mark>h <minute>{INT}",
    "at {APPROX}? <hour>{INT} hours and? <minute>{INT} minutes?",
    "at/until/after <hour>{INT} hours (?=of (?:today/tomorrow/yesterday/WEEKDAY))",
)
def read_hour_of_hours(hit: Hit, anchor: Anchor) -> Answer:
    """At 21 h 05, at 17 hours and 42 minutes, until 18 hours of today: as French and Spanish count them."""
    hour, minute = hit.number("hour"), hit.number("minute") if "minute" in hit else 0
    if hour > 23 or minute > 59 or ("mark" in hit and len(hit.text("minute")) != 2):
        return None
    return found_clock(replace(hit, first=hit.groups["hour"][0]), int(hour), int(minute))


@rule("{APPROX}? <past>" + MINUTES + " <way>before/after <clock>COUNT")
def read_minutes_told(hit: Hit, anchor: Anchor) -> Answer:
    """Eight minutes before eight, twenty-three minutes after eleven: not so of people who are counted."""
    numbers, minutes = numbers_of(hit.text("clock")), minutes_of(hit)
    following = hit.after
    ended = not following[:1].isalnum() or following in load_words("day_right") | {"on", "the"}
    if not numbers or minutes is None or not ended or not any(t.startswith("min") for t in hit.tokens("past")):
        return None
    if hit.text("way") == "after":
        return found_clock(hit, numbers[0], minutes)
    return found_clock(hit, (numbers[0] - 1) % 24, 60 - minutes)


NEAR = 12
"""Tokens around a number with a point in which a price may be told."""


@rule("<clock>TWELVE DOT <minute>DAYHOUR/TWENTYFOUR/THIRTYONE/SIXTY/TWELVE <half>({AMPM})")
def read_parted_hour(hit: Hit, anchor: Anchor) -> Answer:
    """8. 39am: a space has come in after the point."""
    minute = hit.text("minute")
    if len(minute) != 2 or int(minute) > 59:
        return None
    half = "".join(hit.tokens("half")).replace(".", "")
    return found_clock(hit, hour_of_day(int(hit.text("clock")), half, ""), int(minute))


@rule(
    "{APPROX}? <clock>COUNT DASH? <minutes>(COUNT (?:DASH? COUNT)?) <half>({AMPM}) " + ZONE,
    "{APPROX}? <clock>COUNT DASH? <minutes>(COUNT (?:DASH? COUNT)?) " + DAY_HALF,
    "<at>at {APPROX}? <clock>COUNT DASH? <minutes>(COUNT (?:DASH? COUNT)?)",
    "<clock>COUNT DASH? <minutes>(COUNT (?:DASH? COUNT)?) (?=today/tomorrow/yesterday/tonight/WEEKDAY)",
)
def read_clock_in_words(hit: Hit, anchor: Anchor) -> Answer:
    """Five-thirty p.m., six forty-three in the morning, tomorrow at seven twenty-seven."""
    numbers = numbers_of(hit.text("clock"))
    told = [token for token in hit.tokens("minutes") if token != "-"]
    if not numbers or told[0] not in TENS | TEENS or (len(told) > 1 and told[0] not in TENS):
        return None
    if "at" in hit:
        day = (
            hit.before in ("today", "tomorrow", "yesterday", "tonight")
            or hit.before in load_lexicon().values["WEEKDAY"]
        )
        if not day or hit.after in load_words("counted"):
            return None
        hit = replace(hit, first=hit.first + 1)
    minutes = read_number(told)
    if minutes is None or minutes > 59:
        return None
    half = "".join(hit.tokens("half")).replace(".", "")
    return found_clock(hit, hour_of_day(numbers[0], half, hit.text("part") or hit.text("part_b")), int(minutes))


@rule("the <part>morning/afternoon/evening at/around/about <clock>TWELVE", "at/around/about <clock>TWELVE")
def read_hour_alone(hit: Hit, anchor: Anchor) -> Answer:
    """In the evening at 6, last night at 11, Sunday at 9: an hour without a mark, where a day stands before it."""
    following, values = hit.after, load_lexicon().values
    if following[:1].isalnum() and following not in load_words("day_right") | {"on"}:
        return None
    part = hit.text("part") or hit.before.replace("tonight", "night")
    day = hit.words.word(hit.first - 2) if hit.before.isdigit() else hit.before
    on_day = day in values["WEEKDAY"] and hit.words.word(hit.first) == "at"
    if following in ("%", "-", "/", "$") or not (part in values["PART"] or on_day):
        return None
    hour = hour_of_day(hit.number("clock"), "", part)
    return found_clock(replace(hit, first=hit.last) if "part" not in hit else hit, hour, 0)
