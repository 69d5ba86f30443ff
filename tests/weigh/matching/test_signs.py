"""Signs of pairs: reckoned for many at once as for one, in bounds, whatever the answers hold."""

from datetime import UTC, datetime

import numpy as np
import pytest

from sayso.extract import read_report
from sayso.record import Report
from sayso.weigh.facts import gather_facts
from sayso.weigh.matching import match_units
from sayso.weigh.matching.signs import SIGNS, lead, make_columns, measure_crowd, read_signs
from sayso.weigh.matching.units import FAMILIES, Unit, list_units
from sayso.weigh.matching.weights import load_weights, rate_pairs, weigh_signs

TEXTS = (
    "Nine miners died when the roof of the Ostra mine fell in on Monday, the mayor said. Four are missing.",
    "The roof of the Ostra mine fell in on Monday. At least 11 miners were killed, the police said on Tuesday.",
    "The ferry to Lund sank on Friday. Nobody was hurt, its owner said.",
)


@pytest.fixture(scope="module")
def units() -> list[Unit]:
    readings = [
        read_report(
            Report(
                id=f"r{n}",
                digest=f"d{n}",
                text=text,
                outlet=f"Outlet {n}",
                published=datetime(2031, 5, 7 + n, tzinfo=UTC),
                published_exact=True,
            )
        )
        for n, text in enumerate(TEXTS)
    ]
    return list_units(gather_facts(readings, ()), readings)


def test_every_family_has_answers_with_vectors(units: list[Unit]) -> None:
    assert {unit.family for unit in units} == set(FAMILIES)
    assert len({len(unit.answer.vector) for unit in units}) == 1
    assert all(any(unit.answer.vector) for unit in units)


@pytest.mark.parametrize("family", FAMILIES)
def test_signs_of_many_pairs_are_those_of_each(units: list[Unit], family: str) -> None:
    columns = make_columns([unit for unit in units if unit.family == family])
    i, j = np.nonzero(np.triu(np.ones((len(columns), len(columns))), 1))
    many = read_signs(columns, i, j)
    assert list(many) == list(SIGNS[family])
    for k in range(len(i)):
        one = read_signs(columns, i[k : k + 1], j[k : k + 1])
        other = read_signs(columns, j[k : k + 1], i[k : k + 1])
        for name, values in many.items():
            assert one[name][0] == pytest.approx(values[k], abs=1e-4, nan_ok=True)
            assert other[name][0] == pytest.approx(values[k], abs=1e-4, nan_ok=True), f"{name} depends on the order"


@pytest.mark.parametrize("family", FAMILIES)
def test_the_weights_shown_are_those_that_count(units: list[Unit], family: str) -> None:
    columns = make_columns([unit for unit in units if unit.family == family])
    total = load_weights()[family]["always"].weights[0] + sum(w for _, _, w in weigh_signs(columns, 0, 1))
    assert rate_pairs(columns, np.array([0]), np.array([1]))[0] == pytest.approx(1 / (1 + np.exp(-total)), abs=1e-4)


def test_every_sign_that_has_weights_is_known() -> None:
    for family, signs in load_weights().items():
        assert set(signs) <= {*SIGNS[family], "always"}


def test_a_unit_without_others_is_not_crowded() -> None:
    vectors = np.eye(3, dtype=np.float32)
    assert measure_crowd(vectors, np.zeros(3, np.int64)).tolist() == [0, 0, 0]
    assert measure_crowd(np.ones((2, 1), np.float32), np.array([0, 1])).tolist() == [1, 1]


@pytest.mark.parametrize("family", FAMILIES)
def test_the_lead_of_a_pair_is_over_the_others_of_its_report(units: list[Unit], family: str) -> None:
    columns = make_columns([unit for unit in units if unit.family == family])
    i, j = (side.ravel() for side in np.indices((len(columns), len(columns))))
    for a, b, found in zip(i, j, lead(columns, i, j), strict=True):
        if columns.report[a] == columns.report[b]:
            assert np.isnan(found)
            continue
        near = columns.vectors @ columns.vectors[a]
        rest = [n for n in np.flatnonzero(columns.report == columns.report[b]) if abs(near[n] - near[b]) > 1e-6]
        assert found == pytest.approx(near[b] - max((near[n] for n in rest), default=-1.0), abs=1e-5)


def test_every_unit_is_in_one_group(units: list[Unit]) -> None:
    groups = match_units(units)
    assert sorted(id(u) for group in groups for u in group) == sorted(map(id, units))
    assert all(len({u.family for u in group}) == 1 for group in groups)
    assert match_units([]) == []
