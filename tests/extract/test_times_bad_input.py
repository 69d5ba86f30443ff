"""Times that are on no calendar or clock, run backwards, are too large, or are no times though they look like some."""

from datetime import UTC, datetime

import pytest

from sayso.extract.times import read_times, read_times_and_problems

THURSDAY = datetime(2025, 1, 30, 12, 0, tzinfo=UTC)


def values(text: str, published: datetime | None = THURSDAY) -> list[str]:
    return [time.value for time in read_times(text, published)]


NO_SUCH_DAYS = [
    "30 February",
    "February 30, 2024",
    "30 February 2024",
    "29 February 2023",
    "31 June",
    "June 31",
    "the 31st of September 2024",
    "the 45th of May",
    "32 January 2025",
    "0 May 2024",
    "January 45, 2024",
    "31/06/2024",
    "2/30/2024",
    "00/00/2024",
    "2024-02-30",
    "2024-13-01",
    "20240230",
    "2025-W54",
    "311200Z FEB 25",
]


@pytest.mark.parametrize("words", NO_SUCH_DAYS)
def test_days_on_no_calendar_are_problems_and_no_times(words: str) -> None:
    times, problems = read_times_and_problems(f"It fell on {words}, they said.", THURSDAY)
    assert times == ()
    assert [problem.message.split("” ")[0] for problem in problems] == [f"“{words}"]


@pytest.mark.parametrize("words", ["24:30", "2460 GMT", "9917 GMT", "062560ZAUG24", "062560Z"])
def test_hours_on_no_clock_are_problems_and_no_times(words: str) -> None:
    times, problems = read_times_and_problems(f"It fell at {words}, they said.", THURSDAY)
    assert times == ()
    assert len(problems) == 1


@pytest.mark.parametrize("words", ["25:00", "hour 25", "12:60", "13pm", "99:99", "25:30 hours"])
def test_what_is_no_hour_is_no_time(words: str) -> None:
    assert values(f"It fell at {words}, they said.") == []


@pytest.mark.parametrize(
    "words",
    [
        "15 to 3 March",
        "March 15 to 3",
        "5 May to 3 April 2024",
        "May 5 to April 3, 2024",
        "2024-2019",
        "2024 to 2019",
        "FY2024-22",
        "2024 until 2019",
    ],
)
def test_reversed_ranges_are_problems_and_no_times(words: str) -> None:
    times, problems = read_times_and_problems(f"It ran from {words}, they said.", THURSDAY)
    assert times == ()
    assert [problem.message for problem in problems] == [f"“{words}” ends before it begins: read as no date"]


def test_ranges_over_the_new_year_are_not_reversed() -> None:
    assert values("It ran from 27 December to 3 January.") == ["2024-12-27", "2025-01-03"]
    assert values("It ran from November to February 2023.") == ["2022-11", "2023-02"]
    assert values("It ran from 2/29 to 3/1.") == ["2024-02-29", "2024-03-01"]


def test_a_weekday_that_does_not_fit_its_date_is_a_problem_and_the_date_is_kept() -> None:
    times, problems = read_times_and_problems("It fell on Tuesday, 5 May 2024.", THURSDAY)
    assert [time.value for time in times] == ["2024-05-05"]
    assert ["is a Sunday" in problem.message for problem in problems] == [True]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # Published after what it announces: the day that has just gone by, or the year that is written.
        ("The vote will be held on 12 January.", "2025-01-12"),
        ("The vote will be held on 12 January 2025.", "2025-01-12"),
        ("The vote will be held on 3 March 2024.", "2024-03-03"),
        # Published before what it tells of as past: the last such day, or the year that is written.
        ("The vote was held on 3 May.", "2024-05-03"),
        ("The vote was held on 3 March 2025.", "2025-03-03"),
        ("The vote was held on 2 February 2031.", "2031-02-02"),
    ],
)
def test_a_publication_on_the_wrong_side_of_the_day_it_tells_of(text: str, value: str) -> None:
    (time,) = read_times(text, THURSDAY)
    assert time.value == value
    assert time.earliest == datetime.fromisoformat(value).replace(tzinfo=UTC)


def test_since_a_day_after_publication_is_that_day_alone() -> None:
    (time,) = read_times("It has been calm since 3 March 2025.", THURSDAY)
    assert (time.earliest, time.latest) == (datetime(2025, 3, 3, tzinfo=UTC), datetime(2025, 3, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They left in '24.", "2024"),
        ("They left in '68.", "1968"),
        ("They left in May '08.", "2008-05"),
        ("They left in the summer of '03.", "2003-SU"),
        ("They left on 5/6/24.", "2024-XX-XX"),
        ("They came on 4/30/24 and left on 5/6/24.", "2024-05-06"),
        ("On 1 May 2018 and 2 June 2018 they came; they left on 5/6/24.", "2024-06-05"),
        ("They left on 25/6/99.", "1999-06-25"),
        ("They left on 25.6.2024.", "2024-06-25"),
        ("They left on 06AUG24.", "2024-08-06"),
    ],
)
def test_years_of_two_digits(text: str, value: str) -> None:
    assert values(text)[-1] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They return in 99999999999 days.", ["P99999999999D"]),
        ("They left 99999999999 days ago.", ["PAST_REF"]),
        ("They will rule in the year 123456.", []),
        ("They ruled in 99999.", []),
        ("They ruled in the 0th century.", []),
        ("They ruled in the 999th century.", []),
        ("Day 99999999999 of the siege.", []),
        ("The siege began on 2 May 2023. It is D+9999999.", ["2023-05-02"]),
        ("They return in 9999999999999999h.", []),
        ("Open for 999999999 years from 3 March 2024.", ["P999999999Y", "2024-03-03"]),
    ],
)
def test_numbers_that_overflow(text: str, expected: list[str]) -> None:
    times = read_times(text, THURSDAY)
    assert [time.value for time in times] == expected
    assert all(time.earliest is None for time in times if time.value not in ("2023-05-02", "2024-03-03"))


NO_TIMES = [
    "May we go? You may, said Theresa May.",
    "Mr May may resign.",
    "A may tree.",
    "March on, soldiers, and march again.",
    "The protest march was long.",
    "The March for Life drew thousands.",
    "She came second; the second wave followed.",
    "At second base he had a second chance.",
    "One second chance is all he got.",
    "The Sun reported it, and the sun rose.",
    "The Sun on its front page.",
    "Sat Nav units failed and he sat down.",
    "He passed his SAT.",
    "After the fall of the city prices fall.",
    "They fall back to the river.",
    "Spring water, and springs that spring from rock.",
    "The Arab Spring.",
    "June Carter sang. April O'Neil wrote. Augusta won.",
    "It was printed in 3D for 4D games.",
    "He holds a D-1 visa.",
    "Power failed in about 2000 homes.",
    "A 12/15 majority, or 138-2010.",
    "Everyday life goes on.",
    "Account 20250130.50 holds $20250130.",
    "I am here and a m is missing.",
    "Let it be.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_words_that_are_times_elsewhere(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theresa May resigned in May.", ["2024-05"]),
        ("The protest march is planned for March.", ["2025-03"]),
        ("The pause took one second.", ["PT1S"]),
        ("The second of May was wet.", ["2024-05-02"]),
        ("The Sun reported on Sunday.", ["2025-01-26"]),
        ("It fell on Sun, 5 Jan 2025.", ["2025-01-05"]),
        ("He left on Sat.", ["2025-01-25"]),
        ("The fall of the city came in fall 2021.", ["2021-FA"]),
        ("A spring dried up last spring.", ["2024-SP"]),
        ("Let us meet on Tuesday the eleventh.", ["2025-02-11"]),
    ],
)
def test_the_same_words_as_times(text: str, expected: list[str]) -> None:
    assert values(text) == expected
