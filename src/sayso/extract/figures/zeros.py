"""Counts of nobody and of nothing: "no casualties", "no one was hurt", "no bridge was damaged", "recovered: none".

Only a plain "no" is one: "no reports of casualties" tells of no count, and "no more than 40" is a bound. Of things it
is one where they are the subject or what is said to be there, or where a label or a short sentence says no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.extract.figures.counting import PERSON_STATES, Counted, tokens_of
from sayso.extract.figures.quantities import Quantity
from sayso.extract.figures.states import HARM, NOUNS, load_states, said_alone
from sayso.grammar.parses import Parse

NOBODY = re.compile(
    r"\b(?:no\sloss\sof\s(?:human\s)?li(?:fe|ves)|nothing|no\s?one|nobody|nil|none(?!\sof\b)|not\sa\ssingle|not\sone(?=\s[^\W\d_])|without(?=\s(?:\w+\s)?(?:losses|casualties|deaths|injuries))"
    r"|no(?!\s(?:more|less|fewer|longer|later|matter|doubt|other|single|one|\d)\b))\b",
    re.IGNORECASE,
)
SHORTEST = 6
"""Words of a sentence that says no more than that there is none."""
LIFE = re.compile(r"no\sloss\s", re.IGNORECASE)
"""What counts the dead and names none."""
PRONOUNS = frozenset({"no one", "noone", "nobody", "none", "nil"})
QUALIFIERS = frozenset("further new serious major military civilian human combat other fresh known such".split())
"""Adjectives that may stand in "no ... losses": others count another thing ("no financial losses")."""


def scan_zeros(text: str) -> Iterator[Quantity]:
    """The words that may count nobody."""
    for match in NOBODY.finditer(text):
        span = match.span()
        yield Quantity(start=span[0], end=span[1], core=span, low=0.0, high=0.0)


def is_emphatic(quantity: Quantity, text: str) -> bool:
    """Whether a count of nobody has a number in its words ("not one"), which counts nothing by itself."""
    return text[quantity.start : quantity.start + 4].lower() == "not "


def names_nobody(quantity: Quantity, text: str) -> bool:
    """Whether the words mean people whatever is said of them: "nobody", "no one"."""
    return re.sub(r"\s+", " ", text[quantity.start : quantity.end].lower()) in PRONOUNS - {"none", "nil"}


def count_lives(parse: Parse, quantity: Quantity, counted: Counted) -> Counted:
    """What a count of nobody counts: with "no loss of life" it is the dead."""
    if LIFE.match(parse.text, quantity.start):
        return Counted(of="people", end=quantity.end, person=True, state="killed")
    return counted


def is_zero(parse: Parse, quantity: Quantity, counted: Counted) -> bool:
    """Whether such words count nobody of whom something is said."""
    first, last = tokens_of(parse, *quantity.core)
    if last < first or counted.state not in PERSON_STATES or is_supposed(parse, last):
        return False
    words = re.sub(r"\s+", " ", parse.text[quantity.start : quantity.end].lower())
    top = parse.tokens[last]
    if words in PRONOUNS:
        return top.dep in {"nsubj", "nsubjpass", "dobj", "attr", "pobj"}
    named = counted.of.split()
    if not named or counted.of[:1].isupper():
        return False
    head, nouns = named[-1], load_states()["nouns"]
    if not any(nouns.get(word) for word in (head, head[:-1], head[:-3] + "y")):
        return counted.person and counted.state in HARM
    if parse.text.startswith(" of ", counted.end):
        return False  # "no losses of data"
    return head.endswith("s") and {word.lower() for word in named[:-1]} <= QUALIFIERS


def is_nothing(parse: Parse, quantity: Quantity) -> bool:
    """Whether such words count none of some things: subject of what is told as so, what is said to be there, or all
    that a label or a short sentence says."""
    first, last = tokens_of(parse, *quantity.core)
    if last < first or is_supposed(parse, last):
        return False
    token = parse.tokens[last]
    noun = token if token.dep not in {"det", "nummod", "amod"} else parse.tokens[token.head]
    verb = parse.tokens[noun.head]
    words = parse.text[quantity.start : quantity.end].lower()
    if words == "nothing":
        return noun.dep == "nsubjpass"
    said = any(parse.tokens[c].dep == "expl" for c in verb.children)
    if says_none_missing(parse, last):
        return True
    of = any(parse.tokens[c].lemma == "of" for c in noun.children) and not words.startswith("not")
    if of or (noun is not token and noun.pos not in NOUNS):
        return False
    plural = noun.tag == "NNS" or noun is token
    if noun.dep in {"nsubj", "nsubjpass"}:
        return verb.pos in {"VERB", "AUX"}
    if noun.dep == "attr":
        return plural and said
    begin, end = parse.sentences[token.sentence]
    labelled = parse.text[max(0, quantity.start - 2) : quantity.start] == ": "
    return labelled or (noun.dep == "ROOT" and plural and (end - begin <= SHORTEST or noun is not token))


def says_none_missing(parse: Parse, i: int) -> bool:
    """Whether a "no" stands before a state of people that is said to be there: "there are *no* missing"."""
    following = parse.tokens[i + 1] if i + 1 < len(parse.tokens) else None
    if following is None or said_alone(following) not in HARM:
        return False
    return any(parse.tokens[c].dep == "expl" for c in parse.tokens[following.head].children)


def is_supposed(parse: Parse, i: int) -> bool:
    """Whether the verb above a token tells of what could or should be."""
    verb = next((a for a in parse.ancestors(i) if parse.tokens[a].pos in {"VERB", "AUX"}), None)
    return verb is not None and any(parse.tokens[c].tag in {"MD", "TO"} for c in parse.tokens[verb].children)
