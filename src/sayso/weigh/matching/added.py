"""Signs that plugins add, each with the weights that it brings.

None is used because its package is installed: the setting `signs` names those that are, and their packages stand beside
their names wherever reasons are shown. Our own weights were learnt without them and stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from sayso import plugins
from sayso.errors import Error
from sayso.plugins import Plugin
from sayso.settings import read_settings
from sayso.weigh.matching.signs import Columns, Floats, Ints, Sign
from sayso.weigh.matching.steps import Steps
from sayso.weigh.matching.units import FAMILIES


@dataclass(frozen=True, slots=True)
class AddedSign:
    """What a plugin's entry point leads to: `reckon`, which gives a number for each pair of rows of some columns (NaN
    where it cannot tell), and its `weights` by family (figure, date, words): steps of the scale, each an upper end and
    a weight in log-odds, of which the last has no end (None)."""

    reckon: Sign
    weights: Mapping[str, Sequence[tuple[float | None, float]]]


@dataclass(frozen=True, slots=True)
class UsedSign:
    """A sign that is used, as it is shown, with the plugin and its steps by family."""

    plugin: Plugin
    reckon: Sign
    steps: Mapping[str, Steps]

    @property
    def name(self) -> str:
        """The sign's name with the package that it is from."""
        return f"{self.plugin.name} ({self.plugin.maker})"

    def weigh(self, columns: Columns, i: Ints, j: Ints) -> tuple[Floats, Floats]:
        """The values and weights of some pairs. Raises `PluginError`."""
        try:
            values = np.asarray(self.reckon(columns, i, j), np.float32)
        except Exception as error:
            raise self.plugin.fail(f"it failed ({plugins.explain(error)})") from error
        if values.shape != i.shape:
            raise self.plugin.fail(f"it gave {values.shape} values for {i.shape} pairs")
        return values, self.steps[columns.family].weigh(values)


def weigh_added(columns: Columns, i: Ints, j: Ints) -> Iterator[tuple[str, tuple[Floats, Floats]]]:
    """The signs of plugins that are used for a family: the name of each, the values and weights of some pairs."""
    for sign in load_signs():
        if columns.family in sign.steps:
            yield sign.name, sign.weigh(columns, i, j)


@cache
def load_signs() -> tuple[UsedSign, ...]:
    """The signs that the settings name. They belong to the installation as tables do, so that nobody hands them down.
    Raises `Error` where there is none of a name, and `PluginError`."""
    return tuple(map(load_sign, read_settings().signs))


def load_sign(name: str) -> UsedSign:
    """The sign of a plugin. Raises `Error` and `PluginError`."""
    plugin = plugins.find_plugin(plugins.SIGNS, name)
    if plugin is None:
        raise Error(f"the setting signs names {name!r}, and no package that is installed has such a sign")
    sign = plugin.load()
    if not isinstance(sign, AddedSign):
        raise plugin.fail("it leads to no AddedSign")
    try:
        return UsedSign(plugin, sign.reckon, {family: make_steps(rows) for family, rows in check_families(sign)})
    except (TypeError, ValueError) as error:
        raise plugin.fail(f"its weights are none ({plugins.explain(error)})") from None


def check_families(sign: AddedSign) -> Iterator[tuple[str, Sequence[tuple[Any, Any]]]]:
    """The steps of each family. Raises ValueError where there is none, or it is no family."""
    if not sign.weights or not set(sign.weights) <= set(FAMILIES):
        raise ValueError(f"weights are for {', '.join(FAMILIES)}, not {', '.join(map(str, sign.weights)) or 'nothing'}")
    yield from sign.weights.items()


def make_steps(rows: Sequence[tuple[Any, Any]]) -> Steps:
    """The steps of some rows. Raises ValueError where they do not go up, or a weight is no number."""
    ends = [float(end) for end, _ in rows[:-1]]
    weights = [float(weight) for _, weight in rows]
    if not rows or rows[-1][0] is not None or ends != sorted(set(ends)) or not all(map(math.isfinite, ends + weights)):
        raise ValueError("ends go up, the last step has none, and all are finite numbers")
    return Steps(np.array(ends, np.float32), np.array(weights, np.float32))
