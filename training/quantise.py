"""The encoder made small: embeddings in 8 bits with a scale a row, inputs of layers evened out before they are rounded.

A few of the 384 channels of a BERT are far larger than the others, and one scale for all of them rounds the small ones
away. Each channel is divided by its largest value (on SHARE of the logarithm) and the weights multiplied by it, which
changes no sum (Xiao et al. 2023, "SmoothQuant").
"""

from __future__ import annotations

import copy

import torch
from network import Tagger
from torch import Tensor, nn

SHARE = 0.8
"""How much of the unevenness goes to the weights, which have a scale for each column of their own."""

EVENED = ("output", "up", "down")
"""The linear parts of a layer whose inputs are evened out: the widest ones."""


class Projected(nn.Module):
    """Pieces to their vectors at the width of the heads."""

    def __init__(self, model: Tagger) -> None:
        """Shares the weights of `model`."""
        super().__init__()
        self.encoder, self.project = model.encoder, model.project

    def forward(self, pieces: Tensor) -> Tensor:
        """Rows by length of piece numbers to rows by length by width."""
        return self.project(self.encoder(pieces))


class RoundedRows(nn.Module):
    """A table of embeddings in 8 bits."""

    def __init__(self, table: Tensor) -> None:
        """`table` is rows by size."""
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rounded", (table / scale).round().to(torch.int8))

    def forward(self, rows: Tensor) -> Tensor:
        """The embeddings of some rows."""
        return self.rounded[rows].float() * self.scale[rows]


class Evened(nn.Module):
    """A linear layer that divides its inputs first; its sums are those of the layer it was made of."""

    def __init__(self, linear: nn.Linear, largest: Tensor) -> None:
        """`largest` is the largest absolute value that each input takes."""
        super().__init__()
        weight = linear.weight.detach()
        scale = largest.clamp(min=1e-5) ** SHARE / weight.abs().amax(0).clamp(min=1e-5) ** (1 - SHARE)
        scale = scale.clamp(min=1e-3)
        self.register_buffer("inverse", 1 / scale)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data = weight * scale
        self.linear.bias.data = linear.bias.detach()

    def forward(self, x: Tensor) -> Tensor:
        """As the layer it was made of."""
        return self.linear(x * self.inverse)


@torch.no_grad()
def prepare(model: Tagger, samples: list[Tensor]) -> Projected:
    """The encoder ready to be rounded; `samples` are windows of pieces, from which the sizes of inputs are learnt."""
    projected = copy.deepcopy(Projected(model)).eval()
    largest: dict[nn.Module, Tensor] = {}

    def watch(module: nn.Module, given: tuple[Tensor], _: Tensor) -> None:
        now = given[0].abs().flatten(0, 1).amax(0)
        largest[module] = torch.maximum(largest[module], now) if module in largest else now

    linears = [(layer, name, getattr(layer, name)) for layer in projected.encoder.layers for name in EVENED]
    hooks = [linear.register_forward_hook(watch) for _, _, linear in linears]
    for pieces in samples:
        projected(pieces)
    for hook in hooks:
        hook.remove()
    for layer, name, linear in linears:
        setattr(layer, name, Evened(linear, largest[linear]))
    projected.encoder.pieces = RoundedRows(projected.encoder.pieces.weight)
    return projected
