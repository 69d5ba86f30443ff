"""Makes a case that fails as small as it fails alike: lines are left out, then bytes or characters (after Zeller and
Hildebrandt, *Simplifying and Isolating Failure-Inducing Input*, 2002)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

P = TypeVar("P")


def shrink(content: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """The smallest content found that fails like this one."""
    content = b"".join(shrink_pieces(content.splitlines(keepends=True), lambda pieces: fails(b"".join(pieces))))
    try:
        text = content.decode("utf8", "surrogatepass")
    except UnicodeDecodeError:
        singles = [content[at : at + 1] for at in range(len(content))]
        return b"".join(shrink_pieces(singles, lambda pieces: fails(b"".join(pieces))))
    return "".join(shrink_pieces(text, lambda pieces: fails("".join(pieces).encode("utf8", "surrogatepass")))).encode(
        "utf8", "surrogatepass"
    )


def shrink_pieces(pieces: Sequence[P], fails: Callable[[Sequence[P]], bool]) -> Sequence[P]:
    """The pieces without those that can be left out, by halves, quarters and so on down to single ones."""
    size = max(1, len(pieces) // 2)
    while pieces:
        at, before = 0, len(pieces)
        while at < len(pieces):
            rest = [*pieces[:at], *pieces[at + size :]]
            if rest and fails(rest):
                pieces = rest
            else:
                at += size
        if size == 1 and len(pieces) == before:
            return pieces
        size = max(1, size // 2)
    return pieces
