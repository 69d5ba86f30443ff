"""Who says what in a report: attributions with their speaker, chain, stance, certainty and basis.

Finding the spans (`sayso.extract.spans`) is one step, saying what they mean (`sayso.extract.descriptions`) the other.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.descriptions import describe_attributions
from sayso.extract.parses import Parse
from sayso.extract.quotations import Marked, find_quotations
from sayso.extract.spans import find_spans
from sayso.extract.stances import judge_directness
from sayso.record import Attribution, Reading


def find_attributions(reading: Reading, parse: Parse) -> Reading:
    """The reading with its attributions, in the order of the cues."""
    marked = Marked(find_quotations(parse.text))
    spans = [
        Attribution(source=c.source, cue=(c.cue,), content=c.content, directness=judge_directness(marked, c.content))
        for c in find_spans(parse, marked)
    ]
    if not spans:
        return reading
    described = describe_attributions(parse, spans, marked, reading.report.outlet)
    return replace(reading, attributions=tuple(described))
