"""How two answers to one question stand to each other: what excludes what, and what a contradiction takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Answer, Attribution, Claim, Figure, Report, Speaker, Time
from sayso.weigh.facts import Fact, sentence_around
from sayso.weigh.matching.units import Unit
from sayso.weigh.relations import relate_units
from sayso.weigh.subjects import name_subject
from sayso.weigh.witnesses import find_exclusion

START = datetime(2031, 3, 1, tzinfo=UTC)
TEXT = "The north gate of the dam was opened"


def fact(source: str = "the mayor", *, day: int = 0, stance: str = "asserts", stands: str = "asserted") -> Fact:
    report = Report(id=f"{source}-{day}", text=TEXT, published=START + timedelta(days=day))
    claim = Claim(id=f"{source}{day}", seat="", report=report.id, start=0, end=len(TEXT), text=TEXT, stands=stands)
    return Fact(
        claim=claim,
        report=report,
        attribution=Attribution(source=(), cue=(), content=(), speaker=Speaker(name=source), stance=stance),
        origin=f"{source}, day {day}",
        subject=name_subject("Chilean miners"),
        context="text",
        stems=frozenset(),
        story=frozenset(),
        scope="",
        part="",
        order=0,
        first=None,
        group=source,
        possible=False,
        planned=False,
        corrected=False,
    )


def count(low: float | None, high: float | None, of: Fact, *, text: str = "", bound: str = "exact") -> Unit:
    figure = Figure(start=0, end=4, text=text or f"{low:g}", low=low, high=high, unit="person", bound=bound)
    answer = Answer(start=0, end=4, kind="figure", low=low, high=high, unit="person", bound=bound)
    return Unit(replace(of, claim=replace(of.claim, figure=figure)), answer)


def date(day: int, of: Fact, *, days: int = 1, value: str = "") -> Unit:
    begin = START + timedelta(days=day)
    time = Time(
        start=0,
        end=4,
        text=f"day {day}",
        type="DATE",
        value=value or begin.date().isoformat(),
        earliest=begin,
        latest=begin + timedelta(days=days),
    )
    answer = Answer(start=0, end=4, kind="date", earliest=time.earliest, latest=time.latest)
    return Unit(replace(of, claim=replace(of.claim, time=time)), answer)


def whether(of: Fact, *, negative: bool = False) -> Unit:
    claim = replace(of.claim, polarity="negative" if negative else "positive")
    return Unit(replace(of, claim=claim), Answer(start=0, end=4, kind="yes-no", word="no" if negative else "yes"))


MAYOR, POLICE = fact(), fact("the police")
DENIAL = fact("the owner", stance="denies", stands="denied")
GUESS = fact("a guest", stands="supposed")


@pytest.mark.parametrize(
    ("a", "b", "excluded"),
    [
        (count(40, 40, MAYOR), count(60, 60, POLICE), True),
        (count(40, 40, MAYOR), count(40, 40, POLICE), False),
        (count(40, None, MAYOR, bound="at least"), count(55, 55, POLICE), False),
        (count(24, 60, MAYOR, text="dozens", bound="about"), count(90, 90, POLICE), False),
        (count(40, 40, MAYOR), count(60, 60, GUESS), False),
        (count(40, 40, MAYOR), count(40, 40, DENIAL), True),
        (count(40, 40, MAYOR), count(60, 60, DENIAL), False),
        (date(3, MAYOR), date(4, POLICE), True),
        (date(3, MAYOR), date(1, POLICE, days=30), False),
        (date(3, MAYOR), date(9, POLICE, value="PRESENT_REF"), False),
        (whether(MAYOR), whether(POLICE, negative=True), True),
        (whether(MAYOR), whether(POLICE), False),
        (whether(MAYOR), whether(DENIAL), True),
    ],
)
def test_what_excludes_what(a: Unit, b: Unit, *, excluded: bool) -> None:
    assert bool(find_exclusion(a, b)) == excluded
    assert bool(find_exclusion(b, a)) == excluded


numbers = st.one_of(st.none(), st.floats(0, 1e7))
facts = st.sampled_from([MAYOR, POLICE, DENIAL, GUESS, fact(day=3), fact("the police", day=30)])


@given(numbers, numbers, facts, facts)
def test_no_contradiction_without_a_witness_and_no_revision_at_once(
    low: float | None, high: float | None, one: Fact, other: Fact
) -> None:
    a, b = count(40, 40, one), count(low, high, other, text="so many")
    found = relate_units(a, b, 0, 1)
    assert (found.relation == "contradiction") == bool(found.witness)
    assert found.relation != "contradiction" or find_exclusion(a, b)
    assert found.relation != "revision" or one.said != other.said
    assert found.why


def test_equal_counts_are_the_same_and_unlike_ones_of_one_moment_are_not() -> None:
    assert relate_units(count(40, 40, MAYOR), count(40, 40, POLICE), 0, 1).relation == "same"
    assert relate_units(count(40, 40, MAYOR), count(60, 60, POLICE), 0, 1).relation in ("contradiction", "scope")
    assert relate_units(whether(MAYOR), whether(POLICE), 0, 1).relation in ("same", "compatible")


def test_equal_counts_in_two_states_are_never_the_same() -> None:
    rescued, missing = count(8, 8, fact()), count(8, 8, fact("the harbour office"))
    told = [
        replace(unit, fact=replace(unit.fact, claim=replace(unit.fact.claim, figure=replace(figure, state=state))))
        for unit, state in ((rescued, "rescued"), (missing, "missing"))
        if (figure := unit.fact.claim.figure)
    ]
    assert relate_units(*told, 0, 1).relation != "same"


def test_a_sentence_around_a_passage() -> None:
    text = "The dam broke. It killed nine people, officials said. Rain goes on."
    start = text.index("nine")
    assert sentence_around(text, start, start + 4) == "It killed nine people, officials said"
