"""Where reports differ: what they say beside each other, only where something tells them apart."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from sayso.extract import read_report
from sayso.record import Reading, Report
from sayso.tell.open_points import tell_open_points
from sayso.tell.sides import ORDINAL
from sayso.tell.sources import Sources
from sayso.weigh import weigh_readings

FIRST = datetime(2031, 5, 3, 9, tzinfo=UTC)
FIGURES = (
    "The harbour master said 14 sailors are missing after the wreck of the Mirela.",
    "The coast guard said 21 sailors are missing after the wreck of the Mirela.",
)
DENIED = (
    "The harbour master said 14 sailors drowned in the wreck of the Mirela.",
    "The coast guard denied that 14 sailors drowned in the wreck of the Mirela.",
)
TIMES = (
    "The pumps of the Mirela failed on Sunday, 27 April 2031, the first mate said.",
    "The pumps of the Mirela failed on Friday, 2 May 2031, the owner said.",
)


def read(texts: Sequence[str], outlets: Sequence[str] = ("Harbour Echo", "Korvo Daily", "The Islet")) -> list[Reading]:
    return [
        read_report(
            Report(id=f"r{n}", digest=f"d{n}", text=text, outlet=outlets[n], published=FIRST + timedelta(hours=n))
        )
        for n, text in enumerate(texts)
    ]


def lines_of(texts: Sequence[str], *outlets: str) -> list[str]:
    picture = weigh_readings(read(texts, outlets) if outlets else read(texts))
    return [sentence.text for sentence in tell_open_points(picture, Sources(picture))]


def test_two_figures_stand_under_their_question_the_newest_first() -> None:
    (line,) = lines_of(FIGURES)
    assert line.endswith("? 21 (the coast guard, 3 May); 14 (the harbour master, 3 May).")
    assert line.startswith("How many")


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (
            (
                "The tug Tonda left the harbour on Sunday, 27 April 2031 with 14 sailors, the mate said.",
                "The tug Tonda left the harbour on Friday, 2 May 2031 with 21 sailors, the owner said.",
            ),
            1,
        ),
        (
            (
                "On Sunday, 27 April 2031, 14 sailors left the harbour of Korvo, the mate said.",
                "On Friday, 2 May 2031, 21 sailors left the harbour of Korvo, the owner said.",
            ),
            2,
        ),
    ],
)
def test_two_claims_are_quoted_beside_each_other_once(texts: Sequence[str], lines: int) -> None:
    assert len(lines_of(texts)) == lines


def test_who_denies_a_figure_is_a_side() -> None:
    (line,) = lines_of(DENIED)
    assert "denied: 14 (the coast guard, 3 May); 14 (the harbour master, 3 May)." in line


@pytest.mark.parametrize(
    "texts",
    [
        (FIGURES[0], FIGURES[0].replace("harbour master", "coast guard")),
        (FIGURES[0], "The coast guard said 21 sailors are missing after the wreck of the Tonda."),
        (FIGURES[0], "The coast guard said 21 tonnes of oil are missing after the wreck of the Mirela."),
        (FIGURES[0], "The coast guard declined to say how many sailors are missing after the wreck of the Mirela."),
        (TIMES[0], "The pumps of the Mirela failed in April, the owner said."),
    ],
    ids=["the same", "another ship", "another thing", "nothing said", "times that may be one"],
)
def test_what_nothing_tells_apart_is_no_line(texts: Sequence[str]) -> None:
    assert lines_of(texts) == []


def test_a_source_does_not_differ_with_itself_on_one_day() -> None:
    assert lines_of([FIGURES[0], FIGURES[0].replace("14", "21")]) == []


def test_who_has_no_name_is_told_by_where_it_stands() -> None:
    (line,) = lines_of(["He said 21 sailors are missing after the wreck of the Mirela.", FIGURES[0]])
    assert "21 (in Harbour Echo, 3 May)" in line


def test_days_of_one_thing_stand_under_their_question() -> None:
    (line,) = lines_of(TIMES)
    assert line == (
        "When did the pumps of the Mirela fail? Friday, 2 May 2031 (the owner, 3 May); "
        "Sunday, 27 April 2031 (the first mate, 3 May)."
    )


def test_a_denial_in_words_stands_beside_what_it_denies() -> None:
    (line,) = lines_of(
        [
            "The owner of the Mirela had sold the pumps, the first mate said.",
            "The owner of the Mirela denied that he had sold the pumps.",
        ]
    )
    assert line == (
        "Pumps: “The owner of the Mirela denied that he had sold the pumps” (the owner of the Mirela, "
        "3 May); “The owner of the Mirela had sold the pumps” (the first mate, 3 May)."
    )


def test_one_no_told_twice_is_no_dispute() -> None:
    told = "for a long time nobody told them of the wreck of the Mirela"
    lines = lines_of((f"The passengers said that {told}.", f"{told[0].upper()}{told[1:]}, the passengers said."))
    assert not lines


def test_claims_that_both_have_both_figures_do_not_differ() -> None:
    told = "All lines are up again: 14 of them by noon, 21 of them by dusk, the harbour master said."
    assert not lines_of((told, told.replace("again", "again now")))


def test_no_line_is_about_a_pronoun() -> None:
    lines = lines_of(
        (
            "She was freed on Sunday, 27 April 2031, the harbour master said.",
            "She was freed on Friday, 2 May 2031, the coast guard said.",
        )
    )
    assert not any(line.startswith(("She", "Her")) for line in lines)


def test_yes_and_no_stand_under_whether_it_is_so() -> None:
    (line,) = lines_of(
        [
            "Divers have found the cook of the Mirela, the first mate said.",
            "Divers have not found the cook of the Mirela, the port captain said.",
        ]
    )
    assert line == (
        "Have divers found the cook of the Mirela? "
        "“Divers have not found the cook of the Mirela” (the port captain, 3 May); "
        "“Divers have found the cook of the Mirela” (the first mate, 3 May)."
    )


def test_one_more_is_no_count_of_all() -> None:
    texts = ["Two divers were killed; a third was killed on the Mirela, the first mate said.", FIGURES[0]]
    assert not any("a third (" in line for line in lines_of(texts))


@pytest.mark.parametrize(("words", "is_one_more"), [("a third", True), ("the twelfth", True), ("one month", False)])
def test_ordinals_are_told_from_units(words: str, is_one_more: bool) -> None:
    assert (ORDINAL.search(words) is not None) == is_one_more
