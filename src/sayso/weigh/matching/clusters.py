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


def link_centres(rows: Floats, least: float) -> list[list[int]]:
    """Groups of rows of length 1 by the cosine of their sums, the nearest two first, down to `least`. Groups keep the
    order of their first rows."""
    sums, members = rows.copy(), [[k] for k in range(len(rows))]
    near = sums @ sums.T
    np.fill_diagonal(near, -1.0)
    sizes = np.ones(len(rows), np.float32)
    gone = np.zeros(len(rows), bool)
    while len(rows):
        at = int(near.argmax())
        kept, other = sorted(divmod(at, len(rows)))
        if near[kept, other] < least:
            break
        sums[kept] += sums[other]
        members[kept] += members[other]
        members[other] = []
        gone[other] = True
        sizes[kept] = np.sqrt(sums[kept] @ sums[kept])
        row = np.where(gone, -1.0, (sums @ sums[kept]) / np.maximum(sizes * sizes[kept], 1e-9))
        near[kept], near[:, kept] = row, row
        near[other], near[:, other], near[kept, kept] = -1.0, -1.0, -1.0
    return sorted((sorted(some) for some in members if some), key=lambda some: some[0])
