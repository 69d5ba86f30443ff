"""The encoder of ``network.py`` as an ONNX graph, written node by node for ONNX Runtime's fast kernels on CPUs.

Linear layers round their inputs as they come and multiply in 8 bits; attention is one fused node, which is fast only
without a mask: the graph reads one window at a time, unpadded. Additions are kept apart from layer normalisations,
since the node that fuses both is several times slower than the two.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from network import HEADS
from onnx import TensorProto, helper, numpy_helper
from quantise import Array, Weights, round_columns, round_rows

from sayso.extract.encoders import ENCODER, PLACES, UNSIGNED, WEIGHTS

CONTRIBUTED = "com.microsoft"
"""The domain of ONNX Runtime's own operators."""

CONTRIBUTED_OPERATORS = frozenset({"DynamicQuantizeMatMul", "Gelu", "MatMulIntegerToFloat", "MultiHeadAttention"})

ZERO_INPUTS = {"DynamicQuantizeMatMul": 3, "MatMulIntegerToFloat": 5}
"""The input of each operator that says which number of its weights stands for 0."""

MIDDLE = "middle"
"""The constant that stands for 0 where weights have no sign."""

OPSET = 17

EPSILON = 1e-12

SMALLEST_BESIDE = 1024
"""Bytes of the smallest constant that lies beside the graph."""

BRANCH, CONTEXTS = "branch_", "contexts"
"""How the names of nodes of a second branch begin, and what it puts out."""


CONSTANTS = 24
"""Constants of a layer: three of each of six linear parts, two of each of two norms, two of inputs evened out."""


class Graph:
    """Nodes and constants, each known by the name of what it puts out; `prefix` tells those of one graph from those of
    another that they are joined to."""

    def __init__(self, prefix: str = "") -> None:
        """Empty."""
        self.prefix = prefix
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def hold(self, array: Array) -> str:
        """A constant."""
        name = f"{self.prefix}constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: int | float | str) -> str:
        """A node; the name of its first output, the others being numbered on ("x_0", "x_1")."""
        stem = f"{self.prefix}{operator.lower()}_{len(self.nodes)}"
        names = [f"{stem}_{n}" for n in range(outputs)]
        domain = CONTRIBUTED if operator in CONTRIBUTED_OPERATORS else ""
        self.nodes.append(helper.make_node(operator, inputs, names, name=stem, domain=domain, **attributes))
        return names[0]


def build_encoder(weights: Weights) -> onnx.ModelProto:
    """The graph from `pieces` (1 by length of piece numbers) to `vectors` (1 by length by the width of the heads).

    `weights` are those of the encoder as `even_inputs` leaves them, and "project.weight" and "project.bias".
    """
    graph = Graph()

    table, scale = map(graph.hold, round_rows(weights["pieces.weight"]))
    rows = graph.add("Cast", graph.add("Gather", table, "pieces"), to=TensorProto.FLOAT)
    positions = graph.hold(weights["positions.weight"] + weights["kind"])
    start, axis = graph.hold(np.array([0])), graph.hold(np.array([0]))
    length = graph.add("Shape", "pieces", start=1)
    x = normalise(
        graph,
        weights,
        graph.add("Mul", rows, graph.add("Gather", scale, "pieces")),
        graph.add("Slice", positions, start, length, axis),
        "norm",
    )
    x = add_layers(graph, weights, x)
    projected = graph.add("MatMul", x, graph.hold(weights["project.weight"].T))
    graph.add("Add", projected, graph.hold(weights["project.bias"]))
    graph.nodes[-1].output[0] = "vectors"
    width = len(weights["project.bias"])
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info("pieces", TensorProto.INT64, [1, "length"])],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "length", width])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, 1)],
        ir_version=8,
    )


def append_layers(model: onnx.ModelProto, trunk: str, weights: Weights) -> onnx.ModelProto:
    """An encoder's graph with a branch: further layers that read on from `trunk`, an output of one of its nodes, to
    `contexts`. An earlier branch is replaced."""
    old = {name for node in model.graph.node if node.name.startswith(BRANCH) for name in node.output}
    kept = [node for node in model.graph.node if not set(node.output) & (old | {CONTEXTS})]
    constants = [held for held in model.graph.initializer if not held.name.startswith(BRANCH)]
    graph = Graph(BRANCH)
    add_layers(graph, weights, trunk)
    graph.nodes[-1].output[0] = CONTEXTS
    outputs = [output for output in model.graph.output if output.name != CONTEXTS]
    width = len(weights["layers.0.second_norm.bias"])
    contexts = helper.make_tensor_value_info(CONTEXTS, TensorProto.FLOAT, [1, "length", width])
    joined = helper.make_graph(
        [*kept, *graph.nodes], "encoder", model.graph.input, [*outputs, contexts], [*constants, *graph.constants]
    )
    return helper.make_model(joined, opset_imports=model.opset_import, ir_version=model.ir_version)


def read_branch(model: onnx.ModelProto, folder: Path) -> Weights:
    """The weights of the branch of an encoder's graph, as `add_layers` takes them but in their own size and with inputs
    as they come: what it was rounded to. `folder` is where its weights lie."""
    held = {c.name: numpy_helper.to_array(c, str(folder)) for c in model.graph.initializer if c.name.startswith(BRANCH)}
    kept = iter(held[f"{BRANCH}constant_{n}"].astype(np.float32) for n in range(len(held)))
    weights: Weights = {}

    def read_linear(name: str, inverse: Array | float = 1.0) -> None:
        rounded, scale = next(kept), next(kept)
        weights[f"{name}.weight"] = (rounded * scale).T * inverse
        weights[f"{name}.bias"] = next(kept)

    def read_norm(name: str) -> None:
        weights[f"{name}.weight"], weights[f"{name}.bias"] = next(kept), next(kept)

    for n in range(len(held) // CONSTANTS):
        layer = f"layers.{n}"
        for part in ("query", "key", "value", "output"):
            read_linear(f"{layer}.{part}")
        read_norm(f"{layer}.first_norm")
        for part in ("up", "down"):
            read_linear(f"{layer}.{part}", next(kept))
        read_norm(f"{layer}.second_norm")
    return weights


def save_encoder(model: onnx.ModelProto, folder: Path) -> None:
    """An encoder's graph into a folder, its weights beside it: what is not read of them takes no memory."""
    (folder / WEIGHTS).unlink(missing_ok=True)  # It would be written on to.
    onnx.save(model, folder / ENCODER, save_as_external_data=True, location=WEIGHTS, size_threshold=SMALLEST_BESIDE)
    save_unsigned(folder)


def save_unsigned(folder: Path) -> None:
    """The same graph for processors whose fast products need weights without a sign, and where the weights lie that it
    takes so (`sayso.extract.encoders`): made from the one of a folder, on the same weights."""
    model = onnx.load(str(folder / ENCODER), load_external_data=False)
    model.graph.initializer.append(helper.make_tensor(MIDDLE, TensorProto.UINT8, [], [128]))
    held = {constant.name: constant for constant in model.graph.initializer}
    places = []
    for node in model.graph.node:
        zero = ZERO_INPUTS.get(node.op_type)
        if zero is None:
            continue
        node.input.extend([""] * (zero + 1 - len(node.input)))
        node.input[zero] = MIDDLE
        constant = held[node.input[1]]
        constant.data_type = TensorProto.UINT8
        beside = {entry.key: entry.value for entry in constant.external_data}
        places.append([constant.name, int(beside["offset"]), *constant.dims])
    (folder / UNSIGNED).write_bytes(model.SerializeToString())
    (folder / PLACES).write_text(json.dumps(places) + "\n", "utf8")


def add_layers(graph: Graph, weights: Weights, x: str) -> str:
    """Layers of attention from the output `x` on; the name of what the last puts out."""
    for n in range(count_layers(weights)):
        layer = f"layers.{n}"
        heads = linears(graph, weights, x, [f"{layer}.{part}" for part in ("query", "key", "value")])
        seen = graph.add("MultiHeadAttention", *heads, num_heads=HEADS)
        x = normalise(graph, weights, x, linear(graph, weights, seen, f"{layer}.output"), f"{layer}.first_norm")
        inner = graph.add("Gelu", linear(graph, weights, even(graph, weights, x, f"{layer}.up"), f"{layer}.up"))
        down = linear(graph, weights, even(graph, weights, inner, f"{layer}.down"), f"{layer}.down")
        x = normalise(graph, weights, x, down, f"{layer}.second_norm")
    return x


def linear(graph: Graph, weights: Weights, x: str, name: str) -> str:
    """A linear layer in 8 bits."""
    rounded, scale = round_columns(weights[f"{name}.weight"].T)
    bias = weights[f"{name}.bias"]
    return graph.add("DynamicQuantizeMatMul", x, *map(graph.hold, (rounded, scale)), "", graph.hold(bias))


def linears(graph: Graph, weights: Weights, x: str, names: list[str]) -> list[str]:
    """As `linear`, for several of one input, which is rounded once."""
    small = graph.add("DynamicQuantizeLinear", x, outputs=3)
    scale, zero = (small.removesuffix("0") + n for n in "12")
    found = []
    for name in names:
        rounded, scales = map(graph.hold, round_columns(weights[f"{name}.weight"].T))
        bias = graph.hold(weights[f"{name}.bias"])
        found.append(graph.add("MatMulIntegerToFloat", small, rounded, scale, scales, zero, "", bias))
    return found


def even(graph: Graph, weights: Weights, x: str, name: str) -> str:
    """Inputs evened out for the layer of that name."""
    return graph.add("Mul", x, graph.hold(weights[f"{name}.inverse"]))


def normalise(graph: Graph, weights: Weights, x: str, added: str, name: str) -> str:
    """A sum, normalised."""
    held = (graph.hold(weights[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.add("LayerNormalization", graph.add("Add", x, added), *held, epsilon=EPSILON)


def count_layers(weights: Weights) -> int:
    """The number of layers that weights are named after."""
    return 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
