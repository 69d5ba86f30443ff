"""Two invented stories in ``eval/own``: an airliner seized on a runway, a mine whose roof falls in.

They hold what origins and checks once got wrong: statements on successive days, a commission on a ministry, a column
that retells, a captain named elsewhere, an agency with another's initials, a wrong year, an invented admission, some
told as all.
"""

import json
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from sayso.journey import read_all
from sayso.record import Reading
from sayso.weigh.checks import ALARMS, check_article
from sayso.weigh.origins import trace_origins

OWN = Path(__file__).parents[2] / "eval" / "own"
STORIES = {"airliner": 12, "shaft": 2}
"""How many pairs of reports are told to share an origin that do not, at most: what one ministry says of one plane on
successive days is taken for one origin where the words do not give the days."""


@cache
def read_story(name: str) -> tuple[tuple[Reading, ...], dict]:
    readings = tuple(r for r in read_all([str(OWN / name / "reports")]) if isinstance(r, Reading))
    return readings, json.loads((OWN / name / "gold.json").read_text("utf8"))


@pytest.mark.parametrize("name", STORIES)
def test_reports_of_one_origin_are_told_from_those_of_others(name: str) -> None:
    readings, gold = read_story(name)
    found = {p.report: set(p.origins) for p in trace_origins(readings)[0]}
    wanted = {r: set(one["origins"]) for r, one in gold["reports"].items()}
    pairs = list(combinations(sorted(wanted), 2))
    told = {pair for pair in pairs if found[pair[0]] & found[pair[1]]}
    right = {pair for pair in pairs if wanted[pair[0]] & wanted[pair[1]]}
    assert right <= told
    assert len(told - right) <= STORIES[name]


def test_a_year_with_its_figures_turned_round_is_found_among_others() -> None:
    readings, gold = read_story("shaft")
    wrong = next(error for error in gold["errors"] if error["text"] == "October 1978")
    (article,) = (r for r in readings if r.report.id == wrong["report"])
    (flag,) = (f for f in check_article(article, readings).flags if f.kind in ALARMS and wrong["text"] in f.quote)
    assert "October 1987" in flag.why
    assert flag.against


def test_an_agency_has_its_own_initials_and_a_captain_a_name() -> None:
    readings, _ = read_story("airliner")
    found = {p.report: p.origins[0] for p in trace_origins(readings)[0]}
    assert found["air-03"].startswith("Adriatic Press Agency")
    assert found["air-06"].startswith("Ilona Marsh")


def test_statements_of_one_body_are_of_one_group() -> None:
    readings, _ = read_story("shaft")
    groups = {o.name: o.group for o in trace_origins(readings)[1] if o.name.startswith("Mining inspectorate")}
    assert len(groups) >= 4
    assert len(set(groups.values())) == 1
