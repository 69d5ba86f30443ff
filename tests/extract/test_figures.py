"""Figures found in reports: what is counted, in what unit, how bounded and what is said of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.figures import find_figures
from sayso.extract.parses import parse_text
from sayso.record import Figure, Reading, Report


def figures_of(text: str) -> tuple[Figure, ...]:
    return find_figures(Reading(report=Report(id="r", text=text)), parse_text(text)).figures


FOUND = [
    # text, words, low, high, unit, of, state, bound
    ("At least 40 miners were killed.", "At least 40", 40, None, "person", "miners", "killed", "at least"),
    ("Up to 900 reservists were sent north.", "Up to 900", None, 900, "person", "reservists", "sent", "at most"),
    ("The fire burned about 20 square miles.", "about 20 square miles", 51.79976221, 51.79976221, "km2", "", "", "about"),
    ("Damage was put at $2.5bn.", "$2.5bn", 2.5e9, 2.5e9, "USD", "", "", "exact"),
    ("Between 60 and 80 villagers fled.", "Between 60 and 80", 60, 80, "person", "villagers", "displaced", "exact"),
    ("The flood displaced thousands of Chadian farmers.", "thousands", 2120, 4750, "person", "Chadian farmers", "displaced",
     "about"),
    ("Some 40 per cent of the wells are dry.", "Some 40 per cent", 0.4, 0.4, "share", "wells", "", "about"),
    ("One in five of the houses burned down.", "One in five", 0.2, 0.2, "share", "houses", "", "exact"),
    ("The air force destroyed 17 tanks.", "17", 17, 17, "", "tanks", "destroyed", "exact"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "low", "high", "unit", "of", "state", "bound"), FOUND)
def test_a_figure(text, words, low, high, unit, of, state, bound) -> None:  # type: ignore[no-untyped-def]
    (found,) = figures_of(text)
    assert found.text == words
    assert (found.low, found.high) == (low, high)
    assert (found.unit, found.of, found.state, found.bound) == (unit, of, state, bound)


def test_a_left_out_noun_is_the_one_before() -> None:
    dead, hurt = figures_of("Police said 12 Kenyan athletes were killed and some 30 injured.")
    assert (dead.of, dead.state, dead.unit) == ("Kenyan athletes", "killed", "person")
    assert (hurt.of, hurt.state, hurt.unit) == ("Kenyan athletes", "wounded", "person")


def test_killed_or_wounded_together_are_casualties() -> None:
    (found,) = figures_of("The rebels said 70 guards were killed or wounded.")
    assert found.state == "casualties"


NOT_FIGURES = [
    "The Boeing 787 was flown by the 3rd squadron.",
    "They won 3-1 under article 5.",
    "He lived there for three weeks.",
    "A Su-25 and two-day-old 1990s maps, version 1.2.3, list 1,2,3,4.",
    "Call +44 20 7946 0958 or see https://example.org/2020/300.",
    "The girl, aged 12, was the first of her class.",
]


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_what_is_no_figure(text: str) -> None:
    assert figures_of(text) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["12", "9" * 400, "1,2,3", "-5", "a", "third", "٣٠٠", "½", "%", "$", "men", "killed", "and", "-",
                                 "to", "between", "dozens", "of", "10,000", "\n", "“", ".", "1e999", "/", "over"]), max_size=14))  # fmt: skip
def test_words_at_the_span_are_the_words_kept(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for found in figures_of(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.low is not None or found.high is not None
        end = found.end
