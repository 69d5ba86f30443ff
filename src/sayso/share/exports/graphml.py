"""GraphML: who took it from whom. Nodes are reports, outlets, sources and origins; edges go from who tells to where
that is from, each with its reason in words.

A claim is an edge from its report to its source, with its exact words, span, chain, and how it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

from sayso.harms import clean_text
from sayso.record import Origin, Picture, Report
from sayso.share.exports import Shared
from sayso.share.exports.claims import Told, name_published, name_time, row_of_claim, tell_claims
from sayso.share.exports.kml import print_xml

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NUMBERS = frozenset(("start", "end"))
FLOATS = frozenset(("certainty_low", "certainty_high"))
YES_NO = frozenset(("anonymous", "negated"))
CLAIM = (
    *("claim", "words", "start", "end", "chain", "stance", "basis", "directness", "certainty_low", "certainty_high"),
    *("assertion", "polarity", "tense", "event", "negated", "source_by", "credibility", "credibility_by"),
)
"""What an edge that is a claim says of it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge from one node to another and what it says."""

    tail: str
    head: str
    data: dict[str, Any]


class Graph:
    """The nodes by their ids, and the edges."""

    def __init__(self) -> None:
        """Begin empty."""
        self.nodes: dict[str, dict[str, Any]] = {}
        self.edges: list[Edge] = []

    def add(self, noun: str, name: str, **data: Any) -> str:
        """Add a node, unless it is there; its id. Names come from strangers, so that the id is made from them."""
        id = f"{noun}-{sha256(name.encode('utf8', 'surrogatepass')).hexdigest()[:16]}"
        self.nodes.setdefault(id, {"noun": noun, "name": clean_text(name), **data})
        return id

    def join(self, tail: str, head: str, kind: str, **data: Any) -> None:
        """Add an edge."""
        self.edges.append(Edge(tail, head, {"kind": kind, **data}))


def write(shared: Shared) -> bytes:
    """The graph, in UTF-8."""
    graph = Graph()
    picture = shared.picture
    reports = {reading.report.id: add_report(graph, reading.report) for reading in picture.readings}
    for told in tell_claims(picture):
        join_claim(graph, reports[told.report.id], told)
    join_reports(graph, picture, reports)
    return draw(graph, shared)


def add_report(graph: Graph, report: Report) -> str:
    """The node of a report, and the edge to its outlet."""
    node = graph.add(
        "report",
        report.id,
        title=clean_text(report.title),
        published=name_published(report),
        url=clean_text(report.url),
        language=report.language,
    )
    if report.outlet:
        graph.join(node, graph.add("outlet", report.outlet), "published by")
    return node


def join_claim(graph: Graph, report: str, told: Told) -> None:
    """The edge of a claim, from its report to who says it; to the outlet where that speaks in its own voice."""
    row = row_of_claim(told)
    noun = "source" if told.attribution else "outlet"
    facts = {"anonymous": row["anonymous"], "sort": row["source_kind"]} if told.attribution else {}
    head = graph.add(noun, told.source, **facts)
    kind = "asserted by the word of" if told.is_asserted else "spoken of by the word of"
    graph.join(report, head, kind, reason=told.way, **{key: row[key] for key in CLAIM})


def join_reports(graph: Graph, picture: Picture, reports: dict[str, str]) -> None:
    """The edges from reports to their origins, and to the reports and outlets that they stand on."""
    origins = {origin.name: origin for origin in picture.origins}
    for found in picture.provenance:
        tail = reports.get(found.report)
        if tail is None:
            continue
        for kind, names in (("leads with what is from", found.origins), ("tells also what is from", found.also)):
            for name in names:
                graph.join(tail, add_origin(graph, name, origins.get(name)), kind)
        for link in found.because:
            if link.report in reports:
                changed = "; ".join(f"{a.kind}: “{a.before}” became “{a.after}”" for a in link.changed)
                reason, changed = clean_text(link.text), clean_text(changed)
                graph.join(tail, reports[link.report], link.kind, reason=reason, changed=changed)
            elif link.outlet:
                graph.join(tail, graph.add("outlet", link.outlet), link.kind, reason=clean_text(link.text))


def add_origin(graph: Graph, name: str, origin: Origin | None) -> str:
    """The node of an origin."""
    facts = {"group": clean_text(origin.group), "first": name_time(origin.first)} if origin else {}
    return graph.add("origin", name, **facts)


def draw(graph: Graph, shared: Shared) -> bytes:
    """The graph as XML. Values that are "" or None are left out."""
    root = ElementTree.Element("graphml", {"xmlns": NAMESPACE})
    root.append(ElementTree.Comment(f" made by {shared.tool} on {shared.made:%Y-%m-%d %H:%M} UTC "))
    for kind, rows in (("node", [*graph.nodes.values()]), ("edge", [edge.data for edge in graph.edges])):
        for key in dict.fromkeys(key for row in rows for key in row):
            named = {"id": f"{kind}-{key}", "for": kind, "attr.name": key, "attr.type": name_type(key)}
            ElementTree.SubElement(root, "key", named)
    drawn = ElementTree.SubElement(root, "graph", {"id": "sayso", "edgedefault": "directed"})
    for id, data in graph.nodes.items():
        fill(ElementTree.SubElement(drawn, "node", {"id": id}), "node", data)
    for number, edge in enumerate(graph.edges):
        ends = {"id": f"e{number}", "source": edge.tail, "target": edge.head}
        fill(ElementTree.SubElement(drawn, "edge", ends), "edge", edge.data)
    return print_xml(root)


def name_type(key: str) -> str:
    """GraphML's type of what a key holds."""
    return "int" if key in NUMBERS else "double" if key in FLOATS else "boolean" if key in YES_NO else "string"


def fill(element: ElementTree.Element, kind: str, data: dict[str, Any]) -> None:
    """What an element says, by its keys."""
    for key, value in list_filled(data):
        child = ElementTree.SubElement(element, "data", {"key": f"{kind}-{key}"})
        child.text = str(value).lower() if isinstance(value, bool) else str(value)


def list_filled(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The values that say something."""
    return ((key, value) for key, value in data.items() if value not in ("", None))
