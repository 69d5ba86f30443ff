"""Figures found in reports: what is counted, in what unit, how bounded and what is said of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.figures import find_figures
from sayso.extract.parsers import parse_text
from sayso.record import Figure, Reading, Report, Time


def figures_of(text: str) -> tuple[Figure, ...]:
    return find_figures(Reading(report=Report(id="r", text=text)), parse_text(text)).figures


FOUND = [
    # text, words, low, high, unit, of, state, bound
    ("At least 40 miners were killed.", "At least 40", 40, None, "person", "miners", "killed", "at least"),
    ("Up to 900 reservists were sent north.", "Up to 900", None, 900, "person", "reservists", "sent", "at most"),
    ("The toll has gone up to eleven.", "eleven", 11, 11, "", "", "", "exact"),
    ("The fire burned about 20 km2.", "about 20 km2", 20, 20, "km2", "", "", "about"),
    ("Damage was put at $2.5bn.", "$2.5bn", 2.5e9, 2.5e9, "USD", "damage", "", "exact"),
    ("Between 60 and 80 villagers fled.", "Between 60 and 80", 60, 80, "person", "villagers", "displaced", "exact"),
    ("Floods displaced dozens of farmers.", "dozens", 24, None, "person", "farmers", "displaced", "at least"),
    ("Some 40 per cent of the wells are dry.", "Some 40 per cent", 0.4, 0.4, "share", "wells", "", "about"),
    ("One in five of the houses burned down.", "One in five", 0.2, 0.2, "share", "houses", "", "exact"),
    ("The air force destroyed 17 tanks.", "17", 17, 17, "", "tanks", "destroyed", "exact"),
    ("Over 40 but under 60 people came.", "Over 40 but under 60", 40, 60, "person", "people", "", "exact"),
    ("Police put the crowd at 20,000.", "20,000", 20000, 20000, "person", "crowd", "", "exact"),
    ("Some 2.5m refugees have returned.", "Some 2.5m", 2.5e6, 2.5e6, "person", "refugees", "returned", "about"),
    ("The clinic sees 30 patients a day.", "30", 30, 30, "person/day", "patients", "", "exact"),
    # A sign or code of money may be letters that stand right before the digits.
    ("The court froze RM61 million.", "RM61 million", 61e6, 61e6, "MYR", "", "", "exact"),
    ("It was insured for $US75 million.", "$US75 million", 75e6, 75e6, "USD", "", "", "exact"),
    ("Buyers paid Rs.900.", "Rs.900", 900, 900, "INR", "", "", "exact"),
    # A unit is that of both ends, whatever stands before them.
    ("Fares go up by 5 to 8 per cent.", "5 to 8 per cent", 0.05, 0.08, "share", "", "", "exact"),
    # Words that bound a number may be the verb's, or denied.
    ("We passed nine empty wells.", "nine", 9, 9, "", "empty wells", "", "exact"),
    ("The mill will hand over some $30,000.", "some $30,000", 30000, 30000, "USD", "", "", "about"),
    ("The pit has a depth not exceeding 9 metres.", "exceeding 9 metres", None, 9, "m", "", "", "at most"),
    ("They owe six millions of euros.", "six millions of euros", 6e6, 6e6, "EUR", "", "", "exact"),
    ("Thirty-odd ferries stayed in port.", "Thirty-odd", 30, 30, "", "ferries", "", "about"),
    # A share may have its noun inside.
    ("One boat in four was leaking.", "One boat in four", 0.25, 0.25, "share", "boat", "", "exact"),
    ("Two of every five wells are dry.", "Two of every five", 0.4, 0.4, "share", "wells", "", "exact"),
    # One more of a row tells how many there are.
    ("On Friday a sixth suspect was arrested.", "sixth", 6, 6, "person", "suspect", "detained", "exact"),
    # Whoever is killed is counted, by no list of trades; to lose one's life is to be killed.
    ("The blast killed a lockkeeper.", "a", 1, 1, "person", "lockkeeper", "killed", "exact"),
    ("A surfer lost his life off Kalk Bay.", "A", 1, 1, "person", "surfer", "killed", "exact"),
    ("Some 14 guests were taken to hospital.", "Some 14", 14, 14, "person", "guests", "hospitalised", "about"),
    # Left-out nouns.
    ("Of these, four are Danish citizens.", "four", 4, 4, "person", "citizens", "", "exact"),
    ("Six more are awaiting results.", "Six", 6, 6, "", "", "", "exact"),
    ("The mill got to about 2.5 million by day five.", "about 2.5 million", 2.5e6, 2.5e6, "", "", "", "about"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "low", "high", "unit", "of", "state", "bound"), FOUND)
def test_a_figure(text, words, low, high, unit, of, state, bound) -> None:  # type: ignore[no-untyped-def]
    (found,) = figures_of(text)
    assert found.text == words
    assert (found.low, found.high) == (low, high)
    assert (found.unit, found.of, found.state, found.bound) == (unit, of, state, bound)


def test_a_left_out_noun_is_the_one_before() -> None:
    dead, hurt = figures_of("Police said 12 Kenyan athletes were killed and some 30 injured.")
    assert (dead.of, dead.state, dead.unit) == ("Kenyan athletes", "killed", "person")
    assert (hurt.of, hurt.state, hurt.unit) == ("Kenyan athletes", "wounded", "person")


def test_killed_or_wounded_together_are_casualties() -> None:
    (found,) = figures_of("The rebels said 70 guards were killed or wounded.")
    assert found.state == "casualties"


NOT_FIGURES = [
    "The A5 leads to exit RM and plot S4.",
    "He was hurt: a broken wrist, a finger and a shoulder.",
    "The Boeing 787 was flown by the 3rd squadron.",
    "They won 3-1 under article 5.",
    "He lived there for three weeks.",
    "A Su-25 and two-day-old 1990s maps, version 1.2.3, list 1,2,3,4.",
    "Call +44 20 7946 0958 or see https://example.org/2020/300.",
    "The girl, aged 12, was the first of her class.",
    "The flaw is in versions 8 and 9 of the browser.",
    "Routes 3, 7 or 12 are closed.",
]


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_what_is_no_figure(text: str) -> None:
    assert figures_of(text) == ()


PIECES = [
    *"12 1,2,3 -5 a third ٣٠٠ ½ % $ men killed and - to between dozens of 10,000 “ . 1e999 / over 2,00 °".split(" "),
    "9" * 400,
    "\n",
]


def test_a_sign_between_two_numbers_is_the_first_ones() -> None:
    assert [f.text for f in figures_of("12 $ -5")] == ["12 $"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_words_at_the_span_are_the_words_kept(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for found in figures_of(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.low is not None or found.high is not None
        end = found.end


def test_a_change_names_two_figures_and_no_range() -> None:
    before, after = figures_of("The number of patients rose from 300 to 500.")
    assert (before.low, before.high, after.low, after.high) == (300, 300, 500, 500)


def test_times_are_left_out_and_date_the_figure() -> None:
    text = "Some 70 sailors had died by 3 May."
    start = text.index("3 May")
    moment = datetime(2020, 5, 3, tzinfo=UTC)
    time = Time(start=start, end=start + 5, text="3 May", type="DATE", value="2020-05-03", earliest=moment)
    reading = replace(Reading(report=Report(id="r", text=text)), times=(time,))
    (found,) = find_figures(reading, parse_text(text)).figures
    assert (found.text, found.as_of) == ("Some 70", moment)


@pytest.mark.parametrize(
    "text", ["5/ The mayor has left the town.", "12/ We go on tomorrow.", "§ 4 of the port law was struck down."]
)
def test_numbers_of_posts_and_paragraphs_count_nothing(text: str) -> None:
    assert figures_of(text) == ()


def test_what_follows_the_number_of_a_post_is_counted() -> None:
    assert [figure.text for figure in figures_of("4/ Some 40 people are missing.")] == ["Some 40"]
