"""Small counts whose noun is left out, told by what stands around them.

Votes, what somebody sticks to, all but so many, and the number of a group that was counted before ("*the nine* are in
custody").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.extract.figures.counting import tokens_of
from sayso.extract.figures.quantities import Quantity, load_counted
from sayso.extract.figures.states import said_alone
from sayso.grammar.parses import Parse
from sayso.record import Figure

VOTING = re.compile(
    r"\b(?:vot(?:e|es|ed|ing|ers?)|ballots?|motions?|verdicts?|majority|rulings?|resolutions?|abst(?:ain|en)\w*)\b",
    re.IGNORECASE,
)
"""Words of a vote."""
PLAYING = re.compile(r"\b(?:match|game|goals?|league|cup|set|sets|season|innings)\b", re.IGNORECASE)
"""Words of a game, whose score is no count of votes."""
NEAR_VOTE = 60
"""Code points around two numbers in which a vote is named."""
SENTENCE_END = re.compile(r"[.!?;]\s|\n")
SIDE = re.compile(r"\s(?:for|against|in\sfavou?r|abst(?:ained|aining|entions?))\b", re.IGNORECASE)
"""What follows a number of votes."""
ALL_BUT = re.compile(r"\b(?:all|everybody|everyone)\s(?:but|except)\s(?:the\s)?$", re.IGNORECASE)
DEFINITE = frozenset({"the", "those", "these"})
LONGEST_LEAD = 40


def is_division(text: str, start: int, end: int) -> bool:
    """Whether two numbers are how a vote went ("passed *7-4*, with one abstention") and no score."""
    around = SENTENCE_END.split(text[max(0, start - NEAR_VOTE) : start])[-1]
    around += SENTENCE_END.split(text[end : end + NEAR_VOTE])[0]
    return VOTING.search(around) is not None and PLAYING.search(around) is None


def is_one_side(parse: Parse, quantity: Quantity) -> bool:
    """Whether a number without a noun tells the votes of one side, the other of which is told beside it: "*seven for*
    the change, *four against*", or stands in "voted *seven to four*"."""
    first, last = tokens_of(parse, *quantity.core)
    begin, end = parse.sentences[parse.tokens[last].sentence]
    numbers = [t for t in parse.tokens[begin:end] if t.tag == "CD" and not first <= t.i <= last]
    text = parse.text
    if SIDE.match(text, quantity.end) and any(SIDE.match(text, t.end) for t in numbers):
        return True
    joined = [
        t for t in numbers if re.fullmatch(r"\sto\s", text[min(t.end, quantity.end) : max(t.start, quantity.start)])
    ]
    return bool(joined) and is_division(text, quantity.start, quantity.end)


def is_left_alone(parse: Parse, quantity: Quantity) -> bool:
    """Whether a small number at the end of its clause is a count by what leads to it: "all but *nine*", "the ministry
    admits to *three*", "it now stands at *seven*"."""
    tokens = parse.tokens
    first, last = tokens_of(parse, *quantity.core)
    lead = parse.text[max(0, quantity.start - LONGEST_LEAD) : quantity.start]
    if ALL_BUT.search(lead) or find_numbered(parse, quantity):
        return True
    ends = last + 1 >= len(tokens) or (tokens[last + 1].pos == "PUNCT" and tokens[last + 1].text not in ("-", "–", "/"))
    led = tokens[tokens[last].head]
    if not ends or tokens[last].dep != "pobj" or (quantity.low or 0) < 2 or led.i != first - 1:
        return False
    verb = tokens[led.head]
    subject = any(tokens[c].dep in ("nsubj", "nsubjpass") and c < verb.i for c in verb.children)
    if verb.pos != "VERB" or not subject:
        return False
    if led.text == "at":
        return verb.lemma in load_counted()["measures"]
    moves = {verb.lemma, verb.text.lower()} & load_counted()["changes"]
    return led.text == "to" and verb.i == led.i - 1 and verb.tag in ("VBZ", "VBP", "VBD") and not moves


def find_numbered(parse: Parse, quantity: Quantity) -> str:
    """The state of those who "number" so many: "*the dead* number nine"; "" where none are said to."""
    first = tokens_of(parse, *quantity.core)[0]
    numbered = 1 < first <= len(parse.tokens) and parse.tokens[first - 1].text == "number"
    return said_alone(parse.tokens[first - 2]) if numbered else ""


def find_group(parse: Parse, quantity: Quantity, figures: Sequence[Figure]) -> Figure | None:
    """The figure before of which "the nine" are: a count of as many people, or of things without a unit."""
    tokens = parse.tokens
    first, last = tokens_of(parse, *quantity.core)
    if not first or tokens[first - 1].text.lower() not in DEFINITE or (quantity.low or 0) <= 2:
        return None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is not None and (after.pos in ("NOUN", "PROPN", "ADJ", "NUM") and tokens[last].head > last):
        return None
    same = (f for f in reversed(figures) if (f.low, f.high) == (quantity.low, quantity.high) and f.unit == "person")
    return next(same, None)
