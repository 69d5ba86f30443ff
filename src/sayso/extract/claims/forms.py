"""Whether the words of a clause stand as a sentence, and in which tense, so that telling need not parse them again."""

from __future__ import annotations

from sayso.extract.claims.clauses import Clause, find_subject
from sayso.grammar.parses import Parse, Token
from sayso.record import Form

PAST, PRESENT = ("VBD",), ("VBZ", "VBP", "MD")
RELATIVE = ("WDT", "WP", "WP$", "WRB")
MEANT_BEFORE = frozenset("he she it they this that these those one both some others none".split())
"""Subjects that mean somebody or something told before."""
BENEATH = ("relcl", "acl", "advcl", "csubj", "pcomp")
"""How a clause hangs from what it is a part of, without which it says nothing."""


def find_form(parse: Parse, clause: Clause) -> Form:
    """past or present for a clause with a finite verb and a subject that says who or what, which hangs from nothing it
    leaves out; "" for any other."""
    tokens = parse.tokens
    head, opening = tokens[clause.head], tokens[clause.first]
    subject = find_subject(parse, clause.head, clause.first, clause.last)
    if subject is None or subject < clause.first or tokens[subject].tag in RELATIVE or head.dep in BENEATH:
        return ""
    if tokens[subject].tag == "CD" and not any(tokens[c].dep in ("prep", "amod") for c in tokens[subject].children):
        return ""  # "Nine could not be traced": of what, another sentence says.
    if tokens[subject].text.lower().endswith(("self", "selves")):
        return ""  # "Had *himself* given the order": who, what stands before it says.
    bare = not any(tokens[c].dep == "prep" for c in tokens[subject].children)
    if tokens[subject].dep != "expl" and bare and tokens[subject].text.lower() in MEANT_BEFORE:
        return ""
    if opening.dep == "mark" or opening.tag in RELATIVE or is_marked(parse, clause):
        return ""
    finite = find_finite(parse, head)
    if finite is None or finite.tag not in (*PAST, *PRESENT):
        return ""
    return "past" if finite.tag in PAST else "present"


def is_marked(parse: Parse, clause: Clause) -> bool:
    """Whether a word before the clause's verb makes it part of another ("*because* the design has yet ...")."""
    children = (parse.tokens[c] for c in parse.tokens[clause.head].children)
    return any(
        token.dep == "mark" and token.text.lower() != "that" and clause.first <= token.i < clause.head
        for token in children
    )


def find_finite(parse: Parse, head: Token) -> Token | None:
    """The word that carries tense: the first auxiliary of a verb, else the verb itself."""
    children = [parse.tokens[c] for c in head.children]
    helpers = [token for token in children if token.dep in ("aux", "auxpass") and token.i < head.i]
    return helpers[0] if helpers else head if head.pos in ("VERB", "AUX") else None
