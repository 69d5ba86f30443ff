"""Where phrases begin and end: the extents of noun phrases, clauses and verb groups in a parse.

All extents are pairs of token indices, both inclusive.
"""

from __future__ import annotations

from sayso.grammar.parses import Parse, Token
from sayso.grammar.quotations import Marked
from sayso.record import Span

Extent = tuple[int, int]
"""First and last token of a phrase, both inclusive."""

MEDIA = frozenset(
    "statement interview speech tweet email e-mail letter memo post report article column briefing conference message "
    "note release broadcast podcast address video op-ed editorial response reply testimony twitter facebook telegram "
    "television tv radio".split()
)
"""Nouns of the medium that something was said in."""

DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today".split())

DATES = frozenset({"DATE", "TIME"})
"""Labels of names of days and hours."""


class Phrases:
    """A parse with the extent of every subtree, worked out once in time linear in its length."""

    def __init__(self, parse: Parse, marked: Marked) -> None:
        """`marked` tells which words stand in quotation marks."""
        self.marked = marked
        self.parse = parse
        self.tokens = parse.tokens
        n = len(parse.tokens)
        self.left = list(range(n))
        self.right = list(range(n))
        waiting = [len(t.children) for t in parse.tokens]
        done = [i for i in range(n) if not waiting[i]]
        while done:
            i = done.pop()
            head = parse.tokens[i].head
            if head == i:
                continue
            if self.left[i] < self.left[head]:
                self.left[head] = self.left[i]
            if self.right[i] > self.right[head]:
                self.right[head] = self.right[i]
            waiting[head] -= 1
            if not waiting[head]:
                done.append(head)

    def child(self, i: int, *deps: str) -> Token | None:
        """The first dependent of token `i` under one of `deps`."""
        for c in self.tokens[i].children:
            if self.tokens[c].dep in deps:
                return self.tokens[c]
        return None

    def children(self, i: int, *deps: str) -> list[Token]:
        """The dependents of token `i` under one of `deps`, in order."""
        return [self.tokens[c] for c in self.tokens[i].children if self.tokens[c].dep in deps]

    def noun_phrase(self, i: int, before: int | None = None) -> tuple[int, int]:
        """The whole noun phrase around token `i`, with its appositives and relative clauses.

        A comma that closes an appositive belongs to it. `before` cuts the phrase off ahead of a token.
        """
        first, last = self.left[i], self.right[i]
        if before is not None and i < before <= last:
            last = before - 1
        first, last = self.trim(first, last)
        inner = any(self.tokens[k].text == "," for k in range(max(first, i), last))
        following = last + 1
        if (
            inner
            and following < len(self.tokens)
            and self.tokens[following].text == ","
            and self.same_sentence(i, following)
        ):
            last = following
        return first, last

    def span(self, extent: Extent) -> Span:
        """The code points of an extent."""
        return self.tokens[extent[0]].start, self.tokens[extent[1]].end

    def extent(self, i: int) -> Extent:
        """The whole subtree of token `i`."""
        return self.left[i], self.right[i]

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """The extent without punctuation at its edges, quotation marks and brackets excepted."""
        while first < last and self.tokens[first].text in ",.;:-–—…":
            first += 1
        while last > first and (self.tokens[last].text in ",.;:-–—…" or self.tokens[last].dep == "cc"):
            last -= 1
        return first, last

    def same_sentence(self, a: int, b: int) -> bool:
        """Whether two tokens stand in one sentence."""
        return self.tokens[a].sentence == self.tokens[b].sentence

    def medium(self, i: int) -> int:
        """The last token of a day or a bare medium directly after token `i` ("said Friday in a statement"), or `i`."""
        last = i
        at = i + 1
        if at < len(self.tokens) and self.tokens[at].text.lower() in DAYS and self.same_sentence(i, at):
            last = at
        if at + 1 < len(self.tokens) and self.tokens[at].text in ("in", "on", "via", "by"):
            noun = self.child(at, "pobj")
            if noun and noun.lemma in MEDIA and noun.i - at <= 3 and self.right[noun.i] == noun.i:
                last = noun.i
        return last
