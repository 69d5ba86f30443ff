"""Two claims' places compared: the same, one within the other by radius and country, or apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, hypot, radians

from sayso.record import Place
from sayso.weigh.comparisons.features import Feature
from sayso.weigh.sides import Side

KM_PER_DEGREE = 111.2
REACH = 1.6
"""A division's radius is a guess: its places lie within so many of it."""
NEAR_KM = 15.0
DRIVE_KM = 50.0
UNKNOWN = 0.3
RANKS = {"CONT": 4, "PCLI": 3, "ADM1": 2, "ADM2": 1}
"""How wide a place of a feature is; towns and what is in them are 0."""


def compare_places(a: Side, b: Side) -> Iterator[Feature]:
    """What the places of two claims have to do with each other."""
    here, there = list_places(a), list_places(b)
    if not here or not there:
        return  # Villages stand in no gazetteer, so that no place found says nothing.
    shared = [(p, q) for p in here for q in there if same_place(p, q)]
    finer = [(p, q) for p in here for q in there if not same_place(p, q) and (lies_in(p, q) or lies_in(q, p))]
    names = f"{', '.join(p.text for p in here)} / {', '.join(q.text for q in there)}"
    if shared:
        yield Feature("the same place", 1.0, shared[0][0].text)
    elif finer:
        yield Feature("one place lies within the other", 1.0, names)
    else:
        yield Feature("other places", 1.0, names)
    if any(p.text == q.text and not same_place(p, q) for p in here for q in there):
        yield Feature("namesakes", 1.0, names)
    rank_a, rank_b = (max(RANKS.get(p.feature, 0) for p in places) for places in (here, there))
    floor_a, floor_b = (min(RANKS.get(p.feature, 0) for p in places) for places in (here, there))
    if rank_a != rank_b or floor_a != floor_b:
        yield Feature("one speaks of a wider place", 1.0, names)


def list_places(side: Side) -> list[Place]:
    """The located or named places of a side, governments meant by a capital's name aside."""
    return [place for place in side.places if place.role != "metonym"]


def same_place(a: Place, b: Place) -> bool:
    """Whether two mentions are of one place: one entry of the gazetteer, one name not in it, or a few km apart."""
    if a.geonames_id is not None and a.geonames_id == b.geonames_id:
        return True
    if a.lat is None or b.lat is None:
        return a.text.casefold() == b.text.casefold()
    return RANKS.get(a.feature, 0) == RANKS.get(b.feature, 0) == 0 and distance_km(a, b) <= NEAR_KM


def lies_in(a: Place, b: Place) -> bool:
    """Whether a place lies within a wider one."""
    if RANKS.get(a.feature, 0) >= RANKS.get(b.feature, 0):
        return False
    if b.feature == "PCLI":
        return bool(a.country) and a.country == b.country
    if b.feature == "CONT" or a.lat is None or b.lat is None:
        return b.feature == "CONT"
    return (not a.country or not b.country or a.country == b.country) and distance_km(a, b) <= REACH * (
        b.radius_km or NEAR_KM
    )


def distance_km(a: Place, b: Place) -> float:
    """The distance between two places, on a plane: enough within a region; infinite where one is not located."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    north = (a.lat - b.lat) * KM_PER_DEGREE
    east = (a.lon - b.lon) * KM_PER_DEGREE * cos(radians((a.lat + b.lat) / 2))
    return hypot(north, east)


def match_place(known: Mapping[int, Place], place: Place | None) -> float:
    """How well a place agrees with known ones: 1 for one of them or one nearby, 0 for another, between where nothing is
    known."""
    if place is None or place.lat is None or place.role == "metonym" or not known:
        return UNKNOWN
    return 1.0 if place.geonames_id in known or any(is_near(place, other) for other in known.values()) else 0.0


def is_near(a: Place, b: Place) -> bool:
    """Whether one of two places lies within the other's radius, or both within an hour's drive."""
    return distance_km(a, b) <= max(a.radius_km or 0.0, b.radius_km or 0.0, DRIVE_KM)
