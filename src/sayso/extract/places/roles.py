"""Whether a place's name stands for the place, or for the government that sits there ("Moscow declined to comment").

Told from the grammar: a country or capital that says, denies, sends or decides is its government (Markert and Nissim,
"Metonymy resolution at SemEval I", 2007, call it place-for-people).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sayso.extract.parses import Parse
from sayso.extract.places.gazetteers import Spot
from sayso.extract.places.mentions import Mention


@cache
def load_government_verbs() -> frozenset[str]:
    """Lemmas of what governments do in the news."""
    text = (files("sayso") / "tables" / "places" / "government_verbs.txt").read_text(encoding="utf8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def stands_for_government(parse: Parse, mention: Mention, spot: Spot) -> bool:
    """Whether the mention of that place is a metonym."""
    if mention.seat:
        return True
    if spot.feature not in ("PCLI", "PPLC") or mention.part_of:
        return False
    at = mention.last
    for _ in range(mention.last - mention.first):
        if not mention.first <= parse.tokens[at].head <= mention.last or parse.tokens[at].head == at:
            break
        at = parse.tokens[at].head
    token = parse.tokens[at]
    if token.dep == "conj" and parse.tokens[token.head].pos == "PROPN":
        token = parse.tokens[token.head]
    head = parse.tokens[token.head]
    if token.dep == "nsubj":
        return head.lemma in load_government_verbs()
    if token.dep == "pobj" and head.text.lower() == "by":
        return parse.tokens[head.head].lemma in load_government_verbs() and head.dep == "agent"
    return token.dep == "pobj" and head.text.lower() == "to" and parse.tokens[head.head].text.lower() == "according"
