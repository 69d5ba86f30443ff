"""Anchors: what a model says, found in words that were there before, or nothing.

A quotation is anchored where it stands to the letter. A shortened statement is its own opening, cut at a mark where
nothing that turns, hedges or bounds it is lost. A question is anchored where each of its words but the smallest stands
in the statements that it asks about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso.extract.stances import NEGATIONS
from sayso.grammar.questions import ASKING, AUXILIARIES, LEADING, reads_well
from sayso.record import Span
from sayso.tables import load_toml
from sayso.weigh.details import stem

WORD = re.compile(r"[^\W_]+(?:[.,:'’/-][^\W_]+)*|[$€£%]")
MARKS = "\"“”‘«»„'`.,;: \t\r\n"
"""What may stand around a quotation that is no part of it."""
FEWEST = 4
"""Words that a statement is cut to, at least."""
BOUNDARY = re.compile(r"[,;:](?=\s)|\s+[–—(-](?=\s|\w)")
"""Where a statement may be cut."""
TURNING = frozenset(
    "if unless until without except whether would could may might can should must will than only almost nearly about "
    "around approximately least most more fewer less up some over under between some nobody none nothing neither nor "
    "or but however though although former deny denies denied refused false falsely untrue claimed claims alleged "
    "reportedly apparently".split()
)
"""Words that turn, hedge or bound what is said before them."""
SMALL = (
    ASKING | AUXILIARIES | LEADING | frozenset("the a an and or of in that which there many much long often".split())
)
"""Words that every question may have."""


def find_words(text: str, words: str, within: Span, near: int) -> Span | None:
    """The span of some words, to the letter and whole, within a part of a text: the one nearest a place; None where
    they do not stand there."""
    wanted = words.strip(MARKS)
    if not wanted:
        return None
    found = re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", text[within[0] : within[1]])
    spans = [(within[0] + match.start(), within[0] + match.end()) for match in found]
    return min(spans, key=lambda span: (abs(span[0] - near), span), default=None)


def cut_opening(statement: str, words: str) -> str:
    """The opening of a statement that some words are, in the statement's own; "" where they are none, break off where
    no mark stands, or leave out what turns the rest round."""
    wanted = " ".join(words.split()).rstrip(MARKS)
    told = " ".join(statement.split()).rstrip(MARKS)
    if not wanted or not told or wanted[1:] != told[1 : len(wanted)] or wanted[0].casefold() != told[0].casefold():
        return ""
    rest = told[len(wanted) :]
    if rest and BOUNDARY.match(rest) is None:
        return ""
    if len(list_words(wanted)) < FEWEST or any(is_turning(word) for word in list_words(rest)):
        return ""
    return told[: len(wanted)]


def is_asked(question: str, statements: Iterable[str], answers: Iterable[str]) -> bool:
    """Whether a question is one in plain English, of words of the statements, and holds none of the answers."""
    if not reads_well(question) or any(not reads_well(question, answer) for answer in answers):
        return False
    told = {stem(word) for statement in statements for word in list_words(statement)}
    own = [word for word in list_words(question) if word not in SMALL]
    return bool(own) and all(stem(word) in told for word in own)


def list_words(text: str) -> list[str]:
    """The words and numbers of a text, in small letters."""
    return [word.replace("’", "'").casefold() for word in WORD.findall(text)]


def is_turning(word: str) -> bool:
    """Whether a word denies, hedges or bounds."""
    return word in TURNING or word in NEGATIONS or word.endswith("n't") or word in load_hedges()


@cache
def load_hedges() -> frozenset[str]:
    """The words that hedge, each by itself."""
    return frozenset(word for words in load_toml("hedges.toml")["words"] for word in words.split())
