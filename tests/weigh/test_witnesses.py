"""What two answers must show before they are held to exclude each other, and what counts for a claim."""

from datetime import UTC, datetime

import pytest

from sayso.extract import read_report
from sayso.journey import know
from sayso.record import Picture, Report
from sayso.tell.conflicts import DIFFERENT, EXCLUDED, find_conflicts
from sayso.tell.leads import Lead, find_leads
from sayso.tell.sources import Sources


def weigh(*texts: str, day: int = 1) -> Picture:
    reports = [
        Report(
            id=f"r{n}",
            digest=f"d{n}",
            text=text,
            outlet=f"Outlet {n}",
            published=datetime(2031, 5, day, 8 + n, tzinfo=UTC),
            published_exact=True,
        )
        for n, text in enumerate(texts)
    ]
    return know([read_report(report) for report in reports])


def leads_of(picture: Picture) -> list[Lead]:
    return list(find_leads(picture, Sources(picture)))


def relations(picture: Picture) -> set[str]:
    return {r.relation for point in picture.points if point.kind == "figure" for r in point.relations}


SAID = "The mayor said 14 people died in the Ostra mine."


def test_a_denial_opposes_the_figure_that_it_denies() -> None:
    picture = weigh(SAID, "The mine's owner denied that 14 people died in the Ostra mine.")
    assert relations(picture) == {"contradiction"}
    (conflict,) = find_conflicts(picture)
    assert [side.denied for side in conflict.sides] == [False, True]
    assert conflict.verdict == EXCLUDED


def test_a_denial_is_no_second_origin_and_bears_nothing_out() -> None:
    picture = weigh(SAID, "The mine's owner denied that 14 people died in the Ostra mine.")
    assert all(lead.independent[1] == 1 for lead in leads_of(picture))
    assert all(point.independent[1] == 1 for point in picture.points if point.kind == "figure")
    graded = {g.grade for g in picture.grades if g.about == "claim"}
    assert not graded & {"1", "2", "3"}


@pytest.mark.parametrize(
    "other",
    [
        "The fire chief said 31 people died in the Ostra mine.",
        "The fire chief said 14 people were injured in the Ostra mine.",
    ],
)
def test_other_figures_and_other_states_bear_nothing_out(other: str) -> None:
    leads = leads_of(weigh(SAID, other))
    assert leads and all(len(lead.facts) == 1 and lead.independent[1] == 1 for lead in leads)


def test_what_says_the_same_is_one_development_of_two_origins() -> None:
    (lead,) = leads_of(weigh(SAID, "The fire chief said fourteen people died in the Ostra mine."))
    assert lead.independent[1] == 2


def test_a_vague_count_excludes_nothing() -> None:
    picture = weigh("The mayor said dozens of people died in the Ostra mine.", SAID.replace("14", "140"))
    assert "contradiction" not in relations(picture)
    assert not [c for c in find_conflicts(picture) if c.verdict in (EXCLUDED, DIFFERENT)]


def test_a_conflict_is_told_once_a_question() -> None:
    texts = [f"{who} said {n} people died in the Ostra mine." for who, n in
             (("The mayor", 14), ("The fire chief", 31), ("The coroner", 14), ("The governor", 22))]  # fmt: skip
    conflicts = [c for c in find_conflicts(weigh(*texts)) if c.point.kind == "figure"]
    assert len(conflicts) == 1
    assert [len(side.values) for side in conflicts[0].sides] == [2, 1, 1]


def test_what_nobody_vouches_for_contradicts_nothing() -> None:
    picture = weigh(SAID, "The fire chief predicted that 31 people would have died in the Ostra mine.")
    assert "contradiction" not in relations(picture)
