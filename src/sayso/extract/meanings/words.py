"""Answers that are words: in what state, why, how, by whom, where the grammar of a clause gives them."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.meanings import load_meanings
from sayso.grammar.parses import Parse, Token
from sayso.record import Answer, AnswerKind

COMPLEMENTS = ("acomp", "attr", "oprd")
SUBJECTS = ("nsubj", "nsubjpass")
LONGEST = 200
"""Code points of an answer in words, at most."""


def find_words(parse: Parse, first: int, last: int) -> Iterator[Answer]:
    """The answers in words of the clause at tokens `first` to `last` (end exclusive)."""
    for i in range(first, last):
        token = parse.tokens[i]
        if token.pos in ("VERB", "AUX"):
            yield from find_states(parse, token, first, last)
        if token.lemma in load_meanings("causes"):
            yield from find_cause(parse, token, first, last)
        if token.dep == "agent":
            kind: AnswerKind = "cause" if parse.tokens[token.head].lemma in load_meanings("causing") else "person"
            yield from answer_below(parse, token, kind, first, last)
        elif token.lemma == "by" and any(parse.tokens[c].dep == "pcomp" for c in token.children):
            yield from answer_below(parse, token, "manner", first, last)
        elif token.dep == "advmod" and token.tag == "RB" and token.text.endswith("ly") and is_verbal(parse, token):
            yield make_answer(parse, "manner", i, i)
    yield from find_label(parse, first, last)


def is_verbal(parse: Parse, token: Token) -> bool:
    """Whether a word hangs from a verb."""
    return parse.tokens[token.head].pos == "VERB"


def find_states(parse: Parse, verb: Token, first: int, last: int) -> Iterator[Answer]:
    """What a verb says that its subject is, or has been made: "the road is *closed*", "was *moved* to the coast"."""
    children = [parse.tokens[c] for c in verb.children if first <= c < last]
    subject = next((c for c in children if c.dep in SUBJECTS), None)
    if subject is None:
        return
    of = name_of(parse, subject)
    told = [c for c in children if c.dep in COMPLEMENTS and c.i > subject.i]
    if verb.lemma == "be" and not told:
        told = [c for c in children if c.dep == "prep" and c.i > verb.i][:1]  # "is *in hospital*"
    for child in told:
        begin, end = clip(parse, child.i, first, last)
        if not any(token.tag == "CD" for token in parse.tokens[begin : child.i + 1]):
            yield make_answer(parse, "state", begin, end, of, verb.lemma)
    if verb.tag == "VBN" and any(child.dep == "auxpass" for child in children):
        yield make_answer(parse, "state", verb.i, verb.i, of, verb.lemma)


def find_cause(parse: Parse, token: Token, first: int, last: int) -> Iterator[Answer]:
    """What stands after "because", "because of", "due to" and the like."""
    if token.dep == "mark":
        if token.lemma != "since":  # That one is mostly of time.
            begin, end = clip(parse, token.head, first, last)
            yield make_answer(parse, "cause", max(begin, token.i + 1), end)
        return
    if token.lemma == "since":
        return
    below = [parse.tokens[c] for c in token.children if c > token.i and parse.tokens[c].lemma in ("of", "to")]
    for preposition in (*below, token):
        found = list(answer_below(parse, preposition, "cause", first, last))
        if found:
            yield from found
            return


def answer_below(parse: Parse, token: Token, kind: AnswerKind, first: int, last: int) -> Iterator[Answer]:
    """The object of a preposition as an answer."""
    for c in token.children:
        if parse.tokens[c].dep in ("pobj", "pcomp") and parse.tokens[c].pos != "ADP" and token.i < c < last:
            begin, end = clip(parse, c, first, last)
            begin = max(begin, *(i + 1 for i in (token.i, *token.children) if i < c))
            yield make_answer(parse, kind, begin, end, predicate=parse.tokens[token.head].lemma)
            return


def find_label(parse: Parse, first: int, last: int) -> Iterator[Answer]:
    """What a line says of its label: "Bridge: *closed to traffic*"."""
    mark = next((i for i in range(first + 1, min(first + 9, last - 1)) if parse.tokens[i].text == ":"), None)
    if mark is not None and not any(parse.tokens[i].pos in ("VERB", "AUX") for i in range(first, mark)):
        yield make_answer(parse, "state", mark + 1, last - 1, parse.words(first, mark - 1))


def clip(parse: Parse, i: int, first: int, last: int) -> tuple[int, int]:
    """All that hangs from a token, within a clause; both ends inclusive."""
    begin, end = parse.subtree(i)
    return max(begin, first), min(end, last - 1)


def name_of(parse: Parse, noun: Token) -> str:
    """The words of a noun and of what stands before it."""
    begin = min([noun.i, *(c for c in noun.children if parse.tokens[c].dep in ("amod", "compound", "poss", "nmod"))])
    return parse.words(begin, noun.i) if noun.i - begin < 8 else noun.text


def make_answer(parse: Parse, kind: AnswerKind, begin: int, end: int, of: str = "", predicate: str = "") -> Answer:
    """An answer of the words from one token to another, both inclusive."""
    start, stop = parse.span(begin, max(begin, end))
    stop = min(stop, start + LONGEST)
    return Answer(start=start, end=stop, kind=kind, word=parse.text[start:stop], of=of, predicate=predicate)
