"""Two claims compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from sayso.weigh.pairs import Compared


class Claimed(TypedDict, total=False):
    """A claim with what is known of it: its `text`, when it was `published`, its `outlet`, and the `source` who says
    it. The more is given, the better the answer."""

    text: str
    published: str
    outlet: str
    source: str


def compare(a: str | Claimed, b: str | Claimed) -> Compared:
    """Say how two claims stand to each other: their `relation`, the `stance` of the second to the first, and `why`.

    They are the same, compatible, a revision, of another scope, a contradiction or unrelated; the second supports,
    contradicts or repeats the first. Raises `Error` where one of them is no claim.
    """
    from sayso.weigh.pairs import compare_row

    return compare_row({"a": a, "b": b}, "")
