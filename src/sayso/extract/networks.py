"""The trained network that reads reports: one encoder, and the heads that read on from it.

What it was trained on is told in ``training/README.md``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from sayso.extract.encoders import Encoder, load_encoder
from sayso.extract.layers import Layers
from sayso.extract.word_features import Vocabulary
from sayso.originals import check_original, open_original

MODEL = Path(__file__).resolve().parents[1] / "models" / "reader"
"""The folder of the model shipped: encoder.onnx, heads.npz, tokenizer.json, model.json."""

HEADS, CARD = "heads.npz", "model.json"


@dataclass(frozen=True, slots=True)
class Network:
    """`layers` are the weights outside the encoder; `vocabulary` the labels; cues less likely than `threshold` are left
    out."""

    encoder: Encoder
    layers: Layers
    vocabulary: Vocabulary
    threshold: float

    @property
    def width(self) -> int:
        """How long the encoder's vectors are."""
        return len(self.layers.weights["norm.weight"])


@cache
def load_network(folder: Path = MODEL) -> Network:
    """The network of a folder, loaded once a process. Raises OSError or ValueError where its files are not right."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)  # Reports are shared out among processes; threads within one only wait for each other.
    check_original(folder / CARD)
    card = json.loads((folder / CARD).read_text("utf8"))
    with open_original(folder / HEADS) as raw, np.load(raw) as kept:
        layers = Layers({name: kept[name] for name in kept.files})
    return Network(load_encoder(folder), layers, Vocabulary(card["labels"]), card["threshold"])
