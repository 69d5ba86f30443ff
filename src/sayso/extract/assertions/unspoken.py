"""Attributions that grammar shows where none was found: "The army could not rule out that three were captured".

Only words that deny, confirm, rule out or doubt a full clause, with a noun for who does: what they lead to would else
be told for so by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.assertions.governors import kind_of_clause
from sayso.extract.assertions.words import class_verb
from sayso.grammar.parses import Parse, Token
from sayso.record import Attribution, Span

CLASSES = ("deny", "confirm", "exclude", "doubt")
ROUND = frozenset(("aux", "auxpass", "neg", "advmod", "prt"))


def find_unspoken(parse: Parse, known: Sequence[Attribution]) -> list[Attribution]:
    """What grammar shows besides the attributions that are known, in the order of the cues."""
    taken = sorted(span for attribution in known for span in (*attribution.cue, *attribution.content))
    return [found for found in list_governed(parse) if not any(touches(span, found) for span in taken)]


def touches(span: Span, found: Attribution) -> bool:
    """Whether a span overlaps an attribution's cue."""
    return any(span[0] < end and start < span[1] for start, end in found.cue)


def list_governed(parse: Parse) -> Iterator[Attribution]:
    """Each verb of the kind with its subject and its clause."""
    for verb in parse.tokens:
        if verb.pos != "VERB" or class_verb(parse, verb) not in CLASSES:
            continue
        children = [parse.tokens[c] for c in verb.children]
        subject = next((c for c in children if c.dep == "nsubj" and c.pos in ("NOUN", "PROPN", "PRON")), None)
        clause = next((c for c in children if c.dep == "ccomp" and c.i > verb.i), None)
        if subject is None or clause is None or subject.i > verb.i or kind_of_clause(parse, clause) == "to":
            continue
        yield make_attribution(parse, verb, subject, clause, [c for c in children if c.dep in ROUND])


def make_attribution(parse: Parse, verb: Token, subject: Token, clause: Token, near: list[Token]) -> Attribution:
    """The spans of an attribution by its verb, subject and clause."""
    first, last = parse.subtree(clause.i)
    group = [c.i for c in near if c.i < first] + [verb.i]
    return Attribution(
        source=(parse.span(*parse.subtree(subject.i)),),
        cue=(parse.span(min(group), max(group)),),
        content=(parse.span(first, last),),
    )
