"""Whether a clause says that something did not happen: "not" and "never", and verbs that deny what they lead to."""

from __future__ import annotations

from sayso.extract.assertions.negations import find_quantity, is_fronted
from sayso.extract.claims.clauses import Clause
from sayso.grammar.parses import Parse, Token

NEGATIONS = frozenset("not no never none nobody neither nor n't hardly".split())
DENYING = frozenset("fail refuse decline".split())
"""Verbs that deny their infinitive."""
SAYING = frozenset("comment say confirm discuss elaborate answer disclose".split())
"""What who declines to do so has still taken a position on."""
NOBODY = frozenset(("nobody", "none", "no one", "no-one", "noone"))
PROOFS = frozenset("evidence proof indication confirmation suggestion".split())
"""What is lacking for what is only supposed ("no *evidence* that they left")."""


def is_negative(parse: Parse, clause: Clause, voice: str = "") -> bool:
    """Whether a clause denies its head, or a verb that denies leads to what it tells of; `voice` is who says it, where
    nobody does ("*Nobody* reported seeing them")."""
    tokens = parse.tokens
    head = tokens[clause.head]
    negated = is_negated(parse, clause)
    children = [tokens[c] for c in head.children if clause.first <= c < clause.last]
    if is_ruled_out(parse, clause.head):
        return not negated
    if head.lemma in DENYING and any(c.dep == "xcomp" and c.lemma not in SAYING for c in children):
        return not negated
    if head.lemma in ("have", "be") and any(c.text.lower() == "yet" for c in children):
        return negated or any(c.dep == "xcomp" for c in children)
    return negated or voice.lower() in NOBODY


def is_ruled_out(parse: Parse, i: int) -> bool:
    """Whether a verb is "rule out"."""
    token = parse.tokens[i]
    return token.lemma == "rule" and any(parse.tokens[c].text.lower() == "out" for c in token.children)


def is_negated(parse: Parse, clause: Clause) -> bool:
    """Whether "not", "no", "no longer", "never" or "neither" is on a clause's verb, its subject or its object."""
    tokens = parse.tokens
    near = set(tokens[clause.head].children)
    chain = [clause.head]
    # "seem to have not fought", "has not been seen": the negation may hang from an auxiliary or a complement.
    chain += [c for c in near if tokens[c].dep in ("xcomp", "aux", "auxpass")]
    for verb in chain:
        for c in tokens[verb].children:
            if not clause.first <= c < clause.last or stands_apart(parse, c, verb):
                continue
            if tokens[c].dep == "neg" or denies(tokens[c]):
                return True
            noun = tokens[c].dep in ("nsubj", "nsubjpass", "dobj", "attr")
            if noun and (
                any(denies(tokens[g]) and tokens[max(g - 1, 0)].text != "," for g in tokens[c].children)
                or find_quantity(parse, tokens[c]) == "nobody"
            ):
                return True
        if is_fronted(parse, verb):
            return True
    return is_no_longer(parse, clause)


def stands_apart(parse: Parse, i: int, verb: int) -> bool:
    """Whether what hangs from a verb is set apart from it by commas, and denies something else: "were hurt, *none* of
    them badly", "the bank, *not* the insurer, pays"."""
    tokens = parse.tokens
    first = parse.subtree(i)[0]
    if first == 0 or tokens[first - 1].text != "," or not denies(tokens[first]):
        return False
    return i > verb or any(tokens[k].text == "," for k in range(i, verb))


def denies(token: Token) -> bool:
    """Whether a word denies; one in a name ("the *No* Nonsense Party") does not."""
    return token.text.lower() in NEGATIONS and not (token.ent and token.text.istitle())


def is_no_longer(parse: Parse, clause: Clause) -> bool:
    """Whether "no longer", or "not ... any longer", is on a clause's verb or what it is ("are *no longer* present")."""
    tokens = parse.tokens
    verbs = [clause.head, *(c for c in tokens[clause.head].children if tokens[c].dep == "acomp")]
    near = [c for verb in verbs for c in tokens[verb].children if clause.first < c < clause.last]
    return any(tokens[c].text.lower() == "longer" and tokens[c - 1].text.lower() in ("no", "any") for c in near)


def lacks_proof(parse: Parse, clause: Clause) -> int | None:
    """The verb of what a clause says there is no proof of ("no evidence that they *left*"), None where it says none."""
    tokens = parse.tokens
    for c in tokens[clause.head].children:
        proof = clause.first <= c < clause.last and tokens[c].lemma in PROOFS
        if proof and any(tokens[g].text.lower() in NEGATIONS for g in tokens[c].children):
            return next((g for g in tokens[c].children if tokens[g].dep in ("acl", "relcl", "ccomp")), None)
    return None
