"""Which reports share their text: five-word shingles in an inverted index, each led back to its earliest holders.

Broder, "On the resemblance and containment of documents" (1997). Work grows with the length of the reports, not with
the square of their number: a shingle remembers only its first few holders, in order of publication.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.record import Report, Span

SHINGLE_WORDS = 5
HOLDERS_KEPT = 4
"""A text printed a hundred times is led back to its first printings; later holders add nothing."""

COPIED_SHARE = 0.4
"""Share of a report's lead, or of all of it, that must stand in an earlier one. Reports that merely quote the same
spoken words share less than a fifth; a wire text cut and edited by a desk keeps more than half."""

FEWEST_SHINGLES = 15
"""Shingles shared at least (19 words): shorter ones agree by formula ("says its forces have captured ...")."""

WITHIN_DAYS = 30
WHOLE = 0.95
"""Share from which a text counts as the same however short it is."""

QUOTED_WORDS = 6
QUOTED = re.compile(r"[\"“]([^\"“”\n]{20,600})[\"”]")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A report (by position) shares `share` of its text and `lead_share` of its lead with an earlier one; `text` is
    the longest run of words they share."""

    child: int
    parent: int
    share: float
    lead_share: float
    text: str


@dataclass(slots=True)
class Shingles:
    """The word shingles of one report, in order: their hashes and character spans."""

    keys: list[tuple[str, ...]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A report (by position) quotes the words `text` that an earlier one quoted first."""

    child: int
    parent: int
    text: str


def find_quotations(reports: Sequence[Report]) -> list[Quotation]:
    """For each report, in order of publication, the earliest within a month that quotes the same six words or more."""
    first: dict[tuple[str, ...], int] = {}
    found = []
    for child, report in enumerate(reports):
        shared: list[tuple[int, str]] = []
        for match in QUOTED.finditer(report.text):
            words = [m.group().lower() for m in WORD.finditer(match.group(1))]
            for n in range(len(words) - QUOTED_WORDS + 1):
                parent = first.setdefault(tuple(words[n : n + QUOTED_WORDS]), child)
                if parent != child and is_near(reports[parent], report):
                    shared.append((parent, " ".join(match.group(1).split())))
        if shared:
            parent, text = min(shared)
            found.append(Quotation(child=child, parent=parent, text=text))
    return found


def cut_shingles(text: str) -> Shingles:
    """Every run of five words (small letters, punctuation dropped) and where it stands."""
    words = [(m.group().lower(), m.start(), m.end()) for m in WORD.finditer(text)]
    made = Shingles()
    for i in range(len(words) - SHINGLE_WORDS + 1):
        run = words[i : i + SHINGLE_WORDS]
        made.keys.append(tuple(word for word, _, _ in run))
        made.spans.append((run[0][1], run[-1][2]))
    return made


def find_copies(reports: Sequence[Report], leads: Sequence[Span]) -> list[Copy]:
    """Each report's best earlier match among `reports`, which are in order of publication; at most one a report.

    `leads` are the spans of the reports' leads.
    """
    holders: dict[tuple[str, ...], list[int]] = {}
    made = [cut_shingles(report.text) for report in reports]
    copies = []
    for child, shingles in enumerate(made):
        counts = Counter(
            p for key in set(shingles.keys) for p in holders.get(key, ()) if is_near(reports[p], reports[child])
        )
        # Ties go to the earliest, so that a chain of copies leads back to its first.
        for parent, shared in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:1]:
            theirs = set(made[parent].keys)
            inside = [span for key, span in zip(shingles.keys, shingles.spans, strict=True) if key in theirs]
            head = [s for s in shingles.spans if leads[child][0] <= s[0] and s[1] <= leads[child][1]]
            in_lead = [s for s in inside if leads[child][0] <= s[0] and s[1] <= leads[child][1]]
            share = shared / max(1, len(set(shingles.keys)))
            lead_share = len(in_lead) / len(head) if len(head) >= SHINGLE_WORDS else share
            if max(share, lead_share) >= COPIED_SHARE and (shared >= FEWEST_SHINGLES or share >= WHOLE):
                text = longest_run(reports[child].text, inside)
                copies.append(Copy(child=child, parent=parent, share=share, lead_share=lead_share, text=text))
        for key in shingles.keys:
            kept = holders.setdefault(key, [])
            if len(kept) < HOLDERS_KEPT and child not in kept:
                kept.append(child)
    return copies


def is_near(earlier: Report, later: Report) -> bool:
    """Whether two reports came out within a month, or one does not say when."""
    if earlier.published is None or later.published is None:
        return True
    return abs((later.published - earlier.published).days) <= WITHIN_DAYS


def longest_run(text: str, spans: Sequence[Span]) -> str:
    """The longest passage that overlapping spans cover together."""
    best, start, end = (0, 0), -1, -1
    for s, e in spans:
        if s <= end:
            end = max(end, e)
        else:
            start, end = s, e
        if end - start > best[1] - best[0]:
            best = (start, end)
    return " ".join(text[best[0] : best[1]].split())
