"""The spans of attributions: what the trained heads tag, but for the place where a text was filed."""

from __future__ import annotations

from sayso.extract.span_choices import Tagged
from sayso.extract.taggers import find_tagged_spans
from sayso.grammar.parses import Parse
from sayso.grammar.quotations import Marked


def find_spans(parse: Parse, marked: Marked) -> list[Tagged]:
    """The attributions of a text in the order of their cues, which do not overlap."""
    tagged = (t for t in find_tagged_spans(parse, marked) if not opens_filed(parse.text, t))
    return sorted(tagged, key=lambda t: (t.cue, t.content))


def opens_filed(text: str, tagged: Tagged) -> bool:
    """Whether what was tagged is the place where a text was filed, taken for a speaker before a colon."""
    start, end = tagged.cue[0]
    return text[start:end] == ":" and is_dateline(text, text.rfind("\n", 0, start) + 1, end)


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether words in capitals up to a colon say where a text was filed ("OSLO: "): they open it and come once, not
    again and again as those of a transcript."""
    label = text[start:end].strip()
    return label.isupper() and not text[:start].strip() and text.count(label) == 1
