"""Where the nodes of a graph stand: its parts beside and below each other, each of them from left to right.

The layering is that of Sugiyama, Tagawa and Toda (1981) with its median of neighbours as the mean; the same graph
always gets the same places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Place = tuple[float, float]
SWEEPS = 4
"""How often each layer is put in the order of its neighbours; more changes little."""
MOST_ACROSS = 4
"""Columns beside each other, so that a page shows them at a size that can be read."""


def lay_out(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, Place]:
    """The column and row of each node, counted from 0. `nodes` are in order of time; an edge leads from left to right
    where it leads from an earlier node to a later one."""
    order = {node: n for n, node in enumerate(nodes)}
    forward = [(a, b) for a, b in edges if order[a] < order[b]]
    parts = [lay_out_part(part, forward) for part in split_parts(nodes, forward)]
    return dict(pack_parts(parts))


def split_parts(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The nodes that hang together, those with the earliest first."""
    part = {node: [node] for node in nodes}
    for a, b in edges:
        if part[a] is not part[b]:
            larger, smaller = sorted((part[a], part[b]), key=len, reverse=True)
            larger += smaller
            for node in smaller:
                part[node] = larger
    order = {node: n for n, node in enumerate(nodes)}
    distinct = {id(members): sorted(members, key=order.__getitem__) for members in part.values()}
    return sorted(distinct.values(), key=lambda members: order[members[0]])


def lay_out_part(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, Place]:
    """The places of nodes that hang together, from (0, 0) on."""
    mine = set(nodes)
    before, after = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for a, b in edges:
        if a in mine:
            before[b].append(a)
            after[a].append(b)
    layers = order_layers(assign_layers(nodes, before, after), before, after)
    tallest = max(len(layer) for layer in layers)
    return {
        node: (float(column), row + (tallest - len(layer)) / 2)
        for column, layer in enumerate(layers)
        for row, node in enumerate(layer)
    }


def assign_layers(
    nodes: Sequence[str], before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> list[list[str]]:
    """The nodes in columns: each right of all that lead to it, and those that nothing leads to next to what they lead
    to."""
    column: dict[str, int] = {}
    for node in nodes:
        column[node] = max((column[one] + 1 for one in before.get(node, ())), default=0)
    for node in nodes:
        if not before.get(node) and after.get(node):
            column[node] = min(column[one] for one in after[node]) - 1
    layers: list[list[str]] = [[] for _ in range(max(column.values()) + 1)]
    for node in nodes:
        layers[column[node]].append(node)
    return [layer for layer in layers if layer]


def order_layers(
    layers: list[list[str]], before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> list[list[str]]:
    """The layers, each ordered so that nodes stand near those that they are joined to."""
    for _ in range(SWEEPS):
        for number, layer in enumerate(layers):
            row = {node: n - len(one) / 2 for one in layers for n, node in enumerate(one)}

            def weigh(node: str, row: Mapping[str, float] = row) -> float:
                near = [row[one] for one in (*before.get(node, ()), *after.get(node, ()))]
                return sum(near) / len(near) if near else row[node]

            layers[number] = sorted(layer, key=weigh)
    return layers


def pack_parts(parts: Iterable[Mapping[str, Place]]) -> Iterable[tuple[str, Place]]:
    """The places of all nodes: the parts beside each other in shelves of `MOST_ACROSS` columns, one shelf below the
    other."""
    left = top = height = 0.0
    for places in parts:
        wide = max(column for column, _ in places.values()) + 1
        tall = max(row for _, row in places.values()) + 1
        if left and left + wide > MOST_ACROSS:
            left, top, height = 0.0, top + height, 0.0
        for node, (column, row) in places.items():
            yield node, (left + column, top + row)
        left, height = left + wide, max(height, tall)
