"""What a number is of that a count moved by, from or to: what the subject of the verb counts.

"The number of injured climbed by 12 to 340", "cholera deaths jumped to 87 from 61", "the tally of dead has gone from 40
to 52", "deaths went up by 4 to reach 58": each number is of the injured, or of deaths.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.figures.quantities import load_counted
from sayso.extract.figures.states import NOUNS, load_states
from sayso.grammar.parses import Parse, Token

MOVING = frozenset(("by", "to", "from", "at"))
NUMBERS = frozenset(("pobj", "nummod", "quantmod", "npadvmod", "dobj", "prep", "dep"))
"""How the numbers of a change hang from one another and from their prepositions: the parser joins them as it likes."""
FARTHEST = 6
"""Steps from a number to the verb of its change, at most."""
SUBJECTS = frozenset(("nsubj", "nsubjpass"))
BESIDE = frozenset(("acl", "advcl", "amod", "relcl"))
"""How a participle hangs from, or beside, the noun of a count: "the number *killed* grew"."""


def find_moved(parse: Parse, number: int) -> tuple[Token, str] | None:
    """What a number without a noun of its own is of, where a count moved by, from or to it: the noun counted and its
    state; None where no count of those in a state moved."""
    verb = find_change(parse, number)
    subject = find_measured(parse, verb) if verb else None
    if verb is None or subject is None or not (subject.pos in NOUNS or find_alone(subject)):
        return None
    near = [subject, *read_phrase(parse, subject)]
    near += [t for t in list_children(parse, verb) if t.dep in BESIDE and t.i == subject.i + 1]
    state = next((state for token in near if (state := find_alone(token))), "")
    below = [t for t in near[1:] if t.dep == "pobj" and t.pos in NOUNS]
    return (below[-1] if below else subject, state) if state else None


def find_measured(parse: Parse, verb: Token) -> Token | None:
    """The noun of the count that a verb moves: its object ("put *the number of dead* at 64"), else its subject."""
    children = list_children(parse, verb)
    moved = next((t for t in children if t.dep == "dobj" and t.pos in NOUNS), None)
    return moved or next((t for t in children if t.dep in SUBJECTS), None)


def find_change(parse: Parse, number: int) -> Token | None:
    """The verb of change that a number hangs from by "by", "from" or "to", or by what the change came to ("to *reach*
    58"); None where it hangs from none so."""
    at = parse.tokens[number]
    moving = False
    for _ in range(FARTHEST):
        head = parse.tokens[at.head]
        if head.i == at.i:
            return None
        moving = moving or at.text.lower() in MOVING
        if head.pos in ("VERB", "AUX"):
            if (moving or at.dep == "dobj") and is_reached(parse, head):
                head, moving = parse.tokens[head.head], True
            known = load_counted()["changes"] | load_counted()["measures"]
            return head if moving and not {head.text.lower(), head.lemma}.isdisjoint(known) else None
        if at.dep not in NUMBERS:
            return None
        at = head
    return None


def is_reached(parse: Parse, verb: Token) -> bool:
    """Whether a verb says what a change came to ("went up *to reach* 58")."""
    infinitive = any(t.tag == "TO" for t in list_children(parse, verb))
    return infinitive and verb.dep in ("advcl", "xcomp") and verb.lemma in load_counted()["measures"]


def read_phrase(parse: Parse, noun: Token) -> Iterator[Token]:
    """What belongs to a noun of a count and says of whom it is: "*death* toll", "number *of displaced families*"."""
    for child in list_children(parse, noun):
        if child.dep in ("compound", "amod", "acl"):
            yield child
        elif child.dep == "prep" and child.lemma in ("of", "in"):
            for below in list_children(parse, child):
                if child.lemma == "of":
                    yield from (t for t in list_children(parse, below) if t.dep in ("compound", "amod"))
                    yield below


def find_alone(token: Token) -> str:
    """The state that a word gives by itself, whatever part of speech the parser takes it for."""
    states = load_states()
    word = token.text.lower()
    return states["nouns"].get(token.lemma) or states["nouns"].get(word) or states["adjectives"].get(word, "")


def list_children(parse: Parse, token: Token) -> list[Token]:
    """The dependents of a token, in order."""
    return [parse.tokens[c] for c in token.children]
