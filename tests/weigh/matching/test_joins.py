"""Where a tree of groups is cut: by signs of the groups as wholes."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract import read_report
from sayso.record import Report
from sayso.tables import load_rows
from sayso.weigh.facts import gather_facts
from sayso.weigh.matching import joins, match_units, rate_all
from sayso.weigh.matching.clusters import Branch, link_averages
from sayso.weigh.matching.joins import LEAST_LIKELY, SURE, cut_trees, rate_joins, read_join, weigh_join
from sayso.weigh.matching.signs import Columns, make_columns
from sayso.weigh.matching.units import FAMILIES, Unit, list_units

TOLLS = (
    "Nine miners died in the Ostra pit, the mayor said. Forty-one were hurt.",
    "The mayor said 9 miners had died at Ostra and 41 were hurt.",
    "At least nine miners were killed in the pit at Ostra. The mine employs 1,200 people.",
    "Eleven miners died in the Ostra pit, the fire chief said. The mine has 1,200 workers.",
    "Rescuers brought up 14 men from the Ostra pit on Monday.",
    "The rescuers have brought up 14 men since Monday, the fire chief said.",
)


def read_units(texts: Sequence[str]) -> list[Unit]:
    """The figures of some reports."""
    days = (datetime(2031, 5, 7 + n, tzinfo=UTC) for n in range(len(texts)))
    reports = (
        Report(id=f"r{n}", digest=f"d{n}", text=text, outlet=f"Outlet {n}", published=day, published_exact=True)
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    )
    readings = [read_report(report) for report in reports]
    return [unit for unit in list_units(gather_facts(readings, ()), readings) if unit.family == "figure"]


def grow(units: Sequence[Unit]) -> tuple[list[Branch], Columns, np.ndarray]:
    """The trees of some units, with their columns and probabilities."""
    columns = make_columns(units)
    likely = rate_all(columns)
    return link_averages(likely.copy(), LEAST_LIKELY), columns, likely


def list_halved(trees: Sequence[Branch]) -> list[Branch]:
    """All branches that have halves."""
    found, waiting = [], list(trees)
    while waiting:
        tree = waiting.pop()
        found += [tree] if tree.halves else []
        waiting += tree.halves
    return found


def test_every_row_is_in_one_group() -> None:
    trees, columns, likely = grow(read_units(TOLLS))
    groups = cut_trees(trees, columns, likely)
    assert sorted(row for group in groups for row in group) == list(range(len(columns)))
    assert groups == sorted(groups) and all(group == sorted(group) for group in groups)


def test_a_group_is_kept_whole_or_falls_into_its_halves() -> None:
    trees, columns, likely = grow(read_units(TOLLS))
    groups = {tuple(group) for group in cut_trees(trees, columns, likely)}
    for tree in list_halved(trees):
        chance = rate_joins([tree], columns, likely)[0]
        if tree.rows in groups:
            assert tree.likely >= SURE or chance >= joins.EVEN
        elif any(set(tree.rows) > set(group) for group in groups):
            assert tree.likely < SURE and chance < joins.EVEN


def test_the_weights_that_are_shown_come_to_the_probability() -> None:
    trees, columns, likely = grow(read_units(TOLLS))
    always = joins.load_weights()["figure"]["always"].weights[0]
    for tree in list_halved(trees):
        total = float(always) + sum(weight for _, weight in weigh_join(tree, columns, likely))
        assert np.isclose(1 / (1 + np.exp(-total)), rate_joins([tree], columns, likely)[0], atol=1e-4)


def test_a_report_that_answers_both_ways_is_counted() -> None:
    units = read_units(("Nine miners died. Forty-one miners were hurt.", "Nine miners died. Forty-one were hurt."))
    columns = make_columns(units)
    likely = rate_all(columns)
    dead = tuple(n for n, unit in enumerate(units) if unit.answer.low == 9)
    hurt = tuple(n for n, unit in enumerate(units) if unit.answer.low == 41)
    assert len(dead) == len(hurt) == 2
    tree = Branch(tuple(range(4)), 0.4, (Branch(dead), Branch(hurt)))
    assert read_join(tree, columns, likely)["answered twice in a report"] == 1.0
    same = Branch(dead, 0.9, (Branch(dead[:1]), Branch(dead[1:])))
    assert read_join(same, columns, likely)["answered twice in a report"] == 0.0


def test_every_sign_of_the_table_is_one_that_is_read() -> None:
    trees, columns, likely = grow(read_units(TOLLS))
    names = set(read_join(list_halved(trees)[0], columns, likely)) | {"always"}
    rows = list(load_rows("joining_weights.tsv"))
    assert {row["sign"] for row in rows} <= names
    assert {row["family"] for row in rows} == set(FAMILIES)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(TOLLS))))
def test_the_order_of_reports_changes_no_group(order: list[int]) -> None:
    units = read_units(TOLLS)
    moved = sorted(units, key=lambda unit: order.index(int(unit.fact.report.id[1:])))
    assert tell_groups(moved) == tell_groups(units)


def tell_groups(units: Sequence[Unit]) -> set[frozenset[tuple[str, str]]]:
    """What each group of some units holds."""
    return {frozenset((unit.fact.report.text, unit.words) for unit in group) for group in match_units(units)}
