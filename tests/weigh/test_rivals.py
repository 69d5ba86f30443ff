"""Another's answer beside one's own, and what makes an answer of an article doubtful."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from sayso.extract import read_report
from sayso.record import Reading, Report
from sayso.weigh.checks.doubt_signs import SPEAKER, Shelf, is_slip, make_doubts
from sayso.weigh.checks.doubts import ARTICLE, judge_doubt, load_weights
from sayso.weigh.facts import gather_facts
from sayso.weigh.matching.units import FAMILIES, Unit, is_dateline, list_units
from sayso.weigh.matching.weights import ALWAYS
from sayso.weigh.rivals import agrees, find_rivals, group_rivals
from sayso.weigh.witnesses import count_others

START = datetime(2031, 3, 1, tzinfo=UTC)
TEXTS = (
    "The mayor of Ostra said that 42 people were killed in the flood on 3 March 2031.",
    "In Ostra 42 people were wounded in the flood, the hospital said.",
    "The flood of 3 March 2030 killed 24 people in Ostra, the mayor said.",
)


@pytest.fixture(scope="module")
def units() -> list[Unit]:
    readings: list[Reading] = [
        read_report(Report(id=f"r{n}", digest=f"d{n}", text=text, published=START + timedelta(days=n + 3)))
        for n, text in enumerate(TEXTS)
    ]
    return list_units(gather_facts(readings, ()), readings)


def pick(units: list[Unit], report: str, family: str) -> Unit:
    return next(u for u in units if u.fact.report.id == report and u.family == family)


def test_one_number_of_the_killed_and_of_the_wounded_is_no_one_answer(units: list[Unit]) -> None:
    killed, wounded, others = (pick(units, report, "figure") for report in ("r0", "r1", "r2"))
    assert count_others(killed, wounded) and not agrees(killed, wounded)
    assert not count_others(killed, others) and not agrees(killed, others)
    assert is_slip(killed, others) and not is_slip(killed, wounded)
    assert agrees(killed, killed)


def test_the_likeliest_rivals_come_first_and_agree_in_groups(units: list[Unit]) -> None:
    mine, *rest = [u for u in units if u.family == "figure"]
    rivals = find_rivals(mine, rest, np.array([0.2, 0.9], np.float32))
    assert [r.likely for r in rivals] == pytest.approx([0.9, 0.2])
    assert all(sum(r.relations) == pytest.approx(1.0) for r in rivals)
    assert sum(map(len, group_rivals(rivals))) == len(rivals)
    assert find_rivals(mine, rest, np.array([0.01, 0.02], np.float32)) == []


def test_every_answer_has_signs_that_are_weighed(units: list[Unit]) -> None:
    shelf = Shelf(units)
    known = load_weights()
    assert set(known) == {*FAMILIES, SPEAKER, ARTICLE}
    seen = set()
    for unit in units:
        others = [u for u in units if u.family == unit.family and u.fact.report.id != unit.fact.report.id]
        rivals = find_rivals(unit, others, np.full(len(others), 0.5, np.float32))
        for doubt in make_doubts(unit, rivals, shelf):
            seen.add(doubt.family)
            assert set(known[doubt.family]) - {ALWAYS} <= set(doubt.signs)
            verdict = judge_doubt(doubt)
            assert 0.0 < verdict.chance < 1.0
            assert [w for _, w in verdict.weights] == sorted((w for _, w in verdict.weights), reverse=True)
    assert seen == {*FAMILIES, SPEAKER}


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("First published: 13 March 2031, 16:59 GMT", True),
        ("Updated 4:08 p.m. ET", True),
        ("13 March 2031", True),
        ("The bridge was opened on 13 March 2031.", False),
        ("Three died on 13 March 2031, police say.", False),
        ("It fell on 13 March 2031 at night.", False),
    ],
)
def test_a_line_that_says_little_but_a_date_is_a_dateline(line: str, is_one: bool) -> None:
    text = f"Bridge opened\n{line}\nThe mayor cut the ribbon."
    words = "13 March 2031" if "13 March" in line else "4:08 p.m."
    start = text.index(words)
    assert is_dateline(text, start, start + len(words)) is is_one
