"""Figures told in the ways of speech: nearly and not quite, denied bounds, sums in parts, lists, none, one of some."""

import pytest

from sayso.extract.figures import find_figures
from sayso.extract.figures.lengths import find_lengths
from sayso.extract.parsers import parse_text
from sayso.extract.times import find_times
from sayso.record import Figure, Reading, Report


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a text, with its lengths of time."""
    parse = parse_text(text)
    reading = find_times(Reading(report=Report(id="r", text=text)), parse)
    return find_lengths(find_figures(reading, parse), parse).figures


TOLD = [
    # text, words, low, high, unit
    ("The clinic saw nearly 200 patients.", "nearly 200", 189, 200, "person"),
    ("A little under half a million pounds was lost.", "A little under half a million pounds", 472500, 500000, "GBP"),
    ("Barely more than 300 shares were sold.", "Barely more than 300", 300, 309, ""),
    ("They would fetch eight million dollars, at the least.", "eight million dollars, at the least", 8e6, None, "USD"),
    ("She reckons 6,000 at the very least.", "6,000 at the very least", 6000, None, ""),
    ("They took a good 300 million.", "a good 300 million", 3e8, None, ""),
    ("The fire had spread over 1,150 hectares.", "1,150 hectares", 11.5, 11.5, "km2"),
    ("The new pump brings us up to 83% of our need.", "83%", 0.83, 0.83, "share"),
    ("The rate was put up to 22 per cent.", "22 per cent", 0.22, 0.22, "share"),
    ("That pump doesn't lift more than twenty-five tonnes.", "more than twenty-five tonnes", None, 25, "t"),
    ("The wood is under a kilometre away.", "under a kilometre", None, 1, "km"),
    ("It costs 470 millions pounds.", "470 millions pounds", 4.7e8, 4.7e8, "GBP"),
    ("The money, the hundred and twenty thousand, is gone.", "hundred and twenty thousand", 120000, 120000, ""),
    ("She ran 3:21.48 in the final.", "3:21.48", 201.48, 201.48, "s"),
    ("It costs 2 euros and 63 cents.", "2 euros and 63 cents", 2.63, 2.63, "EUR"),
    ("The offer is worth some R36 billion.", "some R36 billion", 3.6e10, 3.6e10, "ZAR"),
    ("The keeper signed for three years at 2.2 million euros a season.", "three years", 1095.75, 1095.75, "day"),
    ("The keeper signed for three seasons.", "three", 3, 3, ""),
    ("The goal fell in the 99th minute.", "99th minute", 5940, 5940, "s"),
    ("It was her eighty-fifth day in the cave.", "eighty-fifth day", 85, 85, "day"),
    ("By nation: Danes 29, Swedes 21, Finns 2.", "2", 2, 2, ""),
    ("There are no missing, the mayor said.", "no", 0, 0, "person"),
    ("There is no loss of life to report.", "no loss of life", 0, 0, "person"),
    ("Nothing is owed to the pilots.", "Nothing", 0, 0, ""),
    ("Not one of the 400 scrolls is left.", "Not one", 0, 0, ""),
    ("The toll rose to eight overnight.", "eight", 8, 8, ""),
    ("The count of faulty valves has gone from nine to 14.", "nine", 9, 9, ""),
    ("They put the number of deaths as four.", "four", 4, 4, ""),
    ("The last official figure, four, dates from May.", "four", 4, 4, ""),
    ("The mayor spoke of six.", "six", 6, 6, ""),
    ("All four were found guilty.", "four", 4, 4, ""),
    ("The four from Accra weighed less.", "four", 4, 4, ""),
    ("Two of the carts were red and one was blue.", "one", 1, 1, ""),
    ("He came by train. Sixty-one were hurt.", "Sixty-one", 61, 61, "person"),
    ("The port lost a lot, which makes 3.9 million a day.", "3.9 million", 3.9e6, 3.9e6, "/day"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "low", "high", "unit"), TOLD)
def test_a_figure_as_it_is_told(text: str, words: str, low: float | None, high: float | None, unit: str) -> None:
    found = {figure.text: figure for figure in figures_of(text)}
    assert words in found
    assert (found[words].low, found[words].high, found[words].unit) == (low, high, unit)


@pytest.mark.parametrize(
    "text",
    ["The bill has rocketed from £2.6bn to £3.5bn.", "The grant has swollen and jumped from 2 million to 3 million."],
)
def test_what_changed_was_the_one_and_is_the_other(text: str) -> None:
    assert all(figure.low == figure.high for figure in figures_of(text))
    assert len(figures_of(text)) == 2


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The bank recalled 512,000 cars, three out of four of them in Peru.", 384000),
        ("Some 67,000 tins went abroad, seven in ten of them to Chile.", 46900),
        ("80,000 dollars go to the winner, half of that to the second.", 40000),
        ("The hall has 54 lamps. They were old. Nobody paid. A third of the lamps were dark.", 18),
    ],
)
def test_a_share_of_things_told_before(text: str, low: float) -> None:
    share = next(figure for figure in figures_of(text) if figure.unit == "share")
    assert share.reckoned is not None and share.reckoned.low == low


@pytest.mark.parametrize("text", ["He did not say that more than 40 came.", "More than 40 did not come."])
def test_a_bound_that_is_not_denied(text: str) -> None:
    (found,) = figures_of(text)
    assert (found.low, found.high) == (40, None)


@pytest.mark.parametrize("text", ["Smith, R 40, lost.", "They stood on the R101 road.", "On the second day he left."])
def test_what_is_no_sum(text: str) -> None:
    assert all(figure.unit != "ZAR" for figure in figures_of(text))


MAGNITUDES = [
    # text, words, value, unit
    ("The club sold him for £26.3million.", "£26.3million", 26.3e6, "GBP"),
    ("Debts of $2.2billion were found.", "$2.2billion", 2.2e9, "USD"),
    ("Some 12million cars are called back.", "Some 12million", 12e6, ""),
    ("They shipped 1.4m Nimbus 5 phones.", "1.4m", 1.4e6, ""),
    ("The wall is 1.8m high.", "1.8m", 1.8, "m"),
    ("She won the 400 m hurdles.", "400 m", 400, "m"),
    ("The 50m Olympic pool was drained.", "50m", 50, "m"),
]


@pytest.mark.parametrize(("text", "words", "value", "unit"), MAGNITUDES)
def test_magnitudes_glued_to_a_number(text: str, words: str, value: float, unit: str) -> None:
    (found,) = figures_of(text)
    assert (found.text, found.low, found.high, found.unit) == (words, value, value, unit)


def test_a_letter_for_millions_is_of_both_ends_of_a_range_of_money() -> None:
    for words in ("EUR 250-300m", "€250m to €300m", "EUR 250m-300m"):
        (found,) = figures_of(f"The bill is put at {words}.")
        assert (found.low, found.high, found.unit) == (250e6, 300e6, "EUR")


POUNDS = [
    # text, value, unit
    ("The lamp costs 90 euros (78 pounds in Leeds).", 78, "GBP"),
    ("A rival had offered 4.35 pounds.", 4.35, "GBP"),
    ("They approved the 1.15 billion pound sale.", 1.15e9, "GBP"),
    ("The offer is 9 pounds a share.", 9, "GBP"),
    ("She had £40 on her; the clerk gave 12 pounds back.", 12, "GBP"),
    ("Divers found 900 pounds of opium.", 408.233133, "kg"),
    ("The bell weighs 800 pounds, and mending it costs £300.", 362.873896, "kg"),
    ("It takes a 20-pound bag of rice, at £3.", 9.0718474, "kg"),
    ("The boy lost 40 pounds.", 18.1436948, "kg"),
]


@pytest.mark.parametrize(("text", "value", "unit"), POUNDS)
def test_pounds_of_money_and_of_weight(text: str, value: float, unit: str) -> None:
    assert (value, unit) in [(figure.low, figure.unit) for figure in figures_of(text)]


BOUNDS = [
    # text, low, high
    ("The clerk has so far owned up to 17.", 17, 17),
    ("Bills adding up to $2.6 million were found.", 2.6e6, 2.6e6),
    ("The blast hurt up to 17 people.", None, 17),
    ("The hall holds up to 500.", None, 500),
    ("They signed a package worth up to $1.7 billion.", None, 1.7e9),
    ("At no time were there more than thirty guards.", None, 30),
    ("Not more than 30 guards came.", None, 30),
    ("No fewer than 30 guards came.", 30, None),
    ("The police found forty shells at the least.", 40, None),
    ("Ten people or more were hurt.", 10, None),
    ("He picked 10 apples, at most.", None, 10),
    ("You come to 30, at most 45.", 30, 45),
    ("She heard five shots, perhaps six.", 5, 6),
    ("The train ran at 70 km/h, plus or minus four.", 66, 74),
    ("The seam lies at 80 centimetres, give or take ten.", 0.7, 0.9),
    ("He has 54 %, plus or minus 3 percentage points.", 0.51, 0.57),
]


@pytest.mark.parametrize(("text", "low", "high"), BOUNDS)
def test_bounds_that_more_than_a_word_tells(text: str, low: float | None, high: float | None) -> None:
    assert [(figure.low, figure.high) for figure in figures_of(text)] == [(low, high)]


def test_a_bound_before_the_next_number_is_that_numbers() -> None:
    assert [(f.low, f.high) for f in figures_of("It killed 12 men, at least 3 of them boys.")] == [(12, 12), (3, None)]
