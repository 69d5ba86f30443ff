"""Groups of what belongs together, by how likely each two belong together."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]


def link_averages(alike: Floats, least: float) -> list[list[int]]:
    """Groups of rows by average link (Sokal & Michener 1958): two groups are one where their rows are as alike on
    average as `least`, the most alike first. `alike` is square and symmetric, and is spent.

    By chains of nearest neighbours (Murtagh 1983): each step follows one group to its nearest, until two are each
    other's. Groups keep the order of their first rows.
    """
    n = len(alike)
    np.fill_diagonal(alike, -1.0)
    members: list[list[int]] = [[k] for k in range(n)]
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
            join(alike, members, sizes, other, at)
            live[at] = False
            waiting.append(other)
        else:
            chain.append(nearest)
    return sorted((sorted(rows) for rows in members if rows), key=lambda rows: rows[0])


def join(alike: Floats, members: list[list[int]], sizes: Floats, kept: int, gone: int) -> None:
    """Make two groups one, in the place of the first."""
    whole = sizes[kept] + sizes[gone]
    row = (alike[kept] * sizes[kept] + alike[gone] * sizes[gone]) / whole
    alike[kept], alike[:, kept] = row, row
    alike[gone], alike[:, gone] = -1.0, -1.0
    alike[kept, kept] = -1.0
    sizes[kept] = whole
    members[kept] += members[gone]
    members[gone] = []
