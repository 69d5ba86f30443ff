"""Points on the globe, and the box around them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pictures import SOLDAU

from sayso.share.exports.geojson import find_box, make_point


@pytest.mark.parametrize(("lon", "told"), [(179.9, 179.9), (-180.0, -180.0), (181.0, -179.0), (-190.0, 170.0)])
def test_a_longitude_beyond_the_antimeridian_is_told_from_the_other_side(lon: float, told: float) -> None:
    assert make_point(replace(SOLDAU, lon=lon))["coordinates"] == [pytest.approx(told), 53.2]


def test_a_box_over_the_antimeridian_has_its_west_east_of_its_east() -> None:
    fiji_and_samoa = [[178.4, -18.1], [-171.8, -13.8], [179.4, -16.5]]
    assert find_box(fiji_and_samoa) == [178.4, -18.1, -171.8, -13.8]
    assert find_box([[20.0, 50.0], [30.0, 55.0]]) == [20.0, 50.0, 30.0, 55.0]
    assert find_box([[20.0, 50.0]]) == [20.0, 50.0, 20.0, 50.0]
    assert find_box([]) == []


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=8))
def test_a_box_holds_all_its_points_and_is_no_wider_than_need_be(points: list[tuple[float, float]]) -> None:
    west, south, east, north = find_box(points)
    width = (east - west) % 360.0
    assert all((lon - west) % 360.0 <= width + 1e-9 or (lon - west) % 360.0 > 360.0 - 1e-9 for lon, _ in points)
    assert all(south <= lat <= north for _, lat in points)
    assert width <= max(lon for lon, _ in points) - min(lon for lon, _ in points) + 1e-9
