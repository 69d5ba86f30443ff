"""The heads of ``network.py`` as ONNX graphs: ``python training/head_graphs.py [FOLDER]`` makes them of heads.npz.

Five graphs, since the tree of governors and the choice of cues stand between them: what the grammar tells of words,
the relation of each to its governor, how likely a cue starts at each, the roles of the words around cues, and vectors
of answers. Vectors of words are those that the encoder makes. Wide products are done in 8 bits, small ones in full.
Shapes: N words, C cues, R words in reach, A answers.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from encoder_graphs import CONTRIBUTED, Graph
from network import ARC
from onnx import TensorProto, helper
from quantise import Weights, round_columns

from sayso.extract.encoders import CONTEXT, ENCODER, MEANING, PLACES, TOKENIZER, UNSIGNED, WEIGHTS
from sayso.extract.layers import NEVER
from sayso.extract.networks import CARD, GRAPHS, HEADS, MODEL
from sayso.extract.span_choices import LONGEST_CUE

EPSILON = 1e-5
TOLD = ("tag", "pos", "ent")
"""What the grammar tells of a word outright, as the number of a label."""


@dataclass(frozen=True)
class Rounded:
    """Numbers in 8 bits, with their scale and what stands for zero."""

    small: str
    scale: str
    zero: str

    def hold(self, small: str) -> Rounded:
        """Other numbers of the same scale."""
        return replace(self, small=small)


class Heads(Graph):
    """A graph of heads, with the weights (by the names and in the shapes of PyTorch) that it takes its constants of."""

    def __init__(self, weights: Weights) -> None:
        """See the class."""
        super().__init__()
        self.weights = {name: value.astype(np.float32) for name, value in weights.items()}
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []

    def take(self, name: str, *shape: str | int, whole: bool = False) -> str:
        """An input, of whole numbers or of others."""
        kind = TensorProto.INT64 if whole else TensorProto.FLOAT
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def give(self, name: str, found: str, whole: bool = False) -> None:
        """An output: what is `found` under that name."""
        self.nodes.append(helper.make_node("Identity", [found], [name], name=f"give_{name}"))
        kind = TensorProto.INT64 if whole else TensorProto.FLOAT
        self.outputs.append(helper.make_tensor_value_info(name, kind, None))

    def numbers(self, *values: int) -> str:
        """A constant row of whole numbers."""
        return self.hold(np.array(values, np.int64))

    def round(self, x: str) -> Rounded:
        """`x` in 8 bits, as it comes."""
        small = self.add("DynamicQuantizeLinear", x, outputs=3)
        return Rounded(small, *(f"{small.removesuffix('0')}{n}" for n in (1, 2)))

    def multiply(self, x: str | Rounded, *names: str, widest: bool = True) -> list[str]:
        """Linear layers of one input, done as one: in 8 bits where it is `widest`. The output of each."""
        weight = np.concatenate([self.weights[f"{name}.weight"] for name in names]).T
        sizes = [len(self.weights[f"{name}.weight"]) for name in names]
        biases = [
            self.weights.get(f"{n}.bias", np.zeros(size, np.float32)) for n, size in zip(names, sizes, strict=True)
        ]
        bias = self.hold(np.concatenate(biases))
        if isinstance(x, Rounded):
            rounded, scale = map(self.hold, round_columns(weight))
            found = self.add("MatMulIntegerToFloat", x.small, rounded, x.scale, scale, x.zero, "", bias)
        elif widest:
            rounded, scale = map(self.hold, round_columns(weight))
            found = self.add("DynamicQuantizeMatMul", x, rounded, scale, "", bias)
        else:
            found = self.add("Add", self.add("MatMul", x, self.hold(weight)), bias)
        if len(names) == 1:
            return [found]
        first = self.add("Split", found, self.numbers(*sizes), outputs=len(names), axis=-1)
        return [f"{first.removesuffix('0')}{n}" for n in range(len(names))]

    def look_up(self, x: str, table: str, numbers: str) -> str:
        """`x` and the sums of the rows of tables, one for each of the last axis of `numbers`."""
        count = sum(name.startswith(f"{table}.") for name in self.weights)
        first = self.add("Split", numbers, self.numbers(*[1] * count), outputs=count, axis=-1)
        for k in range(count):
            column = self.add("Squeeze", f"{first.removesuffix('0')}{k}", self.numbers(-1))
            x = self.add("Add", x, self.add("Gather", self.hold(self.weights[f"{table}.{k}.weight"]), column))
        return x

    def normalise(self, x: str, name: str) -> str:
        """Layer normalisation."""
        held = (self.hold(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", x, *held, epsilon=EPSILON)

    def shift(self, x: str, before: int, after: int, axis: int = 0, zero: str = "") -> str:
        """`x` between rows of zeros, or of what stands for them."""
        return self.add("Pad", x, self.numbers(before, after), zero, self.numbers(axis))

    def cut(self, x: str, start: int, end: int | str, axis: int = 0) -> str:
        """Rows of `x`; `end` may be the name of a number."""
        to = end if isinstance(end, str) else self.numbers(end)
        return self.add("Slice", x, self.numbers(start), to, self.numbers(axis))

    def finish(self, name: str) -> onnx.ModelProto:
        """The model."""
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, self.constants)
        versions = [helper.make_opsetid("", 18), helper.make_opsetid(CONTRIBUTED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8)


def build_grammar(weights: Weights) -> onnx.ModelProto:
    """From `vectors` (N by width) and `signs` (N by 3) to the labels of `TOLD` (N), `opens` (N by 2), `root` and
    `governs` (N), `reach` and `above` (N by the width of arcs), whose products rate governors, and `below_relation`
    and `above_relation`, which `build_relations` reads."""
    g = Heads(weights)
    x = g.look_up(g.take("vectors", "N", MEANING), "grammar.signs", g.take("signs", "N", 3, whole=True))
    x = g.normalise(x, "grammar.norm")
    small = g.round(x)
    near, end = g.shift(small.small, 2, 2, zero=small.zero), g.add("Shape", x, start=0, end=1)
    ends = [end, *(g.add("Add", end, g.numbers(k)) for k in range(1, 5))]
    parts = [g.cut(near, k, ends[k]) for k in range(5)]
    mixed = g.add("Gelu", *g.multiply(small.hold(g.add("Concat", *parts, axis=1)), "grammar.mix"))
    x = g.normalise(g.add("Add", x, mixed), "grammar.mix_norm")
    names = ("below", "above", "relation_below", "relation_above", "root", "told.opens", *(f"told.{t}" for t in TOLD))
    below, above, relation_below, relation_above, root, opens, *told = g.multiply(x, *(f"grammar.{n}" for n in names))
    for name, rated in zip(TOLD, told, strict=True):
        g.give(name, g.add("ArgMax", rated, axis=1, keepdims=0), whole=True)
    above = g.add("Gelu", above)
    g.give("opens", opens)
    g.give("root", g.add("Squeeze", root, g.numbers(1)))
    g.give("governs", g.add("Squeeze", *g.multiply(above, "grammar.governs", widest=False), g.numbers(1)))
    g.give("reach", *g.multiply(g.add("Gelu", below), "grammar.arc", widest=False))
    g.give("above", above)
    g.give("below_relation", relation_below)
    g.give("above_relation", relation_above)
    return g.finish("grammar")


def build_relations(weights: Weights) -> onnx.ModelProto:
    """From `below_relation`, `above_relation` and `head` (N: governors) to `relations` (N by labels)."""
    g = Heads(weights)
    governor = g.add("Gather", g.take("above_relation", "N", ARC), g.take("head", "N", whole=True))
    inner = g.add("Gelu", g.add("Add", g.take("below_relation", "N", ARC), governor))
    g.give("relations", *g.multiply(inner, "grammar.relation", widest=False))
    return g.finish("relations")


def build_cues(weights: Weights) -> onnx.ModelProto:
    """From `vectors` (N by width), `features` (N by 8), `head` and `limit` (N) to `words` (N by width), `scores` (N by
    `LONGEST_CUE` + 1; see `sayso.extract.span_choices.choose_cues`), and what `build_roles` reads of words."""
    g = Heads(weights)
    x = g.look_up(g.take("vectors", "N", MEANING), "features", g.take("features", "N", 8, whole=True))
    head = g.take("head", "N", whole=True)
    x = g.normalise(x, "norm")
    end = g.add("Shape", x, start=0, end=1)
    zero, one = g.hold(np.array(0)), g.hold(np.array(1))
    own = g.add("Range", zero, g.add("Squeeze", end), one)
    hangs = g.add("Cast", g.add("Not", g.add("Equal", head, own)), to=TensorProto.FLOAT)
    hangs, places = g.add("Unsqueeze", hangs, g.numbers(1)), g.add("Unsqueeze", head, g.numbers(1))
    counts = g.add("ScatterND", g.add("Sub", hangs, hangs), places, hangs, reduction="add")
    counts = g.add("Max", counts, g.hold(np.ones(1, np.float32)))
    before = g.add("Max", g.add("Sub", own, one), zero)
    after = g.add("Min", g.add("Add", own, one), g.add("Sub", g.add("Squeeze", end), one))
    for k in range(2):
        nothing = g.add("Sub", x, x)
        children = g.add("ScatterND", nothing, places, g.add("Mul", x, hangs), reduction="add")
        small = g.round(x)  # The average of some rows is within their range.
        children = g.add("QuantizeLinear", g.add("Div", children, counts), small.scale, small.zero)
        governor, left, right = (g.add("Gather", small.small, at) for at in (head, before, after))
        joined = g.add("Concat", small.small, governor, children, left, right, axis=1)
        mixed = g.add("Gelu", *g.multiply(small.hold(joined), f"mixes.{k}"))
        x = g.normalise(g.add("Add", x, mixed), f"mix_norms.{k}")
    names = ("none", "cue_first", "cue_last", "of_word", "scaled_word")
    none, first, last, of_word, scaled_word = g.multiply(x, *names)
    padded = g.shift(last, 0, LONGEST_CUE - 1)
    rated = [none]
    for length in range(LONGEST_CUE):
        ending = g.cut(padded, length, g.add("Add", end, g.numbers(length)))
        rated += g.multiply(g.add("Gelu", g.add("Add", first, ending)), "cue_out", widest=False)
    scores = g.add(
        "Add", g.add("Concat", *rated, axis=1), g.hold(np.append(0, g.weights["cue_length"]).astype(np.float32))
    )
    limit = g.add("Unsqueeze", g.take("limit", "N", whole=True), g.numbers(1))
    fits = g.add("GreaterOrEqual", limit, g.hold(np.arange(LONGEST_CUE + 1)[None]))
    g.give("scores", g.add("Where", fits, scores, g.hold(np.array(NEVER, np.float32))))
    g.give("words", x)
    g.give("of_word", of_word)
    g.give("scaled_word", scaled_word)
    return g.finish("cues")


def build_roles(weights: Weights) -> onnx.ModelProto:
    """From what `build_cues` gives, `cues` (C by 3: first word, last, root), `places` (C by R) and `pairs` (C by R by
    5) to `roles` (C by R by 7; see `sayso.extract.span_choices.decode_roles`)."""
    g = Heads(weights)
    words = g.take("words", "N", MEANING)
    cues = g.add("Gather", words, g.take("cues", "C", 3, whole=True))
    c = g.add("Reshape", cues, g.numbers(-1, 3 * MEANING))
    of_cue, scale = (g.add("Unsqueeze", y, g.numbers(1)) for y in g.multiply(c, "of_cue", "scale_of_cue"))
    places = g.take("places", "C", "R", whole=True)
    scaled = g.add("Mul", g.add("Gather", g.take("scaled_word", "N", ARC), places), scale)
    h = g.add("Add", g.add("Gather", g.take("of_word", "N", ARC), places), of_cue)
    h = g.look_up(g.add("Add", h, scaled), "pairs", g.take("pairs", "C", "R", 5, whole=True))
    h = g.add("Gelu", h)
    small = g.round(h)
    near = g.shift(small.small, 1, 1, axis=1, zero=small.zero)
    beside = g.add("Concat", g.cut(near, 0, -2, axis=1), small.small, g.cut(near, 2, 2**31, axis=1), axis=2)
    h = g.add("Add", h, g.add("Gelu", *g.multiply(small.hold(beside), "beside")))
    g.give("roles", *g.multiply(h, "roles", widest=False))
    return g.finish("roles")


def build_answers(weights: Weights) -> onnx.ModelProto:
    """From `told` (A by 4 times the width of contexts) and `kinds` (A) to `vectors` of length 1 (A by 64)."""
    g = Heads(weights)
    told = g.take("told", "A", 4 * CONTEXT)
    kinds = g.add("Gather", g.hold(g.weights["match.kinds.weight"]), g.take("kinds", "A", whole=True))
    inner = g.add("Gelu", *g.multiply(g.add("Concat", told, kinds, axis=1), "match.inner"))
    found = g.add(
        "Add", *g.multiply(inner, "match.outer", widest=False), *g.multiply(told, "match.straight", widest=False)
    )
    g.give("vectors", g.add("LpNormalization", found, axis=1, p=2))
    return g.finish("answers")


BUILDERS = dict(zip(GRAPHS, (build_grammar, build_relations, build_cues, build_roles, build_answers), strict=True))


def write_graphs(weights: Weights, folder: Path) -> None:
    """The graphs of a network's heads into a folder, a file each."""
    for name, build in BUILDERS.items():
        onnx.save(build(weights), folder / f"{name}.onnx")


def write_heads(weights: Weights, folder: Path) -> None:
    """The heads of a network into a folder: their weights in half precision, and the graphs made of those."""
    kept = {name: value.astype(np.float16) for name, value in weights.items()}
    np.savez(folder / HEADS, **kept)  # type: ignore[arg-type]
    write_graphs(kept, folder)


def write_hashes(folder: Path) -> None:
    """The SHA-256 of each file of a model, that of the one shipped where the folder lacks it."""
    names = (ENCODER, WEIGHTS, UNSIGNED, PLACES, HEADS, *(f"{name}.onnx" for name in GRAPHS), TOKENIZER, CARD)
    places = {name: (folder if (folder / name).exists() else MODEL) / name for name in names}
    lines = [f'"{name}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"' for name, path in places.items()]
    (folder / "hashes.toml").write_text("# SHA-256 of each file of the model.\n" + "\n".join(lines) + "\n", "utf8")


def main(folder: Path) -> None:
    """Make the graphs of the weights that lie in a folder."""
    with np.load(folder / HEADS) as kept:
        write_graphs({name: kept[name] for name in kept.files}, folder)
    write_hashes(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL)
