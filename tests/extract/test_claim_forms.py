"""Which claims can stand as sentences by themselves (`extract.claims.forms`)."""

import pytest

from sayso.extract import read_report
from sayso.record import Claim, Report


def claims_of(text: str) -> tuple[Claim, ...]:
    return read_report(Report(id="r", text=text)).claims


WHOLE = [
    ("The harbour master closed the north basin on Monday.", "past"),
    ("The minister himself closed the north basin, the clerk said.", "past"),
]
PARTS = [
    "The captain had himself chosen the north channel, the clerk said, and had himself sent the pilot home.",
    "They themselves opened the gates and had themselves called the police, the clerk said.",
]


@pytest.mark.parametrize(("text", "form"), WHOLE)
def test_a_clause_with_its_own_subject_is_whole(text: str, form: str) -> None:
    assert form in {claim.form for claim in claims_of(text)}


@pytest.mark.parametrize("text", PARTS)
def test_a_word_for_the_same_one_is_no_subject(text: str) -> None:
    openings = ("had himself", "had themselves", "himself", "themselves")
    assert all(not claim.form for claim in claims_of(text) if claim.text.startswith(openings))
