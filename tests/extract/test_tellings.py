from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.extract.attributions import find_attributions
from sayso.extract.parsers import parse_text
from sayso.record import Attribution, Reading, Report
from sayso.tables import load_toml


def read(text: str) -> list[Attribution]:
    reading = find_attributions(Reading(report=Report(id="r", text=text, outlet="Tide")), parse_text(text))
    return list(reading.attributions)


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Police put the crowd at 1,200.", "Police", "the crowd at 1,200"),
        ("Yesterday's port bulletin has 318 people taken ill.", "Yesterday's port bulletin", "318 people taken ill"),
        ("The ministry's last count of the injured is 61.", "ministry", "61"),
        ("By the fishery board's measurement 2,870 boats sank.", "fishery board", "2,870 boats sank"),
        ("The government raised the number of dead to 17.", "government", "the number of dead to 17"),
        ("The council gives a larger number.", "council", "a larger number"),
        ("The police counted nine hurt. Eleven, says the union.", "union", "Eleven"),
        ("12:40 Colonel Ana Prat, at the gate: the pump went out at noon.", "Ana Prat", "the pump went out at noon"),
        (
            "According to the ministry, the toll of the tide rose by 25 to 825.",
            "ministry",
            "the toll of the tide rose by 25 to 825",
        ),
        ("Harbour office: two boats lost.", "Harbour office", "two boats lost"),
    ],
)
def test_figures_and_words_are_given_to_whose_they_are(text: str, speaker: str, content: str) -> None:
    found = [(a.speaker.name, [text[s:e] for s, e in a.content]) for a in read(text) if a.speaker]
    assert (speaker, [content]) in found, found


@pytest.mark.parametrize(
    "text",
    [
        "The firm put two barges on the river.",
        "The town has 40 wells.",
        "Deaths: 12",
        "Cause: a pump that failed.",
        "As for the bank: it had closed by noon.",
        "Ann Lee: third in the heats.",
    ],
)
def test_deeds_and_labels_say_nothing(text: str) -> None:
    assert read(text) == []


def test_no_length_takes_more_than_linear_time(spend: Callable[..., float]) -> None:
    text = ", ".join("police put the crowd at 9" for _ in range(2000))
    once = spend(lambda: read(text))
    assert spend(lambda: read(text + ", " + text)) < 4 * once + 1


def test_words_of_tellings_are_lemmas_in_small_letters() -> None:
    table = load_toml("tellings.toml")
    assert {"at", "of", "direct", "moved", "numbers", "holdings", "has"} == set(table)
    for words in table.values():
        assert len(words.split()) == len(set(words.split()))
        assert words == words.lower()


def test_questions_in_heavy_print_make_no_interview_where_no_answer_speaks_of_itself() -> None:
    asked = ("How many fell?", "Who saw it?", "What now?")
    told = "".join(f"**{question}** The quay lost four cranes on Monday.\n\n" for question in asked)
    assert read(told) == []
    spoken = "".join(f"**{question}** We lost four cranes on Monday.\n\n" for question in asked)
    assert len(read(spoken)) >= 6
