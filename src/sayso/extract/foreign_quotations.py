"""Attributions in other languages than English, as far as quotation marks, a table of verbs and names go.

A quotation with a verb of saying beside it ("«...», — заявил министр Иван Петров") and a source brought in by
"according to" ("Laut Reuters, ...") are found; what is said without either is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from sayso.grammar.quotations import Marked
from sayso.record import Span, Stance
from sayso.tables import load_rows

REACH = 140
"""Code points from a quotation in which its verb and source stand."""

SOURCE_WORDS = 7
"""Words that a source has at most."""

PREPOSITIONS = frozenset("am im in an vor nach bei beim gegenüber à au dans en a na w на в у во на под op på i".split())
"""Words after which a time or place comes and no more of a source."""

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?")
COMMA = re.compile(r"[,.\n]")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
STOPS = re.compile(r"[.!?;:,()«»„“”\"\n–—]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """An attribution of a foreign text: spans of source, cue and content, and the cue's stance."""

    source: Span
    cue: Span
    content: Span
    stance: Stance


@cache
def _cues(language: str, part: str) -> tuple[re.Pattern[str] | None, dict[str, Stance]]:
    rows = [row for row in load_rows("foreign_cues.tsv") if row["language"] == language and row["part"] == part]
    stances = {cue: cast("Stance", row["stance"]) for row in rows for cue in row["cue"].split("|")}
    if not stances:
        return None, {}
    words = sorted(map(re.escape, stances), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE), stances


def find_foreign_quotations(text: str, marked: Marked, language: str) -> list[Quoted]:
    """The attributions of a text in a language (ISO 639 code), in the order of their cues; none where the table has no
    words of it."""
    found = [*_find_beside(text, marked, language), *_find_according(text, language)]
    apart: list[Quoted] = []
    for one in sorted(found, key=lambda q: q.cue):
        if not apart or one.cue[0] >= apart[-1].cue[1]:
            apart.append(one)
    return apart


def _find_beside(text: str, marked: Marked, language: str) -> list[Quoted]:
    """Quotations with a verb of saying right after or before them."""
    verbs, stances = _cues(language, "verb")
    found: list[Quoted] = []
    for quotation in marked.quotations if verbs else ():
        start, end = quotation.start, quotation.end
        stop = text.find("\n", end)
        after = (end, min(end + REACH, stop if stop >= 0 else len(text)))
        before = (max(text.rfind("\n", 0, start) + 1, start - REACH), start)
        for low, high in (after, before):
            cue = _verb_near(text, verbs, low, high, at_end=(low, high) == before) if verbs else None
            source = _source_of(text, cue.span(), low, high) if cue else None
            if cue and source:
                found.append(Quoted(source, cue.span(), (start, end), stances.get(cue[0].lower(), "asserts")))
                break
    return found


def _verb_near(text: str, verbs: re.Pattern[str], low: int, high: int, *, at_end: bool) -> re.Match[str] | None:
    """The verb of a passage that stands in the clause next to the quotation."""
    cues = list(verbs.finditer(text, low, high))
    if not cues:
        return None
    cue = cues[-1] if at_end else cues[0]
    between = text[cue.end() : high] if at_end else text[low : cue.start()]
    return None if re.search(r"[.!?]\s", between) else cue


def _source_of(text: str, cue: Span, low: int, high: int) -> Span | None:
    """The words right after a verb up to the last with a capital, else those right before it."""
    stop = STOPS.search(text, cue[1], high)
    span = _named(text, cue[1], stop.start() if stop else high, from_end=False)
    if span:
        return span
    starts = [match.end() for match in STOPS.finditer(text, low, cue[0])]
    return _named(text, starts[-1] if starts else low, cue[0], from_end=True)


def _named(text: str, low: int, high: int, *, from_end: bool) -> Span | None:
    """The words of a passage up to the last with a capital; `from_end` takes the last words of it, else the first."""
    words = list(WORD.finditer(text, low, high))
    words = words[-SOURCE_WORDS:] if from_end else words[:SOURCE_WORDS]
    cut = next((n for n, word in enumerate(words) if n and word[0] in PREPOSITIONS and not from_end), len(words))
    words = words[:cut]
    capitals = [n for n, word in enumerate(words) if word[0][0].isupper()]
    if not capitals:
        return None
    end = words[capitals[-1]].end()
    return words[0].start(), end - (text[end - 1] == ".")


def _find_according(text: str, language: str) -> list[Quoted]:
    """Sources that "according to" brings in at the beginning of a sentence, with the sentence after the comma."""
    preposition, stances = _cues(language, "according")
    found: list[Quoted] = []
    for cue in preposition.finditer(text) if preposition else ():
        before = text[max(0, cue.start() - 2) : cue.start()].strip()
        comma = COMMA.search(text, cue.end(), min(len(text), cue.end() + REACH))
        opens = cue[0][0].isupper() and (not before or before[-1] in ".!?»”“")
        if not opens or not comma or comma[0] != ",":
            continue
        source = _named(text, cue.end(), comma.start(), from_end=False)
        stop = SENTENCE_END.search(text, comma.end())
        end = stop.start() if stop else len(text)
        start = comma.end() + len(text[comma.end() : end]) - len(text[comma.end() : end].lstrip())
        if source and start < end:
            found.append(Quoted(source, cue.span(), (start, end), stances.get(cue[0].lower(), "asserts")))
    return found
