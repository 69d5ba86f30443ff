"""Make the shipped model of a checkpoint: ``python training/export.py OUT/epoch-N.pt ANNOTATED.jsonl FOLDER``.

Writes FOLDER/encoder.onnx (int8 weights), heads.npz (half precision), tokenizer.json, model.json (labels, threshold,
figures) and hashes.toml (the SHA-256 of each). The threshold is the one with the best whole-attribution F1 on the
articles that ``train.py`` held out, scored here as a user gets them: by ONNX Runtime with the int8 weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from articles import parse_rows, read_rows
from network import Tagger
from scores import score_attributions
from torch import Tensor, nn
from train import EPOCHS, SEED, open_encoder

from sayso.extract.quotations import Marked, find_quotations
from sayso.extract.taggers import CARD, ENCODER, HEADS, TOKENIZER, load_tagger
from sayso.extract.word_features import Vocabulary

THRESHOLDS = [round(0.2 + 0.04 * n, 2) for n in range(11)]
OPSET = 17


class Projected(nn.Module):
    """Pieces to their vectors at the width of the heads."""

    def __init__(self, model: Tagger) -> None:
        """Shares the weights of `model`."""
        super().__init__()
        self.encoder, self.project = model.encoder, model.project

    def forward(self, pieces: Tensor) -> Tensor:
        """Rows by length of piece numbers to rows by length by width."""
        return self.project(self.encoder(pieces))


def write_encoder(model: Tagger, path: Path) -> None:
    """The encoder as ONNX with int8 weights, one scale a column; its activations are quantised as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            Projected(model).eval(),
            (torch.ones(2, 32, dtype=torch.int64),),
            str(plain),
            input_names=["pieces"],
            output_names=["vectors"],
            dynamic_axes={"pieces": {0: "rows", 1: "length"}, "vectors": {0: "rows", 1: "length"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            plain, path, op_types_to_quantize=["MatMul", "Gather"], per_channel=True, weight_type=QuantType.QInt8
        )


def write_heads(model: Tagger, path: Path) -> None:
    """All weights outside the encoder and its projection, in half precision."""
    kept = {
        name: value.numpy().astype(np.float16)
        for name, value in model.state_dict().items()
        if not name.startswith(("encoder.", "project."))
    }
    np.savez_compressed(path, **kept)  # type: ignore[arg-type]


def main() -> None:
    """Read the arguments and export."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("annotated", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--parses", type=Path, help="pickled parses by article id, as train.py keeps them")
    chosen = arguments.parse_args()
    kept: dict[str, Any] = torch.load(chosen.checkpoint, map_location="cpu")
    vocabulary = Vocabulary(kept["labels"])
    encoder, _, pieces = open_encoder()
    model = Tagger(encoder, vocabulary.sizes(), vocabulary.pair_sizes())
    model.load_state_dict(kept["model"])
    folder: Path = chosen.folder
    folder.mkdir(parents=True, exist_ok=True)
    write_encoder(model, folder / ENCODER)
    write_heads(model, folder / HEADS)
    shutil.copyfile(pieces, folder / TOKENIZER)
    card: dict[str, Any] = {"labels": vocabulary.labels, "threshold": min(THRESHOLDS)}
    (folder / CARD).write_text(json.dumps(card), "utf8")

    held = set(json.loads((chosen.checkpoint.parent / "split.json").read_text("utf8"))["held_out"])
    rows = [row for row in read_rows(chosen.annotated) if row["id"] in held]
    parses = pickle.loads(chosen.parses.read_bytes()) if chosen.parses else None
    found = [parses[row["id"]] for row in rows] if parses else parse_rows(rows)
    load_tagger.cache_clear()
    tagger = load_tagger(folder)
    tagged = [tagger.tag(parse, Marked(find_quotations(parse.text))) for parse in found]
    scores = {
        t: score_attributions(rows, [[x for x in row if x.probability >= t] for row in tagged]) for t in THRESHOLDS
    }
    best = max(THRESHOLDS, key=lambda t: scores[t]["whole"])
    for t in THRESHOLDS:
        print(t, scores[t])
    card |= {
        "threshold": best,
        "held_out": scores[best],
        "seed": SEED,
        "epochs": EPOCHS,
        "checkpoint": chosen.checkpoint.stem,
    }
    (folder / CARD).write_text(json.dumps(card, indent=1) + "\n", "utf8")
    lines = [
        f'"{n}" = "{hashlib.sha256((folder / n).read_bytes()).hexdigest()}"' for n in (ENCODER, HEADS, TOKENIZER, CARD)
    ]
    (folder / "hashes.toml").write_text("# SHA-256 of each file of the model.\n" + "\n".join(lines) + "\n", "utf8")


if __name__ == "__main__":
    main()
