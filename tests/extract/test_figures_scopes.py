"""Over what time a figure was counted, whether it is a part of another, and what figures come to together."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.record import Figure, Report

PUBLISHED = datetime(2021, 6, 14, tzinfo=UTC)


def figures_of(text: str) -> tuple[Figure, ...]:
    reading = read_report(Report(id="r", text=text, published=PUBLISHED))
    # Days in a row that cannot be ("8 and 8 May") are told as a problem of times; figures must have none.
    assert [p for p in reading.problems if p.step != "find_times"] == []
    return reading.figures


WINDOWS = [
    # text, words of the window, its kind
    ("The army lost 1,200 soldiers in the last 24 hours.", "in the last 24 hours", "span"),
    ("Over the past day, 40 miners were wounded.", "Over the past day", "span"),
    ("Officials said on Monday that 40 people were killed on Sunday.", "on Sunday", "span"),
    ("The navy sent 900 sailors between May 8 and May 13.", "between May 8 and May 13", "span"),
    ("Since February, 900 miners have been killed.", "Since February", "total"),
    ("Some 300 people have been killed since the war began.", "since the war began", "total"),
    ("So far 1,300 houses have burned down.", "So far", "total"),
    ("In total, 30 aircraft were destroyed.", "In total", "total"),
    ("A total of 400 prisoners were exchanged.", "A total of", "total"),
    ("The clinic sees 30 patients a day.", "a day", "rate"),
    ("The fund held 611 million a month earlier.", "", ""),
    ("Daily losses have passed 1,000 men.", "Daily", "rate"),
    ("The army loses 1,000 men daily, officials said on Monday.", "daily", "rate"),
    ("A week ago the union put the dead at 40.", "", ""),
    ("The harbour now holds 40 boats.", "", ""),
]


@pytest.mark.parametrize(("text", "words", "kind"), WINDOWS)
def test_the_window_of_a_figure(text: str, words: str, kind: str) -> None:
    (found,) = figures_of(text)
    assert (found.window, found.window_kind) == (words, kind)
    assert words in text


def test_a_rate_and_a_total_have_units_of_their_own() -> None:
    (daily,) = figures_of("Daily losses have passed 1,000 men.")
    (total,) = figures_of("So far 1,000 men have been lost.")
    assert (daily.unit, total.unit) == ("person/day", "person")


def test_figures_of_joined_verbs_share_a_time_before_or_after_both() -> None:
    assert [f.window for f in figures_of("On Friday the quake killed 12 and injured 300.")] == ["On Friday"] * 2
    windows = [f.window for f in figures_of("The quake killed 12 on Friday and injured 300 on Saturday.")]
    assert windows == ["on Friday", "on Saturday"]


def test_each_figure_has_the_window_told_with_it() -> None:
    text = "The army claims 1,240 enemy troops killed in the previous 24 hours and 500,000 since 2020."
    assert [f.window for f in figures_of(text)] == ["in the previous 24 hours", "since 2020"]
    assert [f.window for f in figures_of("The toll stands at 300, up from 200 on Tuesday.")] == ["", "on Tuesday"]


PARTS = [
    # text, kind of part and the words of its whole, of the last figure
    ("At least 300 were killed, of whom 50 were officers.", "subset", "At least 300"),
    ("At least 300 people were killed, including 50 officers.", "subset", "At least 300"),
    ("The army reported 4,000 casualties, including 300 dead.", "subset", "4,000"),
    ("Of the 700 recruits who came, 40 fell ill.", "subset", "700"),
    ("Some 600 of the roughly 4,700 miners were hurt. ", "subset", "roughly 4,700"),
    ("Two of the missing were found alive.", "subset", ""),
    ("Another 1,000 recruits were sent to the border.", "additional", ""),
    ("The ministry sent 1,000 more soldiers.", "additional", ""),
    ("The ministry sent more than 1,000 soldiers.", "", ""),
]


@pytest.mark.parametrize(("text", "kind", "whole"), PARTS)
def test_a_part_and_its_whole(text: str, kind: str, whole: str) -> None:
    found = next((f for f in figures_of(text) if f.part), figures_of(text)[-1])
    assert found.part == kind
    assert (text[slice(*found.part_of)] if found.part_of else "") == whole


def test_a_part_of_the_killed_was_killed() -> None:
    dead, officers = figures_of("At least 300 were killed, of whom 50 were officers.")
    assert (officers.of, officers.state, officers.unit) == ("officers", "killed", "person")
    hurt, dead = figures_of("The army reported 4,000 casualties, including 300 dead.")
    assert (hurt.state, dead.state) == ("casualties", "killed")


SHARES = [
    # text, share said, words of the base, low and high reckoned
    ("About half of the 11,000 sailors had been killed or wounded.", 0.5, "11,000", 5500, 5500),
    ("Half of the 3,000 to 4,000 marchers were arrested.", 0.5, "3,000 to 4,000", 1500, 2000),
    ("Two in five of its 900 soldiers deserted.", 0.4, "900", 360, 360),
    ("40 percent of the force of 12,000 had frostbite.", 0.4, "12,000", 4800, 4800),
    ("Two-thirds of the crew of 30 were rescued.", 2 / 3, "30", 20, 20),
    ("Half the village's 600 houses burned down.", 0.5, "600", 300, 300),
    ("Of the 900 recruits, a third deserted.", 1 / 3, "900", 300, 300),
    ("The corps lost 40% of its 12,000-strong garrison.", 0.4, "12,000", 4800, 4800),
    ("All of the 300 pilgrims died.", 1, "300", 300, 300),
    ("Most of the 5,000 marchers were arrested.", 0.5, "5,000", 2500, None),
    ("A force of 600 men landed. A third of them were killed.", 1 / 3, "600", 200, 200),
    ("Two dozen sailors, half of whom were conscripts, deserted.", 0.5, "Two dozen", 12, 12),
    ("Some 6,000 troops came in May. Their ranks had been cut by half, he said.", 0.5, "Some 6,000", 3000, 3000),
    ("About 4,000 troops came by train. Two months on, half are gone.", 0.5, "About 4,000", 2000, 2000),
]  # fmt: skip


@pytest.mark.parametrize(("text", "share", "base", "low", "high"), SHARES)
def test_a_share_keeps_what_was_said_and_is_reckoned_apart(
    text: str, share: float, base: str, low: float, high: float | None
) -> None:
    (found,) = [f for f in figures_of(text) if f.unit == "share"]
    assert found.low == pytest.approx(share)
    assert found.text == text[found.start : found.end]
    assert found.part_of is not None and text[slice(*found.part_of)] == base
    assert found.reckoned is not None and found.reckoned.how == "share"
    assert (found.reckoned.low, found.reckoned.high) == (low, high)
    assert found.reckoned.bases == (found.part_of,)


@pytest.mark.parametrize(
    "text",
    [
        "Half of the houses burned down.",
        "A third of the budget for 12,000 soldiers was cut.",
        "Half the guards killed 600 sheep.",
        "Prices fell by half. The town has 300 shops.",
        "The fire killed 40 people. Half of the roads are closed.",
    ],
)
def test_a_share_of_what_has_no_number_is_not_reckoned(text: str) -> None:
    assert all(f.reckoned is None for f in figures_of(text))


def test_killed_and_wounded_told_together_come_to_casualties() -> None:
    dead, hurt = figures_of("Around 200 miners were killed and at least 1,000 wounded, the union said.")
    assert dead.reckoned is None
    assert (hurt.low, hurt.high, hurt.state) == (1000, None, "wounded")
    assert hurt.reckoned is not None
    assert (hurt.reckoned.how, hurt.reckoned.state, hurt.reckoned.of) == ("sum", "casualties", "miners")
    assert (hurt.reckoned.low, hurt.reckoned.high) == (1200, None)
    assert hurt.reckoned.bases == ((dead.start, dead.end), (hurt.start, hurt.end))


@pytest.mark.parametrize(
    "text",
    [
        "Some 200 people were killed in Lyon and 1,000 wounded in Paris.",
        "The quake killed 12 on Friday and injured 300 on Saturday.",
        "Some 200 sheep were killed and 40 farmers wounded.",
        "At least 300 people were wounded, including 40 who were killed.",
        "The raid killed 12. Another raid wounded 40.",
    ],
)
def test_counts_of_different_things_are_not_added_up(text: str) -> None:
    assert all(f.reckoned is None or f.reckoned.how != "sum" for f in figures_of(text))


NOBODY = [
    # text, words, what is counted, state
    ("There were no casualties, the mayor said.", "no", "casualties", "casualties"),
    ("The army had no losses.", "no", "losses", "casualties"),
    ("No one was hurt in the fire.", "No one", "", "wounded"),
    ("No soldiers were killed in the raid.", "No", "soldiers", "killed"),
    ("The pilots landed without injuries.", "without", "injuries", "wounded"),
]


@pytest.mark.parametrize(("text", "words", "of", "state"), NOBODY)
def test_nobody_is_a_count_of_none(text: str, words: str, of: str, state: str) -> None:
    (found,) = figures_of(text)
    assert (found.low, found.high, found.unit) == (0, 0, "person")
    assert (found.text, found.of, found.state) == (words, of, state)


def test_none_of_them_is_a_share_of_nothing() -> None:
    (found,) = figures_of("None of them returned.")
    assert (found.low, found.high, found.unit, found.state) == (0, 0, "share", "returned")


@pytest.mark.parametrize(
    "text",
    [
        "No reports of casualties were received.",
        "The firm reported no losses of data.",
        "The firm had no financial losses.",
        "There is no doubt that the bridge fell.",
        "No soldier would be killed, he promised.",
        "The firm had no comment on the fuel.",
        "Most of the country is dry.",
    ],
)
def test_what_counts_nobody_in_particular(text: str) -> None:
    assert figures_of(text) == ()


STATES = [
    ("Some 70 guards were killed.", "killed"),
    ("Some 70 guards were wounded.", "wounded"),
    ("Some 70 guards were captured.", "captured"),
    ("Some 70 guards are missing.", "missing"),
    ("Some 70 guards were killed or wounded.", "casualties"),
    ("Some 70 guards were killed and wounded.", "casualties"),
    ("Some 70 dead and injured lay in the street.", "casualties"),
    ("The guards suffered 70 casualties.", "casualties"),
    ("The guards lost 70 men.", "casualties"),
    ("Losses reached 70 men.", "casualties"),
    ("Casualties number 70.", "casualties"),
    ("The number of dead has reached 70.", "killed"),
    ("The raid left 70 people dead.", "killed"),
]


@pytest.mark.parametrize(("text", "state"), STATES)
def test_killed_wounded_captured_missing_and_casualties_differ(text: str, state: str) -> None:
    (found,) = figures_of(text)
    assert (found.low, found.state) == (70, state)


PIECES = (
    "half of the 300 men were killed and 40 wounded no one none of them , . since May including most daily in "
    "the last day another of whom 1,000 more a total so far doubled between 8 and 9 without losses who"
).split(" ")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=18))
def test_any_words_give_spans_and_windows_that_stand_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for found in figures_of(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.window in text
        spans = [found.part_of] if found.part_of else []
        for start, stop in (*spans, *(found.reckoned.bases if found.reckoned else ())):
            assert 0 <= start < stop <= len(text)
        end = found.end
