"""The question of each answer: what the grammar gives, and what it had better not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.grammar.questions import reads_well
from sayso.ids import identify_claim
from sayso.record import Reading, Report
from sayso.tables import load_toml

NOW = datetime(2025, 6, 9, 9, 30, tzinfo=UTC)


def read(text: str) -> Reading:
    return read_report(Report(id="r", text=text, published=NOW, published_exact=True))


def questions_of(text: str, kind: str) -> set[str]:
    return {a.question for claim in read(text).claims for a in claim.answers if a.kind == kind and a.question}


ASKED = [
    ("date", "The tanker Mira left the Korvo pier about 12:45 a.m.", "When did the tanker Mira leave the Korvo pier?"),
    ("date", "Police arrested Ivo Marr near a mill on Sunday.", "When did police arrest Ivo Marr near a mill?"),
    ("date", "The bridge has been closed since Monday.", "Since when has the bridge been closed?"),
    ("date", "Lorries were banned here until Friday. Other lorries wait.", "Until when were lorries banned?"),
    ("date", "The firm plans to open the mine in May.", "When does the firm plan to open the mine?"),
    ("date", "The mayor, who resigned on Monday, blamed the firm.", "When did the mayor resign?"),
    ("date", "A ferry sank off Dorn on Tuesday.", "When did the ferry sink off Dorn?"),
    ("figure", "At least 12 miners were killed in the fire.", "How many miners were killed in the fire?"),
    ("figure", "A nurse was killed by rebels in Tarn.", "How many nurses were killed by rebels in Tarn?"),
    ("figure", "The storm destroyed 40 houses in Velm.", "How many houses in Velm did the storm destroy?"),
    ("figure", "There were 34 people in the shaft.", "How many people were there in the shaft?"),
    ("figure", "Forty tonnes of cement stood in Tarn.", "How many tonnes of cement stood in Tarn?"),
    ("figure", "Some 600 police searched the port.", "How many police searched the port?"),
    ("figure", "The ticket sold for 5,000 francs in Velm.", "For how many francs did the ticket sell in Velm?"),
    ("figure", "A number of clinics in Tarn closed their doors.", "How many clinics in Tarn closed their doors?"),
    ("figure", "A handful of soldiers opened fire in Tarn.", "How many soldiers opened fire in Tarn?"),
    ("figure", "Nobody was hurt in the crash.", "How many people were hurt in the crash?"),
    ("figure", "None of the clerks was hurt.", "How many of the clerks were hurt?"),
    ("figure", "Insured losses may come to $2 billion.", "How much may insured losses come to?"),
    ("figure", "The vessel has a crew of 22.", "How large a crew does the vessel have?"),
    ("figure", "The wreck lies at a depth of 70 metres.", "At what depth does the wreck lie?"),
    ("figure", "The shaft is 40 metres deep.", "How deep is the shaft?"),
    ("figure", "Sixty per cent of the voters rejected the treaty.", "What share of the voters rejected the treaty?"),
    ("figure", "Sales rose by 12 percent.", "By how much did sales rise?"),
    ("figure", "The fair lasted two weeks.", "How long did the fair last?"),
    ("figure", "The council deliberated for six hours.", "How long did the council deliberate?"),
    ("figure", "The camp lies 6 kilometres from the lock.", "How far does the camp lie from the lock?"),
    ("figure", "The lorry was driving at 60 km/h.", "How fast was the lorry driving?"),
    ("figure", "Gusts reached 165 kilometres an hour.", "What speed did gusts reach?"),
    ("figure", "The barge held 50 cubic metres of tar.", "How many cubic metres of tar did the barge hold?"),
    ("figure", "The death toll has risen to 44.", "How high is the death toll?"),
    ("figure", "The death toll stands at 44.", "How high is the death toll?"),
    ("figure", "Turnout was 58 percent.", "How high is turnout?"),
    ("figure", "The level rose to 7.2 metres.", "How high is the level?"),
    ("figure", "Some 900 homes are without water.", "How many homes are without water?"),
    ("figure", "Injured: 18.", "How many people were injured?"),
    ("figure", "Six were wounded.", "How many people were wounded?"),
    ("figure", "Some 12 clerks were rushed to hospital.", "How many clerks were rushed to hospital?"),
    ("person", "Police arrested Ivo Marr.", "Who arrested Ivo Marr?"),
    ("person", "Police arrested Ivo Marr.", "Whom did police arrest?"),
    ("person", "The nurse was killed by rebels.", "By whom was the nurse killed?"),
    ("place", "The bus overturned near Lima.", "Where did the bus overturn?"),
    ("cause", "The train derailed because of a cracked rail.", "Why did the train derail?"),
    ("state", "The lanes are open.", "In what state are the lanes?"),
    ("yes-no", "The port is closed.", "Is the port closed?"),
    ("yes-no", "The council approved the merger.", "Did the council approve the merger?"),
    ("yes-no", "The bridge has not been repaired.", "Has the bridge been repaired?"),
    ("yes-no", "No toll was paid.", "Was any toll paid?"),
    ("yes-no", "Rescuers have pulled two boys out of a shaft.", "Have rescuers pulled two boys out of a shaft?"),
    ("yes-no", "The wall was weakened by tree roots.", "Was the wall weakened by tree roots?"),
    ("yes-no", "Ana Roth said: \"I have met the owner of the mill.\"", "Has Ana Roth met the owner of the mill?"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "question"), ASKED)
def test_a_question(kind: str, text: str, question: str) -> None:
    assert question in questions_of(text, kind)


UNASKED = [
    "He was arrested.",
    "They gave in at last.",
    "Was the road closed on Monday?",
    "Closed until further notice.",
    "Ships turned away on Monday: 8",
    "It was four years to the day.",
    "The other was painted.",
    "Most of them have left.",
    "His brother was arrested.",
    "TARN, 9 June (Own report)",
]


@pytest.mark.parametrize("text", UNASKED)
def test_what_leans_on_other_words_asks_nothing(text: str) -> None:
    assert not [a.question for claim in read(text).claims for a in claim.answers if a.question]


def test_what_is_denied_asks_whether_and_not_when_or_why() -> None:
    text = "No toll was paid on Monday because the gate was open."
    assert not questions_of(text, "date") and not questions_of(text, "cause")


def test_the_question_counts_for_no_id() -> None:
    from dataclasses import replace

    claim = read("The port is closed.").claims[0]
    other = replace(claim, answers=tuple(replace(a, question="Is it?") for a in claim.answers))
    assert identify_claim(other).id == claim.id


def test_a_question_is_printed_with_its_answer() -> None:
    from sayso.forms import row_of_reading

    rows = [answer for claim in row_of_reading(read("The port is closed."))["claims"] for answer in claim["answers"]]
    assert any(row.get("question") == "Is the port closed?" for row in rows)


PIECES = (
    "The dam", "broke", "was", "has", "not", "been", "closed", "on Monday", "12", "miners", "who", "which", "he", "we",
    "killed", "of", "by", "because", "the", "Tarn", "$2 billion", "said", "that", ",", ".", "?", ":", '"', "“", "(",
    ")", "\n", "-", "’s", "n't", "no", "none of", "there", "to", "open", "a crew of", "35 feet deep", "and", "I", "é",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_no_text_breaks_it_and_every_question_reads_well(pieces: list[str]) -> None:
    reading = read(" ".join(pieces))
    assert not [problem for problem in reading.problems if problem.step == "find_questions"]
    for claim in reading.claims:
        for answer in claim.answers:
            assert not answer.question or reads_well(answer.question)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_at_all(text: str) -> None:
    assert not [problem for problem in read(text).problems if problem.step == "find_questions"]


def test_the_lists_of_words_are_plain() -> None:
    for name, words in load_toml("questions.toml").items():
        listed = words.split()
        assert listed == [word.lower() for word in listed], name
        assert len(set(listed)) == len(listed), name


def test_a_time_of_day_is_no_count_of_minutes() -> None:
    assert not questions_of("The broadcast was interrupted at 11 hours 50 minutes.", "figure")


@pytest.mark.parametrize(
    "text", ["The drone came down in 30 kilometres of forest.", "Oil lay on 40 square miles of sea."]
)
def test_nothing_is_in_how_many_kilometres(text: str) -> None:
    assert not {q for q in questions_of(text, "figure") if q}
