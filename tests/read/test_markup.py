import pytest

from sayso.read.markup import text_of_html

RAISED = [
    ("450<sup>3</sup> people", "450 people"),
    ("450<sup>[3]</sup> people", "450 people"),
    ('450<sup><a href="#fn3">3</a></sup> people', "450 people"),
    ("450<sup>1,2</sup> people", "450 people"),
    ("were missing<sup>*</sup>.", "were missing."),
    ("12 km<sup>2</sup>", "12 km²"),
    ("10<sup>6</sup> euros", "10⁶ euros"),
    ("the 20<sup>e</sup> brigade", "the 20e brigade"),
    ("the 1<sup>st</sup> brigade", "the 1st brigade"),
    ('missing<sup><a href="#a">a</a></sup>', "missing"),
]


@pytest.mark.parametrize(("html", "text"), RAISED)
def test_marks_of_footnotes_are_left_out(html: str, text: str) -> None:
    assert text_of_html(f"<p>{html}</p>")[0] == text
