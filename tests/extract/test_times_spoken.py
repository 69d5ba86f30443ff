"""Times of day as they are spoken or written with a point, the day that they are on, and lengths between happenings."""

from datetime import datetime, timedelta, timezone

import pytest

from sayso.extract.times import read_times
from sayso.record import Time

NOW = datetime(2031, 5, 14, 18, 0, tzinfo=timezone(timedelta(hours=2)))
"""A Wednesday."""

SPOKEN = [
    ("The first shots were heard at ten to three.", "ten to three", "2031-05-14T02:50"),
    ("They were woken shortly before three.", "three", "2031-05-14T03:00"),
    ("We were called at five past midnight.", "five past midnight", "2031-05-14T00:05"),
    ("The sensors reacted nine minutes before midnight.", "nine minutes before midnight", "2031-05-13T23:51"),
    ("Somebody lit it around two in the morning.", "two in the morning", "2031-05-14T02:00"),
    ("The ferry departed at 9.40 in good order.", "9.40", "2031-05-14T09:40"),
    ("Police were called at 8. 39am on Saturday.", "8. 39am on Saturday", "2031-05-10T08:39"),
    ("It ended at six o'clock on Monday morning.", "six o'clock on Monday morning", "2031-05-12T06:00"),
    ("00:05: ship reports loss of engine.", "00:05", "2031-05-14T00:05"),
    ("The deal was struck in the small hours.", "the small hours", "2031-05-14TNI"),
    ("The board keeps its estimate of 14/07 for opening.", "14/07", "2031-07-14"),
    ("They saw it on 16 April. We saw it on the twelfth.", "the twelfth", "2031-04-12"),
    ("They saw it on 16 April. On the 29th the board sat.", "the 29th", "2031-04-29"),
    ("It failed on 20 April at 22:20. The tower was told at five past midnight.", "five past midnight",
     "2031-04-21T00:05"),
    ("Smoke was seen at about 16.45 in the loft.", "16.45", "2031-05-14T16:45"),
    ("Around 05.10 the pumps failed.", "05.10", "2031-05-14T05:10"),
    ("The alarm came at 03.50 hours.", "03.50 hours", "2031-05-14T03:50"),
    ("The gate fell at 7.20 o'clock.", "7.20 o'clock", "2031-05-14T07:20"),
    ("He was dead at 10.05 Danish time.", "10.05", "2031-05-14T10:05"),
    ("The alarm was given at 3 h 40.", "3 h 40", "2031-05-14T03:40"),
    ("The vote closed at 16 hours and 42 minutes.", "16 hours and 42 minutes", "2031-05-14T16:42"),
    ("Six minutes before nine the dyke gave way.", "Six minutes before nine", "2031-05-14T08:54"),
    ("It was nineteen minutes after four.", "nineteen minutes after four", "2031-05-14T04:19"),
    ("The May 2 Brigade was formed. It struck at 9.15 and left.", "9.15", "2031-05-14T09:15"),
]  # fmt: skip


def times_of(text: str) -> dict[str, Time]:
    """The times of a text by their words."""
    return {time.text: time for time in read_times(text, NOW, exact=True)}


@pytest.mark.parametrize(("text", "words", "value"), SPOKEN)
def test_a_time_as_it_is_spoken(text: str, words: str, value: str) -> None:
    assert times_of(text)[words].value == value


@pytest.mark.parametrize(
    "text",
    ["The shares closed at 22.20, down a little.", "They won ten to three.", "At ten to three hundred people came.",
     "She ran 3:21.48 in the final.", "The bridge is 3 h 20 away by car.", "The fare rose at 4.50 a ride.",
     "Eight minutes before eight men came.", "He stood on the second step."],
)  # fmt: skip
def test_what_is_no_time_of_day(text: str) -> None:
    assert not [time for time in times_of(text).values() if time.type in ("TIME", "DATE")]


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("The search ended on Tuesday, nine days after the barge sank.", "nine days", (5, 4)),
        ("Four days after the barge sank, nine are missing.", "Four days", (5, 10)),
        ("It is six weeks since he was taken.", "six weeks", (4, 2)),
        ("It was six weeks on Tuesday since he was taken.", "six weeks", (4, 1)),
    ],
)
def test_a_length_reaches_back_to_what_happened(text: str, words: str, day: tuple[int, int]) -> None:
    earliest = times_of(text)[words].earliest
    assert earliest is not None
    local = earliest.astimezone(NOW.tzinfo)
    assert (local.month, local.day) == day


def test_a_length_reaches_ahead_to_what_happened() -> None:
    time = times_of("It was told on 2 May, six days before it was believed.")["six days"]
    assert time.latest is not None and time.latest.astimezone(NOW.tzinfo).day == 9
