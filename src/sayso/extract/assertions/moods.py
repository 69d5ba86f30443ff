"""What a verb's own words make of its clause: auxiliaries and adverbs of what may be, conditions and their
consequences."""

from __future__ import annotations

from sayso.extract.assertions.negations import Negation
from sayso.extract.assertions.words import class_verb, load_classes, load_words
from sayso.grammar.parses import Parse, Token

SPEAKING = ("say", "confirm", "deny", "exclude", "withdraw", "know")
"""Classes of verbs that say or will not say; "*would* not confirm" is a refusal and no possibility."""


def is_supposed(parse: Parse, i: int, negation: Negation) -> bool:
    """Whether a verb's clause is a condition, the consequence of one, a possibility or yet to come."""
    token = parse.tokens[i]
    refusing = bool(negation) and class_verb(parse, token) in SPEAKING
    return (
        is_condition(parse, token)
        or has_condition(parse, token)
        or (not refusing and is_possible(parse, token, negation))
    )


def is_condition(parse: Parse, token: Token) -> bool:
    """Whether a verb's clause is a condition: "if", "unless", or "had it" before its verb."""
    if token.dep not in ("advcl", "ROOT", "ccomp", "conj", "pcomp", "parataxis", "acl", "dep"):
        return False
    for c in token.children:
        word = parse.tokens[c].text.lower()
        if (
            parse.tokens[c].dep == "mark"
            and word in load_words("conditions")
            and token.dep in ("advcl", "pcomp", "ROOT")
        ):
            return True
    return token.dep in ("advcl", "ROOT") and is_inverted(parse, token)


def is_inverted(parse: Parse, token: Token) -> bool:
    """Whether an auxiliary stands before its subject at the head of a clause ("*had the alarm* rung")."""
    first = min([token.i, *token.children])
    opening = parse.tokens[first].text.lower()
    if first != token.i and parse.tokens[first].dep not in ("aux", "auxpass"):
        return False
    follows = any(c > first and parse.tokens[c].dep in ("nsubj", "nsubjpass", "dobj") for c in token.children)
    return opening in ("had", "were", "should") and follows and not asks(parse, token)


def asks(parse: Parse, token: Token) -> bool:
    """Whether a verb's sentence ends with a question mark, so that its order is that of a question."""
    return "?" in parse.tokens[parse.sentences[token.sentence][1] - 1].text


def has_condition(parse: Parse, token: Token) -> bool:
    """Whether a clause depends on a condition."""
    for c in token.children:
        child = parse.tokens[c]
        if child.dep == "advcl" and is_condition(parse, child) and not is_concession(parse, child):
            return True
    return False


def is_concession(parse: Parse, condition: Token) -> bool:
    """Whether a condition makes no difference: "*even* if", "*whether* or not"."""
    marks = [c for c in condition.children if parse.tokens[c].dep == "mark"]
    return any(c and parse.tokens[c - 1].text.lower() in load_words("concessions") for c in marks)


def is_possible(parse: Parse, token: Token, negation: Negation) -> bool:
    """Whether auxiliaries or adverbs make a clause a possibility or a future."""
    adverbs = load_classes("adverbs")
    for c in token.children:
        child = parse.tokens[c]
        word = child.text.lower()
        if child.dep in ("aux", "auxpass"):
            if word == "could" and (negation or token.lemma in load_words("perceiving")):
                continue
            if word in ("would", "will", "wo") and negation and token.lemma in ("comment", "speak", "talk"):
                continue
            if word in load_words("possible") | load_words("future"):
                return child.text != "May" or child.pos == "AUX"
        elif child.dep == "advmod" and adverbs.get(word) == "supposedly":
            return True
    return False
