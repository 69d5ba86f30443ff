"""Other calendars, days in numbers whose order is a text's, and steps over the next day or week. Every sentence is read
as published on Thursday 30 January 2025."""

from datetime import UTC, datetime

import pytest

from sayso.extract.times import read_times, read_times_and_problems
from sayso.record import Time
from sayso.tables import load_toml

THURSDAY = datetime(2025, 1, 30, 12, 0, tzinfo=UTC)


def only(text: str, published: datetime | None = THURSDAY) -> Time:
    (time,) = read_times(text, published)
    return time


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The treaty of 27 Rajab 1446 holds.", "27 Rajab 1446", "2025-01-27"),
        ("He was crowned on 1 Muharram 1400 AH.", "1 Muharram 1400 AH", "1979-11-21"),
        ("It was signed on the 3rd of Dhu al-Hijjah 1445.", "3rd of Dhu al-Hijjah 1445", "2024-06-10"),
        ("It was signed on Sha‘ban 15, 1445.", "Sha‘ban 15, 1445", "2024-02-25"),
        ("Pilgrims set out on 8 Dhū al-Ḥijja 1445.", "8 Dhū al-Ḥijja 1445", "2024-06-15"),
        ("The fair opens on 1 Sha'ban.", "1 Sha'ban", "2025-01-31"),
        ("The law of 22 Bahman 1403 stands.", "22 Bahman 1403", "2025-02-10"),
        ("It began on 1 Farvardin 1404.", "1 Farvardin 1404", "2025-03-21"),
        ("The decree of 24 Asad 1400 was read.", "24 Asad 1400", "2021-08-15"),
        ("The feast of 15 Nisan 5784 was quiet.", "15 Nisan 5784", "2024-04-23"),
        ("It fell on 1 Tishrei 5785.", "1 Tishrei 5785", "2024-10-03"),
        ("It fell on 14 Adar 5785.", "14 Adar 5785", "2025-03-14"),
        ("It fell on 14 Adar II 5784.", "14 Adar II 5784", "2024-03-24"),
        ("It fell on 14 Adar I 5784.", "14 Adar I 5784", "2024-02-23"),
        ("The census of Tir 27, 2017 EC failed.", "Tir 27, 2017 EC", "2025-02-04"),
        ("It opened on Meskerem 1, 2017.", "Meskerem 1, 2017", "2024-09-11"),
        ("The court sat on 5 May B.E. 2567.", "5 May B.E. 2567", "2024-05-05"),
        ("The court sat on 5 May 2567 (BE).", "5 May 2567 (BE)", "2024-05-05"),
        ("The court sat on 5 May 2567.", "5 May 2567", "2024-05-05"),
        ("The court sat on 5/5/2567.", "5/5/2567", "2024-05-05"),
        ("It was sealed on 27/07/1446 AH.", "27/07/1446 AH", "2025-01-27"),
        ("It was sealed on 1403/11/08 (Iranian calendar).", "1403/11/08 (Iranian calendar)", "2025-01-27"),
        ("The court sat on 5 พฤษภาคม 2567.", "5 พฤษภาคม 2567", "2024-05-05"),
        ("The court sat on 5 พ.ค. พ.ศ. 2567.", "5 พ.ค. พ.ศ. 2567", "2024-05-05"),
    ],
)
def test_days_of_other_calendars(text: str, words: str, value: str) -> None:
    time = only(text)
    assert (time.text, time.value, time.earliest and time.earliest.date().isoformat()) == (words, value, value)


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("The mosque dates from 1340 AH.", "1340 AH", "1921-09-04", "1922-08-24"),
        ("It was built in A.H. 1340 by masons.", "A.H. 1340", "1921-09-04", "1922-08-24"),
        ("The budget of the Iranian year 1403 is spent.", "Iranian year 1403", "2024-03-20", "2025-03-21"),
        (
            "The census of 2016 in the Ethiopian calendar failed.",
            "2016 in the Ethiopian calendar",
            "2023-09-12",
            "2024-09-11",
        ),
        ("The sabbath year was 5782 AM.", "5782 AM", "2021-09-07", "2022-09-26"),
        ("The act of B.E. 2550 was amended.", "B.E. 2550", "2007-01-01", "2008-01-01"),
        ("Sales rose in Ramadan 1445.", "Ramadan 1445", "2024-03-11", "2024-04-10"),
        ("Rain fell in Adar 5785.", "Adar 5785", "2025-03-01", "2025-03-30"),
    ],
)
def test_years_and_months_of_other_calendars(text: str, words: str, first: str, last: str) -> None:
    time = only(text)
    assert time.text == words
    assert time.earliest and time.earliest.date().isoformat() == first
    assert time.latest and time.latest.date().isoformat() == last


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It was shut on 20-22 Rajab 1446.", ["2025-01-20", "2025-01-22"]),
        ("It was shut from the 20th to the 22nd of Rajab 1446.", ["2025-01-20", "2025-01-22"]),
        ("It grew between 1440 and 1446 AH.", ["2018-09-12", "2024-07-08"]),
    ],
)
def test_both_ends_of_a_range(text: str, days: list[str]) -> None:
    assert [t.earliest and t.earliest.date().isoformat() for t in read_times(text, THURSDAY)] == days


def test_a_year_of_two_calendars_is_not_guessed() -> None:
    times, problems = read_times_and_problems("It was sealed on 1403/11/08.", THURSDAY)
    assert times == ()
    assert "Hijri or the Solar Hijri" in problems[0].message


def test_a_count_after_a_day_is_no_thai_year() -> None:
    assert [time.value for time in read_times("On 6 June 2554 people came.", THURSDAY)] == ["2024-06-06"]


def test_the_moon_leaves_a_day_of_doubt() -> None:
    assert only("The treaty of 27 Rajab 1446 holds.").edtf == "2025-01-27~"
    assert only("It fell on 1 Tishrei 5785.").edtf == ""


@pytest.mark.parametrize(
    "text",
    [
        "Rajab met Safar in the market.",
        "He lives at 27 Ramadan Street.",
        "The 10 Ramadan City plant burned.",
        "An AH-64 was lost.",
        "Mehr 12 people said so.",
        "Tammuz was a god.",
        "Seats rose to 1446, ah well.",
    ],
)
def test_names_that_are_no_dates(text: str) -> None:
    assert not [time for time in read_times(text, THURSDAY) if time.value.startswith(("2024", "2025"))]


def test_the_table_has_each_calendar_with_all_its_months() -> None:
    table = load_toml("calendars.toml")
    assert {name: len(one["months"]) for name, one in table.items()} == {
        "hijri": 12, "solar_hijri": 12, "hebrew": 13, "ethiopian": 13, "buddhist": 12,
    }  # fmt: skip
    for one in table.values():
        names = [name for month in one["months"] for name in month]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It fell on 04/07/2019 and rose on 23/07/2019.", ["2019-07-04", "2019-07-23"]),
        ("It fell on 07/04/2019 and rose on 07/23/2019.", ["2019-07-04", "2019-07-23"]),
        ("It fell on 04-07-2019 and rose on 23-07-2019.", ["2019-07-04", "2019-07-23"]),
        (
            "It fell on 27/01/2025; talks open on 03/02/2025, votes on 04/09/2025.",
            ["2025-01-27", "2025-02-03", "2025-09-04"],
        ),
        ("Talks open on 03/02/2025, votes on 04/09/2025.", ["2025-02-03", "2025-09-04"]),
        ("It fell on Thursday 04/07/2019.", ["2019-07-04"]),
        ("It fell on 05/05/2019.", ["2019-05-05"]),
        ("It is shut from 04/02/2019 - 04/09/2019.", ["2019-04-02", "2019-04-09"]),
        ("It is shut from 02/04/2019 to 09/04/2019.", ["2019-04-02", "2019-04-09"]),
        ("It fell on 23/07/2019 and 07/23/2019, and on 04/07/2019.", ["2019-07-23", "2019-07-23", "2019-XX-XX"]),
    ],
)
def test_the_order_of_days_is_that_of_the_text(text: str, values: list[str]) -> None:
    assert [time.value for time in read_times(text, THURSDAY)] == values


def test_a_date_that_may_be_two_days_keeps_both() -> None:
    times, problems = read_times_and_problems("The vault opened on 04/07/2019 at 09:30.", None)
    (time,) = times
    assert time.earliest == datetime(2019, 4, 7, 9, 30, tzinfo=UTC)
    assert time.latest == datetime(2019, 7, 4, 9, 31, tzinfo=UTC)
    assert [problem.message for problem in problems] == [
        "“04/07/2019” may be 7 April or 4 July: nothing tells the day from the month, both are kept"
    ]
    assert only("The form of 04/07/2019.", None).edtf == "[2019-04-07,2019-07-04]"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The court sits the Tuesday after next.", "the Tuesday after next", "2025-02-11"),
        ("The court sat the Tuesday before last.", "the Tuesday before last", "2025-01-21"),
        ("They meet the week after next.", "the week after next", "2025-W07"),
        ("They met the week before last.", "the week before last", "2025-W03"),
        ("They met the month before last.", "the month before last", "2024-11"),
        ("They vote the year after next.", "the year after next", "2027"),
        ("They vote the weekend after next.", "the weekend after next", "2025-W06-WE"),
        ("They vote on Tuesday of the week after next.", "Tuesday of the week after next", "2025-02-11"),
        ("The vote is a week on Monday.", "a week on Monday", "2025-02-10"),
        ("The vote is two weeks from Monday.", "two weeks from Monday", "2025-02-17"),
        ("The vote is a fortnight on Monday.", "a fortnight on Monday", "2025-02-17"),
        ("The vote is Monday week.", "Monday week", "2025-02-10"),
        ("The vote was a week ago Monday.", "a week ago Monday", "2025-01-20"),
        ("They meet on Monday next.", "Monday next", "2025-02-03"),
        ("They met on Monday last.", "Monday last", "2025-01-27"),
        ("They meet a week tomorrow.", "a week tomorrow", "2025-02-07"),
        ("They meet today week.", "today week", "2025-02-06"),
        ("It was three Mondays ago.", "three Mondays ago", "2025-01-13"),
        ("They meet two Mondays from now.", "two Mondays from now", "2025-02-10"),
        ("They vote on the second Monday of next month.", "the second Monday of next month", "2025-02-10"),
        ("They voted on the last Friday in May 2024.", "the last Friday in May 2024", "2024-05-31"),
        ("They vote the day after next.", "the day after next", "2025-02-01"),
        ("They met the night before last.", "the night before last", "2025-01-28TNI"),
        ("Your letter of the 12th inst. came.", "the 12th inst.", "2025-01-12"),
        ("Your letter of the 12th ult. came.", "the 12th ult.", "2024-12-12"),
        ("The sale is on the 3rd proximo.", "the 3rd proximo", "2025-02-03"),
    ],
)
def test_two_steps_away(text: str, words: str, value: str) -> None:
    time = only(text)
    assert (time.text.rstrip("."), time.value) == (words.rstrip("."), value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mine floods near Ost 14 June 2018 Police said nine were missing.", "2018-06-14"),
        ("Mine floods June 14, 2018 Miners said nine were missing.", "2018-06-14"),
        ("It was shut in June 2018 Workers said.", "2018-06"),
    ],
)
def test_a_year_before_a_capital(text: str, value: str) -> None:
    assert only(text).value == value


def test_a_count_after_a_month_is_no_year() -> None:
    assert only("In June 2018 soldiers were moved.").value == "2024-06"
