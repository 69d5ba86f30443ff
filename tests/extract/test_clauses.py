"""Cutting reports into claims: what is cut where, and whose it is."""

import pytest

from sayso.extract import read_report
from sayso.record import Claim, Reading, Report


def read(text: str) -> Reading:
    return read_report(Report(id="r", text=text))


def speaker_of(reading: Reading, claim: Claim) -> str:
    if claim.attribution is None:
        return ""
    speaker = reading.attributions[claim.attribution].speaker
    return speaker.name if speaker else "?"


def test_two_coordinated_clauses_with_subjects_make_two_claims() -> None:
    reading = read("The dam broke on Sunday night, and the river flooded two villages below it.")
    assert [c.text for c in reading.claims] == [
        "The dam broke on Sunday night",
        "the river flooded two villages below it",
    ]


def test_a_clause_that_counts_two_things_makes_a_claim_for_each() -> None:
    reading = read("About 40 miners were killed and some 120 wounded in the blast.")
    counted = {(c.figure.text, c.figure.state) for c in reading.claims if c.figure}
    assert counted == {("About 40", "killed"), ("some 120", "wounded")}


def test_what_a_source_says_is_its_claim_and_the_rest_the_outlets() -> None:
    reading = read("The bridge is closed. The mayor, Ana Lima, said that two trucks fell into the river.")
    assert [(c.text, speaker_of(reading, c)) for c in reading.claims] == [
        ("The bridge is closed", ""),
        ("two trucks fell into the river", "Ana Lima"),
    ]


def test_a_declined_comment_is_a_claim_with_its_cue() -> None:
    reading = read("Interior minister Pavel Horn declined to comment.")
    assert reading.claims[0].text == "Interior minister Pavel Horn declined to comment"
    assert reading.attributions[reading.claims[0].attribution or 0].stance == "declines"


def test_a_quotation_over_two_sentences_makes_two_claims_of_one_source() -> None:
    reading = read('"The river rose by two metres. Nobody had warned us," said Mira Kos, a farmer.')
    assert {speaker_of(reading, c) for c in reading.claims} == {"Mira Kos"}
    assert len(reading.claims) == 2


@pytest.mark.parametrize("text", ["", "   \n\n ", "?!?", "“", "—", "\u0000", "a" * 5000, "( " * 400])
def test_odd_texts_are_read_without_a_fault(text: str) -> None:
    reading = read(text)
    assert not [p for p in reading.problems if "failed" in p.message]
    assert all(text[c.start : c.end] == c.text for c in reading.claims)


def test_furniture_makes_no_claims() -> None:
    text = (
        "THE VALLEY COURIER\nTuesday, 3 May 2031\n\n"
        "Dam gives way above the town\nBy Ann Orr, water editor\nPolice said nine people were missing.\n\n"
        "Read more: Police said 40 people were killed in a mine\n\nSign up to our newsletter\n\n"
        "The search goes on, the mayor said.\n\n© 2031 The Valley Courier"
    )
    claims = [c.text for c in read(text).claims]
    assert not [c for c in claims if "2031" in c or "Orr" in c or "40" in c or "Sign" in c or "Courier" in c]
    assert "nine people were missing" in claims and any("search goes on" in c for c in claims)


def test_a_text_that_breaks_off_is_told() -> None:
    assert [p.step for p in read("Nine people were missing after the...").problems] == ["judge_ending"]
    assert not read("“We had no time ...”").problems and not read("Nine people were missing.").problems
