"""Weights made small: 8 bits and a scale a column, or a row for embeddings; inputs of layers evened out first.

A few of the 384 channels of a BERT are far larger than the others, and one scale for all of them rounds the small ones
away. Each channel is divided by its largest value (on SHARE of the logarithm) and the weights multiplied by it, which
changes no sum (Xiao et al. 2023, "SmoothQuant").
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from network import Encoder
from torch import Tensor, nn

Array = np.ndarray[Any, np.dtype[Any]]
Weights = dict[str, Array]

SHARE = 0.8
"""How much of the unevenness goes to the weights, which have a scale for each column of their own."""

EVENED = ("output", "up", "down")
"""The linear parts of a layer whose inputs are evened out: the most uneven ones."""

LARGEST = 127
"""The largest rounded weight."""


@torch.no_grad()
def measure_inputs(encoder: Encoder, samples: list[Tensor]) -> Weights:
    """The largest absolute value that each input of the parts to be evened takes on samples (rows of pieces), by the
    part's name ("layers.0.up")."""
    largest: dict[str, Tensor] = {}

    def watch(name: str, given: Tensor) -> None:
        now = given.abs().flatten(0, 1).amax(0)
        largest[name] = torch.maximum(largest[name], now) if name in largest else now

    hooks = [
        part.register_forward_hook(lambda _, given, __, name=name: watch(name, given[0]))
        for name, part in encoder.named_modules()
        if isinstance(part, nn.Linear) and name.endswith(EVENED)
    ]
    for pieces in samples:
        encoder(pieces)
    for hook in hooks:
        hook.remove()
    return {name: value.numpy() for name, value in largest.items()}


def even_inputs(weights: Weights, largest: Weights) -> Weights:
    """The weights of the encoder (as PyTorch names and shapes them) for evened inputs.

    What attention puts out is evened by its values' weights; the others get an array of their own to be multiplied
    with, "layers.0.up.inverse".
    """
    evened = dict(weights)
    for name, values in largest.items():
        weight = weights[f"{name}.weight"]
        scale = values.clip(1e-5) ** SHARE / np.abs(weight).max(0).clip(1e-5) ** (1 - SHARE)
        scale = scale.clip(1e-3).astype(np.float32)
        evened[f"{name}.weight"] = weight * scale
        if name.endswith("output"):
            value = name.removesuffix("output") + "value"
            evened[f"{value}.weight"] = weights[f"{value}.weight"] / scale[:, None]
            evened[f"{value}.bias"] = weights[f"{value}.bias"] / scale
        else:
            evened[f"{name}.inverse"] = 1 / scale
    return evened


def round_columns(weight: Array) -> tuple[Array, Array]:
    """Inputs by outputs in 8 bits, and the scale of each output."""
    scale = np.abs(weight).max(0).clip(1e-8) / LARGEST
    return np.round(weight / scale).astype(np.int8), scale.astype(np.float32)


def round_rows(table: Array) -> tuple[Array, Array]:
    """A table of embeddings in 8 bits, and the scale of each row (rows by 1)."""
    scale = np.abs(table).max(1, keepdims=True).clip(1e-8) / LARGEST
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)
