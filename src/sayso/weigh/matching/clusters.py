"""What belongs together, by how likely each two belong together: trees of average links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Branch:
    """Rows that average links put together: the rows of its two halves, which are as likely to belong together as
    their pairs are on average; a single row has none."""

    rows: tuple[int, ...]
    likely: float = 1.0
    halves: tuple[Branch, ...] = ()

    def place(self, rows: Sequence[int]) -> Branch:
        """The same of other rows, which stand in the places of its own; of its halves, only their rows."""
        halves = tuple(Branch(tuple(rows[n] for n in half.rows), half.likely) for half in self.halves)
        return Branch(tuple(rows[n] for n in self.rows), self.likely, halves)


def link_averages(alike: Floats, least: float) -> list[Branch]:
    """The trees of rows by average link (Sokal & Michener 1958): two are one where their rows are as alike on average
    as `least`, the most alike first. `alike` is square and symmetric, and is spent.

    By chains of nearest neighbours (Murtagh 1983): each step follows one tree to its nearest, until two are each
    other's. Rows of a tree are in order, and trees in that of their first rows.
    """
    n = len(alike)
    np.fill_diagonal(alike, -1.0)
    trees: list[Branch | None] = [Branch((k,)) for k in range(n)]
    sizes = np.ones(n, np.float32)
    waiting = [k for k in range(n - 1, -1, -1) if alike[k].max(initial=-1.0) >= least]
    live = np.zeros(n, bool)
    live[waiting] = True
    chain: list[int] = []
    while chain or waiting:
        if not chain:
            first = waiting.pop()
            if live[first]:
                chain.append(first)
            continue
        at = chain[-1]
        nearest = int(alike[at].argmax())
        best = alike[at, nearest]
        if best < least:
            live[at] = False
            chain.pop()
        elif len(chain) > 1 and alike[at, chain[-2]] >= best:
            other = chain[-2]
            del chain[-2:]
            join(alike, trees, sizes, other, at)
            live[at] = False
            waiting.append(other)
        else:
            chain.append(nearest)
    return sorted((tree for tree in trees if tree is not None), key=lambda tree: tree.rows[0])


def join(alike: Floats, trees: list[Branch | None], sizes: Floats, kept: int, gone: int) -> None:
    """Make two trees one, in the place of the first."""
    first, second = trees[kept], trees[gone]
    assert first is not None and second is not None
    rows = tuple(sorted(first.rows + second.rows))
    trees[kept], trees[gone] = Branch(rows, float(alike[kept, gone]), (first, second)), None
    whole = sizes[kept] + sizes[gone]
    row = (alike[kept] * sizes[kept] + alike[gone] * sizes[gone]) / whole
    alike[kept], alike[:, kept] = row, row
    alike[gone], alike[:, gone] = -1.0, -1.0
    alike[kept, kept] = -1.0
    sizes[kept] = whole
