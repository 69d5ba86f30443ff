"""By how much counts moved, what is left of them, none of things, and numbers as the continent writes them."""

import pytest

from sayso.extract import read_report
from sayso.record import Figure, Report


def figures_of(text: str) -> list[Figure]:
    return list(read_report(Report(id="r", text=text)).figures)


@pytest.mark.parametrize(
    ("text", "step", "level"),
    [
        ("The count of the dead rose by 20 to 1,140.", 20, 1140),
        ("The count of the dead rose 20 to 1,140.", 20, 1140),
        ("The count of the dead rose by another 20, to 1,140.", 20, 1140),
        ("The injured increased 5 to 320.", 5, 320),
        ("The dead fell by 9 to 81.", 9, 81),
    ],
)
def test_a_step_is_no_end_of_a_range(text: str, step: float, level: float) -> None:
    assert [(f.low, f.high) for f in figures_of(text)] == [(step, step), (level, level)]
    assert figures_of(text)[1].part == ""


@pytest.mark.parametrize(
    ("text", "state", "levels"),
    [
        ("The number of injured at Brenz climbed by 7 to 61, the clinic said.", "wounded", [7, 61]),
        ("The count of missing fell by five to 38.", "missing", [5, 38]),
        ("The number of displaced families increased by 2,100 to 8,400.", "displaced", [2100, 8400]),
        ("Deaths went up by 3 to reach 44, the board said.", "killed", [3, 44]),
        ("The death toll rose from 11 to 14.", "killed", [11, 14]),
        ("Measles deaths jumped to 52 from 31.", "killed", [52, 31]),
        ("The tally of dead has gone from 30 to 41.", "killed", [30, 41]),
        ("The number killed grew from 4 to 6.", "killed", [4, 6]),
    ],
)
def test_what_a_count_moved_by_from_and_to_is_what_it_counts(text: str, state: str, levels: list[float]) -> None:
    assert [(f.low, f.state, f.unit) for f in figures_of(text)] == [(level, state, "person") for level in levels]


def test_what_a_count_is_up_is_a_change() -> None:
    assert [f.part for f in figures_of("The count climbed from 1,100 to 1,140, up 40.")] == ["", "", "additional"]


def test_a_range_after_a_verb_of_change_stays_one() -> None:
    (figure,) = figures_of("Prices rose 10 to 12 percent.")
    assert (figure.low, figure.high) == (0.1, 0.12)


@pytest.mark.parametrize(
    ("text", "left", "state"),
    [
        ("All but three of the 15 divers drowned.", 12, "killed"),
        ("All except three of the 15 divers were rescued.", 12, "rescued"),
        ("All bar three of the 15 divers were killed.", 12, "killed"),
        ("All 15 divers but three were killed.", 12, "killed"),
        ("All of the 15 divers except three were killed.", 12, "killed"),
        ("All 15 divers apart from three were killed.", 12, "killed"),
        ("Every one of the 15 divers but three died.", 12, "killed"),
        ("All 15 divers with the exception of three were killed.", 12, "killed"),
    ],
)
def test_what_is_left_of_a_number(text: str, left: float, state: str) -> None:
    figures = figures_of(text)
    assert [(f.reckoned.low, f.reckoned.state) for f in figures if f.reckoned] == [(left, state)]
    assert [f.state for f in figures] == [""] * len(figures)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Not one bridge was damaged.", "bridge"),
        ("Not a single bridge was damaged.", "bridge"),
        ("Not a single death was recorded.", "death"),
    ],
)
def test_not_one(text: str, of: str) -> None:
    assert [(f.low, f.high, f.of) for f in figures_of(text)] == [(0, 0, of)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The dam cost EUR 2,4 Mia. in all.", 2.4e9, "EUR"),
        ("The dam cost 2,4 Mrd. euros in all.", 2.4e9, "EUR"),
        ("The dam cost 7 mln zloty in all.", 7e6, "PLN"),
        ("The dam cost CHF 16'500.50 in all.", 16500.5, "CHF"),
        ("The dam cost CHF 1’650’000 in all.", 1650000, "CHF"),
        ("In all 16 000 people fled.", 16000, "person"),
    ],
)
def test_numbers_as_the_continent_writes_them(text: str, value: float, unit: str) -> None:
    assert [(f.low, f.unit) for f in figures_of(text)] == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    ["The 1-84 Field Artillery left.", "The 2-7 Cavalry left.", "Rooms 12-14 were shut.", "It took 5.56x45 rounds."],
)
def test_names_with_numbers_are_no_ranges(text: str) -> None:
    assert figures_of(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Deaths - 6 (up 2); injured - 18; missing - nil; homeless - 75 families.",
            [(6, "killed"), (2, "killed"), (18, "wounded"), (0, "missing"), (75, "displaced")],
        ),
        ("Killed = 6\nWounded = 12", [(6, "killed"), (12, "wounded")]),
        ("Dead – 4\nRescued – 31", [(4, "killed"), (31, "rescued")]),
        ("He left - 6 men stayed.", [(6, "")]),
    ],
)
def test_a_dash_makes_words_of_a_state_a_label(text: str, found: list[tuple[float, str]]) -> None:
    figures = read_report(Report(id="r", text=text)).figures
    assert [(figure.low, figure.state) for figure in figures] == found


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("He owes EUR 12.500.", 12500, "EUR"),
        ("He owes 12.500 euros.", 12500, "EUR"),
        ("He owes EUR 12.50.", 12.5, "EUR"),
        ("The rope is 12.500 m long.", 12.5, "m"),
        ("The canton paid Fr. 2'500.", 2500, "CHF"),
        ("The fund holds 3,4 Mio. Franken.", 3_400_000, "CHF"),
    ],
)
def test_money_has_two_decimals(text: str, low: float, unit: str) -> None:
    assert [(figure.low, figure.unit) for figure in figures_of(text)] == [(low, unit)]
