"""Tables of sentences in, time expressions out. Every sentence is read as published on Thursday 30 January 2025."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sayso.extract.times import read_times, read_times_and_problems

THURSDAY = datetime(2025, 1, 30, 12, 0, tzinfo=UTC)


def read(text: str, published: datetime | None = THURSDAY) -> list[tuple[str, str, str]]:
    return [(t.text, t.type, t.value) for t in read_times(text, published)]


def values(text: str, published: datetime | None = THURSDAY) -> list[tuple[str, str]]:
    return [(t.text, t.value) for t in read_times(text, published)]


CALENDAR = [
    ("The bridge fell on 26 March 2024.", "26 March 2024", "2024-03-26"),
    ("The bridge fell on March 26, 2024.", "March 26, 2024", "2024-03-26"),
    ("The ferry sank on Aug. 6.", "Aug. 6", "2024-08-06"),
    ("It was signed on the 6th of August 2019.", "the 6th of August 2019", "2019-08-06"),
    ("It was signed on August 6th.", "August 6th", "2024-08-06"),
    ("The log says 2025-01-28.", "2025-01-28", "2025-01-28"),
    ("The log says 2025-01-28T17:30:00Z.", "2025-01-28T17:30:00Z", "2025-01-28T17:30:00Z"),
    ("The log says 2025-W04.", "2025-W04", "2025-W04"),
    ("The form is dated 28/01/2025.", "28/01/2025", "2025-01-28"),
    ("The form is dated 1/28/25.", "1/28/25", "2025-01-28"),
    ("The form is dated 28.1.2025.", "28.1.2025", "2025-01-28"),
    ("The form is dated 04/07/2019.", "04/07/2019", "2019-XX-XX"),
    ("On 3 May 2018 and 9 June 2018 they met; the form says 04/07/2019.", "04/07/2019", "2019-07-04"),
    ("The form is dated 01/02/2025.", "01/02/2025", "2025-02-01"),
    ("The form is dated 02/01/2025.", "02/01/2025", "2025-02-01"),
    ("Contact at 061530ZAUG24.", "061530ZAUG24", "2024-08-06T15:30Z"),
    ("Contact on 06AUG24.", "06AUG24", "2024-08-06"),
    ("The dam was finished in October 1932.", "October 1932", "1932-10"),
    ("They arrived in November.", "November", "2024-11"),
    ("Elections will be held in November.", "November", "2025-11"),
    ("They fought in mid-January.", "mid-January", "2025-01"),
    ("It rained in early December.", "early December", "2024-12"),
    ("It ended in late 2024.", "late 2024", "2024"),
    ("It was built in 1876.", "1876", "1876"),
    ("Prices rose in the 1990s.", "the 1990s", "199"),
    ("Prices rose in the late 1980s.", "the late 1980s", "198"),
    ("Prices rose in the nineties.", "the nineties", "199"),
    ("A custom of the 19th century.", "the 19th century", "18"),
    ("They moved north in the summer of 2023.", "the summer of 2023", "2023-SU"),
    ("They moved north last autumn.", "last autumn", "2024-FA"),
    ("Sales fell in Q3 2024.", "Q3 2024", "2024-Q3"),
    ("Sales fell in the third quarter of 2024.", "the third quarter of 2024", "2024-Q3"),
    ("Sales fell in the second half of 2024.", "the second half of 2024", "2024-H2"),
    ("Sales fell in fiscal 2024.", "fiscal 2024", "FY2024"),
    ("It was published in May '08.", "May '08", "2008-05"),
    ("He came on Monday, 3 February 2025.", "Monday, 3 February 2025", "2025-02-03"),
    ("It happened on the 14th.", "the 14th", "2025-01-14"),
    ("She flew home on Christmas Eve.", "Christmas Eve", "2024-12-24"),
    ("She flew home at Easter 2018.", "Easter 2018", "2018-04-01"),
    ("She flew home on Thanksgiving Day.", "Thanksgiving Day", "2024-11-28"),
    ("Since 9/11 the rules changed.", "9/11", "2001-09-11"),
]

RELATIVE = [
    ("He resigned on Monday.", "Monday", "2025-01-27"),
    ("He resigned on Thursday.", "Thursday", "2025-01-30"),
    ("He will resign on Monday.", "Monday", "2025-02-03"),
    ("The vote is due on Tuesday.", "Tuesday", "2025-02-04"),
    ("The report will be released on Tuesday.", "Tuesday", "2025-02-04"),
    ("He met them last Thursday.", "last Thursday", "2025-01-23"),
    ("He meets them next Monday.", "next Monday", "2025-02-03"),
    ("He met them on Friday last week.", "Friday last week", "2025-01-24"),
    ("He left late Tuesday.", "late Tuesday", "2025-01-28"),
    ("He left yesterday.", "yesterday", "2025-01-29"),
    ("He left the day before yesterday.", "the day before yesterday", "2025-01-28"),
    ("He leaves tomorrow.", "tomorrow", "2025-01-31"),
    ("He left this week.", "this week", "2025-W05"),
    ("He left last month.", "last month", "2024-12"),
    ("He leaves next year.", "next year", "2026"),
    ("He left last August.", "last August", "2024-08"),
    ("He left in August last year.", "August last year", "2024-08"),
    ("He left earlier this month.", "earlier this month", "2025-01"),
    ("He leaves later this year.", "later this year", "2025"),
    ("It must end by the end of the year.", "the end of the year", "2025"),
    ("He left over the weekend.", "the weekend", "2025-W04-WE"),
    ("He left in the first week of January.", "the first week of January", "2025-W01"),
    ("He left on the last day of November.", "the last day of November", "2024-11-30"),
    ("He left on the second Tuesday of March 2024.", "the second Tuesday of March 2024", "2024-03-12"),
    ("He left a week ago.", "a week ago", "2025-W04"),
    ("He left some two weeks ago.", "some two weeks ago", "2025-W03"),
    ("He left three days ago.", "three days ago", "2025-01-27"),
    ("He left about 18 months ago.", "about 18 months ago", "2023-07"),
    ("He left two and a half years ago.", "two and a half years ago", "2022-07"),
    ("He left a decade ago.", "a decade ago", "2015"),
    ("He is back in two weeks' time.", "two weeks' time", "2025-W07"),
    ("He now lives abroad.", "now", "PRESENT_REF"),
    ("He recently moved.", "recently", "PAST_REF"),
    ("He moves in the coming weeks.", "the coming weeks", "FUTURE_REF"),
    ("Output grew in the same period last year.", "the same period last year", "2024"),
]

DURATIONS = [
    ("A 27-year contract.", "27-year", "P27Y"),
    ("It ran for five years.", "five years", "P5Y"),
    ("It ran for half an hour.", "half an hour", "PT30M"),
    ("It ran for several years.", "several years", "PXY"),
    ("It ran for a fortnight.", "a fortnight", "P2W"),
    ("It ran for roughly 14 days.", "roughly 14 days", "P14D"),
    ("It ran for almost two and a half years.", "almost two and a half years", "P2.5Y"),
    ("It ran for a year and a half.", "a year and a half", "P1.5Y"),
    ("It ran for more than a week.", "more than a week", "P1W"),
    ("It ran for decades.", "decades", "PXY"),
    ("A decades-long dispute.", "decades-long", "PXY"),
    ("A 48-hour truce.", "48-hour", "PT48H"),
    ("It ran for twenty-five years.", "twenty-five years", "P25Y"),
    ("It ran for two hundred and six days.", "two hundred and six days", "P206D"),
    ("It ran for two to three weeks.", "two to three weeks", "P3W"),
    ("It ran for two years and three months.", "two years and three months", "P2Y3M"),
    ("It fell over the past three weeks.", "the past three weeks", "P3W"),
    ("It falls over the next six months.", "the next six months", "P6M"),
    ("It fell over the past decade.", "the past decade", "P10Y"),
    ("It fell in the last 24 hours.", "the last 24 hours", "PT24H"),
    ("They left two days before the flood.", "two days", "P2D"),
]

SETS = [
    ("Fifteen ships a year pass.", "a year", "P1Y"),
    ("They lose 1,200 men a day.", "a day", "P1D"),
    ("They meet every Monday.", "every Monday", "XXXX-WXX-1"),
    ("They meet on Mondays.", "Mondays", "XXXX-WXX-1"),
    ("They meet every two weeks.", "every two weeks", "P2W"),
    ("They meet daily.", "daily", "P1D"),
    ("The annual meeting.", "annual", "P1Y"),
    ("They meet once a week.", "a week", "P1W"),
    ("They meet every Friday at 5 p.m.", "every Friday at 5 p.m.", "XXXX-WXX-5T17:00"),
]

CLOCKS = [
    ("It struck at 4.17 a.m. local time.", "4.17 a.m. local time", "2025-01-30T04:17"),
    ("It struck at 01:17 GMT.", "01:17 GMT", "2025-01-30T01:17Z"),
    ("It struck at 17:30 Moscow time.", "17:30 Moscow time", "2025-01-30T17:30+03:00"),
    ("It struck on Tuesday at about 5 p.m.", "Tuesday at about 5 p.m.", "2025-01-28T17:00"),
    ("It struck at 5pm on Tuesday.", "5pm on Tuesday", "2025-01-28T17:00"),
    ("On Tuesday it struck the port at 17:30.", "17:30", "2025-01-28T17:30"),
    ("It struck at 0600 GMT.", "0600 GMT", "2025-01-30T06:00Z"),
    ("It struck at five o'clock in the afternoon.", "five o'clock in the afternoon", "2025-01-30T17:00"),
    ("It struck at noon on 6 August 2024.", "noon on 6 August 2024", "2024-08-06T12:00"),
    ("It struck in the early hours of Wednesday.", "the early hours of Wednesday", "2025-01-29TNI"),
    ("It struck on Friday morning.", "Friday morning", "2025-01-24TMO"),
    ("It struck this morning.", "this morning", "2025-01-30TMO"),
    ("It struck last night.", "last night", "2025-01-29TNI"),
    ("It struck tonight.", "tonight", "2025-01-30TNI"),
    ("It struck overnight.", "overnight", "2025-01-30TNI"),
]


@pytest.mark.parametrize(("text", "words", "value"), CALENDAR + RELATIVE)
def test_dates(text: str, words: str, value: str) -> None:
    found = [f for f in read(text) if f[0] == words]
    assert found == [(words, "TIME" if "T" in value.removesuffix("_REF") and value[0].isdigit() else "DATE", value)], (
        read(text)
    )


@pytest.mark.parametrize(
    ("text", "words", "value", "kind"),
    [(*row, "DURATION") for row in DURATIONS] + [(*row, "SET") for row in SETS] + [(*row, "TIME") for row in CLOCKS],
)
def test_durations_sets_and_clocks(text: str, words: str, value: str, kind: str) -> None:
    assert (words, kind, value) in read(text), read(text)


TOGETHER = [
    (
        "between 11 and 12.30 p.m. Moscow time",
        [("11", "2025-01-30T11:00+03:00"), ("12.30 p.m. Moscow time", "2025-01-30T12:30+03:00")],
    ),
    (
        "at 9 am (0700 GMT) on Wednesday",
        [("9 am", "2025-01-29T09:00"), ("0700 GMT", "2025-01-29T07:00Z"), ("Wednesday", "2025-01-29")],
    ),
    ("Thu Jan 30 2025 10:15:00 GMT+0200", [("Thu Jan 30 2025 10:15:00 GMT+0200", "2025-01-30T10:15:00+02:00")]),
    ("the 2008-09 crisis", [("2008", "2008"), ("09", "2009")]),
    ("since at least 2014", [("2014", "2014")]),
    ("The truce expires at midnight on Saturday.", [("midnight on Saturday", "2025-02-01T24:00")]),
    (
        "On 8 May 2024 they came. The following morning",
        [("8 May 2024", "2024-05-08"), ("The following morning", "2024-05-09TMO")],
    ),
    ("On 12 August they came, by the 14th they left.", [("12 August", "2024-08-12"), ("the 14th", "2024-08-14")]),
    ("Since 24 February 2022, 2,000 days on", [("24 February 2022", "2022-02-24"), ("2,000 days", "P2000D")]),
    ("from 2009 to 2011", [("2009", "2009"), ("2011", "2011")]),
    ("in 1999-2003", [("1999", "1999"), ("2003", "2003")]),
    ("in 1914-18", [("1914", "1914"), ("18", "1918")]),
    ("6-8 January", [("6", "2025-01-06"), ("8 January", "2025-01-08")]),
    ("between January 6 and 8, 2024", [("January 6", "2024-01-06"), ("8, 2024", "2024-01-08")]),
    ("from March to May 2022", [("March", "2022-03"), ("May 2022", "2022-05")]),
    ("from November to January 2022", [("November", "2021-11"), ("January 2022", "2022-01")]),
    ("between 9 and 11 a.m.", [("9", "2025-01-30T09:00"), ("11 a.m.", "2025-01-30T11:00")]),
    (
        "On 6 August 2024 they crossed. Two days later",
        [("6 August 2024", "2024-08-06"), ("Two days later", "2024-08-08")],
    ),
    ("On 6 August 2024 they crossed. The next day", [("6 August 2024", "2024-08-06")]),
    ("It fell in May 2019. The same month", [("May 2019", "2019-05"), ("The same month", "2019-05")]),
    (
        "On 8 May 2024 he spoke; the previous Thursday",
        [("8 May 2024", "2024-05-08"), ("the previous Thursday", "2024-05-02")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOGETHER)
def test_expressions_that_lean_on_each_other(text: str, expected: list[tuple[str, str]]) -> None:
    assert values(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.",
        "May he return?",
        "Theresa May said no.",
        "The sun set over the fall line.",
        "She was second, and he sat down.",
        "A 27-year-old man, aged 40 years.",
        "Some 2000 troops and 1,990 tanks.",
        "Resolution 1701 and Flight 1549 and No. 1984.",
        "It cost $2024 in all.",
        "Call 138-2010 or AK-2000.",
        "In the meantime the second battalion held.",
        "She reads The Daily Telegraph and The Sunday Times.",
        "The daily said so.",
        "India Today said so.",
        "The 14th Army fell back.",
        "Spring back and fall in.",
        "One day they will return.",
        "Three quarters of the houses burned.",
        "The Prague Spring was crushed.",
        "Version 1.2.3.4 of 10:1 odds",
    ],
)
def test_words_that_are_no_times(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on 30 February", "30 February"),
        ("on 29 February 2023", "29 February 2023"),
        ("on 31/04/2024", "31/04/2024"),
        ("on 2025-02-30", "2025-02-30"),
        ("the 45th of May", "the 45th of May"),
        ("at 17:30 on 32/13/2024", "32/13/2024"),
        ("from 12 to 6 January", "12 to 6 January"),
        ("at 9917 GMT", "9917 GMT"),
    ],
)
def test_impossible_dates_are_problems(text: str, words: str) -> None:
    times, problems = read_times_and_problems(text, THURSDAY)
    assert [text[p.start : p.end] for p in problems] == [words]
    assert all(p.step == "find_times" and p.message for p in problems)
    assert all(t.type == "TIME" for t in times)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in 99999999999999 years", "P99999999999999Y"),
        ("for the next 99999999999999 years", "P99999999999999Y"),
        ("99999999999999 years ago", "PAST_REF"),
        ("the past 9999 centuries", "P999900Y"),
    ],
)
def test_overflowing_amounts_have_no_interval(text: str, value: str) -> None:
    (time,) = read_times(text, THURSDAY)
    assert (time.value, time.earliest, time.latest) == (value, None, None)


def test_numbers_without_end_are_ignored() -> None:
    assert values("9" * 10_000 + " years ago in " + "1" * 5_000) == [("years ago", "PAST_REF")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", "PAST_REF"),
        ("today", "PRESENT_REF"),
        ("tomorrow", "FUTURE_REF"),
        ("on Tuesday", "XXXX-WXX-2"),
        ("on 6 August", "XXXX-08-06"),
        ("in August", "XXXX-08"),
        ("two weeks ago", "PAST_REF"),
        ("this morning", "XXXX-XX-XXTMO"),
        ("at 17:30", "T17:30"),
        ("at 17:30 GMT", "T17:30Z"),
        ("in spring", "XXXX-SP"),
        ("in the third quarter", "XXXX-Q3"),
    ],
)
def test_without_publication_relative_times_stay_unanchored(text: str, expected: str) -> None:
    (time,) = read_times(text, None)
    assert (time.value, time.earliest, time.latest) == (expected, None, None)


def test_without_publication_the_text_may_anchor_itself() -> None:
    found = read_times("On 6 August 2024 they crossed the border. Two days later they stopped.", None)
    assert [t.value for t in found] == ["2024-08-06", "2024-08-08"]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("yesterday", utc(2025, 1, 29), utc(2025, 1, 30)),
        ("last week", utc(2025, 1, 20), utc(2025, 1, 27)),
        ("mid-January", utc(2025, 1, 11), utc(2025, 1, 21)),
        ("early 2024", utc(2024, 1, 1), utc(2024, 5, 1)),
        ("They have not fought since mid-January.", utc(2025, 1, 11), utc(2025, 1, 31)),
        ("They have not been seen for about two weeks.", utc(2025, 1, 16), utc(2025, 1, 31)),
        ("For about two weeks nobody has seen them.", utc(2025, 1, 16), utc(2025, 1, 31)),
        ("over the past three weeks", utc(2025, 1, 9), utc(2025, 1, 31)),
        ("within the next two months", utc(2025, 1, 30), utc(2025, 3, 30)),
        ("They held it for two weeks.", None, None),
        ("earlier this month", utc(2025, 1, 1), utc(2025, 1, 31)),
        ("late Tuesday", utc(2025, 1, 28, 18), utc(2025, 1, 29)),
        ("at 17:30 Moscow time", utc(2025, 1, 30, 14, 30), utc(2025, 1, 30, 14, 31)),
        ("Tuesday night", utc(2025, 1, 28, 18), utc(2025, 1, 29, 6)),
        ("the second half of 2024", utc(2024, 7, 1), utc(2025, 1, 1)),
        ("the 1990s", utc(1990, 1, 1), utc(2000, 1, 1)),
    ],
)
def test_intervals(text: str, earliest: datetime | None, latest: datetime | None) -> None:
    (time,) = read_times(text, THURSDAY)
    assert (time.earliest, time.latest) == (earliest, latest)


def test_the_day_is_the_publications_own() -> None:
    seoul = datetime(2025, 1, 30, 6, 0, tzinfo=timezone(timedelta(hours=9)))
    (time,) = read_times("They left today.", seoul, exact=True)
    assert (time.value, time.earliest) == ("2025-01-30", utc(2025, 1, 29, 15))


def test_pluperfect_reaches_to_the_day_told_of() -> None:
    found = read_times(
        "They had not been seen for two weeks, a paper reported. It said on Tuesday it was so.", THURSDAY
    )
    assert found[0].earliest is None
    found = read_times("A paper reported on Tuesday that they had not been seen for two weeks.", THURSDAY)
    assert (found[1].earliest, found[1].latest) == (utc(2025, 1, 14), utc(2025, 1, 29))


def test_pluperfect_dates_do_not_move_the_story() -> None:
    text = "He spoke on Wednesday. On Monday he had praised them. The paper wrote the day before, citing nobody."
    assert values(text)[-1] == ("the day before", "2025-01-28")


@pytest.mark.parametrize("year", [1, 2, 9998, 9999])
def test_the_ends_of_the_calendar(year: int) -> None:
    text = (
        "last century, next decade, in two centuries' time, last winter, on Tuesday, in May, the past 90 years, Easter"
    )
    for text_part in [text, *text.split(", ")]:
        read_times(text_part, datetime(year, 6, 1, tzinfo=UTC))
