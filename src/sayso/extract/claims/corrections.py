"""Figures that a note of correction takes back: "corrected from *41* to 14", "to say that it is 14, not *41*"."""

from __future__ import annotations

import re

from sayso.record import Figure, Span

CORRECTING = re.compile(
    r"\b(?:correct(?:s|ed|ing|ion|ions)|amend(?:s|ed|ing|ment)|clarification|erratum)\b"
    r"|\bthis (?:article|story|report|piece|post|headline|page)\b[^.;]{0,60}\b(?:chang|updat|revis|edit)ed\b",
    re.IGNORECASE,
)
"""Words of a sentence that corrects what was told before."""
OLD = re.compile(r"\b(?:from|not|instead of|rather than)\s(?:the\s)?$|\(not\s$", re.IGNORECASE)
"""Words before the figure that it takes back, where the right one stands beside it."""
REACH = 14
"""Code points before a figure that are looked at."""


def takes_back(text: str, sentence: Span, figure: Figure, counts: list[Figure]) -> bool:
    """Whether a sentence corrects a figure, one of its `counts`, to another."""
    led = OLD.search(text, max(sentence[0], figure.start - REACH), figure.start)
    if led is None or (led.group().lower().startswith("from") and len(counts) < 2):
        return False
    return CORRECTING.search(text, *sentence) is not None
