"""Who took it from whom: the origins of a story and the reports that stand on them, as a graph.

Reports of one text are one node. An edge leads from what was taken to who took it, with each reason that weighing
found and what relaying changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sayso.harms import clean_text
from sayso.record import Alteration, Link, Picture, Provenance, Report
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.layouts import lay_out
from sayso.serve.desk.origin_parts import CHANGES, KINDS, Change, Edge, Node, OriginGraph, Printing, Reason
from sayso.serve.desk.tellings import Teller, Telling, name_when
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.citations import name_outlet, safe_url
from sayso.tell.phrases import name_day, say_origins, shorten
from sayso.tell.tongues import _, ngettext
from sayso.weigh.origins import count_independent

FAR = datetime.max.replace(tzinfo=UTC)
COLUMN, ROW = 290, 92
"""Distances between the middles of two nodes, in pixels."""
MOST_DRAWN = 120
"""Nodes that are drawn at once; beyond, those that are joined to no other report are in the list alone."""
MOST_TOLD = 3
"""Claims that show what a report has of an origin."""
LONGEST_NAME = 64
LONGEST_REASON = 260


def find_origins(desk: Desk, story: str, at: Viewpoint, *, rest: bool = False) -> OriginGraph:
    """The graph of a story; with `rest` also of what reports do not lead with. Raises `MissingError`."""
    found = desk.story(story, at.as_of)
    graph: OriginGraph = desk.hold(
        ("origin graph", found.id, at.as_of, rest),
        lambda: draw_graph(desk.picture(found.id, at.as_of), rest=rest),
    )
    return graph


def draw_graph(picture: Picture, *, rest: bool = False) -> OriginGraph:
    """The graph of a picture."""
    return Drawing(picture, rest=rest).draw()


@dataclass(slots=True)
class Joined:
    """What is gathered of an edge before it is one."""

    reasons: list[Reason] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


class Drawing:
    """Gathers the nodes and edges of a picture. A node is known by a key: ("origin", its name), ("report", the id of
    the first that prints the text), ("absent", outlet and origin)."""

    def __init__(self, picture: Picture, *, rest: bool) -> None:
        """Find which reports are one text and which origins are drawn."""
        self.picture, self.rest = picture, rest
        self.teller = Teller(picture)
        self.reports = self.teller.reports
        self.told = [p for p in picture.provenance if p.report in self.reports]
        self.told.sort(key=lambda p: sort_key(self.reports[p.report]))
        self.first = find_first(self.told, self.reports)
        self.printed: dict[str, list[Report]] = {}
        for one in self.told:
            self.printed.setdefault(self.first[one.report], []).append(self.reports[one.report])
        self.origins = {origin.name: origin for origin in picture.origins}
        self.names = {p.report: list(dict.fromkeys((*p.origins, *(p.also if rest else ())))) for p in self.told}
        self.edges: dict[tuple[str, str], Joined] = {}
        self.within: dict[str, Joined] = {}
        self.absent: dict[str, tuple[str, datetime]] = {}

    def draw(self) -> OriginGraph:
        """The whole graph."""
        for one in self.told:
            for link in one.because:
                self.add_link(one, link)
            self.add_sources(one)
        for one in self.told:
            for link in one.because:
                if link.kind == "source":
                    self.add_changes(one, link.changed)
        keys = self.order_keys()
        ids = {key: f"n{number}" for number, key in enumerate(keys)}
        edges = tuple(self.make_edges(ids))
        drawn = choose_drawn([ids[key] for key in keys if key.startswith("report")], list(ids.values()), edges)
        seen = set(drawn)
        places = lay_out(drawn, [(e.source, e.target) for e in edges if {e.source, e.target} <= seen])
        nodes = tuple(self.make_node(key, ids[key], places.get(ids[key])) for key in keys)
        return self.sum_up(nodes, edges, len(keys) - len(drawn))

    def add_link(self, one: Provenance, link: Link) -> None:
        """Join a report to what a link says that it stands on; what stands behind a source is joined by its claims."""
        if link.kind == "source":
            return
        target = report_key(self.first[one.report])
        reason = self.make_reason(one, link)
        at_hand = link.report in self.first
        source = report_key(self.first[link.report]) if at_hand else self.find_absent(one, link)
        if source == target:
            held = self.within.setdefault(target, Joined())
        else:
            held = self.edges.setdefault((source, target), Joined())
        held.reasons.append(reason)
        held.changes += [self.make_change(change) for change in link.changed]

    def find_absent(self, one: Provenance, link: Link) -> str:
        """The node of an outlet whose report is not at hand: its origin where the report's is that outlet's own, else
        one for each outlet and origin, since a wire sends many stories in a day."""
        outlet = clean_text(link.outlet or link.text)
        origins = self.names[one.report]
        own = next((name for name in origins if name in self.origins and self.origins[name].group == link.outlet), None)
        if own is not None:
            return origin_key(own)
        key = f"absent {outlet} {origins[0] if origins else one.report}"
        self.absent.setdefault(key, (outlet, self.reports[one.report].published or FAR))
        return key

    def add_sources(self, one: Provenance) -> None:
        """Join a report to each of its origins that it has by way of no other report at hand."""
        target = report_key(self.first[one.report])
        stood_on = {link.report for link in one.because if link.report and link.report != one.report}
        for name in self.names[one.report]:
            if name not in self.origins or stood_on & set(self.origins[name].reports):
                continue
            claims = [claim for claim, origin in one.claims if origin == name]
            held = self.edges.setdefault((origin_key(name), target), Joined())
            outlet = name_outlet(self.reports[one.report])
            if not any(reason.kind == "source" for reason in held.reasons):
                own = self.origins[name].group == self.reports[one.report].outlet
                words = _("reporting of its own") if own else _(KINDS["source"])
                held.reasons.append(Reason(kind="source", words=words, shown="", quoted=True, by=outlet))
            known = {telling.claim for telling in held.tellings}
            told = [telling for telling in self.teller.tell_all(claims) if telling.claim not in known]
            held.tellings += told[: max(0, MOST_TOLD - len(held.tellings))]

    def add_changes(self, one: Provenance, changed: Iterable[Alteration]) -> None:
        """Put what a report changed of the first telling of an origin on the edge by which it has that origin."""
        origin_of, target = dict(one.claims), report_key(self.first[one.report])
        for alteration in changed:
            ways = [(origin_key(origin_of.get(alteration.claim, "")), target)]
            ways += [way for way in self.edges if way[1] == target]
            way = next((way for way in ways if way in self.edges), None)
            held = self.edges[way] if way else self.within.setdefault(target, Joined())
            held.changes.append(self.make_change(alteration))

    def make_reason(self, one: Provenance, link: Link) -> Reason:
        """A link as a reason. What shows it are words of the report, or the signs that weighing counted."""
        return Reason(
            kind=link.kind,
            words=_(KINDS.get(link.kind, link.kind)),
            shown=shorten(" ".join(clean_text(link.text).split()), LONGEST_REASON),
            quoted=link.kind in ("cites", "copy", "quotation") and not safe_url(link.text),
            by=name_outlet(self.reports[one.report]),
        )

    def make_change(self, change: Alteration) -> Change:
        """An alteration in words."""
        words = _(CHANGES[change.kind], before=clean_text(change.before), after=clean_text(change.after))
        return Change(words=words, tellings=self.teller.tell_all((change.was, change.claim)))

    def order_keys(self) -> list[str]:
        """The keys of all nodes in order of time; what others took something from stands before them."""
        used = {key for way in self.edges for key in way}
        dated: dict[str, datetime] = {}
        for one in self.told:
            dated.setdefault(report_key(self.first[one.report]), self.reports[one.report].published or FAR)
        dated |= {key: when for key, (_outlet, when) in self.absent.items() if key in used}
        for name, origin in self.origins.items():
            if origin_key(name) in used:
                dated[origin_key(name)] = origin.first or FAR
        rank = {"origin": 0, "absent": 1, "report": 2}
        return sorted(dated, key=lambda key: (dated[key], rank[key.split(" ", 1)[0]]))

    def make_edges(self, ids: dict[str, str]) -> Iterator[Edge]:
        """The edges, in the order of their ends."""
        ways = sorted(self.edges, key=lambda way: (int(ids[way[1]][1:]), int(ids[way[0]][1:])))
        for number, way in enumerate(ways):
            held = self.edges[way]
            yield Edge(
                id=f"e{number}",
                source=ids[way[0]],
                target=ids[way[1]],
                reasons=order_reasons(held.reasons),
                tellings=tuple(held.tellings),
                changes=tuple(held.changes),
            )

    def make_node(self, key: str, id: str, place: tuple[float, float] | None) -> Node:
        """The node of a key."""
        kind, _space, rest = key.partition(" ")
        x, y = (place[0] * COLUMN, place[1] * ROW) if place else (None, None)
        if kind == "origin":
            origin = self.origins[rest]
            return Node(id=id, kind=kind, name=clean_text(origin.name), when=name_day(origin.first), x=x, y=y)
        if kind == "absent":
            return Node(id=id, kind=kind, name=self.absent[key][0], when=_("not at hand"), x=x, y=y)
        printed = self.printed[rest]
        held = self.within.get(key, Joined())
        return Node(
            id=id,
            kind=kind,
            name=name_printings(printed),
            when=name_when(printed[0]),
            printings=tuple(make_printing(report) for report in printed),
            reasons=order_reasons(held.reasons),
            changes=tuple(held.changes),
            x=x,
            y=y,
        )

    def sum_up(self, nodes: tuple[Node, ...], edges: tuple[Edge, ...], undrawn: int) -> OriginGraph:
        """The graph with what it comes to."""
        names = {name for mine in self.names.values() for name in mine}
        independent = count_independent(names, self.picture.origins)
        return OriginGraph(
            nodes=nodes,
            edges=edges,
            told=say_whole(len(self.told), independent, rest=self.rest),
            independent=independent,
            copies=sum(len(node.printings) - 1 for node in nodes if node.printings),
            changed=sum(len(node.changes) for node in nodes) + sum(len(edge.changes) for edge in edges),
            undrawn=undrawn,
        )


def say_whole(reports: int, independent: tuple[int, int], *, rest: bool) -> str:
    """From how many independent origins all that is drawn came, in a sentence."""
    origins = say_origins(independent, (), name=False)
    if rest:
        whole = ngettext("All that {number} report tells", "All that {number} reports tell", reports)
    else:
        whole = ngettext("What {number} report leads with", "What {number} reports lead with", reports)
    return _("{what} came from {origins}.", what=whole, origins=origins)


def find_first(told: Iterable[Provenance], reports: dict[str, Report]) -> dict[str, str]:
    """For each report, in order of publication, the first that printed its text: itself where it printed no other's."""
    first: dict[str, str] = {}
    for one in told:
        copied = (first[link.report] for link in one.because if link.kind == "copy" and link.report in first)
        first[one.report] = next(copied, one.report)
    return first


def choose_drawn(reports: list[str], nodes: list[str], edges: Iterable[Edge]) -> list[str]:
    """The ids of the nodes that are drawn: all, or where they are too many those of reports that have something in
    common with another, the first of them."""
    if len(nodes) <= MOST_DRAWN:
        return nodes
    near: dict[str, set[str]] = {node: {node} for node in nodes}
    for edge in edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    mine = set(reports)
    joined = {one for one in nodes for other in near[one] if len((near[one] | near[other]) & mine) > 1}
    return [node for node in nodes if node in joined][:MOST_DRAWN]


def order_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons without repetitions, the surest first."""
    order = list(KINDS)
    return tuple(sorted(dict.fromkeys(reasons), key=lambda r: order.index(r.kind) if r.kind in order else len(order)))


def name_printings(printed: list[Report]) -> str:
    """The outlet of the first, and how many printed its text."""
    outlet = shorten(name_outlet(printed[0]), LONGEST_NAME)
    if len(printed) == 1:
        return outlet
    return ngettext("{outlet} and {number} copy", "{outlet} and {number} copies", len(printed) - 1, outlet=outlet)


def make_printing(report: Report) -> Printing:
    """A report as a node names it."""
    title = clean_text(report.title) or shorten(" ".join(clean_text(report.text).split()), LONGEST_NAME)
    return Printing(report=report.digest, outlet=name_outlet(report), title=title, published=name_when(report))


def sort_key(report: Report) -> tuple[datetime, str]:
    """By publication, unknown last, then id."""
    return report.published or FAR, report.id


def report_key(report: str) -> str:
    """The key of a report's node."""
    return f"report {report}"


def origin_key(name: str) -> str:
    """The key of an origin's node."""
    return f"origin {name}"
