"""The grammar of a report as plain data: words, sentences, dependencies and names.

The steps of extraction read this structure and never the network's own, so that the network can be replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.record import Span

if TYPE_CHECKING:  # A tenth of the time that a view takes to start.
    import numpy as np

    Halves = np.ndarray[Any, np.dtype[np.float16]]


@dataclass(slots=True)
class Token:
    """A word. `i` is its index in the parse, `head` that of its governor (its own at a root); `dep` is a label of
    the CLEAR scheme, `pos` a Universal POS tag, `tag` a Penn one. `ent` is the label of the name it is part of."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    sentence: int
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity: token indices `first` to `last` (inclusive) and its OntoNotes label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """The grammar of one text. `sentences` are ranges of token indices, end exclusive; `meanings` are what the encoder
    makes of the words, tokens by width in half precision, which the attribution heads read on; `contexts` are what it
    makes of them for matching."""

    text: str
    tokens: list[Token]
    sentences: list[tuple[int, int]]
    names: list[Name]
    meanings: Halves = field(compare=False, repr=False)
    contexts: Halves = field(compare=False, repr=False)
    _reaches: dict[int, tuple[int, int]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _edges: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []), init=False, compare=False, repr=False)

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token index (inclusive) of all that hangs from token `i`; kept, for it is asked for often."""
        known = self._reaches.get(i)
        if known is None:
            below = self.descendants(i)
            known = self._reaches[i] = (below[0], below[-1])
        return known

    def edges(self) -> tuple[list[int], list[int]]:
        """Where each token begins in the text and where it ends, to be searched by halves."""
        starts, ends = self._edges
        if len(starts) != len(self.tokens):
            starts[:], ends[:] = [t.start for t in self.tokens], [t.end for t in self.tokens]
        return self._edges

    def descendants(self, i: int) -> list[int]:
        """All token indices that hang from token `i`, itself included, in order."""
        found, stack = [], [i]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.tokens[at].children)
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """The governors of token `i`, nearest first."""
        while (head := self.tokens[i].head) != i:
            yield head
            i = head

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The character span of tokens `first` to `last`, inclusive."""
        return self.tokens[first].start, self.tokens[last].end

    def tokens_in(self, spans: Sequence[Span]) -> list[Token]:
        """The tokens that begin within some spans, in the order of these."""
        found = []
        starts, _ = self.edges()
        for start, end in spans:
            first = bisect_left(starts, start)
            found += self.tokens[first : bisect_left(starts, end, lo=first)]
        return found

    def words(self, first: int, last: int) -> str:
        """The text of tokens `first` to `last`, inclusive."""
        return self.text[self.tokens[first].start : self.tokens[last].end]
