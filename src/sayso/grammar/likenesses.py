"""How alike two strings, or two rows of words, are by what both have in one order.

Written out since it is a few lines, and the library rapidfuzz, to which tests hold it, is 12 MB.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence


def count_common(a: Sequence[Hashable], b: Sequence[Hashable]) -> int:
    """The length of the longest common subsequence of two sequences, by the bits of one number (Hyyrö 2004): a step for
    each item of the longer one."""
    short, long = sorted((a, b), key=len)
    places: dict[Hashable, int] = {}
    for at, item in enumerate(short):
        places[item] = places.get(item, 0) | 1 << at
    whole = (1 << len(short)) - 1
    row = whole
    for item in long:
        if hit := row & places.get(item, 0):
            row = (row + hit | row - hit) & whole
    return len(short) - row.bit_count()


def rate_likeness(a: str, b: str) -> float:
    """How alike two strings are, from 0 to 100: 100 less the share of their letters that is not common to both in one
    order (the normalised indel similarity)."""
    letters = len(a) + len(b)
    return (1 - (letters - 2 * count_common(a, b)) / letters) * 100 if letters else 100.0


def share_order(a: Sequence[Hashable], b: Sequence[Hashable]) -> float:
    """Which share, from 0 to 1, of the longer of two sequences is common to both in one order."""
    longest = max(len(a), len(b))
    return 1 - (longest - count_common(a, b)) / longest if longest else 1.0
