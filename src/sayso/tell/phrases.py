"""The phrases that sentences of a brief are made of: who says it, when, in which words, from how many origins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sayso.moments import step_days
from sayso.record import Attribution
from sayso.tell.tongues import _, mark, ngettext, say_date
from sayso.weigh.facts import NEVER

LONGEST_QUOTE = 260
"""Code points of a claim quoted in a sentence; its citation has it whole."""
DEEDS = {
    "denies": mark("denied by {who}"),
    "declines": mark("declined by {who}"),
    "suspects": mark("suspected by {who}"),
    "predicts": mark("predicted by {who}"),
    "asks": mark("asked by {who}"),
    "orders": mark("ordered by {who}"),
    "promises": mark("promised by {who}"),
}
NOT_DENIED, NOT_SAID = mark("not denied by {who}"), mark("not said by {who}")
MARK = re.compile(
    r"^(?:\[?\d{1,2}[:.]\d{2}\]?:?|\(?\d{1,3}[/)]|\d{1,2}/\d{1,2}:?)\s+(?=\W*[A-Z])"
    r"|^[A-Z][A-Z'’ .-]{2,}(?:, [\w .]{2,24}){0,2} \([^)]{2,40}\) ?[-–—] ?"
)
"""What stands before the words of a post or a wire: its number or time, or where and when it begins and whose it is."""
HALF_DAY = 0.5


def name_deed(attribution: Attribution) -> str:
    """What a source did with words that it did not assert, as a message ("denied by {who}"), "" where it did: a denial
    quoted without its cue would say the opposite."""
    if attribution.negated:
        return NOT_DENIED if attribution.stance == "denies" else NOT_SAID
    return DEEDS.get(attribution.stance, "")


def say_origins(independent: tuple[int, int], origins: Sequence[str], *, name: bool = True) -> str:
    """From how many independent origins, and which."""
    low, high = independent
    if high == 0:
        return _("origin unknown")
    if high == 1:
        number = _("one origin")
    elif low == high:
        number = ngettext("{number} independent origin", "{number} independent origins", high)
    else:
        number = ngettext(
            "{low} to {number} independent origins", "{low} to {number} independent origins", high, low=low
        )
    return f"{number}: {'; '.join(origins)}" if name and origins else number


def cut_mark(text: str) -> str:
    """Words in one line without the mark of a post or wire before them."""
    return MARK.sub("", " ".join(text.split()))


def quote(text: str, longest: int = LONGEST_QUOTE) -> str:
    """A claim's words in quotation marks, cut at a word where they are long; inner double marks become single."""
    words = shorten(cut_mark(text).strip(" .,;:"), longest)
    words = re.sub(r"[“”\"]", "'", words)
    return f"“{words}”"


def shorten(words: str, longest: int = LONGEST_QUOTE) -> str:
    """Words cut at a word where they are long."""
    if len(words) <= longest:
        return words
    return (words[: words.rfind(" ", 0, longest)] if " " in words[:longest] else words[:longest]) + " …"


def name_day(moment: datetime | None) -> str:
    """A day in words."""
    return _("date unknown") if moment is None or moment == NEVER else say_date(moment, "d MMM y")


def name_interval(earliest: datetime | None, latest: datetime | None) -> str:
    """A half-open interval in words: a day, a month, a year, or from a day to a day; "date unknown" without one.

    Days begin at midnight where they were lived: within twelve hours of midnight UTC, so half a day on is that date.
    """
    if earliest is None or latest is None:
        return _("date unknown")
    first, last = step_days(earliest, HALF_DAY), step_days(latest, -HALF_DAY)
    days = (latest - earliest).days
    if days <= 1:
        return name_day(first)
    if first.day == 1 and step_days(last, 1).day == 1:
        if first.month == last.month and first.year == last.year:
            return say_date(first, "MMMM y")
        if (first.month, last.month, first.year) == (1, 12, last.year):
            return say_date(first, "y")
        return _("{first} to {last}", first=say_date(first, "MMMM y"), last=say_date(last, "MMMM y"))
    return _("{first} to {last}", first=name_day(first), last=name_day(last))
