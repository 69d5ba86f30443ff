"""What a sentence says of a name, where places alone, or places and people, have it happen to them: "Brimwick was
shelled", "the fall of Brimwick", "Brimwick is under siege"."""

from __future__ import annotations

from functools import cache

from sayso.grammar.parses import Parse, Token
from sayso.tables import load_rows

NONE, LIKELY, SURE = range(3)
"""How much what is said of a name shows that it is a place's."""
LONGEST_CHAIN = 6
"""Names joined by "and" and commas, and verbs that stand for one before them."""
STAND_INS = ("be", "do", "have")
"""Verbs that stand for another ("and so was Brimwick")."""
JOINED = ("conj", "advcl")
"""How such a verb hangs on that one."""
LEADING = ("of", "for", "on", "to", "over", "in", "against")
"""Prepositions between a noun and the place that it happens to."""


@cache
def load_predicates() -> dict[str, frozenset[str]]:
    """The words of ``place_predicates.tsv`` by their kind."""
    return {row["kind"]: frozenset(row["words"].split()) for row in load_rows("places/place_predicates.tsv")}


def weigh_predicate(parse: Parse, first: int, last: int) -> int:
    """How much what is said of tokens `first` to `last` shows that they name a place."""
    token = find_head(parse, first, last)
    head = parse.tokens[token.head]
    inverted = head.lemma in STAND_INS and head.dep in JOINED and token.dep in ("dobj", "attr")
    if (token.dep in ("nsubj", "nsubjpass") and head.pos in ("VERB", "AUX")) or inverted:
        return weigh_verb(parse, token, head)
    if token.dep == "dobj" and head.pos == "VERB":
        return grade("suffered", head.lemma)
    if token.dep == "pobj" and head.text.lower() in LEADING:
        above = parse.tokens[head.head]
        return grade("noun", above.lemma) or grade("noun", above.text.lower()) if above.pos == "NOUN" else NONE
    return NONE


def find_head(parse: Parse, first: int, last: int) -> Token:
    """The token that a name hangs on its sentence by, or the first of the names that it is joined to."""
    at = last
    for _ in range(last - first):
        head = parse.tokens[at].head
        if not first <= head <= last or head == at:
            break
        at = head
    for _ in range(LONGEST_CHAIN):
        token = parse.tokens[at]
        if token.dep != "conj" or parse.tokens[token.head].pos != "PROPN":
            break
        at = token.head
    return parse.tokens[at]


def weigh_verb(parse: Parse, token: Token, verb: Token) -> int:
    """How much a verb shows of its subject; one that stands for another counts as that one."""
    if verb.dep in ("aux", "auxpass"):  # Where the parser hangs a subject on the auxiliary.
        verb = parse.tokens[verb.head]
    suffers = token.dep == "nsubjpass" or any(parse.tokens[child].dep == "auxpass" for child in verb.children)
    for _ in range(LONGEST_CHAIN):
        if verb.lemma not in STAND_INS or verb.dep not in JOINED:
            break
        verb = parse.tokens[verb.head]
        suffers = any(parse.tokens[child].dep in ("nsubjpass", "auxpass") for child in verb.children)
    if suffers:
        return grade("suffered", verb.lemma)
    states = [
        grade("inside" if parse.tokens[child].text.lower() == "in" else "state", parse.tokens[noun].lemma)
        for child in verb.children
        if parse.tokens[child].text.lower() in ("under", "without", "in")
        for noun in parse.tokens[child].children
    ]
    return max([grade("did", verb.lemma), *states])


def grade(kind: str, word: str) -> int:
    """How much a word shows, used in a way: a lemma, or a form of which the lemma was not found."""
    predicates = load_predicates()
    forms = {word, word.removesuffix("d"), word.removesuffix("ed"), word.removesuffix("s")}
    if forms & predicates.get(f"sure {kind}", frozenset()):
        return SURE
    return LIKELY if forms & predicates.get(f"likely {kind}", frozenset()) else NONE
