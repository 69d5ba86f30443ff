"""Texts with their attributions marked in them, so that what is said of a source is tested whatever finds the spans.

``{the mayor} <said> [that it rained]`` marks source, cue and content. Where a text has several attributions, a digit
after the opening mark tells which one is meant, and marks may stand inside each other:
``[1 The bridge is gone, {2 the mayor} <2 said>]``.
"""

from __future__ import annotations

import re

from sayso.extract.descriptions import describe_attributions
from sayso.extract.parsers import parse_text
from sayso.extract.stances import judge_directness
from sayso.grammar.quotations import Marked, find_quotations
from sayso.record import Attribution, Span

MARK = re.compile(r"([{<\[])(?:(\d) )?|([}>\]])")
PARTS = {"{": 0, "<": 1, "[": 2}


def read_marks(marked: str) -> tuple[str, list[tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]]]:
    """The bare text and the source, cue and content of each attribution marked in it, in the order of the cues."""
    text, at = "", 0
    waiting: list[tuple[str, str, int]] = []
    found: dict[str, tuple[list[Span], list[Span], list[Span]]] = {}
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            waiting.append((mark[1], mark[2] or "1", len(text)))
        else:
            kind, which, start = waiting.pop()
            found.setdefault(which, ([], [], []))[PARTS[kind]].append((start, len(text)))
    text += marked[at:]
    spans = [(tuple(s), tuple(c), tuple(w)) for s, c, w in found.values()]
    return text, sorted(spans, key=lambda s: s[1])


def describe(marked: str, outlet: str = "") -> list[Attribution]:
    """What is made of the attributions marked in a text, in the order of their cues."""
    text, spans = read_marks(marked)
    quoted = Marked(find_quotations(text))
    given = [Attribution(source=s, cue=c, content=w, directness=judge_directness(quoted, w)) for s, c, w in spans]
    return describe_attributions(parse_text(text), given, quoted, outlet)
