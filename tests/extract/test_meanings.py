"""What figures, dates and words are of: labels, parts, roles, background, and answers in words."""

from datetime import UTC, datetime

import pytest

from sayso.extract import read_report
from sayso.extract.meanings import load_meanings
from sayso.record import Answer, Figure, Reading, Report

NOW = datetime(2025, 6, 9, 9, 30, tzinfo=UTC)


def read(text: str) -> Reading:
    return read_report(Report(id="r", text=text, published=NOW, published_exact=True))


def figure_of(text: str, words: str) -> Figure:
    return next(figure for figure in read(text).figures if figure.text == words)


def answers_of(text: str, kind: str) -> list[Answer]:
    return [answer for claim in read(text).claims for answer in claim.answers if answer.kind == kind]


COUNTS = [
    ("None has been repaired.", "None", 0, 0),
    ("Not one clerk resigned.", "Not one", 0, 0),
    ("Boats recovered: none", "none", 0, 0),
    ("The tremor lasted about 20 seconds.", "about 20 seconds", 20, 20),
    ("He was barred for three years.", "three years", 1095.75, 1095.75),
    ("The talks took two to three weeks.", "two to three weeks", 14, 21),
    ("A sixth hiker died on the ridge.", "sixth", 6, 6),
    ("Every fifth lamp was dark.", "Every fifth", 0.2, 0.2),
    ("The owner was warned four times.", "four", 4, 4),
    ("Three are still in hospital.", "Three", 3, 3),
    ("The inspector says nine.", "nine", 9, 9),
    ("It was far more than the 8,400 it had told of.", "8,400", 8400, 8400),
    ("The loan comes to EUR40 billion.", "EUR40 billion", 4e10, 4e10),
    ("The quake measured magnitude-6.2.", "magnitude-6.2", 6.2, 6.2),
    ("They pay for it--30 million euros.", "30 million euros", 3e7, 3e7),
    ("Area flooded: 700 decares", "700 decares", 0.7, 0.7),
]  # fmt: skip


WRITTEN = [
    ("The town paid CHF 21'000 for it.", "CHF 21'000", 21_000, 21_000),
    ("The fund holds 4,5 Mio. euros.", "4,5 Mio. euros", 4.5e6, 4.5e6),
    ("They took £710, 000 in cash.", "£710, 000", 710_000, 710_000),
    ("Just over 200 barns burned.", "Just over 200", 200, 206),
    ("Two in every five of the 500 pupils stayed.", "Two in every five", 0.4, 0.4),
]


@pytest.mark.parametrize(("text", "words", "low", "high"), [*COUNTS, *WRITTEN])
def test_a_count(text: str, words: str, low: float, high: float) -> None:
    found = figure_of(text, words)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    "text", ["Both sides spoke.", "The other two slept.", "At no time did it burn.", "He came last."]
)
def test_what_counts_nothing(text: str) -> None:
    assert read(text).figures == ()


def test_a_label_says_what_its_figure_is_of_and_a_bracket_lists_its_parts() -> None:
    reading = read("Barns destroyed: 30 (Orle 18, Gora 12)")
    assert [(f.low, f.of, f.state, f.part) for f in reading.figures] == [
        (30, "barns", "destroyed", ""),
        (18, "barns", "destroyed", "subset"),
        (12, "barns", "destroyed", "subset"),
    ]
    assert {f.part_of for f in reading.figures} == {None, (17, 19)}


def test_joined_people_are_added_up_and_shares_of_things_reckoned() -> None:
    joined = figure_of("Two nurses and one driver died.", "one").reckoned
    assert joined is not None and joined.low == 3
    share = figure_of("It holds 600 letters. A third of the letters are sealed.", "A third").reckoned
    assert share is not None and share.low == 200


def test_the_head_of_a_column_says_what_its_figures_are_of() -> None:
    reading = read("Valley | Killed | Missing\nOrle | 12 | 40\nGora | 3 | none")
    assert [(f.text, f.state) for f in reading.figures] == [
        ("12", "killed"),
        ("40", "missing"),
        ("3", "killed"),
        ("none", "missing"),
    ]


def test_a_change_is_told_apart_from_the_count() -> None:
    assert [(f.low, f.part) for f in read("The toll rose by 3 to 15.").figures] == [(3, "additional"), (15, "")]
    assert [(f.low, f.part) for f in read("Deaths: 12 (+3)").figures] == [(12, ""), (3, "additional")]


def test_what_is_left_of_a_whole_is_reckoned() -> None:
    found = figure_of("All but three of the 20 sailors died.", "three")
    assert found.state == "" and found.reckoned is not None
    assert (found.reckoned.low, found.reckoned.state) == (17, "killed")


def test_single_people_are_counted_where_harm_is_told() -> None:
    assert [(f.low, f.part) for f in read("A guard is dead.").figures] == [(1, "single")]
    assert read("A guard sold a boat to the 4-12 Rifles.").figures == ()


CLAIMS = [
    ("Deaths: 9 (north clinic 7; south clinic 2)", "Deaths: 9 (north clinic 7; south clinic 2)"),
    ("No deaths.", "No deaths"),
    ("Bridge: closed to traffic", "Bridge: closed to traffic"),
    ("4 hurt in harbour fire", "4 hurt in harbour fire"),
]


@pytest.mark.parametrize(("text", "claim"), CLAIMS)
def test_a_fragment_that_says_something_is_a_claim(text: str, claim: str) -> None:
    assert claim in [found.text for found in read(text).claims]


WORDS = [
    ("The pass is closed because of heavy snow.", "cause", "heavy snow"),
    ("The blackout was caused by a broken valve.", "cause", "a broken valve"),
    ("They opened the safe by drilling through the floor.", "manner", "drilling through the floor"),
    ("The treasurer is in hospital.", "state", "in hospital"),
    ("The tunnel was flooded on Sunday.", "state", "flooded"),
    ("Bridge: closed to traffic", "state", "closed to traffic"),
]


@pytest.mark.parametrize(("text", "kind", "word"), WORDS)
def test_an_answer_in_words(text: str, kind: str, word: str) -> None:
    assert word in [answer.word for answer in answers_of(text, kind)]


def test_a_figure_keeps_its_predicate_role_and_background() -> None:
    text = "On 2 June 2025 a flood hit the town. On Sunday it rose again. In 1998 a flood drowned 40 people there."
    (found,) = (answer for answer in answers_of(text, "figure") if answer.low == 40)
    assert (found.predicate, found.role, found.background) == ("drown", "object", "earlier")
    (other,) = answers_of("The previous record was 120 boats.", "figure")
    assert (other.role, other.background) == ("complement", "other")


def test_a_time_of_the_sentence_holds_for_its_clause() -> None:
    dates = answers_of("On Sunday, the mayor said, the pass was closed.", "date")
    assert {answer.word for answer in dates} == {"2025-06-08"}


def test_a_time_of_day_told_as_gone_is_of_the_day_told_of() -> None:
    assert [time.value for time in read("The ferry left at 7:30 p.m.").times] == ["2025-06-08T19:30"]
    told = read("The fire began on Friday. The siren was sounded at 06:10.").times
    assert [time.value for time in told] == ["2025-06-06", "2025-06-06T06:10"]


def test_an_undated_report_is_dated_by_the_line_above_it() -> None:
    text = "Raid on a shop\n9 September 2013\nFour men broke in on Monday."
    times = read_report(Report(id="r", text=text)).times
    assert times[-1].value == "2013-09-09"


def test_the_words_of_meanings_are_lower_case_and_none_is_twice() -> None:
    for name in ("other", "causes", "causing"):
        words = load_meanings(name)
        assert words and all(word == word.lower() for word in words)
