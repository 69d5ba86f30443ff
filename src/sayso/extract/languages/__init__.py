"""Reports in other languages than English that there is a table of words for, read by one grammar.

The way of such a report: its text is cut into words and sentences (`vocabularies`); numbers (`numbers`) and dates
(`dates`) are read, then figures (`figures`) and places (`places`); quotations (`quotations`) and reported clauses
(`reportings`), by their words of saying (`cues`) and who speaks (`sources`), become attributions; and what was found is
said once more in English (`glosses`), by which claims meet those of English reports (`claims`). What a language says is
data: ``tables/languages``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from sayso.extract.languages.attributions import find_attributions
from sayso.extract.languages.claims import find_claims
from sayso.extract.languages.dates import Dated, find_dates, make_times
from sayso.extract.languages.figures import find_figures
from sayso.extract.languages.numbers import Number, find_numbers
from sayso.extract.languages.places import find_places
from sayso.extract.languages.vocabularies import Text, list_languages, read_words
from sayso.grammar.quotations import find_quotations
from sayso.originals import DamagedError
from sayso.record import Problem, Reading, Report

__all__ = ["is_read_by_tables", "read_by_tables"]


def is_read_by_tables(language: str) -> bool:
    """Whether reports in a language (ISO 639) are read by a table of its words."""
    return language in list_languages()


class Cut(NamedTuple):
    """A text with the numbers and dates in it, which figures and places need alike."""

    text: Text
    numbers: list[Number]
    dates: list[Dated]


def read_by_tables(report: Report, read_english: Callable[[Report], Reading], gazetteer: str = "") -> Reading:
    """The reading of a report in one of those languages. `read_english` reads what is said of it in English."""
    quoted = [(q.start, q.end) for q in find_quotations(report.text)]
    text = read_words(report.text, report.language, quoted)
    numbers = find_numbers(text)
    cut = Cut(text, numbers, find_dates(text, numbers, report.published))
    reading = Reading(report=report)
    for step in list_steps(read_english, gazetteer):
        try:
            reading = step(reading, cut)
        except DamagedError:
            raise
        except Exception as error:  # A fault of ours in one step must not cost the user the report or the batch.
            message = f"this step failed on the report: {error!r}"
            problem = Problem(step=step.__name__, message=message, input=report.id)
            reading = replace(reading, problems=(*reading.problems, problem))
    return reading


def list_steps(
    read_english: Callable[[Report], Reading], gazetteer: str
) -> tuple[Callable[[Reading, Cut], Reading], ...]:
    """The steps, each from a reading and its text to the reading with one field more."""

    def find_said(reading: Reading, cut: Cut) -> Reading:
        return replace(reading, attributions=tuple(find_attributions(cut.text)))

    def find_times(reading: Reading, cut: Cut) -> Reading:
        return replace(reading, times=tuple(make_times(cut.text, cut.dates, reading.report.published)))

    def find_located(reading: Reading, cut: Cut) -> Reading:
        taken = [(dated.first, dated.last) for dated in cut.dates]
        return replace(reading, places=tuple(find_places(cut.text, taken, gazetteer)))

    def find_counted(reading: Reading, cut: Cut) -> Reading:
        return replace(reading, figures=tuple(find_figures(cut.text, cut.numbers, cut.dates)))

    def find_claimed(reading: Reading, cut: Cut) -> Reading:
        return replace(reading, claims=tuple(find_claims(reading, cut.text, read_english)))

    return find_said, find_times, find_located, find_counted, find_claimed
