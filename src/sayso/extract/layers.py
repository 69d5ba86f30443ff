"""The sums of a small trained network in NumPy, by the names its weights had in training."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


NEVER = -1e4
"""Log-odds of what cannot be."""


class Layers:
    """Weights with the sums that are done with them; `weights` are arrays by name, as PyTorch names them."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        """See the class."""
        self.weights = {
            # A product with a transposed copy is as fast as BLAS can be; with a view it is not.
            name: np.ascontiguousarray(w.T if w.ndim == 2 and not _is_table(name) else w, np.float32)
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

    def normalise(self, x: Floats, name: str) -> Floats:
        """Layer normalisation (Ba, Kiros & Hinton 2016)."""
        y: Floats = x - x.mean(axis=-1, keepdims=True)
        y /= np.sqrt(np.einsum("...i,...i->...", y, y)[..., None] / x.shape[-1] + 1e-5)
        y *= self.weights[f"{name}.weight"]
        y += self.weights[f"{name}.bias"]
        return y


def gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit (Hendrycks & Gimpel 2016) by its tanh form, which is 0.0005 off at most."""
    inner = x * x
    inner *= 0.044715
    inner += 1.0
    inner *= x
    inner *= 0.7978845608
    np.tanh(inner, out=inner)
    inner += 1.0
    inner *= x
    inner *= 0.5
    return inner


def average_runs(rows: Floats, starts: Ints, counts: Ints) -> Floats:
    """The average of `counts` rows from each of `starts` on; `counts` are at least 1."""
    sums: Floats = rows[starts]
    done = 1
    while len(longer := np.flatnonzero(counts > done)):
        sums[longer] += rows[starts[longer] + done]
        done += 1
    sums /= counts[:, None].astype(np.float32)
    return sums


def _is_table(name: str) -> bool:
    return any(part in name for part in ("features.", "pairs.", "signs.", "away.", "kinds."))
