"""The spans of attributions: what the trained heads tag, but for the place where a text was filed."""

from __future__ import annotations

from sayso.extract.citings import leave_cited
from sayso.extract.span_choices import Tagged
from sayso.extract.taggers import find_tagged_spans
from sayso.grammar.parses import Parse
from sayso.grammar.quotations import Marked
from sayso.who.roles import load_kinds

PLACES = frozenset({"GPE", "LOC", "FAC"})


def find_spans(parse: Parse, marked: Marked) -> list[Tagged]:
    """The attributions of a text in the order of their cues, which do not overlap."""
    tagged = [t for t in find_tagged_spans(parse, marked) if not (opens_filed(parse.text, t) or heads_report(parse, t))]
    return sorted(leave_cited(parse, tagged), key=lambda t: (t.cue, t.content))


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
    told = parse.tokens_in(tagged.content)
    if any(t.pos == "VERB" for t in told):
        return False
    document = any(load_kinds().get(t.lemma.lower()) == "document" for t in told)
    return document or all(t.ent in PLACES for t in parse.tokens_in(tagged.source))


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether words in capitals up to a colon say where a text was filed ("OSLO: "): they open it and come once, not
    again and again as those of a transcript."""
    label = text[start:end].strip()
    return label.isupper() and not text[:start].strip() and text.count(label) == 1
