"""Which of several towns of one name the nation told of in their sentence shows: "Paris, Texas ... In Paris, the French
president"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sayso.extract.places.gazetteers import DEMONYM
from sayso.extract.places.mentions import Mention
from sayso.extract.places.names import fold_name


def tell_apart(mentions: list[Mention], sentences: Sequence[int]) -> None:
    """Leave to a bare name that a fuller one elsewhere puts into another country only the towns of the one nation that
    its own sentence tells of: "Paris, Texas ... In Paris, the *French* president"."""
    nations: dict[int, set[str]] = defaultdict(set)
    fuller: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
    for mention, sentence in zip(mentions, sentences, strict=False):
        if mention.inside is not None:
            fuller[fold_name(mention.text)].append((sentence, mention.inside))
        elif states := {s.country for s in mention.spots if s.kind == DEMONYM or s.feature == "PCLI"}:
            nations[sentence] |= states
    for mention, sentence in zip(mentions, sentences, strict=False):
        told = fuller[fold_name(mention.text)] if not (mention.inside or mention.kind or mention.demonym) else []
        if len(nations[sentence]) != 1 or not told or any(s == sentence for s, _ in told):
            continue
        (nation,) = nations[sentence]
        own = tuple(s for s in mention.spots if s.country == nation and s.population and s.kind != DEMONYM)
        if own and all(spot.country != nation for _, around in told for spot in around.spots):
            mention.spots = own
