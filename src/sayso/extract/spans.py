"""The spans of attributions: what the trained heads tag, but for the place where a text was filed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sayso.extract.span_choices import Tagged
from sayso.extract.taggers import find_tagged_spans
from sayso.grammar.parses import Parse, Token
from sayso.grammar.quotations import Marked
from sayso.record import Span
from sayso.who.roles import load_kinds

PLACES = frozenset({"GPE", "LOC", "FAC"})


def find_spans(parse: Parse, marked: Marked) -> list[Tagged]:
    """The attributions of a text in the order of their cues, which do not overlap."""
    tagged = (t for t in find_tagged_spans(parse, marked) if not (opens_filed(parse.text, t) or heads_report(parse, t)))
    return sorted(tagged, key=lambda t: (t.cue, t.content))


def opens_filed(text: str, tagged: Tagged) -> bool:
    """Whether what was tagged is the place where a text was filed, taken for a speaker before a colon."""
    start, end = tagged.cue[0]
    return text[start:end] == ":" and is_dateline(text, text.rfind("\n", 0, start) + 1, end)


def heads_report(parse: Parse, tagged: Tagged) -> bool:
    """Whether what was tagged is a heading ("Lenne: Flood Report No. 4"): no verb stands after the colon, and it is a
    place that stands before it or a document that stands after it."""
    start, end = tagged.cue[0]
    if parse.text[start:end] != ":" or not tagged.source:
        return False
    told = tokens_in(parse, tagged.content)
    if any(t.pos == "VERB" for t in told):
        return False
    document = any(load_kinds().get(t.lemma.lower()) == "document" for t in told)
    return document or all(t.ent in PLACES for t in tokens_in(parse, tagged.source))


def tokens_in(parse: Parse, spans: Sequence[Span]) -> list[Token]:
    """The tokens that begin within some spans."""
    starts = [(bisect_left(parse.tokens, s, key=lambda t: t.start), e) for s, e in spans]
    found = []
    for i, end in starts:
        while i < len(parse.tokens) and parse.tokens[i].start < end:
            found.append(parse.tokens[i])
            i += 1
    return found


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether words in capitals up to a colon say where a text was filed ("OSLO: "): they open it and come once, not
    again and again as those of a transcript."""
    label = text[start:end].strip()
    return label.isupper() and not text[:start].strip() and text.count(label) == 1
