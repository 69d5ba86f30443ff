"""Whether one claim bears out another: all that it says, and not only its subject."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.record import Report
from sayso.weigh import weigh_readings
from sayso.weigh.backings import WAYS, Backers, lead_apart
from sayso.weigh.checks import check_article
from sayso.weigh.facts import Fact, gather_facts

START = datetime(2031, 3, 1, tzinfo=UTC)


def read(number: int, text: str):
    report = Report(id=f"r{number}", digest=f"d{number}", outlet=f"Paper {number}", text=text)
    return read_report(replace(report, published=START + timedelta(days=number)))


def gather(*texts: str) -> list[list[Fact]]:
    """The facts of some texts, by text."""
    readings = [read(n, text) for n, text in enumerate(texts)]
    picture = weigh_readings(readings)
    facts = gather_facts(picture.readings, picture.provenance, picture.origins)
    return [[fact for fact in facts if fact.report.id == f"r{n}"] for n in range(len(texts))]


def is_borne_out(text: str, other: str) -> bool:
    mine, others = gather(text, other)
    return any(Backers(others).find(fact) for fact in mine)


SAID = "The ferry Alma ran aground off Skarsund on Tuesday with 140 people aboard."


@pytest.mark.parametrize(
    "other",
    [
        SAID,
        "With 140 people aboard, the ferry Alma ran aground off Skarsund on Tuesday, the coast guard said.",
        "On Tuesday the ferry Alma ran aground off Skarsund; 140 people were aboard.",
    ],
)
def test_who_says_all_of_it_bears_it_out(other: str) -> None:
    assert is_borne_out(SAID, other)


@pytest.mark.parametrize(
    "other",
    [
        "The ferry Alma was built at Skarsund in 1998.",
        "The ferry Alma ran aground off Skarsund on Tuesday with 410 people aboard.",
        "The ferry Alma did not run aground off Skarsund on Tuesday with 140 people aboard, the owner said.",
        "The ferry Alma may have run aground off Skarsund on Tuesday with 140 people aboard.",
        "Did the ferry Alma run aground off Skarsund on Tuesday with 140 people aboard?",
        "The owner of the ferry Alma declined to comment.",
    ],
)
def test_who_speaks_of_the_same_thing_only_bears_nothing_out(other: str) -> None:
    assert not is_borne_out(SAID, other)


@pytest.mark.parametrize(("one", "other"), [("were killed", "were injured"), ("died", "are missing")])
def test_the_same_number_of_others_bears_nothing_out(one: str, other: str) -> None:
    texts = (f"14 passengers {how} when the ferry Alma ran aground off Skarsund." for how in (one, other))
    mine, theirs = gather(*texts)
    counted = [fact for fact in mine if fact.claim.figure]
    assert counted and not any(Backers(theirs).find(fact) for fact in counted)


def test_the_other_way_is_another_thing() -> None:
    assert lead_apart("She checked into the clinic", "She checked out of the clinic")
    assert not lead_apart("She checked into the clinic", "She went into the clinic and came out on Friday")
    assert not lead_apart("She checked into the clinic", "She is at the clinic")


@given(st.text(), st.text())
def test_ways_are_the_same_from_both_sides(a: str, b: str) -> None:
    assert lead_apart(a, b) == lead_apart(b, a)
    assert not lead_apart(a, a)


def test_no_word_leads_both_ways() -> None:
    assert all(not one & other for one, other in WAYS)


def test_what_nobody_says_is_shown_with_what_comes_nearest() -> None:
    others = [read(1, "The ferry Alma ran aground off Skarsund on Tuesday, the coast guard said.")]
    flags = check_article(read(9, "The owner sold the ferry Alma to a bank at Skarsund on Tuesday."), others).flags
    (flag,) = (f for f in flags if f.kind == "unsupported")
    assert "no other report says" in flag.why or "no other report tells" in flag.why


def test_nobody_bears_out_anything_where_nobody_speaks() -> None:
    (mine,) = gather(SAID)
    assert Backers([]).find(mine[0]) == [] and Backers([]).find_nearest(mine[0]) is None
