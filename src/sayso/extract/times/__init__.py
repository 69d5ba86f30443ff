"""When: the time expressions of a report, as TIMEX3 (ISO-TimeML) and as intervals in UTC.

`read_times` needs nothing but the text and the moment of publication. The text becomes a string of shapes
(`words`), patterns over it (`grammar`) find the expressions, and their readers (`dates`, `relative`, `clocks`,
`durations`, `sets`, `holidays`) reckon them from the publication and the dates before (`anchors`).

Spans follow the TIMEX3 guidelines: no preposition, but determiners ("the past three weeks") and approximations ("about
two weeks") belong to the expression. Ages are none. "From 2009 to 2011" holds two dates. "Since mid-January" is the
date mid-January, with an interval from its earliest moment to the publication; after any other preposition the interval
is the date's own. Values keep to ISO 8601, so that a decade is P10Y. A range of lengths ("two to three weeks") has the
value of its upper end. Clock times without a zone, "local time" among them, are taken to be those of the publication.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from sayso.extract.parses import Parse
from sayso.extract.times import clocks, dates, durations, holidays, relative, sets
from sayso.extract.times.anchors import Anchor, Found, is_sentence_end
from sayso.extract.times.grammar import find_hits
from sayso.extract.times.words import Words, load_lexicon
from sayso.record import Problem, Reading, Time

RULE_MODULES = (dates, relative, clocks, durations, sets, holidays)
"""Where the rules are: importing a module registers its own."""

JOINTS = frozenset((",", "at", "on", "around", "about", "of", "the", "in", "by", "just", "before", "after", "shortly", "-", "–"))
"""Words that may stand between a time of day and its day."""
JOINT_LENGTH = 3


def find_times(reading: Reading, parse: Parse) -> Reading:
    """The reading with its times, in order and without overlap, and a problem for each impossible date."""
    report = reading.report
    times, problems = read_times_and_problems(
        report.text, report.published, exact=report.published_exact, tag_at=make_tag_lookup(parse)
    )
    return replace(reading, times=times, problems=reading.problems + problems)


def read_times(text: str, published: datetime | None = None, *, exact: bool = False) -> tuple[Time, ...]:
    """The times of a text. `published` keeps the zone in which "today" is meant; `exact` when its time of day counts."""
    return read_times_and_problems(text, published, exact=exact)[0]


def read_times_and_problems(
    text: str,
    published: datetime | None = None,
    *,
    exact: bool = False,
    tag_at: Callable[[int], str | None] | None = None,
) -> tuple[tuple[Time, ...], tuple[Problem, ...]]:
    """The times of a text and what is wrong with its dates. `tag_at` gives the Penn tag of the word at an offset."""
    words = load_lexicon().read(text)
    now = published.replace(tzinfo=None) if published else None
    zone = (published.tzinfo if published else None) or UTC
    anchor = Anchor(words, now, zone, exact, prefers_day_first(text), tag_at=tag_at)
    problems: list[Problem] = []
    founds: list[Found] = []
    reach = 0
    for rule, hit in find_hits(words):
        if hit.start < reach:
            continue
        try:
            answer = rule.read(hit, anchor)
        except (ValueError, OverflowError):  # Off the calendar: before year 1 or after 9999.
            continue
        for each in answer if isinstance(answer, list) else [answer]:
            if isinstance(each, Problem):
                problems.append(each)
                reach = max(reach, each.end or 0)
            elif each is not None:
                founds.append(each)
                anchor.mentions.append(each)
                reach = max(reach, each.end)
    placed = place_clocks(founds, anchor)
    return tuple(time for found in placed if (time := make_time(found, anchor))), tuple(problems)


def prefers_day_first(text: str) -> bool:
    """Whether the text's written-out dates put the day before the month more often than after."""
    months = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    before = len(re.findall(rf"\b\d{{1,2}} {months}", text))
    return before > len(re.findall(rf"\b{months}[a-z]{{0,6}}\.? \d{{1,2}}\b", text))


def make_tag_lookup(parse: Parse) -> Callable[[int], str | None]:
    """A function from the offset of a word to its Penn tag."""
    tags: dict[int, str] = {}

    def tag_at(start: int) -> str | None:
        if not tags:
            tags.update((token.start, token.tag) for token in parse.tokens)
        return tags.get(start)

    return tag_at


def place_clocks(founds: list[Found], anchor: Anchor) -> list[Found]:
    """Times of day joined with the day beside them, or put on the day last mentioned in the sentence, or today."""
    placed: list[Found] = []
    i = 0
    while i < len(founds):
        found = founds[i]
        following = founds[i + 1] if i + 1 < len(founds) else None
        if following and is_joined(found, following, anchor.words):
            clock, day = (found, following) if found.clock else (following, found)
            joined = clocks.place_clock(clock, day)
            if joined:
                founds[i + 1] = replace(joined, start=found.start, end=following.end)
                i += 1
                continue
        if found.clock:
            day_found = day_in_sentence(placed, found, anchor)
            lone = clocks.place_clock(found, day_found)
            if lone:
                placed.append(lone)
        else:
            placed.append(found)
        i += 1
    return placed


def is_joined(one: Found, two: Found, words: Words) -> bool:
    """Whether a time of day and a day stand side by side."""
    clock, day = (one, two) if one.clock else (two, one)
    if clock.clock is None or day.clock is not None or day.period is None or day.period.fineness < len_day():
        return False
    if day.type == "TIME" and clock.clock.value[:1].isalpha():
        return False
    between = words.text[one.end : two.start]
    tokens = between.lower().split()
    if "\n" in between:
        return False
    tokens = [token for token in re.findall(r"[^\W\d_]+|[^\w\s]", between.lower())]
    if clock.clock.loose and clock is two and tokens:
        return tokens == ["in", "the"] or tokens == ["at"]
    return len(tokens) <= JOINT_LENGTH and all(token in JOINTS for token in tokens)


def len_day() -> int:
    """The fineness of a day."""
    from sayso.extract.times.periods import GRAINS

    return GRAINS.index("day")


def day_in_sentence(placed: list[Found], found: Found, anchor: Anchor) -> Found | None:
    """The day that a lone time of day is on: the last one mentioned in its sentence, else that of publication."""
    words = anchor.words
    for earlier in reversed(placed):
        if not earlier.period or earlier.period.fineness < len_day():
            continue
        if "\n" in words.text[earlier.end : found.start] or re.search(r"[a-z]{2}[.!?]\s", words.text[earlier.end : found.start]):
            break
        return earlier
    today = anchor.today
    return Found(0, 0, "DATE", today.value, period=today) if today else None


def make_time(found: Found, anchor: Anchor) -> Time | None:
    """The time as the record keeps it, its interval in UTC."""
    text = anchor.words.text[found.start : found.end]
    earliest, latest = found.earliest, found.latest
    zone = found.zone or anchor.zone
    if earliest and found.type == "DATE" and re.search(r"\bsince\s+(?:at least\s+)?$", anchor.words.text[max(0, found.start - 20) : found.start], re.I) and anchor.until_now and found.start:
        latest = max(latest or earliest, anchor.until_now)
    try:
        start = earliest.replace(tzinfo=zone).astimezone(UTC) if earliest else None
        end = latest.replace(tzinfo=zone).astimezone(UTC) if latest else None
    except (OverflowError, ValueError):
        start = end = None
    return Time(start=found.start, end=found.end, text=text, type=found.type, value=found.value, earliest=start, latest=end)


__all__ = ["find_times", "is_sentence_end", "read_times", "read_times_and_problems"]
