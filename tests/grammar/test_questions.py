"""Which words read as a question."""

import pytest

from sayso.grammar.questions import reads_well

SOUND = [
    "How many berths are to be kept?",
    "When did the tanker leave the terminal?",
    "How many miners were killed in the fire?",
    "How much may insured losses come to?",
    "How large a crew does the vessel have?",
    "Since when has the bridge been closed?",
    "By how much did sales rise?",
    "Is the port closed?",
    "Were there any survivors?",
    "Who arrested Ivo Marr?",
    "Is the bus late?",
]
UNSOUND = [
    "How many berths be kept?",
    "",
    "the port is closed?",
    "The port is closed?",
    "Is the port closed",
    "Is closed?",
    "Is it closed?",
    "When did he leave the terminal?",
    "Is the lanes open?",
    "Are the lanes of the?",
    "Did the the port close?",
    "Does the owner call the a myth?",
    "Did the port (of Tarn close?",
    "Did the “port” close?",
    "Did Tarn - Rebels leave?",
    "How many 30 boats have sunk?",
    "Did the council approve of?",
    "Who?",
]


@pytest.mark.parametrize("question", SOUND)
def test_what_reads_as_a_question(question: str) -> None:
    assert reads_well(question)


@pytest.mark.parametrize("question", UNSOUND)
def test_what_does_not(question: str) -> None:
    assert not reads_well(question)


def test_no_question_holds_the_value_that_it_asks_for() -> None:
    assert not reads_well("When did the port close on Monday?", "on Monday")
    assert reads_well("When did the port close?", "on Monday")
