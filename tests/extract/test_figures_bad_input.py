"""Figures that are none, that are too large to hold, or that are written in ways that mislead."""

import pytest

from sayso.extract import read_report
from sayso.extract.figures.passages import scan_quantities
from sayso.record import Figure, Report


def figures_of(text: str) -> tuple[Figure, ...]:
    reading = read_report(Report(id="r", text=text))
    assert reading.problems == ()
    return reading.figures


@pytest.mark.parametrize(
    "text",
    [
        "The lake holds 10^999 fish.",
        "The lake holds 1e400 fish.",
        f"The lake holds {'9' * 400} fish.",
        "The lake holds a googol of fish.",
        "It comes to 1/0 or 0/0 of it.",
        "It cost 1.2.3 million.",
        "The crew fired a 152mm gun, a 7.62 mm rifle and a 9mm pistol.",
        "They found 155-mm artillery shells.",
        "He held a .50 calibre gun and a 12-gauge shotgun.",
        "Call 0800 555 1234 now.",
        "The team won 3-2 and lost 78-65.",
        "The second wave came in 1998.",
        "Version 2.10.4 came out on 3.5.2024 at 14:30.",
        "See Article 5, Room 12, Flight 370 and Route 66.",
        "Unit 731 met the 3rd Brigade on I-95.",
        "He doubled down on his claims.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures_of(text) == ()


READ = [
    # text, low, high, unit
    ("Between 40 and 20 people came.", 20, 40, "person"),
    ("Between 3 and 4 thousand reservists were called up.", 3000, 4000, "person"),
    ("Some 10-12,000 conscripts were called up.", 10_000, 12_000, "person"),
    ("The city has 1,23,456 residents.", 123_456, 123_456, "person"),
    ("The town has 3.000 residents.", 3000, 3000, "person"),
    ("The pipe is 3.125 km long.", 3.125, 3.125, "km"),
    ("Some 1.5 million voters stayed at home.", 1.5e6, 1.5e6, "person"),
    ("One-and-a-half million voters stayed at home.", 1.5e6, 1.5e6, "person"),
    ("A half-dozen soldiers died.", 6, 6, "person"),
    ("The load weighs 20 (kg).", 20, 20, "kg"),
    ("The fire covered 300 square miles.", 776.9964331, 776.9964331, "km2"),
    ("The road is 12 versts long.", 12.8016, 12.8016, "km"),
    ("The ship took on 300 tonnes of grain.", 300, 300, "t"),
    ("The plane flew at 900 km per hour.", 900, 900, "km/h"),
    ("The probe flew at 5 km/s.", 18_000, 18_000, "km/h"),
    ("The bread takes 2 tablespoons of oil.", 0.02957352956, 0.02957352956, "l"),
    ("The deal cost 2,5 million euros.", 2.5e6, 2.5e6, "EUR"),
    ("The deal cost 300m rupees.", 3e8, 3e8, "INR"),
    ("Tens of thousands of villagers fled.", 20_000, None, "person"),
    ("They lost several hundred men.", 200, 900, "person"),
    ("They fired a few thousand shells.", 2000, 9000, ""),
    ("The ministry nearly tripled its budget.", 3, 3, "times"),
    ("Civilian deaths more than doubled.", 2, None, "times"),
    ("Its arsenal was halved.", 0.5, 0.5, "times"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit"), READ)
def test_a_figure_that_misleads(text: str, low: float, high: float | None, unit: str) -> None:
    (found,) = figures_of(text)
    assert (found.low, found.high, found.unit) == (low, high, unit)


def test_a_falling_range_from_one_to_another_is_two_figures() -> None:
    assert [f.low for f in figures_of("The queue went from 40 to 20 people.")] == [40, 20]


@pytest.mark.parametrize(
    "piece", ["half of the 9 ", "no one ", "20 (", "of whom 9 ", "doubled ", "since 9 a day ", "9 km/"]
)
def test_long_runs_take_linear_time(piece: str) -> None:
    # A quadratic step would need minutes for these.
    assert isinstance(scan_quantities(piece * 10_000), list)
