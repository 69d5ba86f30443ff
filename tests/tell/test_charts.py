"""Charts of estimates."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Brief, Estimate, Value
from sayso.tell.charts import HEIGHT, MOST_LINES, draw_chart, draw_lines, name_figure, name_range, worth_drawing
from sayso.tell.labels import LETTER, Box, place_labels

START = datetime(2031, 3, 1, tzinfo=UTC)


def make_estimate(source: str, *ends: tuple[float | None, float | None], days: float = 1) -> Estimate:
    values = tuple(
        Value(claim=f"c{n}", report="r", text="words", low=low, high=high, as_of=START + timedelta(days=days * n))
        for n, (low, high) in enumerate(ends)
    )
    return Estimate(point="p", question="How many?", unit="person", source=source, values=values)


def test_a_source_is_a_line_a_value_a_mark() -> None:
    lines = draw_lines([make_estimate("A", (1, 1), (2, 4), (5, None)), make_estimate("B", (None, 9))], {})
    chart = draw_chart(lines, "person", "How many?", 736)
    tree = lxml.html.fragment_fromstring(str(chart))
    kinds = [e.get("class", "").split()[0] for e in tree.iter() if e.get("class")]
    assert kinds.count("line") == 2
    assert kinds.count("mark") == 4
    assert kinds.count("bar") == 1
    assert kinds.count("arrow") == 2
    assert [e.text for e in tree.iter("text") if "name" in e.get("class", "")] == ["A", "B"]


def test_a_value_without_a_time_stands_at_its_publication(brief: Brief) -> None:
    published = {r.report.id: r.report.published for r in brief.picture.readings}
    lines = draw_lines(brief.picture.estimates[:2], published)
    assert [line.dots[0].at for line in lines] == [
        datetime(2031, 3, 4, 8, tzinfo=UTC),
        datetime(2031, 3, 4, tzinfo=UTC),
    ]


def test_one_dot_is_not_worth_a_chart() -> None:
    assert not worth_drawing(draw_lines([make_estimate("A", (1, 1))], {}))


def list_words(*ends: tuple[float | None, float | None], unit: str = "person", width: int = 736) -> list[str]:
    chart = draw_chart(draw_lines([make_estimate("A", *ends)], {}), unit, "How many?", width)
    return [e.text for e in lxml.html.fragment_fromstring(str(chart)).iter("text")]


def test_an_axis_starts_at_zero_unless_the_figures_lie_close_together() -> None:
    assert list_words((3, 3), (23, 23))[0] == "0"
    close = list_words((20, 20), (23, 23))
    assert "scale from 19" in close
    assert "0" not in close
    assert "logarithmic scale" in list_words((1, 1), (900, 900))


def test_an_axis_says_its_unit_where_figures_do_not() -> None:
    assert "in m, scale from 10" in list_words((11, 11), (15, 15), unit="m")
    assert not [words for words in list_words((1, 1), (9e6, 9e6), unit="USD") if words.startswith("in ")]


def test_the_names_of_days_keep_apart_on_a_phone() -> None:
    chart = draw_chart(draw_lines([make_estimate("A", (1, 1), (2, 2), (5, 5), days=0.7)], {}), "", "", 340)
    ticks = [e for e in lxml.html.fragment_fromstring(str(chart)).iter("text") if e.get("text-anchor") == "middle"]
    ends = [(float(e.get("x")) - 3.5 * len(e.text), float(e.get("x")) + 3.5 * len(e.text)) for e in ticks]
    assert len(ends) > 1
    assert all(right < left for (_, right), (left, _) in pairwise(ends))


FIGURES = st.none() | st.floats() | st.floats(-1e9, 1e12) | st.integers(0, 10**9).map(float)
ENDS = st.lists(st.tuples(FIGURES, FIGURES), max_size=6)


@given(
    st.lists(ENDS, min_size=1, max_size=12), st.text(max_size=40), st.floats(1e-4, 2000), st.sampled_from([340, 736])
)
def test_any_figures_make_a_chart_inside_its_frame(
    rows: list[list[tuple[float | None, float | None]]], words: str, days: float, width: int
) -> None:
    lines = draw_lines([make_estimate(f"{words}{n}", *ends, days=days) for n, ends in enumerate(rows)], {})
    assert len(lines) <= MOST_LINES
    if not worth_drawing(lines):
        return
    tree = lxml.html.fragment_fromstring(str(draw_chart(lines, words, words, width)))
    for element in tree.iter("circle", "line"):
        for name in ("cx", "x1", "x2"):
            assert 0 <= float(element.get(name, 0)) <= width
        for name in ("cy", "y1", "y2"):
            assert 0 <= float(element.get(name, 0)) <= HEIGHT


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (12000.0, "person", "12,000"),
        (1.9e9, "USD", "$1.9 bn"),
        (0.4, "share", "40%"),
        (-2.5, "", "−2.5"),
        (3.5e6, "EUR", "€3.5 m"),
        (-1e6, "USD", "−$1 m"),
    ],
)
def test_figures_in_few_characters(value: float, unit: str, words: str) -> None:
    assert name_figure(value, unit) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(3.0, None, "at least 3"), (None, 20.0, "at most 20"), (2.0, 4.0, "2 – 4"), (6.0, 6.0, "6"), (None, None, "")],
)
def test_ranges_in_words(low: float | None, high: float | None, words: str) -> None:
    assert name_range(Value(claim="c", report="r", text="", low=low, high=high), "person") == words


DOTS = st.lists(st.tuples(st.floats(80, 600), st.floats(20, 210), st.text("abc", min_size=1, max_size=20)), max_size=5)


@given(DOTS)
def test_names_keep_clear_of_each_other_and_stay_in_the_frame(dots: list[tuple[float, float, str]]) -> None:
    labels = place_labels(dots, [], Box(58, 0, 736, 224))
    boxes = []
    for label in labels:
        width = LETTER * len(label.name)
        left = label.x if label.anchor == "start" else label.x - width
        boxes.append(Box(left, label.y - 11, left + width, label.y + 3))
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    assert all(box.left >= 58 and box.right <= 736 for box in boxes)


def test_a_name_stands_right_of_its_dot_where_there_is_room() -> None:
    (label,) = place_labels([(100.0, 100.0, "Lund Post")], [], Box(58, 0, 736, 224))
    assert (label.anchor, label.x, label.far) == ("start", 110.0, False)


def test_a_name_at_the_right_edge_stands_left_of_its_dot() -> None:
    (label,) = place_labels([(720.0, 100.0, "Lund Post")], [], Box(58, 0, 736, 224))
    assert label.anchor == "end"
