"""What an outlet changed from one version of its article to the next: by sentences, and within them by words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from sayso.harms import clean_text
from sayso.tell.citations import PARAGRAPH_END, SENTENCE_END

How = Literal["same", "new", "gone", "cut"]
"""What became of some words: kept, added, taken out; "cut" stands for kept ones that are not shown."""
MOST_SENTENCES = 3_000
"""Sentences of a version that are compared; matching takes time with the square of their number."""
MOST_WORDS = 400
"""Words of changed sentences that are compared with each other one by one; more are shown whole, old and new."""
WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Difference:
    """Some words and what became of them."""

    how: How
    words: str


def compare_texts(before: str, after: str) -> list[Difference]:
    """The later text in pieces: what it kept, what it added, and what it left out of the earlier one. Of kept
    sentences only those beside a change are given."""
    old, new = split_sentences(before), split_sentences(after)
    matcher = SequenceMatcher(None, [key_of(s) for s in old], [key_of(s) for s in new], autojunk=False)
    found: list[Difference] = []
    blocks = matcher.get_opcodes()
    for number, (tag, a, b, c, d) in enumerate(blocks):
        if tag == "equal":
            found += shorten_kept(new[c:d], first=number == 0, last=number == len(blocks) - 1)
        else:
            found += compare_words("".join(old[a:b]), "".join(new[c:d]))
    return found


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, which join to it again; of a very long one the first."""
    ends = sorted({match.end() for pattern in (SENTENCE_END, PARAGRAPH_END) for match in pattern.finditer(text)})
    cuts = [0, *ends[: MOST_SENTENCES - 1], len(text)]
    return [text[start:end] for start, end in itertools.pairwise(cuts) if start < end]


def key_of(sentence: str) -> str:
    """A sentence without what no reader sees."""
    return " ".join(sentence.split())


def shorten_kept(sentences: Sequence[str], *, first: bool, last: bool) -> Iterator[Difference]:
    """Kept sentences between changes: those beside a change, and a cut for the rest."""
    head, tail = ("" if first else sentences[0]), ("" if last else sentences[-1])
    if len(sentences) <= (not first) + (not last):
        yield Difference("same", clean_text("".join(sentences)))
        return
    if head:
        yield Difference("same", clean_text(head))
    yield Difference("cut", "…")
    if tail:
        yield Difference("same", clean_text(tail))


def compare_words(before: str, after: str) -> Iterator[Difference]:
    """Changed sentences, word by word where they are few and have half of their words in common, else whole."""
    old, new = WORD.findall(before), WORD.findall(after)
    if old and new and max(len(old), len(new)) <= MOST_WORDS:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        if matcher.ratio() >= 0.5:
            for tag, a, b, c, d in matcher.get_opcodes():
                if tag == "equal":
                    yield Difference("same", clean_text("".join(new[c:d])))
                else:
                    yield from show_both("".join(old[a:b]), "".join(new[c:d]))
            return
    yield from show_both(before, after)


def show_both(gone: str, new: str) -> Iterator[Difference]:
    """What went, then what came."""
    if gone:
        yield Difference("gone", clean_text(gone))
    if new:
        yield Difference("new", clean_text(new))
