"""The gazetteer: what the world's places are called and where they are.

About 290,000 towns, divisions, countries, regions and seas with half a million names, Latin and Cyrillic. Data:
GeoNames (CC BY 4.0) and sayso's own tables; ``building/build_gazetteer.py`` makes the file and
``tables/places/README.md`` describes it.

The file holds columns, one value a place, and the names as the sorted hashes of their folded spelling
(`sayso.extract.places.names`), so that it loads in a fraction of a second into some 25 MB and a look-up is one
bisection. `entries` holds ``place << 2 | kind`` beside each hash; `above` the divisions a place lies in.
What a user has imported (`sayso.extract.places.imports`) holds these places and more in the same columns, read where
they lie on the disk.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sayso.extract.places.columns import open_columns
from sayso.extract.places.names import fold_name, hash_key
from sayso.originals import ROOT, open_original

PRIMARY, ALTERNATE, DEMONYM, ABBREVIATION = range(4)
"""Kinds of names: the usual one, another, a word for the people, and what is written after "Springfield, "."""

NEW_LINE = ord("\n")
"""What stands between the names of places."""

CACHED_NAMES = 20_000
"""Names whose look-up is remembered: the same few thousand words make up most of any day's news."""


class Spot(NamedTuple):
    """A place of the gazetteer under one of its names.

    `row` is its number in this gazetteer, `admin1` and `admin2` those of the divisions that it lies in (-1: none).
    `id` is the GeoNames id (0 where GeoNames' is not known), `feature` a GeoNames feature code, `country` an ISO 3166-1
    alpha-2 code ("" where it lies in several), `kind` the kind of the name.
    """

    row: int
    kind: int
    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: int
    admin2: int
    feature: str
    population: int
    radius_km: float


@dataclass(slots=True)
class Gazetteer:
    """The columns of the file; place `n` has the name that ends at `name_ends[n]`. Use `find` and `spot`."""

    id: memoryview[int]
    lat: memoryview[float]
    lon: memoryview[float]
    population: memoryview[int]
    radius_km: memoryview[float]
    country: bytes | memoryview[int]
    feature: bytes | memoryview[int]
    admin1: memoryview[int]
    admin2: memoryview[int]
    names: bytes | memoryview[int]
    name_ends: memoryview[int]
    countries: list[str]
    features: list[str]
    hashes: memoryview[int]
    entries: memoryview[int]
    found: dict[str, tuple[Spot, ...]] = field(default_factory=dict)
    peoples: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note how many people each country has."""
        country = self.features.index("PCLI")
        rows = [row for row, feature in enumerate(self.feature[: 2 * len(self.countries)]) if feature == country]
        self.peoples.update((self.countries[self.country[row]], self.population[row]) for row in rows)

    def find(self, name: str) -> tuple[Spot, ...]:
        """All places called `name`, in any spelling of it, under any kind of name; none if it is no place's."""
        found = self.found.get(name)
        if found is None:
            if len(self.found) >= CACHED_NAMES:
                self.found.clear()
            found = self.found[name] = self._search(fold_name(name))
        return found

    def _search(self, key: str) -> tuple[Spot, ...]:
        wanted = hash_key(key)
        at = bisect_left(self.hashes, wanted)
        spots = []
        while at < len(self.hashes) and self.hashes[at] == wanted:
            spots.append(self.spot(self.entries[at] >> 2, self.entries[at] & 3))
            at += 1
        return tuple(spots)

    def spot(self, index: int, kind: int = PRIMARY) -> Spot:
        """The place of that number."""
        feature, population = self.features[self.feature[index]], self.population[index]
        name = self.names[self.name_ends[index - 1] + 1 if index else 0 : self.name_ends[index]]
        return Spot(
            index,
            kind,
            self.id[index],
            str(name, "utf8"),
            round(self.lat[index], 5),
            round(self.lon[index], 5),
            self.countries[self.country[index]],
            self.admin1[index],
            self.admin2[index],
            feature,
            population,
            self.radius_km[index] or guess_radius(feature, population),
        )


def lies_in(spot: Spot, container: Spot) -> bool:
    """Whether a place lies in another: in its division, or for other containers in its country."""
    if spot.row == container.row:
        return False
    if container.feature.startswith("ADM"):
        return container.row in (spot.admin1, spot.admin2)
    if container.id and not container.feature.startswith(("PCL", "PPL")):
        return False  # A stream or a hill of a dump holds nothing.
    return bool(spot.country) and spot.country == container.country and spot.feature != "PCLI"


def guess_radius(feature: str, population: int) -> float:
    """About how far a place reaches from its middle, in km, where no table says so: from its kind and its people."""
    if feature == "PCLI":
        return round(max(10.0, min(1500.0, 0.06 * math.sqrt(population + 1))), 1)
    if feature == "ADM1":
        return 120.0
    if feature == "ADM2":
        return 30.0
    return round(max(1.0, min(30.0, 0.012 * math.sqrt(population + 1))), 1)


def is_great(spot: Spot) -> bool:
    """Whether a place is one of our own table of regions, seas and rivers, which are known to everybody; a stream or a
    hill of a dump has an id and is not."""
    return not spot.id and not spot.feature.startswith(("PPL", "ADM", "PCL"))


def load_gazetteer(path: str = "") -> Gazetteer:
    """The gazetteer that a user imported to `path`, or that which comes with sayso; opened once a process.

    Raises `GazetteerError` or `OSError` where it cannot be used.
    """
    if not path:
        return _load_packaged()
    state = Path(path).stat()
    return _open_imported(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _open_imported(path: str, changed_ns: int, size: int) -> Gazetteer:
    """Open a gazetteer, and anew when its file has changed."""
    opened = open_columns(path)
    columns: dict[str, Any] = {**opened.columns}
    return Gazetteer(**columns, countries=opened.countries, features=opened.features)


@cache
def _load_packaged() -> Gazetteer:
    import numpy as np

    path = ROOT / "tables" / "places" / "gazetteer.npz"
    with open_original(path) as raw, np.load(raw) as data:
        name, (admin1, admin2) = data["name"], data["above"]
        return Gazetteer(
            # One number is read sooner from a view (`data`) than from NumPy's own array, and nothing is copied.
            id=data["id"].data,
            lat=data["lat"].data,
            lon=data["lon"].data,
            population=data["population"].data,
            radius_km=data["radius_km"].data,
            country=data["country"].tobytes(),
            feature=data["feature"].tobytes(),
            admin1=admin1.data,
            admin2=admin2.data,
            names=name.tobytes(),
            name_ends=np.append(np.flatnonzero(name == NEW_LINE), len(name)).data,
            countries=data["countries"].tolist(),
            features=data["features"].tolist(),
            hashes=np.cumsum(data["steps"], dtype=np.uint64).data,
            entries=data["entries"].data,
        )
