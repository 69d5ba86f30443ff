from __future__ import annotations

from sayso.extract import read_report
from sayso.extract.claims.flows import CARRIED_FROM, load_weights, weigh_signs
from sayso.record import Reading, Report


def read(text: str) -> Reading:
    return read_report(Report(id="r", text=text, outlet="Tide", language="en"))


def tell(reading: Reading, words: str) -> str:
    claim = next(c for c in reading.claims if words in c.text)
    found = None if claim.attribution is None else reading.attributions[claim.attribution].speaker
    return found.name if found else ""


def test_what_is_backshifted_after_a_speaker_in_one_paragraph_goes_on() -> None:
    reading = read(
        "Two piers of the bridge were cracked, engineer Ana Prat said. Nine bolts had been replaced by hand, and she "
        "had warned of it twice.\n\nThe river rose by two metres on Sunday."
    )
    assert tell(reading, "bolts") == "Ana Prat"
    assert tell(reading, "river") == ""


def test_who_denies_does_not_deny_what_follows() -> None:
    reading = read("The firm denied that a valve had failed. Four men had been killed.")
    assert tell(reading, "Four men") == ""


def test_a_report_in_which_nobody_speaks_is_its_outlets() -> None:
    assert all(claim.attribution is None for claim in read("A barge sank at noon. Four men were saved.").claims)


def test_weights_are_of_the_three_places_and_move_the_odds() -> None:
    weights = load_weights()
    assert {name.split(": ")[0] for name in weights} == {"before", "after", "paragraph before"}
    assert weigh_signs({"before: always": 1.0}) < CARRIED_FROM
    assert weigh_signs({"before: in one sentence": 1.0}) > weigh_signs({})
