"""The trained network that reads reports: one encoder, and the heads that read on from it.

What it was trained on is told in ``training/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from sayso.extract.encoders import Encoder, load_encoder
from sayso.extract.layers import Layers
from sayso.extract.sessions import Session, open_session
from sayso.extract.word_features import Vocabulary
from sayso.originals import check_original, open_original

MODEL = Path(__file__).resolve().parents[1] / "models" / "reader"
"""The folder of the model shipped: the encoder, a graph for each of `GRAPHS`, heads.npz (the weights that the graphs
are made of, and those of the layers outside them), tokenizer.json, model.json."""

HEADS, CARD = "heads.npz", "model.json"

GRAPHS = ("grammar", "relations", "cues", "roles", "answers")
"""The heads, in the order in which a text meets them; ``training/head_graphs.py`` says what each takes and gives."""

AWAY, CLAIM = "grammar.away", "match.claim"
"""The layers outside the graphs: what a governor's distance adds, and what makes a claim's vector."""


@dataclass(frozen=True, slots=True)
class Network:
    """`heads` are the sessions of `GRAPHS`; `layers` holds what is outside them; `vocabulary` the labels; cues less
    likely than `threshold` are left out."""

    encoder: Encoder
    heads: Mapping[str, Session]
    layers: Layers
    vocabulary: Vocabulary
    threshold: float


@cache
def load_network(folder: Path = MODEL) -> Network:
    """The network of a folder, loaded once a process. Raises DamagedError, ModelError, OSError or ValueError where
    its files are not right."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)  # Reports are shared out among processes; threads within one only wait for each other.
    check_original(folder / CARD)
    card = json.loads((folder / CARD).read_text("utf8"))
    with open_original(folder / HEADS) as raw, np.load(raw) as kept:
        layers = Layers({name: kept[name] for name in kept.files if name.startswith((AWAY, CLAIM))}, (AWAY,))
    heads = {name: open_session(folder / f"{name}.onnx") for name in GRAPHS}
    return Network(load_encoder(folder), heads, layers, Vocabulary(card["labels"]), card["threshold"])
