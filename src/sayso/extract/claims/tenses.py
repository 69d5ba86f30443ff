"""Whether what a clause tells of has happened, goes on, is planned or is only supposed, by its verb and the words
around it (``tenses.toml``).

The four are ordered by how little is claimed: "might be sent" is hypothetical before it is anything else.
"""

from __future__ import annotations

from functools import cache

from sayso.extract.claims.clauses import Clause, find_subject
from sayso.extract.claims.polarities import is_ruled_out, lacks_proof
from sayso.grammar.parses import Parse
from sayso.record import Tense
from sayso.tables import load_toml

ROUND_THE_VERB = frozenset(("aux", "auxpass", "advmod", "neg", "mark", "acomp", "prt", "xcomp"))
INNER = frozenset(("xcomp", "acomp"))
DEEPEST = 3
"""How many infinitives deep a chain of verbs is followed ("is expected to begin to leave")."""


@cache
def load_words(name: str) -> frozenset[str]:
    """A list of ``tenses.toml``."""
    return frozenset(load_toml("tenses.toml")[name].split())


def find_tense(parse: Parse, clause: Clause) -> Tense:
    """happened, ongoing, planned or hypothetical."""
    if is_asked(parse, clause) or is_ruled_out(parse, clause.head) or lacks_proof(parse, clause) is not None:
        return "hypothetical"
    tokens = parse.tokens
    head = tokens[clause.head]
    chain = list_chain(parse, clause)
    lemmas = {tokens[i].lemma.lower() for i in chain} | {tokens[i].text.lower() for i in chain}
    opening = {tokens[i].text.lower() for i in range(clause.first, clause.last) if tokens[i].dep == "mark"}
    first = tokens[clause.first].text.lower()
    if is_promised(parse, clause, lemmas):
        return "planned"
    if lemmas & load_words("possible") or (opening | {first}) & load_words("conditions"):
        return "hypothetical"
    infinitive = any(tokens[i].text.lower() == "to" and tokens[i].dep in ("aux", "mark") for i in chain)
    if lemmas & load_words("future"):
        return "planned"
    if infinitive and (lemmas & load_words("plans") or head.tag == "VB"):
        return "planned"
    if head.lemma in load_words("planned") and any(tokens[c].dep in ("dobj", "nsubjpass") for c in head.children):
        return "planned"
    return "ongoing" if goes_on(parse, clause, chain) else "happened"


def is_asked(parse: Parse, clause: Clause) -> bool:
    """Whether a clause ends with the question mark of its sentence."""
    following = parse.tokens[clause.last : clause.last + 2]
    return any(token.text == "?" for token in following[:1]) or parse.text[clause.end - 1 : clause.end] == "?"


def is_promised(parse: Parse, clause: Clause, lemmas: set[str]) -> bool:
    """Whether "would" is a speaker's own future in reported speech: "he said that *he would* retire"."""
    if clause.attribution is None or (lemmas & load_words("possible")) - {"would"} or "would" not in lemmas:
        return False
    subject = find_subject(parse, clause.head, clause.first, clause.last)
    return subject is not None and parse.tokens[subject].text.lower() in load_words("selves")


def list_chain(parse: Parse, clause: Clause) -> list[int]:
    """A clause's verb, the auxiliaries and adverbs on it, and the infinitives under it with theirs, in order."""
    found = [clause.head]
    verbs = [clause.head]
    for _ in range(DEEPEST):
        near = [c for v in verbs for c in parse.tokens[v].children if clause.first <= c < clause.last]
        found += [c for c in near if parse.tokens[c].dep in ROUND_THE_VERB]
        verbs = [c for c in near if parse.tokens[c].dep in INNER]
    return sorted(set(found))


def goes_on(parse: Parse, clause: Clause, chain: list[int]) -> bool:
    """Whether a clause tells of what goes on: a present progressive, "still", "continue to", or a state's present."""
    tokens = parse.tokens
    head = tokens[clause.head]
    words = {tokens[i].text.lower() for i in chain}
    # "The rebels hold" may be taken for an infinitive, which it is not without an auxiliary.
    bare = head.tag == "VB" and not any(tokens[c].dep in ("aux", "auxpass") for c in head.children)
    simple = head.tag in ("VBZ", "VBP") or bare
    present = simple or bool(words & {"is", "are", "am", "'s", "'re", "’s", "’re"})
    perfect = bool(words & {"has", "have", "'ve", "’ve"}) and "been" in words
    if head.tag == "VBG":
        return present or perfect
    if head.lemma in load_words("going") or any(tokens[i].lemma in load_words("now") for i in chain):
        return present or head.lemma in load_words("going")
    return simple and head.lemma in load_words("states")
