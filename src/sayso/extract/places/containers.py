"""What the words themselves say of where a place lies: "Springfield, Ill.", "Elk, in the Masuria region",
"the Polish town of Elk", "Poland's Elk"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.places.cues import FARTHEST
from sayso.extract.places.gazetteers import ALTERNATE, DEMONYM, PRIMARY, Spot, lies_in
from sayso.extract.places.mentions import Mention
from sayso.extract.places.words import BETWEEN, PLACE_NOUNS
from sayso.grammar.parses import Parse

JOINS = frozenset((",", ";", "and", "or", "&", "the"))
"""What joins the places of a list."""

LIST_KINDS = {"PCLI": 2, "ADM1": 3}
"""Kinds that make a list of places, and how many places it needs."""

FAMOUS_TOWN = 100_000
"""People in a town that a container it does not lie in cannot hide: the words are then a list."""


def link_containers(mentions: list[Mention], parse: Parse) -> None:
    """Set `inside` of each mention that the words put into another, and `kind` of those in a list of one kind."""
    listed = set()
    for chain in _list_chains(mentions, parse):
        kind = _kind_of_list(chain)
        for mention in chain if kind else ():
            mention.kind = mention.kind or kind
            listed.add(mention.first)
    for at, mention in enumerate(mentions):
        if mention.demonym or mention.first in listed:
            continue
        after = mentions[at + 1] if at + 1 < len(mentions) else None
        before = mentions[at - 1] if at else None
        if after and _puts_in(mention, after, parse):
            mention.inside = after
        elif before and (_is_of(before, mention, parse) if before.demonym else _owns(before, mention, parse)):
            mention.inside = before


def _list_chains(mentions: list[Mention], parse: Parse) -> Iterator[list[Mention]]:
    """Runs of mentions with nothing but commas and "and" between them."""
    chain: list[Mention] = []
    for mention in mentions:
        between = [t.text for t in parse.tokens[chain[-1].last + 1 : mention.first]] if chain else []
        if chain and not (1 <= len(between) <= 3 and all(word in JOINS for word in between)):
            yield chain
            chain = []
        chain.append(mention)
    if chain:
        yield chain


def _kind_of_list(chain: list[Mention]) -> str:
    """The kind of which all places of a list have one: "China, Japan and Peru" are countries, although a town called
    China lies in Japan, and "Ohio, New York, Indiana" states; "Lima, Peru" is no list."""
    for kind, fewest in LIST_KINDS.items():
        if len(chain) >= fewest and all(_has(mention, kind) for mention in chain):
            great = sum(_is_greatest(mention, kind) for mention in chain)
            if 2 * great > len(chain):
                return kind
    return ""


def _has(mention: Mention, kind: str) -> bool:
    return not mention.demonym and any(s.feature == kind and s.kind == PRIMARY for s in mention.spots)


def _is_greatest(mention: Mention, kind: str) -> bool:
    return max(mention.spots, key=lambda s: s.population).feature == kind


def _puts_in(mention: Mention, after: Mention, parse: Parse) -> bool:
    """Whether "mention, after" or "mention in the after region" puts the one into the other."""
    if after.first - mention.last > FARTHEST or after.demonym:
        return False
    between = [t.text.lower() for t in parse.tokens[mention.last + 1 : after.first]]
    if between == [","]:
        listed = _goes_on(after, parse)
    elif "in" in between and all(w in PLACE_NOUNS or w in BETWEEN for w in between):
        listed = False
    else:
        return False
    holders = [s for s in after.spots if s.feature != "PPL" and s.kind != DEMONYM]
    if any(lies_in(s, h) for s in mention.spots if _is_smaller(s) for h in holders):
        # "Washington, Virginia and Maryland" is a list, although a village of that name lies in Virginia.
        return not (listed and any(s.feature in ("PCLI", "PPLC", "ADM1") for s in mention.spots))
    said = after.kind.startswith("ADM")
    wide = any(h.feature in ("PCLI", "ADM1") and (said or h.kind != ALTERNATE) for h in holders)
    famous = any(s.feature in ("PCLI", "PPLC", "ADM1") or s.population > FAMOUS_TOWN for s in mention.spots)
    return wide and not famous and not listed


def _is_smaller(spot: Spot) -> bool:
    return spot.feature != "PCLI" and spot.kind != DEMONYM


def _goes_on(after: Mention, parse: Parse) -> bool:
    """Whether what follows shows a list of places rather than a town and its state."""
    rest = [t.text for t in parse.tokens[after.last + 1 : after.last + 3]]
    return bool(rest) and rest[0] in ("and", "or", "&")


def _owns(before: Mention, mention: Mention, parse: Parse) -> bool:
    """Whether the place before it owns the mention: "Romania's Iasi"."""
    if mention.first != before.last + 2 or parse.tokens[before.last + 1].text not in ("'s", "’s"):
        return False
    holders = [s for s in before.spots if s.feature in ("PCLI", "ADM1")]
    return any(lies_in(s, h) for s in mention.spots for h in holders)


def _is_of(demonym: Mention, mention: Mention, parse: Parse) -> bool:
    """Whether a word for a people tells the country of the place after it: "the Polish border town of Elk"."""
    if mention.first - demonym.last > FARTHEST:
        return False
    between = [t.text.lower() for t in parse.tokens[demonym.last + 1 : mention.first]]
    if not any(w in PLACE_NOUNS for w in between) or any(
        w in (",", ".", ";", "in", "to", "from", "and") for w in between
    ):
        return False
    return any(lies_in(s, d) for s in mention.spots for d in demonym.spots)
