"""Quotations without a cue of their own: whose they are, by where they stand.

A quotation that makes a sentence belongs to who speaks just before it in its paragraph ("The road is open," she said.
"It was never shut."), to who is set before its colon ("The mayor, by telephone: ..."), or to the person whom the
sentence before tells of. One that opens a paragraph stays with who spoke at the end of the paragraph before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from sayso.extract.stances import judge_directness
from sayso.grammar.parses import Parse, Token
from sayso.grammar.phrases import Phrases
from sayso.grammar.quotations import Marked, Quotation
from sayso.record import Attribution, Span
from sayso.who.roles import load_kinds

FEWEST_LETTERS = 12
"""Letters that a quotation has at least to be an utterance; a shorter one may be a title or a word."""

PEOPLE = ("official", "person", "collective")
SUBJECTS = ("nsubj", "nsubjpass")

MARKS = "\"'“”„«»‘’‟＂「」"
LEFT_OVER = 3
"""Code points, marks and stops, that may stand between the end of what somebody says and a line's end."""


def continue_quotations(parse: Parse, marked: Marked, spans: list[Attribution]) -> list[Attribution]:
    """The attributions with the quotations that have none, in the order of the cues: added to the content of who
    speaks on, or as attributions whose cue is the colon or mark that opens them."""
    phrases = Phrases(parse, marked)
    starts = [parse.tokens[first].start for first, _ in parse.sentences]
    found = sorted(spans, key=lambda a: a.cue)
    cues = [a.cue[0][0] for a in found]
    taken = Taken([span for a in found for span in (*a.source, *a.cue, *a.content)])
    added: list[Attribution] = []
    for q in marked.quotations:
        if taken.meets(q.start, q.end) or not is_utterance(parse.text, q):
            continue
        low = parse.text.rfind("\n", 0, q.start) + 1
        before = parse.text[low : q.start].rstrip()
        last = bisect_left(cues, q.start) - 1
        sentence = bisect_right(starts, q.start - 1) - 1  # that before the quotation
        if last >= 0 and not before.endswith(":") and _speaks_on(parse, found[last], q, sentence, low):
            if found[last].directness != "indirect":
                content = (*found[last].content, (q.start, q.end))
                found[last] = replace(found[last], content=content, directness=judge_directness(marked, content))
                continue
            added.append(_open_by_mark(q, found[last].source))  # the verb before does not do what it does to these
        elif opened := _open_quotation(phrases, q, sentence, low, before):
            added.append(opened)
    return sorted((*found, *added), key=lambda a: a.cue)


class Taken:
    """Which stretches of a text belong to attributions."""

    def __init__(self, spans: list[Span]) -> None:
        """`spans` in any order; they may overlap."""
        self._starts = [s for s, _ in sorted(spans)]
        self._reach = [e for _, e in sorted(spans)]
        for n in range(1, len(self._reach)):
            self._reach[n] = max(self._reach[n - 1], self._reach[n])

    def meets(self, start: int, end: int) -> bool:
        """Whether any part of a stretch is taken."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reach[at - 1] > start


def is_utterance(text: str, q: Quotation) -> bool:
    """Whether a quotation is a sentence by itself: it begins with a capital where one may begin, and ends like one."""
    words = text[q.start : q.end].strip(MARKS + " ")
    before = text[max(0, q.start - 3) : q.start].rstrip(" *")
    begins = not before or before[-1] in ".!?:\n…" + MARKS
    return begins and words[:1].isupper() and words[-1:] in ".!?…" and sum(c.isalpha() for c in words) >= FEWEST_LETTERS


def _speaks_on(parse: Parse, said: Attribution, q: Quotation, sentence: int, low: int) -> bool:
    """Whether who speaks in an attribution goes on in a quotation: it reaches into the sentence before, or it is direct
    speech that ends the paragraph before. `low` is where the quotation's line begins."""
    if not said.source:
        return False
    end = max(e for _, e in (*said.source, *said.cue, *said.content))
    if parse.text[low : q.start].strip(MARKS + " *"):
        first = parse.tokens[parse.sentences[max(0, sentence)][0]].start
        return end > max(low, first)
    return said.directness != "indirect" and 0 <= low - end <= LEFT_OVER + parse.text[end:low].count("\n")


def _open_quotation(phrases: Phrases, q: Quotation, sentence: int, low: int, before: str) -> Attribution | None:
    """The attribution of a quotation to who stands before its colon, or whom the sentence before it tells of."""
    if before.endswith(":"):
        end = low + len(before)
        first = next((t for t in _tokens_of(phrases, sentence, low) if t.start < end), None)
        namer = _namer(phrases, first.sentence, end) if first else None
        cue, content = ((end - 1, end),), ((q.start, q.end),)
        return Attribution(source=(namer,), cue=cue, content=content, directness="direct") if namer else None
    person = _subject(phrases, sentence, low) if before and sentence >= 0 else None
    return _open_by_mark(q, (person,)) if person else None


def _open_by_mark(q: Quotation, source: tuple[Span, ...]) -> Attribution:
    """The attribution of a quotation to a source, with the mark that opens it as its cue."""
    cue, content = ((q.start, q.start + 1),), ((q.start + 1, q.end),)
    return Attribution(source=source, cue=cue, content=content, directness="direct")


def _tokens_of(phrases: Phrases, sentence: int, low: int) -> list[Token]:
    """The tokens of a sentence and the one before it that stand in the same line, which begins at `low`."""
    first, last = phrases.parse.sentences[max(0, sentence - 1)][0], phrases.parse.sentences[sentence][1]
    return [t for t in phrases.tokens[first:last] if t.start >= low]


def _namer(phrases: Phrases, sentence: int, colon: int) -> Span | None:
    """Who is set before a colon: what the words before it are about, where that can speak."""
    first, last = phrases.parse.sentences[sentence]
    tokens = [t for t in phrases.tokens[first:last] if t.end <= colon]
    for token in tokens:
        top = token.dep == "ROOT" or token.head >= first + len(tokens) or phrases.tokens[token.head].dep == "ROOT"
        if top and token.dep in (*SUBJECTS, "ROOT", "dep", "appos") and _can_speak(token):
            extent = phrases.noun_phrase(token.i, before=first + len(tokens))
            first, last = phrases.trim(*extent)
            while first < token.i and not phrases.tokens[first].text[0].isalpha():
                first += 1  # the time of an entry
            return phrases.span((first, last))
    return None


def _subject(phrases: Phrases, sentence: int, low: int) -> Span | None:
    """The person who is the one subject of a sentence in the line that begins at `low`."""
    first, last = phrases.parse.sentences[sentence]
    if phrases.tokens[first].start < low:
        return None
    subjects = [t for t in phrases.tokens[first:last] if t.dep in SUBJECTS and phrases.tokens[t.head].dep == "ROOT"]
    if len(subjects) != 1 or not _is_person(subjects[0]):
        return None
    return phrases.span(phrases.trim(*phrases.noun_phrase(subjects[0].i)))


def _is_person(token: Token) -> bool:
    return token.ent == "PERSON" or (token.tag in ("NN", "NNS") and load_kinds().get(token.lemma) in PEOPLE)


def _can_speak(token: Token) -> bool:
    return token.pos == "PROPN" or bool(re.fullmatch(r"NNS?", token.tag) and token.lemma in load_kinds())
