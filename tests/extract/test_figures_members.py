"""Figures after "of": how many a crew or a family is, and how many children somebody has."""

import pytest

from sayso.extract import read_report
from sayso.record import Report


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A crew of 14 drowned off Korvo.", [(14, "crew", "killed", "")]),
        ("A family of five was killed in Korvo.", [(5, "family", "killed", "")]),
        ("The gunmen killed a mother of 12 in Korvo.", [(1, "mother", "killed", "single"), (12, "children", "", "")]),
        ("Ada Berg, a mother of two, was wounded.", [(2, "children", "", "")]),
    ],
)
def test_who_is_so_many_is_one_count_and_children_are_another(text: str, said: list[tuple[int, str, str, str]]) -> None:
    reading = read_report(Report(id="r", digest="d", text=text))
    assert [(f.low, f.of, f.state, f.part) for f in reading.figures] == said


@pytest.mark.parametrize(
    "text", ["The gunmen killed a mother of 12 in Korvo.", "Police arrested a grandmother of six."]
)
def test_nobody_is_asked_how_large_a_mother_is(text: str) -> None:
    reading = read_report(Report(id="r", digest="d", text=text))
    assert not any("large" in answer.question for claim in reading.claims for answer in claim.answers)
