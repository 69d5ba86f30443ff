from hypothesis import given
from hypothesis import strategies as st

from sayso.read.markup import parse_html
from sayso.read.page_tables import flatten_tables, join_heads, spread_cells
from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.record import Report

TABLE = """<table><tr><th rowspan="2">Town</th><th colspan="2">People</th></tr><tr><th>dead</th><th>missing</th></tr>
<tr><td colspan="3">Upper Tarn</td></tr>
<tr><td rowspan="2">Brim</td><td>12</td><td>40</td></tr><tr><td>3</td><td>7</td></tr>
</table>"""


def rows_of(html: str) -> list[list[str]]:
    tree = parse_html(f"<html><body>{html}</body></html>")
    assert tree is not None
    flatten_tables(tree)
    return [[" ".join(cell.itertext()) for cell in row.iter("td", "th")] for row in tree.iter("tr")]


def test_each_cell_stands_below_its_own_heading() -> None:
    assert rows_of(TABLE) == [
        ["Town", "People dead", "People missing"],
        ["Upper Tarn"],
        ["Brim", "12", "40"],
        ["Brim", "3", "7"],
    ]


def test_plain_tables_and_tables_in_tables_stay() -> None:
    plain = "<table><tr><th>Town</th></tr><tr><td>Brim</td></tr></table>"
    assert rows_of(plain) == [["Town"], ["Brim"]]
    assert rows_of(f"<table><tr><td colspan=2>{plain}</td></tr></table>")[0][0].strip()


def test_heads_of_several_rows_are_one() -> None:
    assert join_heads([["a", "b", "b"], ["a", "c", ""]]) == ["a", "b c", "b"]


@given(st.lists(st.lists(st.tuples(st.text(max_size=3), st.integers(1, 4), st.integers(1, 4)), max_size=4), max_size=5))
def test_any_spans_give_lines(rows: list[list[tuple[str, int, int]]]) -> None:
    assert len(spread_cells(rows)) <= len(rows)


def test_tables_of_other_elements() -> None:
    cell = '<span role="{}">{}</span>'.format
    rows = [("columnheader", "Place", "Dead"), ("cell", "Brim", "12")]
    table = "".join(f'<div role="row">{cell(kind, one)}{cell(kind, two)}</div>' for kind, one, two in rows)
    text = "The dam above the town of Brim gave way on Friday night, the governor said in a statement on Saturday."
    html = f'<article><h1>Dam</h1><p>{text}</p><p>{text}</p><div role="table">{table}</div></article>'
    (report,) = read_page(Content(content=f"<html><body>{html}</body></html>".encode(), name="in.html"))
    assert isinstance(report, Report) and report.text.endswith("Place | Dead\nBrim | 12")
