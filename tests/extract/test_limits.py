"""Of an over-long text the beginning is read, and the reading says where that ends."""

from __future__ import annotations

import pytest

from sayso.extract import LONGEST_TEXT, MOST_WORDS, find_limit, read_report
from sayso.record import Report


@pytest.mark.parametrize(
    "text", ["", "a", "a b. " * (MOST_WORDS // 3), "word " * (LONGEST_TEXT // 5), "a" * LONGEST_TEXT]
)
def test_what_is_not_over_long_is_read_whole(text: str) -> None:
    assert find_limit(text) == len(text)


@pytest.mark.parametrize("text", ['"' * 90_000, "a " * 90_000, "a" * 200_000, "word " * 30_000, " " * 200_000 + "a"])
def test_a_limit_lies_within_and_at_the_end_of_a_word_where_there_is_one(text: str) -> None:
    end = find_limit(text)
    assert 0 < end <= LONGEST_TEXT and end < len(text)
    assert len(text[:end].split()) <= MOST_WORDS
    assert " " not in text[:end] or not text[:end].strip() or not text[end - 1].isspace()


def test_the_reading_says_where_it_stopped_and_keeps_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.extract.MOST_WORDS", 40)
    text = "The mayor said on Friday that 12 people were hurt. " * 9
    reading = read_report(Report(id="a", text=text, language="en"))
    (problem,) = reading.problems
    assert problem.start is not None and problem.end == len(text) and "over-long" in problem.message
    assert reading.report.text == text
    assert 0 < len(reading.figures) < 9
    assert all(figure.end <= problem.start for figure in reading.figures)


def test_a_list_of_figures_makes_no_square_of_answers() -> None:
    reading = read_report(Report(id="a", text="Shares: " + "5% " * 150 + ".", language="en"))
    assert sum(len(claim.answers) for claim in reading.claims) < 4_000
