"""Where: the places a report names, and which of the world's places each one is."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.places.choices import Choice, choose_places
from sayso.extract.places.containers import link_containers
from sayso.extract.places.gazetteers import load_gazetteer
from sayso.extract.places.mentions import Mention, find_mentions
from sayso.extract.places.roles import mark_governments, stands_for_government
from sayso.grammar.parses import Parse
from sayso.record import Place, Reading, Rival

RIVALS = 5
"""Other places of the same name that are kept with a place."""


def find_places(reading: Reading, parse: Parse, gazetteer_path: str = "") -> Reading:
    """Fill `places`: sorted, without overlaps, each with the place chosen and up to `RIVALS` it could have been.

    `gazetteer_path` is that of an imported gazetteer, "" for the one that comes with sayso.
    """
    gazetteer = load_gazetteer(gazetteer_path)
    mentions = find_mentions(parse, gazetteer)
    link_containers(mentions, parse)
    mark_governments(mentions, parse)
    sentences = [parse.tokens[mention.first].sentence for mention in mentions]
    choices = choose_places(mentions, reading.report, gazetteer, sentences)
    pairs = zip(mentions, choices, strict=True)
    places = tuple(_make_place(mention, choice, parse) for mention, choice in pairs if not mention.demonym)
    return replace(reading, places=places)


def _make_place(mention: Mention, choice: Choice, parse: Parse) -> Place:
    place = Place(start=mention.start, end=mention.end, text=mention.text, name=mention.text)
    spot = choice.spot
    if spot is None:
        return place
    rivals = tuple(
        Rival(name=r.name, geonames_id=r.id, country=r.country, lat=r.lat, lon=r.lon) for r in choice.rivals[:RIVALS]
    )
    return replace(
        place,
        name=mention.text if choice.within else spot.name,
        geonames_id=None if choice.within else spot.id or None,
        lat=spot.lat,
        lon=spot.lon,
        country=spot.country,
        radius_km=spot.radius_km,
        feature="" if choice.within else spot.feature,
        role="metonym" if stands_for_government(mention, spot) else "place",
        rivals=rivals,
    )
