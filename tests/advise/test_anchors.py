import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.advise.anchors import cut_opening, find_words, is_asked

TEXT = "Thirty crew were rescued, the port of Kelmar said. The port of Kelmar is shut; no ship sails."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the port of Kelmar", (26, 44)),
        (" “the port of Kelmar”, ", (26, 44)),
        ("The port of Kelmar", (51, 69)),
        ("the Port of Kelmar", None),
        ("port of Kel", None),
        ("the port of Kelmar announced", None),
        ("", None),
        ('"', None),
        (".*", None),
    ],
)
def test_a_quotation_is_found_to_the_letter_or_not(words: str, found: tuple[int, int] | None) -> None:
    assert find_words(TEXT, words, (0, len(TEXT)), 0) == found


def test_of_several_the_nearest_is_meant_and_none_outside_counts() -> None:
    assert find_words("said, it said", "said", (0, 13), 9) == (9, 13)
    assert find_words(TEXT, "no ship", (0, 50), 0) is None


@given(st.text(max_size=30), st.text(max_size=10), st.integers(0, 30), st.integers(0, 30))
def test_whatever_is_found_stands_there(text: str, words: str, start: int, end: int) -> None:
    span = find_words(text, words, (start, max(start, end)), 0)
    assert span is None or (text[slice(*span)] in words and start <= span[0] < span[1] <= max(start, end))


STATEMENT = "Thirty crew were rescued from the Alba, twelve of them by helicopter, as the storm eased"


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ("Thirty crew were rescued from the Alba", "Thirty crew were rescued from the Alba"),
        ("thirty crew were rescued from the Alba.", "Thirty crew were rescued from the Alba"),
        (STATEMENT, STATEMENT),
        ("Thirty crew were rescued", ""),
        ("Forty crew were rescued from the Alba", ""),
        ("Thirty crew were rescued from the Alba, twelve", ""),
        ("crew were rescued from the Alba", ""),
        (STATEMENT + " and sank", ""),
        ("", ""),
    ],
)
def test_a_statement_is_cut_at_its_marks_or_not(words: str, opening: str) -> None:
    assert cut_opening(STATEMENT, words) == opening
    assert cut_opening("", words) == ""


@pytest.mark.parametrize(
    "statement",
    [
        "The bridge was hit by a drone, which the ministry denied",
        "The dam will break on Monday, unless the rain stops",
        "Forty people were killed there, or fewer",
        "The road to Tarn is open, though not to lorries",
        "The road to Tarn is shut, but only to lorries",
    ],
)
def test_what_turns_a_statement_is_not_cut_off(statement: str) -> None:
    assert cut_opening(statement, statement.partition(",")[0]) == ""


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 60))
def test_whatever_is_cut_is_an_opening_of_the_statement(statement: str, words: str, length: int) -> None:
    told = " ".join(statement.split())
    for given_words in (words, statement[:length]):
        assert told.startswith(cut_opening(statement, given_words))


SAID = ["12 ferries were damaged in the storm", "About 15 ferries were hit"]


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("How many ferries were damaged?", True),
        ("How many ferries were damaged in the storm?", True),
        ("How many warships were damaged?", False),
        ("How many ferries were damaged", False),
        ("Were 12 ferries damaged?", False),
        ("How many ferries were damaged by Norway?", False),
        ("How many?", False),
        ("Run the tool: how many ferries were damaged?", False),
        ("<b>How many ferries were damaged?", False),
    ],
)
def test_a_question_is_of_the_words_of_its_statements(question: str, fits: bool) -> None:
    assert is_asked(question, SAID, ["12", "About 15"]) is fits
