"""Where a story happens: the places that its claims name, and what is told of each."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median_low

from sayso.harms import clean_text
from sayso.record import Claim, Happening, Picture, Place, Reading
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.tellings import Teller, Telling
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tables.countries import name_countries
from sayso.tell.phrases import cut_mark, name_interval, shorten

Told = tuple[Reading, Claim, Place]
AXES = ("lat", "lon")
WIDE_KM = 300.0
"""A place with a larger radius is a country or the like: no spot on a map."""
HEART = 0.75
"""Share of what is told of places that a map shows first; the rest lies farther from its middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A happening at a place: its words and when it was, "" where nobody says."""

    id: str
    words: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that claims name. `words` are those that reports use for it, `radius_km` reaches to its edge, `wide` is
    whether it is too large to be a spot; `reports` is how many reports tell of it, `heart` whether it is one of those
    around which most is told."""

    id: str
    name: str
    words: tuple[str, ...]
    country: str
    lat: float
    lon: float
    radius_km: float
    wide: bool
    reports: int
    heart: bool
    happenings: tuple[Happened, ...]
    told: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places of a story that are located, those that most reports tell of first, and the names of others."""

    spots: tuple[Spot, ...]
    unplaced: tuple[str, ...]


def find_places(desk: Desk, story: str, at: Viewpoint) -> Places:
    """The places of a story. Raises `MissingError`."""
    found = desk.story(story, at.as_of)
    places: Places = desk.hold(("places", found.id, at.as_of), lambda: gather_places(desk.picture(found.id, at.as_of)))
    return places


def gather_places(picture: Picture) -> Places:
    """The places of a picture's claims; names that stand for a government are none."""
    told: dict[str, list[Told]] = defaultdict(list)
    unplaced: dict[str, None] = {}
    for reading in picture.readings:
        for claim in reading.claims:
            place = claim.place
            if place is None or place.role != "place":
                continue
            if place.lat is None or place.lon is None:
                unplaced.setdefault(clean_text(place.text))
            else:
                told[name_key(place)].append((reading, claim, place))
    teller, happened = Teller(picture), index_happenings(picture.happenings)
    order = sorted(told, key=lambda key: (-count_reports(told[key]), -len(told[key]), key))
    heart = choose_heart(told)
    spots = (make_spot(key, told[key], teller, happened, heart=key in heart) for key in order)
    return Places(spots=tuple(spots), unplaced=tuple(sorted(unplaced)))


def name_key(place: Place) -> str:
    """What tells a place from every other: its id in the gazetteer, else where it is."""
    return str(place.geonames_id) if place.geonames_id is not None else f"{place.lat:.3f},{place.lon:.3f}"


def is_wide(place: Place) -> bool:
    """Whether a place is too large to be a spot on a map."""
    return (place.radius_km or 0.0) > WIDE_KM or place.feature.startswith("PCL")


def count_reports(told: Iterable[Told]) -> int:
    """How many reports tell of a place."""
    return len({reading.report.id for reading, _claim, _place in told})


def choose_heart(told: dict[str, list[Told]]) -> set[str]:
    """The places around the middle of what is told, the nearest first, until they make up `HEART` of it."""
    spots = {key: one for key, one in told.items() if not is_wide(one[0][2])}
    if not spots:
        return set()
    middle = [median_low(sorted(getattr(place, axis) for one in spots.values() for *_, place in one)) for axis in AXES]

    def measure(key: str) -> float:
        return math.dist(middle, [getattr(spots[key][0][2], axis) for axis in AXES])

    chosen, have, whole = set[str](), 0, sum(len(one) for one in spots.values())
    for key in sorted(spots, key=lambda key: (measure(key), key)):
        if have >= HEART * whole:
            break
        chosen.add(key)
        have += len(spots[key])
    return chosen


def index_happenings(happenings: Iterable[Happening]) -> dict[str, Happening]:
    """The happening that each claim tells of."""
    return {claim: happening for happening in happenings for claim in happening.claims}


def make_spot(
    key: str,
    told: list[Told],
    teller: Teller,
    happened: dict[str, Happening],
    *,
    heart: bool,
) -> Spot:
    """A place with all that is told of it."""
    place = told[0][2]
    assert place.lat is not None and place.lon is not None
    here = [happened[claim.id] for _reading, claim, _place in told if claim.id in happened]
    mine = {h.id: h for h in here if h.where == (place.name or place.text)}
    return Spot(
        id=key,
        name=clean_text(place.name or place.text),
        words=tuple(dict.fromkeys(clean_text(one.text) for _reading, _claim, one in told)),
        country=name_country(place),
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km or 0.0,
        wide=is_wide(place),
        reports=count_reports(told),
        heart=heart,
        happenings=tuple(make_happened(h) for h in mine.values()),
        told=teller.tell_all(claim.id for _reading, claim, _place in told),
    )


def name_country(place: Place) -> str:
    """The country that a place lies in, "" of a country itself."""
    country = name_countries().get(place.country, place.country)
    return "" if place.feature.startswith("PCL") or country == place.name else country


def make_happened(happening: Happening) -> Happened:
    """A happening as a place tells it."""
    dated = happening.earliest is not None and happening.latest is not None
    when = name_interval(happening.earliest, happening.latest) if dated else ""
    return Happened(id=happening.id, words=shorten(cut_mark(clean_text(happening.text)), 120), when=when)
