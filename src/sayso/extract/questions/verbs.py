"""What the form of a verb and of the words beside it tells: number, denial, what it shares with its neighbour."""

from __future__ import annotations

from itertools import pairwise

from sayso.grammar.parses import Token

COMPLEMENTS = ("dobj", "attr", "acomp", "oprd", "dative")
DEEPEST = 3
"""Words between two that are taken to stand beside each other, and phrases between a value and its preposition."""


def follows(auxiliaries: list[Token], verb: Token) -> bool:
    """Whether each word of a verb has the form that the one before it asks for."""
    for before, after in pairwise([*auxiliaries, verb]):
        if before.tag == "MD" or before.lemma == "do":
            wanted: tuple[str, ...] = ("VB",)
        elif before.lemma in ("have", "'ve"):
            wanted = ("VBN", "VBD")
        else:
            wanted = ("VBN", "VBG", "VBD")
        if after.tag not in wanted:
            return False
    return True


def shares_object(tokens: list[Token], verb: Token) -> bool:
    """Whether a verb takes its object from one beside it ("washed or will wash *the wool*")."""
    if any(tokens[c].dep in COMPLEMENTS for c in verb.children):
        return False
    beside = [tokens[c] for c in verb.children if tokens[c].dep == "conj" and c - verb.i <= DEEPEST]
    return any(tokens[c].dep == "dobj" for b in beside for c in b.children)


def tell_denied(tokens: list[Token], verb: Token, subject: Token) -> tuple[bool, bool]:
    """Whether a verb is denied, and whether only by its subject or object ("no", "nobody")."""
    near = [tokens[c] for c in verb.children]
    nouns = [subject, *(c for c in near if c.dep in COMPLEMENTS)]
    empty = any(noun.text.lower() in ("nobody", "nothing", "none") for noun in nouns) or any(
        tokens[c].text.lower() in ("no", "neither", "none") for noun in nouns for c in noun.children
    )
    negated = any(c.dep == "neg" or c.text.lower() in ("never", "neither", "nor") for c in near)
    return empty or negated, empty and not negated


def is_many(tokens: list[Token], noun: Token) -> bool:
    """Whether a noun is in the plural, or several are coordinated."""
    joined = any(tokens[c].dep == "conj" for c in noun.children) and any(
        tokens[c].dep == "cc" and tokens[c].lemma == "and" for c in noun.children
    )
    return noun.tag in ("NNS", "NNPS") or joined or noun.text.lower() in ("people", "police")


def is_under(tokens: list[Token], i: int, above: int) -> bool:
    """Whether a token hangs directly from another, or through words of its own phrase alone."""
    for _ in range(DEEPEST):
        i = tokens[i].head
        if i == above:
            return True
        if tokens[i].pos not in ("NUM", "ADP", "NOUN", "PROPN"):
            return False
    return False
