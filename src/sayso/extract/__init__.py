"""From a report to a reading: who says what, when, where, how many.

Each step takes a reading and the parse of its text, and returns the reading with one field more. A step never fails
on a report: what it cannot make out becomes a `Problem` of the reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from sayso.crashes import tell
from sayso.errors import Error
from sayso.originals import DamagedError
from sayso.record import Problem, Reading, Report

if TYPE_CHECKING:
    from sayso.grammar.parses import Parse

LONGEST_TEXT, MOST_WORDS = 100_000, 20_000
"""Code points and words (signs count, too) of a text that are read: ten times a long article, some seconds of work."""
WORD = re.compile(r"\w+|[^\w\s]")
VERSION = "reader-19"
"""The extractor's version: readings made by another one are made anew."""


def name_extractor(gazetteer: str = "") -> str:
    """What makes a reading, by which the ledger tells readings apart: the version, and the name of the imported
    gazetteer at that path where there is one. Raises `GazetteerError` or `OSError` where that cannot be used."""
    from sayso.extract.places.columns import open_columns

    return f"{VERSION} gazetteer-{open_columns(gazetteer).about.name}" if gazetteer else VERSION


def read_report(report: Report, gazetteer: str = "") -> Reading:
    """The whole way from a report to its reading. `gazetteer` is the path of an imported one, "" for that which comes
    with sayso. Of an over-long text the beginning is read, which a problem of the reading says."""
    end = find_limit(report.text)
    if end == len(report.text):
        return read_whole(report, gazetteer)
    reading = read_whole(replace(report, text=report.text[:end]), gazetteer)
    message = f"the text is over-long: what it says is looked for up to character {end:,}; split it to have the rest"
    problem = Problem(step="read_report", message=message, input=report.id, start=end, end=len(report.text))
    return replace(reading, report=report, problems=(*reading.problems, problem))


def find_limit(text: str) -> int:
    """Where what is read of a text ends: at its end, but for one of too many characters or words, in which it is the
    end of a word."""
    if len(text) <= MOST_WORDS:
        return len(text)
    words = [match.end() for match in islice(WORD.finditer(text, 0, LONGEST_TEXT), MOST_WORDS + 1)]
    if len(words) <= MOST_WORDS and len(text) <= LONGEST_TEXT:
        return len(text)
    within = [end for end in words[:MOST_WORDS] if end < LONGEST_TEXT]
    return within[-1] if within else LONGEST_TEXT


def read_whole(report: Report, gazetteer: str) -> Reading:
    """The reading of a report whose text is not over-long. A fault of ours costs what it was about, never the report:
    its text is kept, with a problem."""
    try:
        if report.language not in ("", "en"):  # Most are, and the tables of others take a while to start.
            from sayso.extract.languages import is_read_by_tables, read_by_tables

            if is_read_by_tables(report.language):
                return read_by_tables(report, read_english, gazetteer)
        return read_english(report, gazetteer)
    except (Error, ImportError, OSError):  # A gazetteer or a model that is not there is no matter of the report.
        raise
    except Exception as error:
        message = f"nothing could be found in the report: {tell(error)}"
        return Reading(report=report, problems=(Problem(step="read_report", message=message, input=report.id),))


def read_english(report: Report, gazetteer: str = "") -> Reading:
    """The same by the grammar of English, in which reports are that nothing better is known of."""
    from sayso.extract.parsers import parse_text
    from sayso.extract.places import find_places

    locate = partial(find_places, gazetteer_path=gazetteer)
    reading = Reading(report=report)
    parse = parse_text(report.text)
    for step in list_steps():
        try:
            reading = (locate if step is find_places else step)(reading, parse)
        except DamagedError:
            raise
        except Exception as error:  # A fault of ours in one step must not cost the user the report or the batch.
            problem = Problem(step=step.__name__, message=f"this step failed: {tell(error)}", input=report.id)
            reading = replace(reading, problems=(*reading.problems, problem))
    return reading


def list_steps() -> tuple[Callable[[Reading, Parse], Reading], ...]:
    """The table of contents of extraction. Imported late: views need the package's words, not its work."""
    from sayso.extract.answers import find_answers
    from sayso.extract.assertions import judge_assertions, judge_notices
    from sayso.extract.attributions import find_attributions
    from sayso.extract.claims import find_claims, identify_claims
    from sayso.extract.endings import judge_ending
    from sayso.extract.figures import find_figures
    from sayso.extract.figures.ages import find_ages
    from sayso.extract.figures.lengths import find_lengths
    from sayso.extract.meanings.vectors import find_vectors
    from sayso.extract.places import find_places
    from sayso.extract.questions import find_questions
    from sayso.extract.times import find_times

    return (
        judge_ending,
        judge_notices,
        find_attributions,
        judge_assertions,
        find_times,
        find_places,
        find_figures,
        find_claims,
        find_lengths,
        find_ages,
        find_answers,
        find_questions,
        find_vectors,
        identify_claims,
    )
