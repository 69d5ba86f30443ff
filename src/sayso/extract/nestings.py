"""Attributions inside others: "The minister said that the talks had failed, Reuters reported".

The corpus that the reader learnt from never marks an attribution within another, so the reader hardly does; grammar
shows them (`sayso.extract.sayings`): a verb of saying that governs all that somebody is said to have said.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

from sayso.extract.sayings import Saying, list_sayings
from sayso.extract.stances import load_cues
from sayso.grammar.parses import Parse
from sayso.record import Attribution, Span
from sayso.who.outlets import name_outlets, name_unlisted
from sayso.who.roles import load_kinds

DEEPEST = 4
"""Contents to either side of one that are looked at for those around it."""
PRONOUNS = frozenset("he she it they we i you who which that this".split())


def find_nestings(parse: Parse, known: Sequence[Attribution]) -> list[Attribution]:
    """The attributions within others that were not found, in the order of their cues: all in what outlets report, and
    what makes up the whole of somebody's words ("Okello said that the governor had told him that ..."). What an outlet
    is said to tell citing somebody is found outside of others too."""
    denied = list_denied(parse, known)
    relayed = sorted(span for attribution in known if is_relay(parse, attribution) for span in attribution.content)
    contents = sorted(span for attribution in known for span in attribution.content)
    cues = sorted(span for attribution in known for span in attribution.cue)
    found: list[Attribution] = []
    for saying in list_sayings(parse):
        links = [link for link in saying.links if not is_taken(link.cue[0], cues)]
        around = find_around(links[0].cue[0], contents) if links else None
        if around is None:
            found += [link for link in links if saying.cited and not meets(link, contents)]
            continue
        if is_within(links[0].cue[0], denied):
            continue
        if saying.seen and not is_inner(around, contents):
            continue  # What somebody is said to have seen is news; at third hand it is how the last one knows.
        if is_within(links[0].cue[0], relayed) or makes_up(parse, saying, around):
            found += links
            for link in links:
                insort(contents, link.content[0])
    return sorted(found, key=lambda a: (a.cue, a.content))


def list_denied(parse: Parse, known: Sequence[Attribution]) -> list[Span]:
    """The contents that are said to be denied, sorted: who denies that somebody said so is the one who speaks."""
    cues = load_cues()
    denying = sorted(t.start for t in parse.tokens if (row := cues.get(("verb", t.lemma))) and row.stance == "denies")
    return sorted(
        span
        for attribution in known
        if any(bisect_left(denying, start) < bisect_left(denying, end) for start, end in attribution.cue)
        for span in attribution.content
    )


def meets(link: Attribution, spans: Sequence[Span]) -> bool:
    """Whether the content of a link overlaps any of some spans, sorted by their beginning."""
    start, end = link.content[0]
    at = bisect_left(spans, (start, -1))
    return any(s < end and start < e for s, e in spans[max(0, at - DEEPEST) : at + DEEPEST])


def is_inner(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of some spans, sorted by their beginning, lies in another of them."""
    at = bisect_left(spans, (span[0], -1))
    around = spans[max(0, at - DEEPEST) : at + DEEPEST]
    return any(s != span and s[0] <= span[0] and span[1] <= s[1] for s in around)


def find_around(span: Span, spans: Sequence[Span]) -> Span | None:
    """The innermost of some spans, sorted by their beginning, that a span lies in."""
    at = bisect_right(spans, (span[0], span[0])) - 1
    around = (spans[n] for n in range(at, max(-1, at - 3), -1))
    return next((s for s in around if s[0] <= span[0] and span[1] <= s[1]), None)


def makes_up(parse: Parse, saying: Saying, around: Span) -> bool:
    """Whether somebody else's saying is all that a content tells: its verb governs all of it, nothing is coordinated
    with it, and a noun says it."""
    verb = parse.tokens[saying.verb]
    first, last = parse.subtree(saying.verb)
    begin, end = parse.tokens[first].start, parse.tokens[last].end
    whole = not parse.text[around[0] : begin].strip(EDGES) and not parse.text[end : around[1]].strip(EDGES)
    top = verb.head == verb.i or not around[0] <= parse.tokens[verb.head].start < around[1]
    alone = not any(parse.tokens[c].dep == "conj" for c in verb.children)
    start, stop = saying.links[0].source[0]
    return whole and top and alone and parse.text[start:stop].lower() not in PRONOUNS


EDGES = " .,;\"“”‘’'"
"""Marks about a content."""


def is_relay(parse: Parse, attribution: Attribution) -> bool:
    """Whether an attribution's source is an outlet, by its name or by what it is called: it tells what others say."""
    for start, end in attribution.source:
        words = parse.text[start:end]
        if next(name_outlets(words), None) or next(name_unlisted(words), None):
            return True
        last = words.split()[-1:] or [""]
        if load_kinds().get(last[0].lower()) == "outlet":
            return True
    return False


def is_within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a span lies in one of others, which are sorted by their beginning."""
    return find_around(span, spans) is not None


def is_taken(span: Span, cues: Sequence[Span]) -> bool:
    """Whether a span overlaps a cue; these are sorted and lie apart."""
    at = bisect_right(cues, (span[1], 0)) - 1
    return any(cues[n][0] < span[1] and span[0] < cues[n][1] for n in range(max(0, at - 1), at + 1))
