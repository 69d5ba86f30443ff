"""The scale of a sign cut into steps, each of which has its weight, in log-odds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sayso.weigh.matching.signs import Floats


@dataclass(frozen=True, slots=True)
class Steps:
    """The weights of one sign: those of the first step whose end is not below its value. A row of weights for each step
    where there are several outcomes."""

    ends: Floats
    weights: Floats

    def weigh(self, values: Any) -> Floats:
        """The weights of some values; what is not known (NaN) weighs nothing."""
        values = np.asarray(values, np.float32)
        found: Floats = self.weights[np.searchsorted(self.ends, values)]
        unknown = np.isnan(values)
        return np.where(unknown[..., None] if self.weights.ndim > 1 else unknown, np.float32(0), found)
