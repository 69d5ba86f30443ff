"""Ways of writing times that many hands share: quarters, ranges that share a year, clocks in words, "this summer"."""

from datetime import UTC, datetime

import pytest

from sayso.extract.times import read_times, read_times_and_problems

THURSDAY = datetime(2025, 1, 30, 9, 0, tzinfo=UTC)


def values(text: str, published: datetime = THURSDAY) -> list[tuple[str, str]]:
    return [(time.text, time.value) for time in read_times(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exports fell in q2 2024.", [("q2 2024", "2024-Q2")]),
        ("It will open in next year's third quarter.", [("next year's third quarter", "2026-Q3")]),
        ("Sales for the current quarter were weak.", [("the current quarter", "2025-Q1")]),
        ("Shares fell 4% in the year to date.", [("the year to date", "2025")]),
        ("It must be paid by end of year.", [("end of year", "2025")]),
        ("The truce ran from 28 June to 3 July 2023.", [("28 June", "2023-06-28"), ("3 July 2023", "2023-07-03")]),
        ("Talks, Dec. 28-Jan. 4, 2023, failed.", [("Dec. 28", "2022-12-28"), ("Jan. 4, 2023", "2023-01-04")]),
        ("It was shut from March to May in 2022.", [("March", "2022-03"), ("May in 2022", "2022-05")]),
        ("March of 1987 was wet.", [("March of 1987", "1987-03")]),
        ("It was signed on the twenty-second of March 2021.", [("the twenty-second of March 2021", "2021-03-22")]),
        ("They met on Monday 27.", [("Monday 27", "2025-01-27")]),
        ("The hearing was adjourned until Monday.", [("Monday", "2025-02-03")]),
        ("The launch has been pushed back to June.", [("June", "2025-06")]),
        ("The vote was postponed on Monday.", [("Monday", "2025-01-27")]),
        ("The shop was shut until Monday.", [("Monday", "2025-01-27")]),
        ("They left on Friday 17/1.", [("Friday 17/1", "2025-01-17")]),
        ("It was held from 11/10 to 12/2.", [("11/10", "2024-11-10"), ("12/2", "2024-12-02")]),
        ("He ate 1/3 of it.", []),
        ("It struck at half past nine in the evening.", [("half past nine in the evening", "2025-01-30T21:30")]),
        ("It fell silent at ten minutes to six.", [("ten minutes to six", "2025-01-30T05:50")]),
        ("Shells fell last night at 11.", [("last night at 11", "2025-01-29T23:00")]),
        ("They hit 8 depots last night around 12 bases.", [("last night", "2025-01-29TNI")]),
        ("Late in the afternoon it rained.", [("Late in the afternoon", "2025-01-30TAF")]),
        ("It will be 40 degrees this summer.", [("this summer", "2025-SU")]),
        ("They will vote this November.", [("this November", "2025-11")]),
        ("They left last Wednesday.", [("last Wednesday", "2025-01-22")]),
        ("Prices rose in 2023-12.", [("2023-12", "2023-12")]),
        ("He reigned 2003-10.", [("2003", "2003"), ("10", "2010")]),
        ("They left on Dec31, 2023.", [("Dec31, 2023", "2023-12-31")]),
        (
            "It rained between November and February 5, 2017.",
            [("November", "2016-11"), ("February 5, 2017", "2017-02-05")],
        ),
        ("It is dated 2016 10 16.", [("2016 10 16", "2016-10-16")]),
        ("He was born on 15 April of 87.", [("15 April of 87", "1987-04-15")]),
        ("They met on May twenty-nine.", [("May twenty-nine", "2024-05-29")]),
        ("It is shut from 4 to 23 of next month.", [("4", "2025-02-04"), ("23 of next month", "2025-02-23")]),
        ("The guns fell silent by the end of Sunday.", [("the end of Sunday", "2025-01-26")]),
        ("It was stolen earlier the previous week.", [("the previous week", "2025-W04")]),
        (
            "They came on Friday from 2:00 to 2:30 pm.",
            [("Friday from 2:00", "2025-01-24T14:00"), ("2:30 pm", "2025-01-24T14:30")],
        ),
        ("He worked for one and a quarter hours.", [("one and a quarter hours", "PT1.25H")]),
        ("It came late on Sunday, January 5.", [("Sunday, January 5", "2025-01-05")]),
        ("It came on Sunday 4 o'clock.", [("Sunday 4 o'clock", "2025-01-26T04:00")]),
        ("It came late on Sunday.", [("late on Sunday", "2025-01-26")]),
        ("They drill everyday.", [("everyday", "P1D")]),
        ("It was shelled from Monday to Friday.", [("Monday", "2025-01-20"), ("Friday", "2025-01-24")]),
        ("It will be shut from Wednesday to Monday.", [("Wednesday", "2025-02-05"), ("Monday", "2025-02-10")]),
        ("It was shelled between Monday and Wednesday.", [("Monday", "2025-01-27"), ("Wednesday", "2025-01-29")]),
        ("Cases were seen in week 50.", [("week 50", "2024-W50")]),
        ("It is D-Day for the budget.", []),
        ("He came around 11ish.", [("around 11ish", "2025-01-30T11:00")]),
        ("From 2019 to '21 it was shut.", [("2019", "2019"), ("'21", "2021")]),
    ],
)
def test_values(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text) == expected


def test_this_january_said_in_november_is_the_next() -> None:
    assert values("It will begin this January.", datetime(2024, 11, 20, tzinfo=UTC)) == [("this January", "2025-01")]


def test_a_weekday_chooses_the_month_of_a_lone_day() -> None:
    assert values("It begins on Friday the 13th.") == [("Friday the 13th", "2025-06-13")]


@pytest.mark.parametrize("text", ["from 45/13 to 67/80", "on 31/31", "Friday 0/0", "half past 99", "Monday 99"])
def test_impossible_ones_are_no_times(text: str) -> None:
    times, _ = read_times_and_problems(text, THURSDAY)
    assert all(time.value.startswith("2025-01") for time in times)


@pytest.mark.parametrize("year", [1, 9999])
def test_lone_days_at_the_ends_of_the_calendar(year: int) -> None:
    for month in (1, 12):
        read_times("On Friday the 13th, Monday 7 and this March.", datetime(year, month, 15, tzinfo=UTC))
