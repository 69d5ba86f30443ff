"""Whether a text is whole: one that breaks off says less than its report did."""

from __future__ import annotations

from dataclasses import replace

from sayso.grammar.parses import Parse
from sayso.record import Problem, Reading

ELLIPSES = ("...", "…", "[...]", "[…]", "(...)", "(…)")
TAIL = 40
"""Characters at the end of a text that are looked at."""


def judge_ending(reading: Reading, parse: Parse) -> Reading:
    """The reading with a problem where the text is cut off in the middle of a sentence, as teasers are and what a page
    shows of an article for subscribers. What trails off in a quotation is whole."""
    tail = parse.text[-TAIL:].rstrip()
    if not tail.endswith(ELLIPSES) or not any(char.isalpha() for char in tail):
        return reading
    message = "the text is cut off at its end: a stub or a teaser; give the whole report"
    problem = Problem(step="judge_ending", message=message, input=reading.report.id)
    return replace(reading, problems=(*reading.problems, problem))
