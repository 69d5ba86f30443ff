"""Key figures: what several reports count or measure, the newest first, and how far they are apart."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from sayso.extract import read_report
from sayso.record import Answer, Report
from sayso.tell.figures import tell_figures
from sayso.tell.sides import are_of_one_thing, asks_for
from sayso.tell.sources import Sources
from sayso.weigh import weigh_readings

FIRST = datetime(2031, 5, 3, 9, tzinfo=UTC)
OUTLETS = ("Harbour Echo", "Korvo Daily", "The Islet")


def rows_of(texts: Sequence[str]) -> list[tuple[str, ...]]:
    readings = [
        read_report(
            Report(id=f"r{n}", digest=f"d{n}", text=text, outlet=OUTLETS[n], published=FIRST + timedelta(days=n))
        )
        for n, text in enumerate(texts)
    ]
    picture = weigh_readings(readings)
    return [row.cells for row in tell_figures(picture, Sources(picture))]


@pytest.mark.parametrize(
    ("texts", "newest", "spread"),
    [
        (
            (
                "The ferry Mirela waited four hours outside the harbour, the harbour master said.",
                "The ferry Mirela waited seven hours outside the harbour, the coast guard said.",
            ),
            "seven hours",
            "four hours to seven hours",
        ),
        (
            (
                "The pirates demanded 2 million euros for the crew of the Mirela, the owner said.",
                "The pirates demanded 3 million euros for the crew of the Mirela, the coast guard said.",
            ),
            "3 million euros",
            "2 million euros to 3 million euros",
        ),
        (
            (
                "The harbour master said 14 sailors of the Mirela are missing.",
                "The coast guard said no sailors of the Mirela are missing.",
            ),
            "none",
            "none to 14",
        ),
    ],
)
def test_a_row_has_the_newest_and_the_range(texts: Sequence[str], newest: str, spread: str) -> None:
    (row,) = rows_of(texts)
    assert row[0].startswith("How ") and row[1:4] == (newest, spread, "2")


def test_one_report_makes_no_row() -> None:
    assert not rows_of(("The ferry Mirela waited four hours outside the harbour, the harbour master said.",))


def answer(unit: str = "", state: str = "", of: str = "") -> Answer:
    return Answer(kind="figure", start=0, end=1, unit=unit, state=state, of=of)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (answer("day"), answer("day"), True),
        (answer("day"), answer("km"), False),
        (answer("year", of="age of Ivo Marr"), answer("year", of="age of Marr"), True),
        (answer("year", of="age of Ivo Marr"), answer("year", of="age of the rival"), False),
        (answer("year", of="age of Ivo Marr"), answer("year"), False),
        (answer("person", "killed"), answer("", "killed", "sailors"), True),
        (answer("person", "killed", "sailors"), answer("person", "missing", "sailors"), False),
        (answer("person", "killed", "sailors"), answer("person", "killed", "crewmen"), True),
        (answer("person", "", "sailors"), answer("person", "", "crewmen"), False),
        (answer("person", "", "sailors"), answer("person", "killed"), True),
    ],
)
def test_figures_are_of_one_thing_until_something_tells_them_apart(one: Answer, other: Answer, alike: bool) -> None:
    assert are_of_one_thing(one, other) is are_of_one_thing(other, one) is alike


@pytest.mark.parametrize(
    ("question", "one", "fits"),
    [
        ("How many rifles were found?", answer("", "", "rifles"), True),
        ("How many rifles were found?", answer("", "", "cartridges"), False),
        ("How many sailors drowned?", answer("person", "", "crewmen"), True),
        ("How many rifles were found?", answer(), True),
    ],
)
def test_a_figure_has_no_question_on_other_things(question: str, one: Answer, fits: bool) -> None:
    assert asks_for(question, one) is fits
