"""What is said of the counted: killed, wounded, sent, destroyed ... (``counted.toml``).

Looked for in this order: in the counted phrase itself ("wounded men"), in the words right after ("300 killed"), then up
the grammar: a participle, the verb whose object or subject the counted is, the noun that governs it ("the deaths of
12"), the subject of the verb ("losses passed 300"). Killed together with wounded, missing or captured is casualties.
"""

from __future__ import annotations

from functools import cache

from sayso.grammar.parses import Parse, Token
from sayso.tables import load_toml

HARM = frozenset({"killed", "wounded", "casualties", "missing", "captured"})
JOINTS = frozenset("and or , / either were have been had are as reported others more".split())
"""Words that may stand between a number and what is said of it: "300 were reported killed or wounded"."""
NOUNS = frozenset({"NOUN", "PROPN"})
BOUNDING = frozenset({"around", "about", "over", "under", "above", "below", "near"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "obj", "nsubjpass", "oprd"})
LINKING = frozenset(
    "be become remain leave report get feel presume believe think fear declare pronounce confirm assume "
    "consider".split()
)
"""Verbs that say an adjective of their subject or object: "were presumed dead"."""
GIVING = frozenset({"lose", "give"})
TAKING = frozenset(
    {"take", "bring", "rush", "carry", "admit", "fly", "transport", "airlift", "transfer", "send", "move"}
)
CARED = frozenset({"hospital", "clinic", "ward"})
"""Where who is taken is hurt or ill."""
CLAUSES = frozenset({"acl", "relcl"})
COMPLEMENTS = frozenset({"acomp", "attr", "oprd", "xcomp"})


@cache
def load_states() -> dict[str, dict[str, str]]:
    """State by lemma for each role that a word can have: object, subject, sought ("search for"), nouns, adjectives."""
    roles: dict[str, dict[str, str]] = {"object": {}, "subject": {}, "sought": {}, "nouns": {}, "adjectives": {}}
    for row in load_toml("counted.toml")["states"]:
        for role, words in roles.items():
            words |= dict.fromkeys(row.get(role, "").split(), row["state"])
    return roles


def join_states(states: list[str]) -> str:
    """One state for those that are said together: killed and wounded are casualties, else the first."""
    found = list(dict.fromkeys(states))
    if len(set(found) & HARM) > 1:
        return "casualties"
    return found[0] if found else ""


def said_alone(token: Token) -> str:
    """The state that a noun or adjective gives by itself."""
    states = load_states()
    word = token.text.lower()
    if token.pos in NOUNS:
        return states["nouns"].get(token.lemma) or states["nouns"].get(word) or states["adjectives"].get(word, "")
    return states["adjectives"].get(word, "")


def has_number(parse: Parse, i: int) -> bool:
    """Whether a number hangs from a token: what is said there is said of another count."""
    return any(parse.tokens[c].tag == "CD" for c in parse.descendants(i)[:40] if c != i)


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether a verb is in the passive, or a participle without "have"."""
    children = parse.tokens[verb].children
    if any(parse.tokens[c].dep == "auxpass" for c in children):
        return True
    perfect = any(parse.tokens[c].dep == "aux" and parse.tokens[c].lemma in {"have", "'ve"} for c in children)
    return parse.tokens[verb].tag == "VBN" and not perfect


def said_by_verb(parse: Parse, verb: int, role: str, seen: frozenset[int] = frozenset()) -> list[str]:
    """States that a verb, those joined to it and its complements give to what stands to it as `role` (object or
    subject): "were thought to have been killed or wounded"."""
    tokens, states = parse.tokens, load_states()
    token = tokens[verb]
    if role == "subject" and is_passive(parse, verb):
        role = "object"
    state = states[role].get(token.lemma)
    if state is None and role == "object":
        state = states["adjectives"].get(token.text.lower())
    if told := said_by_phrase(parse, verb):
        state = told[role] or None
    found = [state] if state else []
    for child in token.children:
        below = tokens[child]
        if child in seen or child < verb:
            continue
        if below.dep == "conj" and not has_number(parse, child):
            own_subject = any(tokens[c].dep in SUBJECTS for c in below.children)
            found += [] if own_subject else said_by_verb(parse, child, role, seen | {verb})
        elif below.dep in COMPLEMENTS and not found:
            if below.pos in {"VERB", "AUX"}:
                found += said_by_verb(parse, child, "subject", seen | {verb})
            elif token.lemma in LINKING:
                found += [s for s in [said_alone(below)] if s]
    return found[:4]


def said_by_phrase(parse: Parse, verb: int) -> dict[str, str]:
    """The states that a verb gives its subject and object together with what hangs from it: who *loses his life* is
    killed, and who is *taken to hospital* is not seized. Empty where it gives what it gives alone."""
    tokens = parse.tokens
    token = tokens[verb]
    if token.lemma in GIVING and any(tokens[c].dep == "dobj" and tokens[c].lemma == "life" for c in token.children):
        return {"subject": "killed", "object": ""}
    if token.lemma in TAKING:
        led = (c for p in token.children if tokens[p].text.lower() == "to" for c in tokens[p].children)
        if any(tokens[c].lemma in CARED for c in led):
            return {"subject": "", "object": "hospitalised"}
    return {}


def said_next(parse: Parse, at: int, end: int) -> list[str]:
    """States in the words right after: "300 killed", "2,700 killed or wounded", "100 dead"."""
    tokens, states = parse.tokens, load_states()
    found: list[str] = []
    while at < end and len(found) < 4:
        word = tokens[at].text.lower()
        noun = states["nouns"].get(tokens[at].lemma) if tokens[at].pos in NOUNS else None
        state = states["adjectives"].get(word) or noun
        counting = at + 1 < end and tokens[at + 1].tag == "CD"
        if state and not (tokens[at].tag == "VBD" and at + 1 < end and tokens[at + 1].tag in {"CD", "DT"}):
            found.append(state)
        elif word not in JOINTS or (word in {",", "and"} and (not found or counting)):
            break
        at += 1
    return found


def said_by_nouns(parse: Parse, preposition: int) -> list[str]:
    """States of the noun that a preposition hangs from ("the deaths of 12"), or of the object or subject of its verb
    ("put losses at 4,000", "the toll of dead rose to 40")."""
    tokens = parse.tokens
    head = tokens[tokens[preposition].head]
    if tokens[preposition].lemma == "for" and (state := load_states()["sought"].get(head.lemma)):
        return [state]
    if head.pos in NOUNS:
        return [s for s in [said_alone(head)] if s]
    if tokens[preposition].lemma not in {"at", "to", "by", "of", "as"}:
        return []
    return said_by_subject(parse, head.i, SUBJECTS | {"dobj"})


def said_by_subject(parse: Parse, verb: int, roles: frozenset[str] = SUBJECTS) -> list[str]:
    """States of the subject noun of a verb whose object is the number: "losses, dead and hurt, have passed 3,000"."""
    tokens = parse.tokens
    found = []
    for child in tokens[verb].children:
        if tokens[child].dep in roles:
            said = [tokens[child], *(tokens[c] for c in tokens[child].children if tokens[c].dep == "compound")]
            found += [state for token in said if (state := said_alone(token))]
    return found


def said_past_bound(parse: Parse, preposition: int) -> list[str]:
    """States where the parse takes a bounding word for a preposition: "around 40 were hurt", "sent over 300"."""
    token = parse.tokens[preposition]
    if token.lemma not in BOUNDING or parse.tokens[token.head].pos not in {"VERB", "AUX"}:
        return []
    if token.head < preposition:
        return said_by_verb(parse, token.head, "object")
    taken = any(parse.tokens[c].dep in SUBJECTS for c in parse.tokens[token.head].children)
    return [] if taken else said_by_verb(parse, token.head, "subject")


def said_around(parse: Parse, own: int) -> list[str]:
    """States from what governs a token, nearest first."""
    tokens = parse.tokens
    at = own
    for _ in range(4):
        token = tokens[at]
        found: list[str] = []
        for child in token.children:
            if tokens[child].dep in CLAUSES and child > at:
                mine = tokens[child].dep == "acl" and tokens[child].tag in {"VBN", "VBD"}
                found += said_by_verb(parse, child, "object" if mine else "subject")
        if not found and token.dep in OBJECTS:
            found = said_by_verb(parse, token.head, "object")
        if not found and token.dep in SUBJECTS:
            found = said_by_verb(parse, token.head, "subject")
        if not found and token.dep in {"dobj", "attr", "acomp", "npadvmod", "ccomp"}:
            found = said_by_subject(parse, token.head)
        if token.dep == "pobj":
            return found or said_past_bound(parse, token.head) or said_by_nouns(parse, token.head)
        if found or token.head == at or tokens[token.head].pos in {"VERB", "AUX"}:
            return found
        at = token.head
    return []


def find_state(parse: Parse, last: int, own: int, top: int) -> str:
    """What is said of a count: its number ends at token `last`, `own` is the noun counted (or `last`), and `top` the
    token that stands for the count in the grammar of the sentence."""
    inside = [state for token in parse.tokens[last + 1 : own + 1] if (state := said_alone(token))]
    if set(inside) & HARM - {"captured"}:
        return join_states(inside)
    # What prisoners and refugees are is in their name; that they were freed or killed says more.
    after = said_next(parse, own + 1, parse.sentences[parse.tokens[last].sentence][1])
    around = after or said_around(parse, top) or (said_around(parse, own) if own != top else [])
    return join_states(around or inside)
