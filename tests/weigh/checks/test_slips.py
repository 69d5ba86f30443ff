"""An answer that is one slip away from what others answer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.record import Figure, Reading, Report, Time
from sayso.weigh.checks import check_article
from sayso.weigh.checks.slips import is_year_off
from sayso.weigh.figures import agree, step

SLIPPED = ("contradicted", "scope-changed", "misattributed")
START = datetime(2031, 3, 1, tzinfo=UTC)
OTHERS = (
    ("Ostra Courier", "The grain bridge at Ostra collapsed in August 2029, the harbour master Ines Falk said."),
    ("Lemvig Post", "The grain bridge at Ostra collapsed in August 2029, the engineer Per Holt told reporters."),
    ("Radio Tarn", "Divers say that the grain bridge at Ostra collapsed on 6 August 2029."),
)


def read(number: int, outlet: str, text: str) -> Reading:
    report = Report(id=f"r{number}", digest=f"d{number}", outlet=outlet, text=text)
    return read_report(replace(report, published=START + timedelta(days=number)))


def check(text: str, others: tuple[tuple[str, str], ...] = OTHERS) -> list[str]:
    readings = [read(n, outlet, said) for n, (outlet, said) in enumerate(others)]
    flags = check_article(read(9, "Draft", text), readings).flags
    return [f.why for f in flags if f.kind in SLIPPED and re.search(r"\([^()]*the same ", f.why)]


@pytest.mark.parametrize("when", ["in the summer of 2027", "in August 2030", "on 6 August 2028"])
def test_the_same_time_of_another_year_is_told_with_the_year_of_the_others(when: str) -> None:
    (why,) = check(f"The grain bridge at Ostra collapsed {when}.")
    assert "(the same time of 2029)" in why


@pytest.mark.parametrize("when", ["in August 2029", "in the summer of 2029", "in August", "in January 2028", "in 2027"])
def test_another_time_of_a_year_and_a_year_that_is_not_written_are_not_told_so(when: str) -> None:
    assert not any("the same time" in why for why in check(f"The grain bridge at Ostra collapsed {when}."))


def test_one_origin_alone_is_enough_only_where_the_sentence_is_its_own() -> None:
    assert check("The grain bridge at Ostra collapsed in August 2028.", OTHERS[:1])
    assert check("At Ostra a bridge for freight trains, closed to cars, gave way in August 2028.", OTHERS[:1]) == []


def test_a_year_whose_figures_are_turned_round_needs_one_origin_alone() -> None:
    others = (
        ("Ostra Courier", "The mill at Ostra, built by monks, burnt down in May 1967, the archivist Ida Munk said."),
    )
    (why,) = check("In May 1976 the old mill at Ostra burnt down.", others)
    assert "(the same figures of the year)" in why
    assert check("In June 1976 the old mill at Ostra burnt down.", others) == []


def find_figure(text: str) -> Figure:
    return next(claim.figure for claim in read(1, "Ostra Courier", text).claims if claim.figure)


SUMS = (
    ("Ostra Courier", "The owner of the bridge will pay 45 million dollars to the families, the lawyer Ida Munk said."),
    ("Lemvig Post", "The owner promised the families 45 million dollars, the union leader Jens Dam told reporters."),
)


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        ("45 million euros", ["(the same number, of something else)"]),
        ("54 million dollars", ["(the same digits)"]),
        ("45 million dollars", []),
        ("20 million dollars", []),
    ],
)
def test_a_number_of_another_currency_and_digits_in_another_order_are_slips(paid: str, words: list[str]) -> None:
    found = check(f"The owner of the bridge will pay {paid} to the families.", SUMS)
    assert ["(" + why.rpartition("(")[2] for why in found] == words


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("19.52", "19.25", False),
        ("101", "102", False),
        ("10,900", "11,000", True),
        ("2.34 million", "2.3 million", True),
        ("1,146", "1,150", True),
        ("247 billion", "247.7 billion", True),
        ("9.1", "9.2", False),
        ("7,200", "7,400", False),
    ],
)
def test_exact_figures_are_one_where_the_coarser_is_the_other_rounded_or_cut(one: str, other: str, same: bool) -> None:
    figures = [
        next(c.figure for c in read(1, "A", f"They counted {n} votes.").claims if c.figure) for n in (one, other)
    ]
    assert agree(figures[0], figures[1]) is agree(figures[1], figures[0]) is same


def test_a_sum_is_no_sum_in_another_currency() -> None:
    paid = find_figure("They paid $28.")
    others = [find_figure(f"They paid 28 {what}.") for what in ("euros", "dollars")]
    assert [agree(paid, other) for other in others] == [False, True]


@given(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False))
def test_the_last_digit_of_any_figure_is_worth_something_finite(text: str, value: float) -> None:
    figure = Figure(start=0, end=1, text=text, low=value, high=value)
    assert 0.0 <= step(figure, value) < float("inf") or abs(value) > 1e300


def test_a_year_that_as_many_give_is_left_alone() -> None:
    with_it = (
        ("Fyn Echo", "The grain bridge at Ostra collapsed in August 2028, the mayor Ole Brandt said."),
        ("Skive News", "The grain bridge at Ostra collapsed in August 2028, the crane driver Liv Dahl said."),
    )
    assert check("The grain bridge at Ostra collapsed in August 2028.", OTHERS[:2] + with_it) == []


@given(start=st.datetimes(timezones=st.just(UTC)), years=st.integers(-9, 9), days=st.integers(1, 60))
def test_any_two_times_can_be_compared_and_a_time_is_not_off_from_itself(
    start: datetime, years: int, days: int
) -> None:
    mine = Time(start=0, end=1, text="then", type="DATE", value="", earliest=start)
    assert not is_year_off(mine, mine)
    if 1 < start.year + years < 9990:
        other = replace(mine, earliest=start + years * timedelta(days=365.25), latest=None)
        assert is_year_off(mine, other) == (1 <= abs(years) <= 5)
        wide = replace(other, latest=other.earliest + timedelta(days=days * 7) if other.earliest else None)
        assert is_year_off(mine, wide) == (days * 7 <= 125 and 1 <= abs(years) <= 5)


WIRE = (
    (
        "Ostra Courier",
        "Engineers noticed the crack on 27 May, when a rail above the third pier began to sag at night.",
    ),
    ("Lemvig Post", "The crack was seen in May, an engineer said, but trains went on crossing."),
)


@pytest.mark.parametrize(("day", "found"), [("17 May", 1), ("May 27", 0), ("27 May", 0)])
def test_another_day_in_the_same_sentence_is_told(day: str, found: int) -> None:
    draft = f"Engineers noticed the crack on {day}, when a rail above the third pier began to sag at night."
    assert len(check(draft, WIRE)) == found


SAID = (
    ("Ostra Courier", 'The bolts were "soft as butter", the welder Kim Aas told the inquiry.'),
    ("Lemvig Post", 'Kim Aas, a welder, said the bolts were "soft as butter".'),
)


@pytest.mark.parametrize(
    ("speaker", "found"),
    [("the engineer Per Holt", 1), ("the welder Kim Aas", 0), ("Kim Aas", 0), ("a welder", 0), ("Aas", 0)],
)
def test_words_in_quotation_marks_are_given_to_whom_others_give_them(speaker: str, found: int) -> None:
    assert len(check(f'The bolts were "soft as butter", {speaker} told the inquiry.', SAID)) == found
