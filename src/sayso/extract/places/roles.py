"""Whether a place's name stands for the place, or for the government that sits there ("Moscow declined to comment").

Told from the grammar: a country or capital that says, denies, sends or decides is its government (Markert and Nissim,
"Metonymy resolution at SemEval I", 2007, call it place-for-people).
"""

from __future__ import annotations

from functools import cache

from sayso.extract.places.choices import SEATS
from sayso.extract.places.gazetteers import Spot
from sayso.extract.places.mentions import Mention
from sayso.grammar.parses import Parse, Token
from sayso.tables import load_rows

LONGEST_CHAIN = 6
"""Names joined by "and" and commas ("Ankara, Doha and Cairo")."""


@cache
def load_government_words() -> dict[str, frozenset[str]]:
    """What governments do, suffer, have and have between them: lemmas of verbs, and nouns."""
    rows = load_rows("places/government_words.tsv")
    return {row["kind"]: frozenset(row["words"].split()) for row in rows}


def stands_for_government(mention: Mention, spot: Spot) -> bool:
    """Whether the mention of that place is a metonym."""
    return mention.seat or (mention.governs and spot.feature in SEATS)


def mark_governments(mentions: list[Mention], parse: Parse) -> None:
    """Set `governs` of the mentions that are in the place of a government, whatever they name."""
    for mention in mentions:
        mention.governs = not mention.part_of and not mention.demonym and _acts(parse, mention)


def _acts(parse: Parse, mention: Mention) -> bool:
    token = _head_of_names(parse, mention)
    words = load_government_words()
    head = parse.tokens[token.head]
    above = parse.tokens[head.head]
    if token.dep == "nsubj":
        return head.lemma in words["does"]
    if token.dep in ("dobj", "nsubjpass"):
        return head.lemma in words["suffers"]
    if token.dep == "poss":
        return head.text in words["has"]
    if token.dep != "pobj":
        return False
    before = head.text.lower()
    if before == "by":
        return above.lemma in words["does"] and head.dep == "agent"
    if before == "between":
        return above.text.lower() in words["between"]
    return before == "to" and above.text.lower() == "according"


def _head_of_names(parse: Parse, mention: Mention) -> Token:
    """The token that a name hangs on the sentence by, or the first of the names that it is joined to."""
    at = mention.last
    for _ in range(mention.last - mention.first):
        head = parse.tokens[at].head
        if not mention.first <= head <= mention.last or head == at:
            break
        at = head
    for _ in range(LONGEST_CHAIN):
        token = parse.tokens[at]
        if token.dep != "conj" or parse.tokens[token.head].pos != "PROPN":
            break
        at = token.head
    return parse.tokens[at]
