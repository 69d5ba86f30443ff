"""Make the shipped model of checkpoints: ``python training/export.py OUT/epoch-N.pt ... ANNOTATED.jsonl FOLDER``.

The weights are the average of the checkpoints' (Izmailov et al. 2018).

Writes FOLDER/encoder.onnx and encoder.bin (int8 weights), heads.npz (half precision), the graphs made of it,
tokenizer.json, model.json (labels, threshold, figures) and hashes.toml (the SHA-256 of each). The threshold is the one
with the best whole-attribution F1 on the articles that ``train.py`` held out, scored here as a user gets them: by ONNX
Runtime with the int8 weights.
"""

from __future__ import annotations

import argparse
import json
import pickle
import shutil
from pathlib import Path
from typing import Any

import torch
from articles import parse_rows, read_rows
from encoder_graphs import build_encoder, save_encoder
from head_graphs import write_hashes, write_heads
from network import Encoder
from quantise import even_inputs, measure_inputs
from scores import score_attributions
from torch import Tensor
from train import SEED, open_encoder

from sayso.extract.encoders import TOKENIZER
from sayso.extract.networks import CARD, load_network
from sayso.extract.parsers import parse_text
from sayso.extract.piece_windows import cut_windows
from sayso.extract.taggers import Tagger
from sayso.extract.word_features import Vocabulary, describe_words
from sayso.grammar.parses import Parse
from sayso.grammar.quotations import Marked, find_quotations

THRESHOLDS = [round(0.3 + 0.04 * n, 2) for n in range(12)]

SAMPLES = 20
"""Articles of the training set on which the sizes of inputs are measured."""


def write_encoder(encoder: Encoder, project: dict[str, Tensor], samples: list[Tensor], folder: Path) -> None:
    """The encoder and its projection ("weight" and "bias") as ONNX; `samples` are rows of pieces."""
    weights = {name: value.numpy() for name, value in encoder.state_dict().items()}
    weights |= {f"project.{name}": value.numpy() for name, value in project.items()}
    save_encoder(build_encoder(even_inputs(weights, measure_inputs(encoder, samples))), folder)


def main() -> None:
    """Read the arguments and export."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("checkpoints", type=Path, nargs="+")
    arguments.add_argument("annotated", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--parses", type=Path, help="pickled parses by article id, as train.py keeps them")
    chosen = arguments.parse_args()
    loaded: list[dict[str, Any]] = [torch.load(path, map_location="cpu") for path in chosen.checkpoints]
    kept = loaded[0]
    averaged = {name: sum(each["model"][name] for each in loaded) / len(loaded) for name in kept["model"]}
    vocabulary = Vocabulary(kept["labels"])
    parts: dict[str, dict[str, Tensor]] = {"encoder": {}, "project": {}, "heads": {}}
    for name, value in averaged.items():
        part, _, rest = name.partition(".")
        if part in parts:
            parts[part][rest] = value
        else:
            parts["heads"][name] = value
    encoder, tokenizer, pieces = open_encoder()
    encoder.load_state_dict(parts["encoder"])
    folder: Path = chosen.folder
    folder.mkdir(parents=True, exist_ok=True)
    rows = read_rows(chosen.annotated)
    parses = pickle.loads(chosen.parses.read_bytes()) if chosen.parses else {}
    held = set(json.loads((chosen.checkpoints[0].parent / "split.json").read_text("utf8"))["held_out"])

    def parse_of(row: dict[str, Any]) -> Parse:
        return parses[row["id"]] if parses else parse_rows([row])[0]

    seen = [row for row in rows if row["id"] not in held][:SAMPLES]
    samples = [
        torch.from_numpy(cut_windows(describe_words(p, Marked(find_quotations(p.text)), vocabulary), tokenizer).pieces)
        for p in map(parse_of, seen)
    ]
    write_encoder(encoder.eval(), parts["project"], samples, folder)
    write_heads({name: value.numpy() for name, value in parts["heads"].items()}, folder)
    shutil.copyfile(pieces, folder / TOKENIZER)
    shutil.copyfile(chosen.checkpoints[0].parent / "split.json", folder / "split.json")
    card: dict[str, Any] = {"labels": vocabulary.labels, "threshold": min(THRESHOLDS)}
    (folder / CARD).write_text(json.dumps(card), "utf8")

    rows = [row for row in rows if row["id"] in held]
    load_network.cache_clear()
    network = load_network(folder)
    tagger = Tagger(network.heads, network.vocabulary)
    tagged = []
    for row in rows:
        parse = parse_text(row["text"], network)
        tagged.append(tagger.tag(parse, Marked(find_quotations(parse.text)), network.threshold))
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
        "checkpoints": [path.stem for path in chosen.checkpoints],
    }
    (folder / CARD).write_text(json.dumps(card, indent=1) + "\n", "utf8")
    write_hashes(folder)


if __name__ == "__main__":
    main()
