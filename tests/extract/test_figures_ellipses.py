"""Counts whose noun is left out: votes, what somebody sticks to, all but so many, a group counted before."""

import pytest

from sayso.extract.figures import find_figures
from sayso.extract.parsers import parse_text
from sayso.record import Figure, Reading, Report


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a text."""
    return find_figures(Reading(report=Report(id="r", text=text)), parse_text(text)).figures


COUNTS = [
    # text, values
    ("Six for the new bridge, three against, and one slept.", [6, 3, 1]),
    ("The council voted six to three.", [6, 3]),
    ("The motion passed 6-3, with two abstentions.", [6, 3, 2]),
    ("The verdict of the jury was by majority, 9-2.", [9, 2]),
    ("Nobody left. Five abstained.", [0, 5]),
    ("The hospital admits to four.", [4]),
    ("The ministry sticks to six.", [6]),
    ("Is the school full? All but eight.", [8]),
    ("The toll now stands at six.", [6]),
    ("The dead number six.", [6]),
]


@pytest.mark.parametrize(("text", "values"), COUNTS)
def test_counts_without_a_noun(text: str, values: list[float]) -> None:
    assert [figure.low for figure in figures_of(text) if figure.part != "single"] == values


def test_a_group_counted_before_is_meant_by_its_number() -> None:
    first, again = figures_of("Pirates took eight sailors on Sunday. The eight are in a camp upriver.")
    assert (first.low, first.unit) == (8, "person")
    assert (again.low, again.unit, again.of) == (8, "person", "sailors")


def test_those_who_number_so_many_are_in_their_state() -> None:
    dead, lost = figures_of("The dead number six; two are still missing.")
    assert (dead.low, dead.unit, dead.state) == (6, "person", "killed")
    assert (lost.low, lost.state) == (2, "missing")


NOTHING = [
    "They won 3-1 in the cup.",
    "The final score was 4-2.",
    "He took room number seven.",
    "The eight are in a camp upriver.",
    "The first two and the last two were green.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_scores_and_pointing_count_nothing(text: str) -> None:
    assert figures_of(text) == ()
