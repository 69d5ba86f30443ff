"""Attributions inside others: "The minister said that the talks had failed, Reuters reported".

The corpus that the reader learnt from never marks an attribution within another, so the reader hardly does; grammar
shows them: a verb of saying that governs what somebody is said to have said, with a subject and a clause of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sayso.extract.stances import load_cues
from sayso.grammar.parses import Parse, Token
from sayso.record import Attribution, Span
from sayso.who.outlets import name_outlets, name_unlisted
from sayso.who.roles import load_kinds

ROUND = frozenset(("aux", "auxpass", "neg", "advmod", "prt"))
PRONOUNS = frozenset("he she it they we i you who which that this".split())
SPEAKING = frozenset(("NOUN", "PROPN", "PRON"))
VOUCHING = frozenset(("asserts", "reports", "estimates", "denies", "predicts", "suspects"))
"""Stances of verbs under which somebody else's words are told."""


def find_nestings(parse: Parse, known: Sequence[Attribution]) -> list[Attribution]:
    """The attributions within others that were not found, in the order of their cues: all in what outlets report, and
    what makes up the whole of somebody's words ("Okello said that the governor had told him that ...")."""
    contents = sorted(span for attribution in known if is_relay(parse, attribution) for span in attribution.content)
    others = sorted(span for attribution in known for span in attribution.content)
    cues = sorted(span for attribution in known for span in attribution.cue)
    found = []
    for inner in list_said(parse):
        cue = inner.cue[0]
        if is_taken(cue, cues):
            continue
        if is_within(cue, contents):
            found.append(inner)
        elif (around := find_around(cue, others)) is not None and makes_up(parse, inner, around):
            found.append(inner)
            others = sorted((*others, *inner.content))
    return found


def find_around(span: Span, spans: Sequence[Span]) -> Span | None:
    """The innermost of some spans, sorted by their beginning, that a span lies in."""
    at = bisect_right(spans, (span[0], span[0])) - 1
    around = (spans[n] for n in range(at, max(-1, at - 3), -1))
    return next((s for s in around if s[0] <= span[0] and span[1] <= s[1]), None)


def makes_up(parse: Parse, inner: Attribution, around: Span) -> bool:
    """Whether somebody else's saying is all that a content tells: a noun says it, from its beginning to its end."""
    start, end = inner.source[0][0], inner.content[0][1]
    before = parse.text[around[0] : start].strip(" \"“‘'").lower()
    after = parse.text[end : around[1]].strip(" .,\"”’'")
    named = parse.text[start : inner.source[0][1]].lower() not in PRONOUNS
    return before in ("", "that") and not after and named


def is_relay(parse: Parse, attribution: Attribution) -> bool:
    """Whether an attribution's source is an outlet, by its name or by what it is called: it tells what others say."""
    for start, end in attribution.source:
        words = parse.text[start:end]
        if next(name_outlets(words), None) or next(name_unlisted(words), None):
            return True
        last = words.split()[-1:] or [""]
        if load_kinds().get(last[0].lower()) == "outlet":
            return True
    return False


def is_within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span lies in one of others, which are sorted by their beginning."""
    return find_around(span, spans) is not None


def is_taken(span: Span, cues: Sequence[Span]) -> bool:
    """Whether a span overlaps a cue; these are sorted and lie apart."""
    at = bisect_right(cues, (span[1], 0)) - 1
    return any(cues[n][0] < span[1] and span[0] < cues[n][1] for n in range(max(0, at - 1), at + 1))


def list_said(parse: Parse) -> Iterator[Attribution]:
    """Each verb of saying with its subject and its clause."""
    cues = load_cues()
    for verb in parse.tokens:
        row = cues.get(("verb", verb.lemma)) if verb.pos == "VERB" else None
        if row is None or row.stance not in VOUCHING:
            continue
        children = [parse.tokens[c] for c in verb.children]
        subject = next((c for c in children if c.dep == "nsubj" and c.pos in SPEAKING and c.i < verb.i), None)
        clause = next((c for c in children if c.dep == "ccomp" and c.i > verb.i), None)
        if subject is not None and clause is not None:
            yield make_attribution(parse, verb, subject, clause)


def make_attribution(parse: Parse, verb: Token, subject: Token, clause: Token) -> Attribution:
    """The spans of an attribution by its verb, subject and clause."""
    first, last = parse.subtree(clause.i)
    group = [c for c in verb.children if parse.tokens[c].dep in ROUND and c < first] + [verb.i]
    return Attribution(
        source=(parse.span(*parse.subtree(subject.i)),),
        cue=(parse.span(min(group), max(group)),),
        content=(parse.span(first, last),),
    )
