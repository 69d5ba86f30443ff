"""What the outlet itself changed in a later version of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.grammar.likenesses import rate_likeness
from sayso.record import Flag, Report, Span
from sayso.weigh.checks.matters import Matter
from sayso.weigh.checks.vocabulary import list_words, match_words
from sayso.weigh.checks.wordings import name_day, quote
from sayso.weigh.facts import CORRECTION, SENTENCE_END, Fact

SAME_SENTENCE, CHANGED = 70.0, 99.5
"""Of 100: how alike two sentences are of which one is the other's later form, and below which it differs at all."""
STATES = list_words("sentences", "states")
HELD = re.compile(
    r"\d[\d,.]*|" + "|".join(match_words("sentences", name).pattern for name in ("states", "numbers", "negations")),
    re.IGNORECASE,
)
"""What makes a changed sentence another statement: figures, states and negations."""


def find_corrections(matter: Matter) -> Iterator[Flag]:
    """Sentences that a later version of the article tells otherwise."""
    mine, published = matter.report, matter.report.published
    later: dict[str, list[Fact]] = {}
    for fact in matter.versions:
        if published is None or (fact.report.published is not None and fact.report.published > published):
            later.setdefault(fact.report.id, []).append(fact)
    sentences = list(cut_sentences(mine.text))
    for facts in sorted(later.values(), key=lambda some: some[0].said, reverse=True)[:1]:
        theirs = facts[0].report
        others = [theirs.text[start:end] for start, end in cut_sentences(theirs.text)]
        note = next((words for words in others if CORRECTION.search(words)), "")
        for start, end in sentences:
            words = mine.text[start:end]
            best = max(others, key=lambda other: rate_likeness(words, other), default="")
            if not SAME_SENTENCE <= rate_likeness(words, best) < CHANGED or told(words) == told(best):
                continue
            corrected = bool(note) and bool(set(told(words)) ^ set(told(best)))
            why = name_change(theirs, best, note if corrected else "")
            against = [f for f in facts if theirs.text.find(best) <= f.claim.start < theirs.text.find(best) + len(best)]
            inside = next((f for f in matter.facts if start <= f.claim.start < end), None)
            yield matter.flag_words(start, end, "contradicted" if corrected else "outdated", why, against, inside)


def name_change(report: Report, words: str, note: str) -> str:
    """In words, what a later version says instead."""
    when = f"{report.published:%H:%M} on {name_day(report.published)}" if report.published else "an unknown time"
    said = f"{report.outlet or 'the outlet'}'s own version of {when} says instead: {quote(words)}"
    return f"{said}. It says of this: {quote(note)}" if note else said


def told(sentence: str) -> list[str]:
    """The figures, states and negations of a sentence."""
    return sorted(m.group().lower().rstrip(".,") for m in HELD.finditer(sentence))


def cut_sentences(text: str) -> Iterator[Span]:
    """The spans of a text's sentences."""
    at = 0
    for match in SENTENCE_END.finditer(text):
        stop = match.end() - (len(match.group()) - len(match.group().rstrip()))
        if text[at:stop].strip():
            yield at, stop
        at = match.end()
    if text[at:].strip():
        yield at, len(text.rstrip())
