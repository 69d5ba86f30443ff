"""Ages: figures of their own unit, of whoever bears them, which are answers of their claims and no counts."""

import pytest

from sayso.extract import read_report
from sayso.record import Figure, Report
from sayso.weigh.figures import agree


def ages_of(text: str) -> list[Figure]:
    """The ages among the figures of a text."""
    return [figure for figure in read_report(Report(id="r", text=text)).figures if figure.unit == "year"]


AGES = [
    # text, words, age, whose
    ("Olga Brenner, 38, climbed out of the shaft.", "38", 38, "age of Olga Brenner"),
    ("Petr Hale (29) denies the charge.", "29", 29, "age of Petr Hale"),
    ("A 29-year-old former miner named Petr Hale was held.", "29", 29, "age of Petr Hale"),
    ("The 19-year-old driver, Ada Moor, is well.", "19", 19, "age of Ada Moor"),
    ("The pilot was 61 years old.", "61", 61, "age of the pilot"),
    ("Soldiers took a man of fifty-three from the mill.", "fifty-three", 53, "age of the man"),
    ("A girl aged 12 was pulled from the river.", "12", 12, "age of the girl"),
    ("The nurse, 44, stayed with the wounded.", "44", 44, "age of the nurse"),
    ("Her husband, 46, did not come home.", "46", 46, "age of the husband"),
    ("Petr Hale is innocent, his lawyer says. He is seventy-one.", "seventy-one", 71, "age of Petr Hale"),
    ("The police detained a 52-year-old.", "52", 52, "age"),
]


@pytest.mark.parametrize(("text", "words", "age", "whose"), AGES)
def test_an_age(text: str, words: str, age: float, whose: str) -> None:
    (found,) = ages_of(text)
    assert (found.text, found.low, found.high, found.of) == (words, age, age, whose)


def test_ages_have_bounds_and_ranges() -> None:
    assert [(a.low, a.high, a.bound) for a in ages_of("The clerk is at least 60 years old.")] == [
        (60, None, "at least")
    ]
    assert [(a.low, a.high) for a in ages_of("Boys aged 12 to 14 swam across.")] == [(12, 14)]


def test_two_ages_of_a_sentence_are_two_peoples() -> None:
    assert [(a.low, a.of) for a in ages_of("A boy of 12 and the driver, 38, survived.")] == [
        (12, "age of the boy"),
        (38, "age of the driver"),
    ]


NO_AGES = [
    "A crew of 22 sailed, and a family of five fled.",
    "The lines 4, 12, 15 and 20 run late.",
    "In Room 12, 14 people slept.",
    "Their share was 60 in the north.",
    "She was 41 points ahead of Ann Orr, 3 behind the leader.",
    "Anna was 12th, and the vote was 41.",
    "On June 3, 12 men came by the Boeing 737.",
    "He lived there for 20 years.",
    "Call Ann Orr, 020 7946 0958, about Route 17.",
    "He would have turned 42 in May.",
]


@pytest.mark.parametrize("text", NO_AGES)
def test_what_is_no_age(text: str) -> None:
    assert ages_of(text) == []


def test_an_age_is_an_answer_with_its_question() -> None:
    reading = read_report(Report(id="r", text="Olga Brenner, 38, climbed out of the shaft."))
    (claim,) = reading.claims
    (age,) = [answer for answer in claim.answers if answer.unit == "year"]
    assert (age.low, age.question) == (38, "How old is Olga Brenner?")
    assert claim.figure is None


def test_ages_in_words_and_digits_are_compared_to_the_year() -> None:
    (one,), (other,), (third,) = (ages_of(f"The pilot is {n} years old.") for n in ("forty-one", "41", "43"))
    assert agree(one, other)
    assert not agree(one, third)
