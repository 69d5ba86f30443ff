"""Passages of a text and the words in them: where a word stands, in which sentence, and where a clause ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from sayso.extract.languages.vocabularies import Text
from sayso.record import Span

MARKS = "«»“”„\"'‘’ \u00a0\u202f"


def word_at(text: Text, place: int) -> int:
    """The first word that begins at a place of the text or after it."""
    return bisect_left(text.words, place, key=lambda word: word.start)


def sentence_of(text: Text, at: int) -> Span:
    """The sentence that a word stands in."""
    n = bisect_right(text.sentences, at, key=lambda s: s[0]) - 1
    return text.sentences[max(n, 0)] if text.sentences else (0, 0)


def strip_marks(text: Text, start: int, end: int) -> Span:
    """A passage without the marks and spaces at its ends."""
    words = text.text
    while start < end and words[start] in MARKS:
        start += 1
    while end > start and words[end - 1] in MARKS:
        end -= 1
    return start, end


def find_limit(text: Text, at: int) -> int:
    """The end of the clause that tells who speaks: at a quotation mark, a stop or the sentence's end."""
    end = sentence_of(text, at)[1] if at < len(text.words) else at
    for n in range(at, end):
        if text.words[n].text in ":;—–―.!?" and not (text.words[n].text == "." and n + 1 < end):
            return n
    return end


def join_words(text: Text, first: int, end: int) -> Span:
    """The span of some words."""
    return text.words[first].start, text.words[end - 1].end


def may_say(text: Text, at: int) -> bool:
    """Whether an unknown small word after a quotation may be a verb: no preposition, article or conjunction."""
    parts = ("prepositions", "articles", "and", "but", "that", "stop", "pronouns", "not", "as")
    return not any(text.has(f"grammar.{part}", at) for part in parts)
