"""What is uncertain or open about a date, in EDTF (ISO 8601-2:2019, levels 1 and 2).

"About March 2023" is ``2023-03~``, "possibly on 6 August 2024" ``2024-08-06?``, both together ``%``; "since 2014" is
``2014/..``, "until 2014" ``../2014``, "before 2014" ``../2013``; each end of "from 3 to 15 March 2024" has
``2024-03-03/2024-03-15``; one of two days is ``[2024-02-03,2024-03-02]``; decades and centuries are ``199X`` and
``18XX``, seasons ``2023-22``, quarters ``2024-35``.
Dates that are certain, and those without a year, have none: their TIMEX3 value says it all.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

from sayso.extract.times.anchors import Found
from sayso.extract.times.periods import period_at
from sayso.extract.times.words import load_words

REACH = 48
"""Code points before a date in which the words stand that qualify it."""
GAP = 24
"""Code points between the ends of a range."""
SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
STEPS = ("day", "month", "year")
"""Grains of which "before" and "after" have a period next to them."""


def list_edtf(founds: list[Found], text: str) -> list[str]:
    """The EDTF of each time in order, "" where it has none."""
    plain = [write_date(found) for found in founds]
    written = [
        qualify(found, date, text) if date else write_rivals(found) for found, date in zip(founds, plain, strict=True)
    ]
    for i in range(len(founds) - 1):
        if plain[i] and plain[i + 1] and is_range(founds[i], founds[i + 1], text):
            both = f"{mark(founds[i], plain[i], text)}/{mark(founds[i + 1], plain[i + 1], text)}"
            written[i] = written[i + 1] = both
    return written


def write_date(found: Found) -> str:
    """A date of the calendar as EDTF, "" for all else: times of day, weeks, fiscal years, dates without a year."""
    value = found.value
    if found.type != "DATE" or not re.match(r"\d\d", value):
        return ""
    if re.fullmatch(r"\d{2,3}", value):
        return value.ljust(4, "X")
    match = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI|Q[1-4]|H[12])", value)
    if match:
        part = match[2]
        code = SEASONS.get(part) or (32 if part[0] == "Q" else 39) + int(part[1])
        return f"{match[1]}-{code}"
    return value if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value) else ""


def write_rivals(found: Found) -> str:
    """The days that a date may be, as one of a set."""
    return f"[{','.join(sorted(period.value for period in found.rivals))}]" if found.rivals else ""


def qualify(found: Found, date: str, text: str) -> str:
    """The date with its marks and its open end, "" where it has neither and no digit that is left open."""
    marked = mark(found, date, text)
    before = text[max(0, found.start - REACH) : found.start].lower()
    after = text[found.end : found.end + GAP].lower()
    opener = _qualifiers().search(before)
    word = opener["open"] if opener else None
    if after.startswith("/.."):
        return f"{marked}/.."
    if before.endswith("../"):
        return f"../{marked}"
    if word is None:
        return f"{marked}/.." if re.match(r"\s(?:onwards?|and (?:later|after))\b", after) else open_digits(marked, date)
    if word in load_words("open_end"):
        return f"{marked}/.."
    if word in load_words("open_start"):
        return f"../{marked}"
    beside = next_to(found, back=word not in ("after", "later than"))
    if not beside or marked != date:
        return open_digits(marked, date)
    return f"{beside}/.." if word in ("after", "later than") else f"../{beside}"


def open_digits(marked: str, date: str) -> str:
    """What is said of a date that has no open end: its marks, or the digits that it leaves open."""
    return marked if marked != date or "X" in date else ""


def mark(found: Found, date: str, text: str) -> str:
    """The date with ``~`` where it is approximate, ``?`` where it is uncertain, ``%`` where it is both."""
    before = text[max(0, found.start - REACH) : found.start].lower()
    told = _qualifiers().search(before)
    first = text[found.start : found.end].lower().split(" ")[0]
    written = text[found.end : found.end + 1] if text[found.end - 1 : found.end].isdigit() else ""
    about = bool(told and told["about"]) or first in load_words("approximate") or written == "~" or found.about
    maybe = bool(told and told["maybe"])
    return date + ("%" if about and maybe else "~" if about else "?" if maybe else "")


def next_to(found: Found, *, back: bool) -> str:
    """The day, month or year right before or after a date; "" for other grains and at the ends of the calendar."""
    period = found.period
    if period is None or period.grain not in STEPS or len(found.value) < 4:
        return ""
    try:
        return period_at(period.grain, period.start - timedelta(days=1) if back else period.end).value
    except (OverflowError, ValueError):
        return ""


def is_range(one: Found, two: Found, text: str) -> bool:
    """Whether two dates are the ends of a range."""
    between = text[one.end : two.start].lower()
    before = text[max(0, one.start - GAP) : one.start].lower()
    if len(between) > GAP or one.earliest is None or two.earliest is None or one.earliest >= two.earliest:
        return False
    if re.fullmatch(r"\s?[-–—−‑/]\s?(?:the )?", between):
        return True
    joint = re.fullmatch(r"\s(to|and|until|till|through|up to)\s(?:(?:about|around|the)\s)*", between)
    if joint is None:
        return False
    return (
        re.search(r"\bbetween\s(?:(?:about|around|the)\s)*$" if joint[1] == "and" else r"\bfrom\s[\w ]*$", before)
        is not None
    )


@cache
def _qualifiers() -> re.Pattern[str]:
    """What may stand before a date: an opener, a doubt and an approximation, with prepositions between."""
    names = {
        "open": ("open_start", "open_end", "open_beside"),
        "maybe": ("doubtful",),
        "about": ("approximate",),
    }
    opener, maybe, about = (
        "|".join(re.escape(word) for name in tables for word in sorted(load_words(name), key=len, reverse=True))
        for tables in names.values()
    )
    return re.compile(
        rf"(?:\b(?P<open>{opener})\s+)?(?:at (?:least|the latest)\s+)?(?:\b(?P<maybe>{maybe})\s+)?"
        rf"(?:(?:on|in|at|some ?time|during)\s+){{0,2}}(?:\b(?P<about>{about})\s*)?(?:(?:on|in|the)\s+){{0,2}}$"
    )
