"""Numbers in digits and words, and what they are worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.figures import read_number, scan_numbers
from sayso.extract.figures.masks import find_identifiers, mask_text
from sayso.extract.figures.passages import scan_quantities

VALUES = [
    ("1,500", 1500), ("12\u202f000", 12000), ("1.500,5", 1500.5), ("4.5", 4.5), ("11k", 11_000), ("1.3 million", 1.3e6),
    ("2.5bn", 2.5e9), ("seven", 7), ("twenty-two", 22), ("three dozen", 36), ("two hundred and fifty", 250),
    ("a hundred", 100), ("half a million", 5e5), ("two and a half million", 2.5e6), ("a third", 1 / 3),
    ("three-quarters", 0.75), ("one in four", 0.25), ("point one nine", 0.19),
    ("two out of every five", 0.4), ("minus five", -5), ("-3.5", -3.5), ("2½", 2.5), ("٣٠٠", 300),
    ("one hundred and six thousand", 106_000), ("12,34,567", 1_234_567), ("1e6", 1e6), ("nine out of ten", 0.9),
    ("nine homes out of ten", 0.9),
]  # fmt: skip


@pytest.mark.parametrize(("words", "value"), VALUES)
def test_a_number_and_its_value(words: str, value: float) -> None:
    assert read_number(words) == pytest.approx(value)


@pytest.mark.parametrize("words", ["", "many", "5 apples", "9" * 400, "1e999", "the 5th", "10 and 12"])
def test_what_is_not_one_number(words: str) -> None:
    assert read_number(words) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_with_commas_are_read_back(value: int) -> None:
    assert read_number(f"{value:,}") == value


@given(st.text(alphabet="0123456789.,- /½eakmon and", max_size=60))
def test_scanning_any_text_gives_spans_inside_it(text: str) -> None:
    end = 0
    for number in scan_numbers(text):
        assert end <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == number.text
        end = number.end


@pytest.mark.parametrize("piece", ["9", "1.", "-", "a1-", "(1", "1/", "one hundred and ", "@a", "°1"])
def test_long_runs_are_read_in_linear_time(piece: str) -> None:
    # A quadratic pattern would need minutes for these.
    assert isinstance(scan_quantities(mask_text(piece * 20_000)), list)


@pytest.mark.parametrize(
    ("text", "low", "symbol"),
    [
        ("She is 5 feet 6 inches tall.", 1.6764, "m"),
        ("The wall is 12 ft 3 in.", 3.7338, "m"),
        ("It weighed 7 pounds and 4 ounces.", 3.2885446075, "kg"),
        ("It boils at 100° Celsius.", 100, "°C"),
    ],
)
def test_two_units_of_a_kind_are_one_quantity(text: str, low: float, symbol: str) -> None:
    (found,) = scan_quantities(text)
    assert found.unit is not None
    assert found.low is not None
    assert (found.unit.convert(found.low), found.unit.symbol) == (pytest.approx(low), symbol)


@pytest.mark.parametrize(
    "text", ["It rose 10 % and 0.5 %.", "It ran 5 feet and 20 inches.", "He left 5 ft 2 in the sand."]
)
def test_two_quantities_stay_two(text: str) -> None:
    assert len(scan_quantities(text)) == 2


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The fund got K1.9 million, and K8.5 million was frozen.", [1_900_000, 8_500_000]),
        ("It lost N3 billion.", [3e9]),
        ("The road B12.5 is shut, as is section A1.9.", []),
    ],
)
def test_millions_behind_a_letter_are_a_sum_and_other_digits_a_name(text: str, values: list[float]) -> None:
    assert [q.low for q in scan_quantities(mask_text(text, find_identifiers(text)))] == values
