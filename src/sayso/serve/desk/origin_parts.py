"""What the graph of a story's origins is made of."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.serve.desk.tellings import Telling
from sayso.tell.tongues import mark

KINDS = {
    "update": mark("a later version of it"),
    "copy": mark("prints the same text"),
    "cites": mark("names it as its source"),
    "links": mark("links to it"),
    "byline": mark("bears its name as a wire"),
    "quotation": mark("quotes the same words"),
    "details": mark("tells the same details"),
    "source": mark("given as the source"),
}
"""The kinds of a link, the surest first, as what the taker does."""
CHANGES = {
    "state": mark("Changed in relaying: “{before}” became “{after}”"),
    "figure": mark("Another figure in relaying: “{before}” became “{after}”"),
    "source": mark("Given to another source in relaying: “{before}” became “{after}”"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What relaying changed, in words, with the words before and after where the picture has them."""

    words: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody is held to have taken something: the kind of link, that in words, and the words that show it.
    `quoted` is false of words that are sayso's own."""

    kind: str
    words: str
    shown: str
    quoted: bool
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """A report that a node stands for."""

    report: str
    outlet: str
    title: str
    published: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An origin, a report with those that print its text, or an outlet whose report is not at hand ("absent").

    `x` and `y` are its middle in pixels, None where it is not drawn. `reasons` and `changes` are those between its own
    printings.
    """

    id: str
    kind: str
    name: str
    when: str
    printings: tuple[Printing, ...] = ()
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """From what was taken to who took it; `tellings` are the taker's words of an origin."""

    id: str
    source: str
    target: str
    reasons: tuple[Reason, ...]
    tellings: tuple[Telling, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def kind(self) -> str:
        """The surest of its reasons."""
        return self.reasons[0].kind


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginGraph:
    """The graph, with what it comes to in words: from how many independent origins, how many copies, what changed."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    told: str
    independent: tuple[int, int]
    copies: int
    changed: int
    undrawn: int = 0
