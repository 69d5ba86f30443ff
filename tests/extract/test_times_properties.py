"""What holds of the times of any text whatever."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.times import find_times, read_times, read_times_and_problems
from sayso.extract.times.words import MARKS, SHAPES, load_lexicon, load_words
from sayso.grammar.parses import Parse
from sayso.record import Reading, Report
from sayso.tables import load_toml

WORDS = [
    "in",
    "on",
    "the",
    "of",
    "last",
    "next",
    "this",
    "two",
    "a",
    "half",
    "and",
    "weeks",
    "year",
    "ago",
    "later",
    "May",
    "March",
    "August",
    "Tuesday",
    "Sun",
    "6",
    "30",
    "31",
    "2024",
    "1999-2003",
    "17:30",
    "5",
    "p.m.",
    "GMT",
    "local",
    "time",
    "early",
    "mid-",
    "late",
    "end",
    "first",
    "second",
    "quarter",
    "century",
    "1990s",
    "'08",
    "every",
    "daily",
    "for",
    "since",
    "past",
    "had",
    "will",
    "February",
    "29",
    "Easter",
    "Christmas",
    "Q3",
    "FY2024",
    "9/11",
    "30/02/2025",
    "2025-13-45",
    "061530ZAUG24",
    "D+3",
    "the day before",
    "99999999999999",
    ",",
    ".",
    "(",
    ")",
    "\n",
    "-",
    "–",
    "weekend",
    "now",
    "night",
    "few",
    "½",
    "061200Z",
    "D-Day",
    "D+9999",
    "plus",
    "day 3 of the siege",
    "began",
    "the siege",
    "about",
    "possibly",
    "until",
    "before",
    "20250130",
    "2/29",
    "48h",
    "nineteen",
    "ninety-six",
    "p.m",
    "fiscal",
    "week",
    "rest of",
    "Dec31",
    "..",
    "/",
]
DATE = r"[-\dX]{4,10}[~?%]?"
EDTF = re.compile(rf"(?:{DATE}(?:/(?:\.\.|{DATE}))?|\.\./{DATE})?")
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
MOMENTS = st.one_of(
    st.none(),
    st.datetimes(
        min_value=datetime(1, 1, 1),
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))]),
    ),
)


@pytest.mark.parametrize("text", ["Every night, night", "Every Evening Morning", "Every Tuesday night morning"])
def test_a_part_of_the_day_told_twice_is_one_time(text: str) -> None:
    for time in read_times(text, datetime(2031, 5, 6, tzinfo=UTC)):
        assert text[time.start : time.end] == time.text


@given(TEXTS, MOMENTS, st.booleans())
@settings(max_examples=600, deadline=None)
def test_spans_lie_in_order_inside_the_text_and_keep_its_words(
    text: str, published: datetime | None, exact: bool
) -> None:
    times, problems = read_times_and_problems(text, published, exact=exact)
    reach = 0
    for time in times:
        assert reach <= time.start < time.end <= len(text)
        assert text[time.start : time.end] == time.text
        assert "\n" not in time.text or len(time.text) > 1
        assert time.type in ("DATE", "TIME", "DURATION", "SET")
        assert time.value
        assert time.earliest is None or time.latest is None or time.earliest < time.latest
        assert EDTF.fullmatch(time.edtf)
        assert all(end is None or end.tzinfo is UTC for end in (time.earliest, time.latest))
        reach = time.end
    for problem in problems:
        assert problem.start is not None and problem.end is not None
        assert 0 <= problem.start < problem.end <= len(text)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_reading_twice_finds_the_same(text: str) -> None:
    published = datetime(2025, 1, 30, tzinfo=UTC)
    assert read_times(text, published) == read_times(text, published)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_the_step_keeps_all_else(text: str) -> None:
    report = Report(id="r", text=text, published=datetime(2025, 1, 30, tzinfo=UTC))
    reading = find_times(Reading(report=report), Parse(text, [], [], [], *np.zeros((2, 0, 0), np.float16)))
    assert reading.report is report
    assert reading.times == read_times(text, report.published)


@given(st.dates(min_value=datetime(1900, 1, 1).date(), max_value=datetime(2099, 12, 31).date()))
@settings(max_examples=200, deadline=None)
def test_a_full_date_means_itself_however_it_is_written(day: datetime) -> None:
    written = [
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%A}, {day.day} {day:%b} {day.year}",
        f"{day:%m/%d/%Y}" if day.day > 12 else day.isoformat(),
    ]
    for words in written:
        (time,) = read_times(f"It happened on {words}, they said.", datetime(2025, 1, 30, tzinfo=UTC))
        assert (time.text, time.value) == (words, day.isoformat())


@given(st.integers(min_value=0, max_value=700))
def test_a_weekday_in_the_past_is_of_the_week_that_ends_today(days: int) -> None:
    published = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=days)
    for name in ("Monday", "Wednesday", "Sunday"):
        (time,) = read_times(f"The court ruled on {name}.", published)
        assert time.earliest is not None
        assert timedelta() <= published - time.earliest < timedelta(days=7)
        assert f"{time.earliest:%A}" == name


@pytest.mark.parametrize(
    "piece",
    [
        "twenty ",
        "2024 ",
        "17:30 ",
        "two days later ",
        "Tuesday ",
        "May ",
        "1/1/",
        "the first half of ",
        "9",
        "- ",
        "D+3 ",
        "day 3 of the siege began on 6 May ",
        "from about 6 May to ",
        "two weeks from 3 May 2024 ",
        "12:",
        "061200Z ",
    ],
)
def test_reading_takes_linear_time(piece: str, spend: Callable[..., float]) -> None:
    published = datetime(2025, 1, 30, tzinfo=UTC)
    read_times(piece * 100, published)
    small, large = (spend(lambda n=n: read_times(piece * n, published)) for n in (2_000, 16_000))
    assert large < 8 * 4 * small + 0.2


def test_words_of_the_table_are_lower_case_and_their_values_known() -> None:
    table = load_toml("times.toml")
    codes = {"1TS", "1TM", "1TH", "1D", "1W", "1WE", "2W", "1M", "3M", "6M", "1Y", "10Y", "100Y", "1000Y"}
    for name, words in table.items():
        for word in words.get("words", words):
            assert word == word.lower(), (name, word)
    assert set(table["UNIT"].values()) | set(table["UNITS"].values()) == codes
    assert set(table["MONTH"].values()) == set(range(1, 13))
    assert set(table["WEEKDAY"].values()) == set(range(1, 8))
    assert all(first < last <= 30 for _, first, last in table["PART"].values())
    assert all(0 <= first < last <= 1 for name in ("EDGE", "EDGE_NOUN") for first, last in table[name].values())


def test_verbs_do_not_point_both_ways() -> None:
    assert not load_words("ahead") & load_words("behind")


def test_shapes_do_not_share_a_character() -> None:
    characters = list(SHAPES.values()) + [marks[0] for marks in MARKS.values()]
    assert len(characters) == len(set(characters))
    assert load_lexicon().chars("MONTH")
