"""Relations between two answers: every label, and why."""

from datetime import UTC, datetime, timedelta

import pytest

from sayso.record import Attribution, Claim, Figure, Report, Speaker, Time
from sayso.weigh.facts import Fact, sentence_around
from sayso.weigh.relations import duration_days, relate_absences, relate_dates, relate_figures, relate_states
from sayso.weigh.subjects import name_subject

START = datetime(2031, 3, 1, tzinfo=UTC)


def fact(
    low: float | None,
    high: float | None = None,
    *,
    source: str = "the mayor",
    day: int = 0,
    bound: str = "exact",
    scope: str = "",
    group: str = "",
    planned: bool = False,
    time: Time | None = None,
) -> Fact:
    figure = Figure(start=0, end=2, text=f"{low}-{high}", low=low, high=high, unit="person", bound=bound)
    report = Report(id=f"{source}-{day}", text="text", published=START + timedelta(days=day))
    speaker = Speaker(name=source)
    claim = Claim(
        id=f"{source}{day}{low}{high}",
        seat="",
        report=report.id,
        start=0,
        end=4,
        text="text",
        figure=None if time else figure,
        time=time,
    )
    return Fact(
        claim=claim,
        report=report,
        attribution=Attribution(source=(), cue=(), content=(), speaker=speaker),
        origin=f"{source}, day {day}",
        subject=name_subject("Chilean miners"),
        context="text",
        stems=frozenset(),
        story=frozenset(),
        scope=scope,
        part="",
        order=0,
        first=None,
        group=group,
        possible=planned,
        planned=planned,
        corrected=False,
    )


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (fact(40, 40), fact(40, 40, source="police"), "same"),
        (fact(40, 40), fact(41, 41, source="police", bound="about"), "same"),
        (fact(40, None, bound="at least"), fact(55, 55, source="police"), "compatible"),
        (fact(None, 60, bound="at most"), fact(55, 55, source="police"), "compatible"),
        (fact(40, 50), fact(45, 45, source="police"), "compatible"),
        (fact(40, 40), fact(30, 30, source="police", scope="in our sector"), "scope"),
        (fact(40, 40), fact(90, 90, source="police", planned=True), "scope"),
        (fact(40, 40), fact(4000, 4000, source="police"), "scope"),
        (fact(40, 40), fact(46, 46, day=3), "revision"),
        (fact(40, 40), fact(46, 46, source="her office", day=3, group="city"), "contradiction"),
        (fact(40, 40, group="city"), fact(46, 46, source="her office", day=3, group="city"), "revision"),
        (fact(40, 40), fact(90, 90, source="police", day=30), "revision"),
        (fact(90, 90), fact(40, 40, source="police", day=30), "contradiction"),
        (fact(40, 40), fact(90, 90, source="police"), "contradiction"),
    ],
)
def test_figures(a: Fact, b: Fact, relation: str) -> None:
    found = relate_figures(a, b, 0, 1)
    assert found.relation == relation
    assert found.why


def test_the_order_of_two_figures_does_not_matter() -> None:
    a, b = fact(40, 40), fact(90, 90, source="police", day=20)
    assert relate_figures(a, b, 0, 1).relation == relate_figures(b, a, 0, 1).relation


def test_counts_of_the_missing_fall_whoever_counts() -> None:
    a, b = fact(8, 8), fact(3, 3, source="police", day=1)
    assert relate_figures(a, b, 0, 1, state="missing").relation == "revision"
    assert relate_figures(a, b, 0, 1, state="killed").relation == "contradiction"


def test_counts_of_which_nothing_is_said_do_not_contradict() -> None:
    assert relate_figures(fact(8, 8), fact(3, 3, source="police"), 0, 1, said=False).relation == "scope"


def when(value: str, start: datetime, days: int, kind: str = "DATE") -> Time:
    return Time(start=0, end=4, text=value, type=kind, value=value, earliest=start, latest=start + timedelta(days=days))


def test_dates() -> None:
    day = fact(None, time=when("2031-02-03", START - timedelta(days=26), 1))
    month = fact(None, source="b", time=when("2031-02", START - timedelta(days=28), 28))
    year_before = fact(None, source="c", time=when("2030-02", START - timedelta(days=393), 28))
    assert relate_dates(day, day, 0, 1).relation == "same"
    assert relate_dates(day, month, 0, 1).relation == "compatible"
    assert relate_dates(day, year_before, 0, 1).relation == "contradiction"


def test_absences() -> None:
    two_weeks = Time(start=0, end=4, text="two weeks", type="DURATION", value="P2W")
    six_weeks = Time(start=0, end=4, text="six weeks", type="DURATION", value="P6W")
    a = fact(None, time=two_weeks)
    assert relate_absences(a, fact(None, source="b", time=two_weeks), 0, 1).relation == "same"
    assert relate_absences(a, fact(None, source="b", time=six_weeks, scope="in our sector"), 0, 1).relation == "scope"
    assert relate_absences(a, fact(None, source="b", time=six_weeks), 0, 1).relation == "contradiction"


def test_states() -> None:
    a, later = fact(1), fact(1, source="b", day=9)
    assert relate_states(a, later, 0, 1, True, True).relation == "same"
    assert relate_states(a, later, 0, 1, True, False).relation == "revision"
    assert relate_states(a, fact(1, source="b"), 0, 1, True, False).relation == "contradiction"


@pytest.mark.parametrize(("value", "days"), [("P2W", 14.0), ("P10D", 10.0), ("PXD", None), ("PT4H", None), ("", None)])
def test_durations(value: str, days: float | None) -> None:
    assert duration_days(value) == days


def test_a_sentence_around_a_passage() -> None:
    text = "The dam broke. It killed nine people, officials said. Rain goes on."
    start = text.index("nine")
    assert sentence_around(text, start, start + 4) == "It killed nine people, officials said"
