"""The few layers of a trained network that stand outside its graphs, in NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


NEVER = -1e4
"""Log-odds of what cannot be."""


class Layers:
    """Weights with the sums that are done with them; `weights` are arrays by name, as PyTorch names them."""

    def __init__(self, weights: dict[str, Floats], tables: tuple[str, ...] = ()) -> None:
        """`tables` are layers whose rows are looked up."""
        self.weights = {
            # A product with a transposed copy is as fast as BLAS can be; with a view it is not.
            name: np.ascontiguousarray(w.T if w.ndim == 2 and not name.startswith(tables) else w, np.float32)
            for name, w in weights.items()
        }

    def look_up(self, name: str, rows: Ints) -> Floats:
        """The rows of an embedding table."""
        found: Floats = self.weights[f"{name}.weight"][rows]
        return found

    def project(self, x: Floats, name: str) -> Floats:
        """A linear layer: the weights times `x`, and the bias where there is one."""
        y: Floats = x @ self.weights[f"{name}.weight"]
        if f"{name}.bias" in self.weights:
            y += self.weights[f"{name}.bias"]
        return y


def average_runs(rows: Floats, starts: Ints, counts: Ints) -> Floats:
    """The average of `counts` rows from each of `starts` on; `counts` are at least 1."""
    sums: Floats = rows[starts]
    done = 1
    while len(longer := np.flatnonzero(counts > done)):
        sums[longer] += rows[starts[longer] + done]
        done += 1
    sums /= counts[:, None].astype(np.float32)
    return sums
