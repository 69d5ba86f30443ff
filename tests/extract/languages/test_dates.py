"""Dates in other languages, reckoned from the publication."""

from datetime import UTC, datetime

import pytest

from sayso.extract.languages.dates import find_dates, make_times
from sayso.extract.languages.numbers import find_numbers
from sayso.extract.languages.vocabularies import read_words

THURSDAY = datetime(2026, 5, 14, 9, tzinfo=UTC)
DATES = [
    ("uk", "у вівторок сталася пожежа", "2026-05-12"),
    ("uk", "5 березня 2025 року", "2025-03-05"),
    ("uk", "минулого тижня", "2026-W19"),
    ("uk", "три дні тому", "2026-05-11"),
    ("ru", "вчера", "2026-05-13"),
    ("ru", "в 2011 году", "2011"),
    ("ru", "состоится 20 июня, завтра начнётся", "2026-06-20"),
    ("es", "el pasado lunes", "2026-05-11"),
    ("es", "en marzo de 2024", "2024-03"),
    ("fr", "la semaine dernière", "2026-W19"),
    ("fr", "le 1er avril", "2026-04-01"),
    ("de", "am 3. November 2025", "2025-11-03"),
    ("de", "gestern Abend", "2026-05-13"),
    ("ar", "يوم الثلاثاء", "2026-05-12"),
    ("ar", "في 7 أبريل 2026", "2026-04-07"),
]


@pytest.mark.parametrize(("language", "text", "value"), DATES)
def test_dates(language: str, text: str, value: str) -> None:
    cut = read_words(text, language)
    found = list(make_times(cut, find_dates(cut, find_numbers(cut), THURSDAY), THURSDAY))
    assert found[0].value == value
    assert found[0].earliest is not None


def test_what_is_to_come_is_the_next_weekday() -> None:
    cut = read_words("Переговори відбудуться в понеділок, їх буде три.", "uk")
    assert [d.value for d in find_dates(cut, [], THURSDAY)] == ["2026-05-18"]


def test_words_reckoned_from_a_publication_need_one() -> None:
    cut = read_words("вчера и 5 мая", "ru")
    assert find_dates(cut, find_numbers(cut), None) == []


def test_a_day_that_is_none_is_no_date() -> None:
    cut = read_words("31 лютого", "uk")
    assert not [d for d in find_dates(cut, find_numbers(cut), THURSDAY) if d.value.endswith("31")]
