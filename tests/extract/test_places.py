"""Places: which words name one, and which of the world's places it is."""

from sayso.extract.parses import parse_text
from sayso.extract.places import find_places
from sayso.record import Place, Reading, Report


def places_of(text: str, outlet: str = "") -> list[Place]:
    report = Report(id="r", text=text, outlet=outlet)
    return list(find_places(Reading(report=report), parse_text(text)).places)


def test_a_town_is_found_with_its_coordinates_and_its_rivals() -> None:
    (place,) = places_of("A fire broke out in Cork on Monday.")
    assert (place.text, place.country) == ("Cork", "IE")
    assert place.geonames_id and place.lat and place.lon and place.radius_km
    assert all(rival.geonames_id != place.geonames_id for rival in place.rivals)
