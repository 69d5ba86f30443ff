"""Times on the command line, as people give them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sayso.cli import app
from sayso.moments import TICK, find_span

NOW = datetime(2031, 5, 14, 15, 30, 20, tzinfo=UTC)
"""A Wednesday."""


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "begin", "end"),
    [
        ("2031-02-01", "2031-02-01", "2031-02-02"),
        ("2031-02", "2031-02-01", "2031-03-01"),
        ("2030", "2030-01-01", "2031-01-01"),
        ("3 May 2031", "2031-05-03", "2031-05-04"),
        ("today", "2031-05-14", "2031-05-15"),
        ("Yesterday", "2031-05-13", "2031-05-14"),
        ("the day before yesterday", "2031-05-12", "2031-05-13"),
        ("tomorrow", "2031-05-15", "2031-05-16"),
        ("Monday", "2031-05-12", "2031-05-13"),
        ("since Monday", "2031-05-12", "2031-05-13"),
        ("wed", "2031-05-14", "2031-05-15"),
        ("last Wednesday", "2031-05-07", "2031-05-08"),
        ("next friday", "2031-05-16", "2031-05-17"),
        ("this sunday", "2031-05-18", "2031-05-19"),
        ("7d", "2031-05-07", "2031-05-08"),
        ("7 days ago", "2031-05-07", "2031-05-08"),
        ("the last 2 weeks", "2031-04-30", "2031-05-01"),
        ("a week ago", "2031-05-07", "2031-05-08"),
        ("2 months", "2031-03-14", "2031-03-15"),
        ("in three weeks", "2031-06-04", "2031-06-05"),
        ("10 days from now", "2031-05-24", "2031-05-25"),
        ("last week", "2031-05-05", "2031-05-12"),
        ("this month", "2031-05-01", "2031-06-01"),
        ("last month", "2031-04-01", "2031-05-01"),
        ("last year", "2030-01-01", "2031-01-01"),
    ],
)
def test_a_day_is_whole(words: str, begin: str, end: str) -> None:
    assert find_span(words, NOW) == (at(begin), at(end))


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2031-02-01T18:00Z", "2031-02-01T18:00"),
        ("2031-02-01 18:00", "2031-02-01T18:00"),
        ("now", "2031-05-14T15:30:20"),
        ("2 hours ago", "2031-05-14T13:30:20"),
        ("90min", "2031-05-14T14:00:20"),
        ("an hour ago", "2031-05-14T14:30:20"),
        ("in 1h", "2031-05-14T16:30:20"),
        ("yesterday 18:00", "2031-05-13T18:00"),
        ("Monday at 6:05 UTC", "2031-05-12T06:05"),
    ],
)
def test_a_moment_is_itself(words: str, moment: str) -> None:
    assert find_span(words, NOW) == (at(moment), at(moment) + TICK)


def test_what_is_to_come_is_ahead() -> None:
    assert find_span("friday", NOW, ahead=True)[0] == at("2031-05-16")
    assert find_span("3 weeks", NOW, ahead=True)[0] == at("2031-06-04")
    assert find_span("3 weeks ago", NOW, ahead=True)[0] == at("2031-04-23")


def test_months_end_where_they_end() -> None:
    assert find_span("1 month ago", at("2031-03-31"))[0] == at("2031-02-28")


@pytest.mark.parametrize(
    "words",
    [
        *("", "soon", "yesterdayish", "5m", "03/05/2031", "2031-13", "2031-02-30", "0000", "9999", "999999y"),
        *("in 3 days ago", "some days ago", "last 2 hours ago", "monday 25:00"),
    ],
)
def test_what_says_no_time_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="is no date or time such as"):
        find_span(words, NOW)


@given(st.text(max_size=40) | st.from_regex(r"(in |last )?[0-9]{1,6} ?(d|w|mo|y|h|weeks)( ago)?", fullmatch=True))
def test_any_words_name_a_span_or_none(words: str) -> None:
    try:
        begin, end = find_span(words, NOW)
    except ValueError:
        return
    assert timedelta(0) < end - begin <= timedelta(days=366)


REPORT = """---
outlet: "{outlet}"
published: "{day}"
---

Some {count} Peruvian miners are missing, the mayor, Rosa Quispe, said.
"""


def test_since_a_day_counts_its_beginning_and_as_of_a_day_its_end(tmp_path: Path) -> None:
    for outlet, day, count in (("The Wire", "2031-05-01", 40), ("The Echo", "2031-05-03T21:00:00Z", 60)):
        (tmp_path / f"{outlet}.md").write_text(REPORT.format(outlet=outlet, day=day, count=count))

    def ask(*words: str) -> str:
        result = CliRunner().invoke(app, [words[0], str(tmp_path), *words[1:]])
        assert result.exit_code == 0, result.stderr
        return result.stdout

    assert "60" in ask("changes", "--since", "2031-05-03", "--as-of", "2031-05-03", "--format", "json")
    assert ask("changes", "--since", "2031-05-04", "--format", "json") == "[]\n"
    assert "40" in ask("changes", "--since", "2031-05-01", "--as-of", "2031-05-01", "--format", "json")
    assert "Echo" not in ask("origins", "--as-of", "2031-05-02", "--format", "json")
    assert '"since":"2031-05-03T00:00:00Z"' in ask("brief", "--since", "2031-05-03", "--format", "json")
