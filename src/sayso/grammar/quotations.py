"""Quotation marks: which passages of a text stand in them.

A quotation may run over several paragraphs, each opened again by a mark and only the last one closed (The Chicago
Manual of Style, 13.32). Marks that are never closed hold to the end of their paragraph. Quotations inside quotations
are not listed: what counts is who speaks the outermost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from sayso.record import Span

LONGEST_MENTION = 300
"""Code points that a quotation in single marks may span: apostrophes make longer ones doubtful."""

MARKS = re.compile(r"''|[\"“”„«»‟＂「」]|[‘’'‹›](?!')")
SAID = re.compile(
    r"[,?!]\s(?:(?:[\w.'’-]+\s){1,5}(?:said|says|told|added|warned)|(?:said|says|added|warned)\s[\w.'’-]+)\b"
)
"""The words in a quotation without an end that are its speaker's no more: "The bridge is gone, the mayor said"."""

OPENING, CLOSING = "“„«‟「‹", "”»」›"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage in quotation marks, marks included; `end` is exclusive. `closed` is False where no mark ends it, and
    `continued` is True where it goes on in the next paragraph or came from the one before."""

    start: int
    end: int
    closed: bool = True
    continued: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """All outermost quotations of a text, in order; one for each paragraph that a quotation runs over."""
    found: list[Quotation] = []
    awaiting = False  # the paragraph before ended inside a quotation
    for match in re.finditer(r"[^\n]+", text):
        start, paragraph = match.start(), match[0]
        if not paragraph.strip():
            continue
        pieces = list(_quotations_of(paragraph))
        first = pieces[0] if pieces else None
        reopened = first is not None and not paragraph[: first[0]].strip()
        if awaiting and reopened and found:
            last = found[-1]
            found[-1] = Quotation(last.start, last.end, last.closed, True)
        for at, (s, e, closed) in enumerate(pieces):
            found.append(Quotation(start + s, start + e, closed, awaiting and reopened and at == 0))
        awaiting = bool(pieces) and not pieces[-1][2]
    return [_cut_short(text, q) for q in found]


def _cut_short(text: str, quotation: Quotation) -> Quotation:
    """A quotation that nothing closes or continues, up to the words that say whose it is."""
    if quotation.closed or quotation.continued:
        return quotation
    said = SAID.search(text, quotation.start + 2, quotation.end)
    return replace(quotation, end=said.start() + 1) if said else quotation


def _quotations_of(paragraph: str) -> list[tuple[int, int, bool]]:
    """Start, end and whether it is closed, of each outermost quotation of one paragraph."""
    found: list[tuple[int, int, bool]] = []
    start = -1
    opener = ""
    for match in MARKS.finditer(paragraph):
        mark, at = match[0], match.start()
        before = paragraph[at - 1] if at else " "
        after = paragraph[match.end()] if match.end() < len(paragraph) else " "
        if start < 0:
            if _opens(mark, before, after):
                start, opener = at, mark
        elif _closes(mark, opener, before, after):
            found.append((start, match.end(), True))
            start = -1
        elif opener in "‘'‹" and _opens(mark, before, after) and mark not in "‘'‹":
            start, opener = at, mark  # what looked like a single mark was an apostrophe
    if start >= 0 and opener not in "‘'‹":
        found.append((start, len(paragraph.rstrip()), False))
    return [
        (s, e, c)
        for s, e, c in found
        if paragraph[s] not in "‘'" or paragraph[s : s + 2] == "''" or e - s <= LONGEST_MENTION
    ]


def _opens(mark: str, before: str, after: str) -> bool:
    if mark in CLOSING or mark == "’":
        return False
    free = not before.isalnum() and before not in ".,!?"
    if mark in OPENING:
        return True
    return free and not after.isspace() and after not in ".,;:!?)"


def _closes(mark: str, opener: str, before: str, after: str) -> bool:
    if opener in ("‘", "'", "‹"):
        pairs = {"‘": "’'", "'": "'’", "‹": "›"}
        return mark in pairs[opener] and not after.isalnum() and not before.isspace()
    if opener == "''":
        return mark == "''" and not (before.isspace() and after.isalnum())
    if opener in '"＂':
        return mark in '"＂”' and not (before.isspace() and after.isalnum())
    if opener == "„":
        return mark in '“”"»'
    if opener == "“":
        return mark == "”" or (mark == '"' and not after.isalnum())
    return mark in CLOSING


class Marked:
    """Which characters of a text stand in quotation marks; looked up by position in logarithmic time."""

    def __init__(self, quotations: list[Quotation]) -> None:
        """`quotations` as `find_quotations` gives them: in order and apart."""
        self.quotations = quotations
        self._starts = [q.start for q in quotations]

    def at(self, position: int) -> Quotation | None:
        """The quotation that the character at `position` stands in, or None."""
        n = bisect_right(self._starts, position) - 1
        return self.quotations[n] if n >= 0 and position < self.quotations[n].end else None

    def from_(self, position: int) -> Quotation | None:
        """The first quotation that starts at or after `position`, or None."""
        n = bisect_right(self._starts, position - 1)
        return self.quotations[n] if n < len(self.quotations) else None

    def before(self, position: int) -> Quotation | None:
        """The last quotation that ends at or before `position`, or None."""
        n = bisect_right(self._starts, position) - 1
        while n >= 0 and self.quotations[n].end > position:
            n -= 1
        return self.quotations[n] if n >= 0 else None

    def within(self, span: Span) -> bool:
        """Whether all of a span stands in one quotation."""
        q = self.at(span[0])
        return q is not None and span[1] <= q.end
