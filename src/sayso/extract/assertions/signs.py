"""What the learnt judge of clauses reads (`estimates`): the words round a clause with what rules know of them, how each
is related to the clause, and signs of the clause itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import numpy as np

from sayso.extract.assertions.governors import find_kind, look_through
from sayso.extract.assertions.moods import is_supposed
from sayso.extract.assertions.negations import Negation, has_own_subject
from sayso.extract.assertions.surveys import VERBS, Survey
from sayso.extract.assertions.words import class_adjective, class_noun, class_verb, load_classes, load_words
from sayso.grammar.parses import Parse, Token
from sayso.record import Stands

Rows = np.ndarray[Any, np.dtype[np.float32]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]

STANDS: tuple[Stands, ...] = get_args(Stands)
NEGATIONS: tuple[Negation, ...] = get_args(Negation)
LINKS = ("ROOT", "ccomp", "xcomp", "pcomp", "acl", "relcl", "advcl", "csubj", "csubjpass", "conj", "parataxis", "dep")
"""How a verb that heads a clause hangs from what is over it."""
KINDS = ("that", "whether", "how", "to", "noun")
TAGS = ("VBD", "VBZ", "VBP", "VB", "VBG", "VBN", "MD")
POS = ("NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV", "PRON", "DET", "ADP", "SCONJ", "CCONJ", "PART", "NUM", "INTJ")
MARKS = ("?", ":", '"', "“", "”", ",", ";", "-", "—")
RELATIONS = 20
"""Ways in which a word may be related to a clause (`relate`)."""
FARTHEST = 40
"""Words on either side of a clause's head that are read."""
AROUND = 2
"""Sentences on either side of a clause's own that are read."""
MOST_ABOVE = 6


@dataclass(frozen=True, slots=True)
class Window:
    """The words round a clause: their first token, and how each is related to the clause."""

    head: int
    over: int
    """The word that governs the clause, or its own head."""
    first: int
    relations: Numbers
    signs: Rows

    def place_over(self) -> int:
        """Where in the window the word is that governs the clause; at its edge where it is outside."""
        return min(max(0, self.over - self.first), len(self.relations) - 1)


def find_heads(parse: Parse) -> Iterator[int]:
    """The verbs that head clauses."""
    for token in parse.tokens:
        verb = token.pos in VERBS and token.dep not in ("aux", "auxpass", "amod", "compound")
        if verb and (token.dep in LINKS or has_own_subject(parse, token)):
            yield token.i


@cache
def list_classes() -> tuple[list[str], list[str], list[str], list[str]]:
    """The classes of verbs, nouns, adjectives and adverbs that rules know."""
    verbs = sorted({*load_classes("verbs").values(), "say", "true", "open"})
    return verbs, *(sorted({*load_classes(part).values()}) for part in ("nouns", "adjectives", "adverbs"))  # type: ignore[return-value]


def describe_words(survey: Survey) -> tuple[Rows, Rows]:
    """What rules know of each word, and what is plain to see of it."""
    parse = survey.parse
    verbs, nouns, adjectives, adverbs = list_classes()
    names = [f"v{n}" for n in verbs] + [f"n{n}" for n in nouns] + [f"a{n}" for n in adjectives]
    names += [f"d{n}" for n in adverbs] + ["few", "nobody", "fakes", "negations"] + [f"s{n}" for n in STANDS]
    column = {name: i for i, name in enumerate(names)}
    known = np.zeros((len(parse.tokens), len(names)), np.float32)
    seen = np.zeros((len(parse.tokens), len(POS) + len(MARKS) + len(NEGATIONS)), np.float32)
    for token in parse.tokens:
        for name in name_classes(parse, token):
            if name in column:
                known[token.i, column[name]] = 1
        if token.pos in VERBS:
            known[token.i, column[f"s{survey.stands[token.i]}"]] = 1
        if token.pos in POS:
            seen[token.i, POS.index(token.pos)] = 1
        if token.text in MARKS:
            seen[token.i, len(POS) + MARKS.index(token.text)] = 1
    negated = [NEGATIONS.index(negation) for negation in survey.negations]
    seen[np.arange(len(negated)), len(POS) + len(MARKS) + np.array(negated, np.int64)] = 1
    return known, seen


def name_classes(parse: Parse, token: Token) -> Iterator[str]:
    """The classes of a word, by its part of speech."""
    if token.pos == "VERB":
        yield f"v{class_verb(parse, token)}"
    elif token.pos == "NOUN":
        yield f"n{class_noun(token)}"
    if token.pos in ("ADJ", "NOUN", "VERB"):
        yield f"a{class_adjective(token)}"
    word = token.text.lower()
    if token.pos == "ADV":
        yield f"d{load_classes('adverbs').get(word, '')}"
    yield from (name for name in ("few", "nobody", "fakes", "negations") if word in load_words(name))


def describe_clause(survey: Survey, head: int, over: int) -> Rows:
    """Signs of a clause: first those that rules say of it, one for each way of standing and the class of what governs
    it, then those plain to see."""
    parse = survey.parse
    token, governor = parse.tokens[head], parse.tokens[over]
    verbs = list_classes()[0]
    words = {parse.tokens[c].text.lower() for c in token.children}
    ruled = [survey.stands[head] == s for s in STANDS] + [
        survey.made[head],
        is_supposed(parse, head, survey.negations[head]),
    ]
    governing = class_verb(parse, governor) if governor.pos in VERBS and over != head else None
    ruled += [governing == name for name in verbs]
    kind = find_kind(parse, survey.heads, head) if over != head else None
    plain = [token.dep == link for link in LINKS] + [kind == k for k in KINDS] + [token.tag == tag for tag in TAGS]
    plain += [survey.negations[head] == n for n in NEGATIONS] + [survey.negations[over] == n for n in NEGATIONS]
    plain += [governor.pos == pos for pos in POS]
    plain += [not words.isdisjoint(group) for group in SMALL]
    plain += ["?" in parse.tokens[parse.sentences[token.sentence][1] - 1].text, has_own_subject(parse, token)]
    return np.array([*ruled, *plain], np.float32)


SMALL = tuple(
    frozenset(group.split())
    for group in (
        "if unless",
        "whether",
        "that",
        "to",
        "would could might may should must",
        "will shall",
        "had",
        "did do does",
        "i we",
        "which who",
    )
)
"""Groups of small words on a verb."""


def name_rule(survey: Survey, head: int) -> str:
    """What rules go by in judging a clause: its verdict, the class of what makes it so with its negation, and the kind
    of the clause; "" where none makes it stand otherwise."""
    over = survey.governed[head]
    if over == head or survey.stands[head] == "asserted":
        return ""
    token = survey.parse.tokens[over]
    name = class_verb(survey.parse, token) if token.pos in VERBS else class_noun(token)
    if token.pos == "ADJ":
        name = class_adjective(token)
    kind = find_kind(survey.parse, survey.heads, head) or "beside"
    return f"{survey.stands[head]} {name or 'other'} {survey.negations[over] or 'plain'} {kind}"


def count_ruled() -> int:
    """How many of a clause's signs are what rules say of it."""
    return len(STANDS) + 2 + len(list_classes()[0])


def find_window(survey: Survey, head: int) -> Window:
    """The words round a clause, related to it."""
    parse = survey.parse
    over = look_through(parse, survey.heads, head) if survey.heads[head] != head else head
    sentence = parse.tokens[head].sentence
    first = max(parse.sentences[max(0, sentence - AROUND)][0], head - FARTHEST)
    end = min(parse.sentences[min(len(parse.sentences) - 1, sentence + AROUND)][1], head + FARTHEST)
    return Window(head, over, first, relate(survey, head, over, first, end), describe_clause(survey, head, over))


def relate(survey: Survey, head: int, over: int, first: int, end: int) -> Numbers:
    """How each word of a range is related to a clause: by its sentence, then by the tree, the nearer the stronger."""
    parse, tokens = survey.parse, survey.parse.tokens
    sentence = tokens[head].sentence
    found = [0] * (end - first)

    def mark(words: Sequence[int], number: int) -> None:
        for i in words:
            if first <= i < end:
                found[i - first] = number

    for n in range(max(0, sentence - AROUND), min(len(parse.sentences), sentence + AROUND + 1)):
        a, b = parse.sentences[n]
        mark(range(max(a, first), min(b, end)), (1, 2, 3, 4, 5)[n - sentence + AROUND])
    mark(range(head, min(parse.sentences[sentence][1], end)), 6)
    above: list[int] = []
    at = head
    while survey.heads[at] != at and len(above) < MOST_ABOVE:
        at = survey.heads[at]
        above.append(at)
    for depth, i in reversed(list(enumerate(above))):
        near = [c for c in tokens[i].children if c != head]
        mark([c for c in near if c < head], 7 if depth else 8)
        mark([c for c in near if c > head], 9 if depth else 10)
    inside = parse.descendants(head)
    mark([i for i in inside if i < head], 11)
    mark([i for i in inside if i > head], 12)
    mark([i for i in tokens[head].children if i < head], 13)
    mark([i for i in tokens[head].children if i > head], 14)
    opening = min(inside)
    mark([i for i in (opening - 1, opening - 2) if i >= 0 and tokens[i].sentence == sentence], 15)
    for depth, i in reversed(list(enumerate(above))):
        mark([i], 16 + min(depth, 1))
    if over != head:
        mark([over], 18)
    mark([head], 19)
    return np.array(found, np.int64)
