"""Which of the world's places a name means, by the company it keeps.

Every name votes for where the report is: for countries, divisions and cells of the globe, each of its candidates with
the share of its own likelihood. Then every candidate is weighed again by those votes. A name with one candidate puts
its whole vote on it, so the clear names settle the others. What the words say outright ("Springfield, Ill.") is a
filter before any vote. The idea, one referent per name in a text and coherence in space, is that of Leidner's
"Toponym Resolution in Text" (2007).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.extract.places.gazetteers import ALTERNATE, DEMONYM, Gazetteer, Spot, is_great, lies_in
from sayso.extract.places.mentions import Mention
from sayso.extract.places.names import fold_name
from sayso.extract.places.nations import tell_apart
from sayso.record import Report

CANDIDATES = 25
"""Candidates of a name that are weighed: the most likely ones."""

ROUNDS = 3

COUNTRY_WEIGHT, DIVISION_WEIGHT, CELL_WEIGHT = 4.0, 3.0, 3.0
"""What the whole of the other votes is worth, on the scale of ten-fold people."""

FEATURE_WEIGHT = {"PCLI": 3.5, "CONT": 8.0, "ADM1": 0.3, "ADM2": -0.9, "PPLC": 0.7}
"""What a kind of place adds to the logarithm of its people."""

OTHER_FEATURE = 6.8
"""The weight of regions, seas and rivers, which have no people and are all well known."""

MINOR_FEATURE = 0.7
"""The weight of the streams, hills, bridges and farms of an imported gazetteer: less than a hamlet's."""


FOLLOW_WEIGHT = 5.0
"""What being named with its container elsewhere in the report is worth."""

ALTERNATE_COST = 2.0
"""What a name that is not the usual one costs."""

CAPITAL_SHARE = 1.2
"""A capital counts as having that part of its country's people (ten to the minus that), or its own if more."""

TOWN_FIRST = 0.5
"""How much less likely than a town its division of the same name is, where nothing says which is meant."""

GOVERN_WEIGHT = 1.5
"""What doing what governments do ("declined") is worth to a country or capital."""

SEATS = ("PCLI", "PPLC")
"""Kinds of places that governments sit in: countries and capitals."""

WIDE = ("PCLI", "CONT", "ADM1")
"""Kinds of places too wide to say near which town the report is."""

CELLS_AROUND = 400
"""Numbers of cells from one degree of latitude to the next: the globe's 360, and a margin so that edges never meet."""

NEIGHBOURS = tuple(a * CELLS_AROUND + b for a in (-1, 0, 1) for b in (-1, 0, 1))

HOME_VOTE = 1.0
"""Votes for the country of the outlet's domain."""


@dataclass(slots=True)
class Choice:
    """What a mention was taken for; `within` where the spot is only what the words say the place lies in."""

    spot: Spot | None = None
    rivals: tuple[Spot, ...] = ()
    within: bool = False


@dataclass(slots=True)
class _Name:
    """The mentions of one name with the same candidates, and their shares."""

    mentions: list[int]
    spots: list[Spot]
    priors: list[float]
    shares: list[float]
    divisions: list[int]
    cells: list[int]


def weigh_spot(spot: Spot, people: int = 0) -> float:
    """How likely a place is to be meant by its name before anything else is known.

    `people` are those of its country: a capital is spoken of as much as its country is, however small the town.
    """
    if is_great(spot):
        weight = FEATURE_WEIGHT.get(spot.feature, OTHER_FEATURE)
    elif not spot.feature.startswith(("PPL", "ADM", "PCL")):
        weight = MINOR_FEATURE
    else:
        weight = math.log10(spot.population + 50) + FEATURE_WEIGHT.get(spot.feature, 0.0)
        if spot.feature == "PPLC" and people:
            weight = max(weight, math.log10(people) - CAPITAL_SHARE)
    return weight - (ALTERNATE_COST if spot.kind == ALTERNATE else 0.0)


def choose_places(
    mentions: list[Mention], report: Report, gazetteer: Gazetteer, sentences: Sequence[int] = ()
) -> list[Choice]:
    """The choice for each mention; `sentences` are the numbers of those that they stand in, none where unknown."""
    tell_apart(mentions, sentences)
    names = _group(mentions, gazetteer)
    home = _home_country(report)
    _follow(names, mentions)
    for _ in range(ROUNDS):
        _vote(names, home)
    choices = [Choice() for _ in mentions]
    for name in names:
        order = sorted(range(len(name.spots)), key=lambda n: -name.shares[n])
        ranked = [name.spots[n] for n in order]
        for at in name.mentions:
            choices[at] = Choice(ranked[0], tuple(ranked[1:6]))
    chosen = {id(mention): choice for mention, choice in zip(mentions, choices, strict=True)}
    for mention, choice in zip(mentions, choices, strict=True):
        around = chosen[id(mention.inside)].spot if mention.inside else None
        if choice.spot is None and around is not None:
            choice.spot, choice.within = around, True
    return choices


def _follow(names: list[_Name], mentions: list[Mention]) -> None:
    """Let a bare name follow its fuller mention elsewhere: "Springfield, Ill. ... in Springfield", and, where no
    town of the name is told apart, "the Oryol region ... in Oryol"."""
    said: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        first = mentions[name.mentions[0]]
        if not first.demonym and (first.inside or (first.kind and not first.office)):
            said[fold_name(first.text)].append(name)
    for name in names:
        first = mentions[name.mentions[0]]
        others = [n for n in said[fold_name(first.text)] if n is not name]
        if not others or first.inside or (first.kind and not first.office):
            continue
        # "Paris, Texas ... Paris said it would help": a government is a country's or a capital's.
        if any(mentions[at].governs for at in name.mentions) and any(spot.feature in SEATS for spot in name.spots):
            continue
        likely: dict[int, float] = defaultdict(float)
        for other in others:
            for spot, share in zip(other.spots, other.shares, strict=True):
                likely[spot.row] += share / len(others)
        name.priors = [p + FOLLOW_WEIGHT * likely[s.row] for p, s in zip(name.priors, name.spots, strict=True)]
        name.shares = _shares(name.priors)


def _home_country(report: Report) -> str:
    """The country of an outlet's domain (".ca"), a hint and no more."""
    end = report.outlet.rsplit(".", 1)[-1].upper() if "." in report.outlet else ""
    return "GB" if end == "UK" else end if len(end) == 2 else ""


def _group(mentions: list[Mention], gazetteer: Gazetteer) -> list[_Name]:
    holders = {id(mention.inside): mention for mention in mentions if mention.inside}
    groups: dict[tuple[str, str, str, bool, tuple[Spot, ...]], list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        inside = fold_name(mention.inside.text) if mention.inside else ""
        key = fold_name(mention.text), inside, mention.kind, id(mention) in holders, mention.spots
        groups[key].append(at)
    names = []
    for members in groups.values():
        mention = mentions[members[0]]
        held = holders.get(id(mention))
        spots = _filter_spots(mention, held)
        if not spots:
            continue
        best: dict[int, tuple[float, Spot]] = {}
        governs = GOVERN_WEIGHT if any(mentions[at].governs for at in members) else 0.0
        for spot in spots:
            weight = weigh_spot(spot, gazetteer.peoples.get(spot.country, 0))
            weight += governs if spot.feature in SEATS else 0.0
            if spot.row not in best or weight > best[spot.row][0]:
                best[spot.row] = weight, spot
        if not mention.kind and not held:
            _prefer_towns(best)
        ranked = sorted(best.values(), key=lambda pair: -pair[0])[:CANDIDATES]
        priors = [weight for weight, _ in ranked]
        spots = [spot for _, spot in ranked]
        cells = [_cell(spot) for spot in spots]
        names.append(_Name(members, spots, priors, _shares(priors), [_division(spot) for spot in spots], cells))
    return names


def _prefer_towns(weighed: dict[int, tuple[float, Spot]]) -> None:
    """Let a town be meant before the division around it that has its name: nothing said "region" or "county"."""
    for weight, town in list(weighed.values()):
        for row in (town.admin1, town.admin2):
            division = weighed.get(row)
            if division and town.kind <= division[1].kind and division[0] > weight - TOWN_FIRST:
                weighed[row] = weight - TOWN_FIRST, division[1]


def _filter_spots(mention: Mention, held: Mention | None) -> list[Spot]:
    """The places that the words leave possible: inside what they say, around what they put into it, of their kind."""
    spots = list(mention.spots)
    if not mention.demonym:
        spots = [s for s in spots if s.kind != DEMONYM]
    if mention.inside:
        # What a comma puts a place into is no town of that name.
        around = [s for s in mention.inside.spots if s.feature != "PPL"] or list(mention.inside.spots)
        spots = [s for s in spots if any(lies_in(s, a) for a in around)]
    if held:
        spots = [s for s in spots if any(lies_in(h, s) for h in held.spots)] or [
            s for s in spots if s.feature in ("PCLI", "ADM1", "ADM2")
        ]
    if mention.kind:
        spots = [s for s in spots if s.feature.startswith(mention.kind)] or spots
    return spots


def _shares(weights: list[float]) -> list[float]:
    top = max(weights)
    raw = [10 ** (weight - top) for weight in weights]
    total = sum(raw)
    return [value / total for value in raw]


def _cell(spot: Spot) -> int:
    return math.floor(spot.lat) * CELLS_AROUND + math.floor(spot.lon)


def _division(spot: Spot) -> int:
    return spot.row if spot.feature == "ADM1" else spot.admin1


@dataclass(slots=True)
class _Votes:
    """Where the names say that the report is: shares by country, by division and by degree of the globe."""

    countries: dict[str, float]
    divisions: dict[int, float]
    cells: dict[int, float]

    def count(self, name: _Name, sign: int) -> None:
        """Add a name's votes, or with sign -1 take them back."""
        for spot, share, division, cell in zip(name.spots, name.shares, name.divisions, name.cells, strict=True):
            votes = sign * share
            self.countries[spot.country] += votes
            self.divisions[division] += votes
            if spot.feature not in WIDE:
                self.cells[cell] += votes

    def near(self, cell: int) -> float:
        """The votes for a cell and those around it."""
        votes = 0.0
        for step in NEIGHBOURS:
            if cell + step in self.cells:
                votes += self.cells[cell + step]
        return votes


def _vote(names: list[_Name], home: str) -> None:
    """One round: weigh every name's candidates by the votes of the other names."""
    votes = _Votes(defaultdict(float), defaultdict(float), defaultdict(float))
    for name in names:
        votes.count(name, 1)
    if home:
        votes.countries[home] += HOME_VOTE
    others = max(1.0, len(names) - 1.0)
    for name in names:
        if len(name.spots) == 1:
            continue
        votes.count(name, -1)
        weights = []
        for prior, spot, at, cell in zip(name.priors, name.spots, name.divisions, name.cells, strict=True):
            country = votes.countries[spot.country] if spot.country else 0.0
            division = votes.divisions[at] if at >= 0 else 0.0
            weights.append(
                prior
                + COUNTRY_WEIGHT * _part(country, others)
                + DIVISION_WEIGHT * _part(division, others)
                + CELL_WEIGHT * _part(votes.near(cell), others)
            )
        name.shares = _shares(weights)
        votes.count(name, 1)


def _part(votes: float, others: float) -> float:
    """The root of the part of the other names that vote so: the first neighbours say most."""
    return math.sqrt(min(1.0, max(0.0, votes / others)))
