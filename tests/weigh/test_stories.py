"""Stories: what joins what, what an analyst says of it, and that nothing that comes later moves what was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Judgement, Reading, Report
from sayso.weigh.judgements import read_rulings
from sayso.weigh.stories import Shelf, find_stories

START = datetime(2025, 3, 1, tzinfo=UTC)
DAM = "Engineers at the Olmedo dam in Carrizal told Mayor Ines Rocha that the spillway of the Olmedo would hold."
BANK = "The regulator in Vellmar said that Krone Savings and its owner Lars Ekdahl had kept Vellmar waiting."


def read(id: str, text: str, hours: int) -> Reading:
    report = Report(id=id, text=text, title="", digest=f"digest of {id}", published=START + timedelta(hours=hours))
    return Reading(report=report)


def judge(kind: str, target: str, other: str = "", value: str = "") -> Judgement:
    return Judgement(
        id=f"{kind}{target}", kind=kind, about="report", target=f"digest of {target}", by="A", at=START, reason="r",
        other=f"digest of {other}" if other else "", value=value,
    )  # fmt: skip


READINGS = [read("d1", DAM, 0), read("b1", BANK, 1), read("d2", f"Later, near Carrizal: {DAM}", 2), read("b2", BANK, 3)]


def reports_of(*judgements: Judgement) -> set[frozenset[str]]:
    return {frozenset(s.reports) for s in find_stories(READINGS, read_rulings(judgements))}


def test_reports_of_one_matter_are_one_story() -> None:
    assert reports_of() == {frozenset(("d1", "d2")), frozenset(("b1", "b2"))}


def test_an_analyst_joins_parts_and_names_stories() -> None:
    assert reports_of(judge("merge", "d1", "b2")) == {frozenset(("d1", "d2", "b1", "b2"))}
    assert reports_of(judge("split", "d1", "d2")) == {frozenset(("d1",)), frozenset(("d2",)), frozenset(("b1", "b2"))}
    (dam,) = (
        s for s in find_stories(READINGS, read_rulings([judge("name", "d2", value="The dam")])) if "d1" in s.reports
    )
    assert dam.name == "The dam"


def test_a_story_keeps_its_id_as_it_grows() -> None:
    before = {s.id for s in find_stories(READINGS[:2])}
    assert before == {s.id for s in find_stories(READINGS)}


def test_the_order_in_which_readings_are_given_does_not_matter() -> None:
    assert find_stories(READINGS) == find_stories(READINGS[::-1])


def test_an_undated_report_without_names_is_a_story_of_its_own() -> None:
    nameless = replace(read("x", "it rained", 0), report=Report(id="x", text="it rained"))
    assert ("x",) in {s.reports for s in find_stories([*READINGS, nameless])}
    assert find_stories([]) == []


@given(st.lists(st.sets(st.integers(0, 40), max_size=8), max_size=25), st.integers(0, 25))
def test_what_is_put_together_stays_together_whatever_comes(bags: list[set[int]], cut: int) -> None:
    first, whole = Shelf(), Shelf()
    for bag in bags[:cut]:
        first.add(bag)
    for bag in bags:
        whole.add(bag)
    place = {n: k for k, some in enumerate(whole.members) for n in some}
    assert sorted(place) == list(range(len(bags)))
    assert all(place[a] == place[b] for some in first.members for a, b in combinations(some, 2))


def titled(id: str, title: str, days: int) -> Reading:
    report = Report(id=id, text=DAM, title=title, digest=f"digest of {id}", published=START + timedelta(days=days))
    return Reading(report=report)


def test_a_story_is_not_named_by_a_count_that_is_out_of_date() -> None:
    first = titled("a", "Seven missing below the Olmedo dam", 0), titled("b", "Seven missing at the Olmedo dam", 0)
    assert find_stories(first)[0].name.startswith("Seven missing")
    later = titled("c", "Search below the Olmedo dam goes on", 4)
    assert find_stories([*first, later])[0].name == "Search below the Olmedo dam goes on"
    newest = titled("d", "Nineteen missing below the Olmedo dam", 4)
    assert find_stories([*first, newest])[0].name == "Nineteen missing below the Olmedo dam"


def test_where_every_title_counts_the_best_is_taken() -> None:
    undated = [replace(r, report=replace(r.report, published=None)) for r in (titled("a", "7 missing at Olmedo", 0),)]
    assert find_stories(undated)[0].name == "7 missing at Olmedo"
