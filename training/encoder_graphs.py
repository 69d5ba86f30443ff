"""The encoder of ``network.py`` as an ONNX graph, written node by node for ONNX Runtime's fast kernels on CPUs.

Linear layers round their inputs as they come and multiply in 8 bits; attention is one fused node, which is fast only
without a mask: the graph reads one window at a time, unpadded. Additions are kept apart from layer normalisations,
since the node that fuses both is several times slower than the two.
"""

from __future__ import annotations

import numpy as np
import onnx
from network import HEADS
from onnx import TensorProto, helper, numpy_helper
from quantise import Array, Weights, round_columns, round_rows

CONTRIBUTED = "com.microsoft"
"""The domain of ONNX Runtime's own operators."""

CONTRIBUTED_OPERATORS = frozenset({"DynamicQuantizeMatMul", "Gelu", "MatMulIntegerToFloat", "MultiHeadAttention"})

OPSET = 17

EPSILON = 1e-12


class Graph:
    """Nodes and constants, each known by the name of what it puts out."""

    def __init__(self) -> None:
        """Empty."""
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def hold(self, array: Array) -> str:
        """A constant."""
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: int | float) -> str:
        """A node; the name of its first output, the others being numbered on ("x_0", "x_1")."""
        stem = f"{operator.lower()}_{len(self.nodes)}"
        names = [f"{stem}_{n}" for n in range(outputs)]
        domain = CONTRIBUTED if operator in CONTRIBUTED_OPERATORS else ""
        self.nodes.append(helper.make_node(operator, inputs, names, name=stem, domain=domain, **attributes))
        return names[0]


def build_encoder(weights: Weights) -> onnx.ModelProto:
    """The graph from `pieces` (1 by length of piece numbers) to `vectors` (1 by length by the width of the heads).

    `weights` are those of the encoder as `even_inputs` leaves them, and "project.weight" and "project.bias".
    """
    graph = Graph()

    def linear(x: str, name: str) -> str:
        rounded, scale = round_columns(weights[f"{name}.weight"].T)
        bias = weights[f"{name}.bias"]
        return graph.add("DynamicQuantizeMatMul", x, *map(graph.hold, (rounded, scale)), "", graph.hold(bias))

    def linears(x: str, names: list[str]) -> list[str]:
        """As `linear`, for several of one input, which is rounded once."""
        small = graph.add("DynamicQuantizeLinear", x, outputs=3)
        scale, zero = (small.removesuffix("0") + n for n in "12")
        found = []
        for name in names:
            rounded, scales = map(graph.hold, round_columns(weights[f"{name}.weight"].T))
            bias = graph.hold(weights[f"{name}.bias"])
            found.append(graph.add("MatMulIntegerToFloat", small, rounded, scale, scales, zero, "", bias))
        return found

    def even(x: str, name: str) -> str:
        return graph.add("Mul", x, graph.hold(weights[f"{name}.inverse"]))

    def normalise(x: str, added: str, name: str) -> str:
        held = (graph.hold(weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return graph.add("LayerNormalization", graph.add("Add", x, added), *held, epsilon=EPSILON)

    table, scale = map(graph.hold, round_rows(weights["pieces.weight"]))
    rows = graph.add("Cast", graph.add("Gather", table, "pieces"), to=TensorProto.FLOAT)
    positions = graph.hold(weights["positions.weight"] + weights["kind"])
    start, axis = graph.hold(np.array([0])), graph.hold(np.array([0]))
    length = graph.add("Shape", "pieces", start=1)
    x = normalise(
        graph.add("Mul", rows, graph.add("Gather", scale, "pieces")),
        graph.add("Slice", positions, start, length, axis),
        "norm",
    )
    for n in range(count_layers(weights)):
        layer = f"layers.{n}"
        heads = linears(x, [f"{layer}.{part}" for part in ("query", "key", "value")])
        seen = graph.add("MultiHeadAttention", *heads, num_heads=HEADS)
        x = normalise(x, linear(seen, f"{layer}.output"), f"{layer}.first_norm")
        inner = graph.add("Gelu", linear(even(x, f"{layer}.up"), f"{layer}.up"))
        x = normalise(x, linear(even(inner, f"{layer}.down"), f"{layer}.down"), f"{layer}.second_norm")
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


def count_layers(weights: Weights) -> int:
    """The number of layers that weights are named after."""
    return 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
