"""What was found in a text, marked in its place: the text in pieces, cut wherever anything begins or ends.

Attributions, times, places, figures and claims overlap as they like, so no piece holds another: each says under what
it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.harms import clean_text
from sayso.record import Attribution, Claim, Figure, Place, Reading, Time
from sayso.tell.citations import name_source
from sayso.tell.phrases import name_interval
from sayso.tell.tongues import _, mark

KINDS = {
    "source": mark("sources"),
    "cue": mark("cues"),
    "content": mark("what they say"),
    "time": mark("times"),
    "place": mark("places"),
    "figure": mark("figures"),
    "claim": mark("claims"),
}
"""Each kind of mark, and what a reader is told that it shows."""
MOST_SHOWN = 400_000
"""Code points of a text that are shown: a book of 70,000 words. What is longer can be had as it came."""
LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found in a text, of a kind of `KINDS`; `says` tells of it in a few words. `claim` is the number of a
    claim among those of its report, from 1; 0 for other kinds."""

    kind: str
    start: int
    end: int
    says: str
    claim: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: its words, the kinds of what it stands under, what they say, the numbers of the claims that it
    is part of, and of those that end with it."""

    words: str
    kinds: tuple[str, ...] = ()
    says: str = ""
    claims: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text in pieces, and the numbers of the claims that begin in it."""

    pieces: tuple[Piece, ...]
    claims: tuple[int, ...]


def list_marks(reading: Reading) -> list[Mark]:
    """Everything that was found in a report's text, in the order of the text, the longest first."""
    text = reading.report.text
    found = [mark for told in reading.attributions for mark in mark_attribution(told, text)]
    found += [Mark("time", time.start, time.end, say_time(time)) for time in reading.times]
    found += [Mark("place", place.start, place.end, say_place(place)) for place in reading.places]
    found += [Mark("figure", figure.start, figure.end, say_figure(figure)) for figure in reading.figures]
    for number, claim in enumerate(order_claims(reading.claims), 1):
        found.append(Mark("claim", claim.start, claim.end, _("claim {number}", number=number), number))
    found = [one for one in found if 0 <= one.start < one.end <= len(text)]
    return sorted(found, key=lambda one: (one.start, -one.end))


def order_claims(claims: Iterable[Claim]) -> list[Claim]:
    """The claims of a report in the order in which they are numbered: that of the text."""
    return sorted(claims, key=lambda claim: (claim.start, -claim.end, claim.id))


def mark_attribution(told: Attribution, text: str) -> Iterator[Mark]:
    """The marks of an attribution: who speaks, the cue, and what they say."""
    who = clean_text(name_source(told, text))
    for start, end in told.source:
        yield Mark("source", start, end, _("source: {who}", who=who))
    for start, end in told.cue:
        yield Mark("cue", start, end, _("cue: {stance}", stance=_(told.stance)))
    for start, end in told.content:
        yield Mark("content", start, end, _("said by {who}", who=who))


def say_time(time: Time) -> str:
    """What a time means: the days that are meant, or its value."""
    if time.earliest and time.latest:
        return _("time: {when}", when=name_interval(time.earliest, time.latest))
    return _("time: {when}", when=time.value or time.type)


def say_place(place: Place) -> str:
    """Which place is meant, with its country."""
    if place.geonames_id is None:
        return _("place: not located")
    where = clean_text(", ".join(filter(None, (place.name, place.country))))
    return _("place, for those who govern it: {where}", where=where) if place.role == "metonym" else _(
        "place: {where}", where=where
    )  # fmt: skip


def say_figure(figure: Figure) -> str:
    """What a figure means: its ends, its unit or what is counted, and how it is bound."""
    ends = [f"{end:,.10g}" for end in dict.fromkeys((figure.low, figure.high)) if end is not None]
    counted = " ".join(filter(None, (figure.of or figure.unit, figure.state)))
    bound = _(figure.bound) if figure.bound != "exact" else ""
    return _("figure: {value}", value=clean_text(" ".join(filter(None, (bound, "–".join(ends), counted)))))


BOUNDS = (mark("about"), mark("at least"), mark("at most"))
"""How a figure is bound, as `say_figure` says it."""


def cut_paragraphs(text: str, marks: Sequence[Mark], most: int = MOST_SHOWN) -> list[Paragraph]:
    """A text in its lines, up to `most` code points, each cut at all ends of the marks, which are in order."""
    lines = [line.span() for line in LINE.finditer(text, 0, most) if line.group().strip()]
    cuts = sorted({at for one in marks for at in (one.start, one.end)} | {at for line in lines for at in line})
    begins: dict[int, list[Mark]] = defaultdict(list)
    for one in marks:
        begins[one.start].append(one)
    over: list[Mark] = []
    pieces: list[tuple[int, Piece]] = []
    for left, right in pairwise(cuts):
        over = [one for one in over if one.end > left] + begins.get(left, [])
        pieces.append((left, make_piece(text[left:right], over, right)))
    starts = sorted((one.start, one.claim) for one in marks if one.claim)
    return list(share_out(lines, pieces, starts))


def make_piece(words: str, over: Sequence[Mark], end: int) -> Piece:
    """The piece of a text that stands under some marks and ends at a place."""
    return Piece(
        words=clean_text(words),
        kinds=tuple(kind for kind in KINDS if any(one.kind == kind for one in over)),
        says=" · ".join(dict.fromkeys(one.says for one in over if not one.claim)),
        claims=tuple(one.claim for one in over if one.claim),
        ends=tuple(one.claim for one in over if one.claim and one.end == end),
    )


def share_out(
    lines: Sequence[tuple[int, int]], pieces: Sequence[tuple[int, Piece]], starts: Sequence[tuple[int, int]]
) -> Iterator[Paragraph]:
    """Each line with its pieces and the numbers of the claims that begin in it or in the blank before it."""
    at = begun = 0
    for start, end in lines:
        shown: list[Piece] = []
        while at < len(pieces) and pieces[at][0] < end:
            if pieces[at][0] >= start:
                shown.append(pieces[at][1])
            at += 1
        first = begun
        while begun < len(starts) and starts[begun][0] < end:
            begun += 1
        yield Paragraph(tuple(shown), tuple(number for _, number in starts[first:begun]))
