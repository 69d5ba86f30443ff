"""Stretches of a text that stand otherwise by a mark beside them and not by grammar: what a question mark ends, a
questioner's turn in a transcript, and whole texts marked as satire or as not yet to be published."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from sayso.extract.transcripts import ASKING, find_turns, is_question
from sayso.grammar.parses import Parse
from sayso.record import Span, Stands

SATIRE = re.compile(
    r"^[ \t(\[*]*(?:this (?:is|article is|story is|piece is) )?(?:a )?(?:work of )?(?:satire|satirical|parody|fiction)"
    r"(?: (?:article|piece|story|column|news))?[ \t)\]*.:!-]*(?:$|(?=\s))"
    r"|\bthis (?:article|story|piece|column|post|site|page|report) is (?:entirely |purely |a (?:piece|work) of )?"
    r"(?:satire|satirical|parody|fiction(?:al)?|fictitious|invented)\b",
    re.IGNORECASE | re.MULTILINE,
)
EMBARGO = re.compile(
    r"^[ \t(\[*]*(?:strictly |under )?embargo(?:ed)?\b[^\n]{0,80}?\b(?:until|till|for|to|before|not for|:)"
    r"|^[ \t(\[*]*not for (?:release|publication|broadcast)\b[^\n]{0,20}?\b(?:until|before)\b"
    r"|\bcheck against delivery\b",
    re.IGNORECASE | re.MULTILINE,
)
NEAR = 600
"""Code points from the beginning or the end of a text within which a mark is of the whole text."""
OPENERS = '"“‘«'


@dataclass(slots=True)
class Marks:
    """Stretches with how they stand, in order and apart, and how the whole text does."""

    spans: list[Span] = field(default_factory=list)
    whole: Stands = "asserted"

    def stands_at(self, position: int) -> Stands:
        """How a code point stands by its marks."""
        at = bisect_right(self.spans, (position, len(OPENERS) << 40)) - 1
        if at >= 0 and self.spans[at][0] <= position < self.spans[at][1]:
            return "asked"
        return self.whole


def find_marks(parse: Parse) -> Marks:
    """The marks of a text."""
    spans = [*find_questions(parse), *find_asking_turns(parse.text)]
    return Marks(join_spans(spans), judge_whole(parse.text))


def find_questions(parse: Parse) -> list[Span]:
    """What ends with a question mark: from the quotation mark or the beginning of the sentence before it."""
    found = []
    for first, end in parse.sentences:
        begin = parse.tokens[first].start
        for token in parse.tokens[first:end]:
            if "?" in token.text:
                found.append((begin, token.end))
                begin = token.end
            elif token.text[-1:] in OPENERS or token.text in (":", "—", "–", ";", "…"):
                begin = token.end
    return found


def find_asking_turns(text: str) -> list[Span]:
    """The turns of a transcript that ask."""
    return [
        span
        for turn in find_turns(text)
        if turn.word.lower() in ASKING and is_question(turn.word, text[slice(*turn.content[-1])])
        for span in turn.content
    ]


def join_spans(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def judge_whole(text: str) -> Stands:
    """How a whole text stands by a mark at its beginning or end: satire tells nothing for so, and what is embargoed has
    not been said yet."""
    ends = (text[:NEAR], text[-NEAR:] if len(text) > NEAR else "")
    if any(SATIRE.search(part) for part in ends):
        return "supposed"
    return "open" if any(EMBARGO.search(part) for part in ends) else "asserted"
