"""The map of a story: its places, and the page that draws them on an offline base map."""

from typing import Any

from starlette.testclient import TestClient

from sayso.record import Claim, Picture, Place, Reading, Report
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.desk.places import find_places, gather_places
from sayso.serve.pages.showing import name_asset

TOWN = Place(
    start=0, end=4, text="Arica", name="Arica", geonames_id=1, lat=-18.5, lon=-70.3, country="CL", radius_km=6.0
)
MINE = Place(start=0, end=4, text="the mine", name="Azapa", geonames_id=2, lat=-18.6, lon=-70.1, radius_km=2.0)
FAR = Place(start=0, end=4, text="Oslo", name="Oslo", geonames_id=3, lat=59.9, lon=10.7, country="NO", radius_km=9.0)
LAND = Place(
    start=0,
    end=4,
    text="Chile",
    name="Chile",
    geonames_id=4,
    lat=-30.0,
    lon=-71.0,
    country="CL",
    radius_km=900.0,
    feature="PCLI",
)
SEAT = Place(start=0, end=4, text="Santiago", name="Santiago", geonames_id=5, lat=-33.4, lon=-70.6, role="metonym")
LOST = Place(start=0, end=4, text="Nowhere Gulch")


def make_picture(*told: tuple[str, Place]) -> Picture:
    """A picture of reports by name, each with claims that name places."""
    claims: dict[str, list[Claim]] = {}
    for n, (report, place) in enumerate(told):
        claims.setdefault(report, []).append(
            Claim(
                id=f"c{n}", seat=f"c{n}", report=report, start=0, end=5, text=f"It shook at {place.text}", place=place
            )
        )
    readings = (Reading(report=Report(id=r, text="It shook.", digest=r), claims=tuple(c)) for r, c in claims.items())
    return Picture(readings=tuple(readings))


def test_a_place_is_as_large_as_the_reports_that_tell_of_it() -> None:
    places = gather_places(make_picture(("a", TOWN), ("b", TOWN), ("b", TOWN), ("b", MINE)))
    assert [(spot.name, spot.reports, len(spot.told)) for spot in places.spots] == [("Arica", 2, 3), ("Azapa", 1, 1)]
    assert places.spots[0].country == "Chile" and places.spots[1].words == ("the mine",)


def test_the_map_begins_where_most_is_told() -> None:
    told = [("a", TOWN), ("a", MINE), ("b", TOWN), ("b", LAND), ("c", TOWN), ("c", FAR)]
    spots = gather_places(make_picture(*told)).spots
    assert {spot.name for spot in spots if spot.heart} == {"Arica", "Azapa"}
    assert [spot.name for spot in spots if spot.wide] == ["Chile"]


def test_a_government_is_no_place_and_what_is_not_found_is_named() -> None:
    places = gather_places(make_picture(("a", SEAT), ("a", LOST)))
    assert places.spots == () and places.unplaced == ("Nowhere Gulch",)


def test_the_page_tells_each_place_without_a_script(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0].id
    places = find_places(desk, story, Viewpoint())
    words = client.get(f"/stories/{story}/map").text
    assert all(f'data-place="{spot.id}"' in words for spot in places.spots)
    assert f"/reports/{places.spots[0].told[0].report}#{places.spots[0].told[0].claim}" in words
    assert client.get(f"/stories/{story}/places.json").json()["spots"][0]["name"] == places.spots[0].name


def test_the_base_map_has_the_worlds_countries(client: TestClient) -> None:
    world = client.get(name_asset("vendor/countries-50m.json")).json()
    names = {one["properties"]["name"] for one in world["objects"]["countries"]["geometries"]}
    assert len(names) > 230 and {"Chile", "Norway", "Ukraine"} <= names


def test_the_map_shows_circles_and_a_popup(page: Any, address: str, desk: Desk, expect: Any) -> None:
    story = desk.stories()[0].id
    spot = find_places(desk, story, Viewpoint()).spots[0]
    page.goto(f"{address}/stories/{story}/map")
    page.wait_for_selector("path.spot")
    expect(page.locator("path.spot")).to_have_count(len(find_places(desk, story, Viewpoint()).spots))
    assert page.locator("path.land").count() > 200
    mark = page.locator(f'path.spot[aria-label="{spot.name}"]')
    assert mark.bounding_box()["width"] > page.locator("path.wide-spot").first.bounding_box()["width"]
    mark.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert spot.name in popup.inner_text() and spot.told[0].words in popup.inner_text()
    assert popup.locator("a").first.get_attribute("href") == f"/reports/{spot.told[0].report}#{spot.told[0].claim}"
    page.click(".leaflet-popup-close-button")
    page.locator(".spots .show").first.click()
    expect(popup.filter(has_text=spot.name).last).to_be_visible()
