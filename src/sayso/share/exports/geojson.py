"""GeoJSON (RFC 7946): a feature a claim that names a place with coordinates, then one a happening.

Geometries are points in the order longitude, latitude (WGS 84), at the middle of what is meant; how far that reaches is
`radius_km`. Each feature says in `assertion` and `polarity` how it stands, and in `name` where it is not asserted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sayso.harms import clean_text
from sayso.record import Place
from sayso.share.exports import Shared
from sayso.share.exports.claims import (
    Told,
    list_asked,
    name_time,
    row_of_answer,
    row_of_asked,
    row_of_claim,
    tell_claims,
)
from sayso.share.exports.happenings import Dated, is_located, list_dated
from sayso.tell.tables import dump_row

DIGITS = 6
"""Digits of a degree: a tenth of a metre (RFC 7946, 11.2)."""


def write(shared: Shared) -> bytes:
    """The collection, one line of JSON."""
    claims = [
        make_claim(told, told.claim.place) for told in tell_claims(shared.picture) if is_located(told.claim.place)
    ]
    happenings = [make_happening(dated, dated.place) for dated in list_dated(shared.picture) if dated.place]
    features = [*claims, *happenings]
    box = find_box([feature["geometry"]["coordinates"] for feature in features])
    collection = {
        "type": "FeatureCollection",
        **({"bbox": box} if box else {}),
        "features": features,
        "title": clean_text(shared.title),
        "made": name_time(shared.made),
        "as_of": name_time(shared.picture.as_of) or None,
        "tool": shared.tool,
    }
    return (dump_row(collection) + "\n").encode("utf8")


def make_claim(told: Told, place: Place) -> dict[str, Any]:
    """The feature of a claim, with all that its row says and each of its values."""
    standing = f"{told.standing}: " if told.standing else ""
    return {
        "type": "Feature",
        "id": f"claim:{told.claim.id}",
        "geometry": make_point(place),
        "properties": {
            "noun": "claim",
            "name": f"{standing}{told.words}",
            **{key: None if value == "" else value for key, value in row_of_claim(told).items()},
            "rivals": [
                {"name": clean_text(r.name), "geonames_id": r.geonames_id, "country": r.country} for r in place.rivals
            ],
            "values": list(list_values(told)),
        },
    }


def list_values(told: Told) -> Iterator[dict[str, Any]]:
    """The values of a claim, each with the points that it answers."""
    for answer in told.claim.answers:
        row = {key: value for key, value in row_of_answer(told, answer).items() if value not in ("", None)}
        yield {**row, "points": [row_of_asked(point, value) for point, value in list_asked(told, answer)]}


def make_happening(dated: Dated, place: Place) -> dict[str, Any]:
    """The feature of a happening, with the words of those who assert it."""
    happening = dated.happening
    return {
        "type": "Feature",
        "id": f"happening:{happening.id}",
        "geometry": make_point(place),
        "properties": {
            "noun": "happening",
            "name": dated.best.words,
            "event": happening.what,
            "earliest": name_time(dated.earliest),
            "latest": name_time(dated.latest),
            "place": clean_text(happening.where),
            "radius_km": place.radius_km,
            "who": [clean_text(name) for name in happening.who],
            "origins": [clean_text(name) for name in happening.origins],
            "points": list(happening.points),
            "asserted_by": [
                {
                    "claim": told.claim.id,
                    "words": told.words,
                    "report": clean_text(told.report.id),
                    "start": told.claim.start,
                    "end": told.claim.end,
                    "chain": told.way,
                }
                for told in dated.claims
            ],
            "claims": list(happening.claims),
        },
    }


def make_point(place: Place) -> dict[str, Any]:
    """A place as a geometry. A longitude beyond the antimeridian is the same one from the other side."""
    lon = ((place.lon or 0.0) + 180.0) % 360.0 - 180.0 if abs(place.lon or 0.0) > 180.0 else place.lon or 0.0
    lat = max(-90.0, min(90.0, place.lat or 0.0))
    return {"type": "Point", "coordinates": [round(lon, DIGITS), round(lat, DIGITS)]}


def find_box(points: Sequence[Sequence[float]]) -> list[float]:
    """The narrowest box around some points: west, south, east, north. Where it crosses the antimeridian, its west is
    greater than its east (RFC 7946, 5.2). Nothing for no points."""
    if not points:
        return []
    lons = sorted({lon for lon, _ in points})
    lats = [lat for _, lat in points]
    gaps = [(after - before, after, before) for before, after in pairwise(lons)]
    gaps.append((lons[0] + 360.0 - lons[-1], lons[0], lons[-1]))
    _, west, east = max(gaps, key=lambda gap: gap[0])
    return [west, min(lats), east, max(lats)]
