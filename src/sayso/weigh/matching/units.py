"""The units of matching: the answers of claims, each with its claim as it bears on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.record import Answer, Figure, Reading, Time
from sayso.weigh.facts import Fact
from sayso.weigh.topics import is_hour, read_count

FAMILIES = ("figure", "date", "words")
"""What answers are by the way their values are compared: numbers, times, or words."""


LONGEST_DATELINE, MOST_BESIDE = 90, 3
"""Code points of a line that tells a date of its own, and words in it besides."""
WORDS = re.compile(r"[^\W\d_]{3,}")
ZONES = frozenset(("EDT", "EST", "PDT", "PST", "CDT", "CST", "GMT", "UTC", "BST", "CET"))


@dataclass(frozen=True, slots=True)
class Unit:
    """An answer with the fact that gives it: `fact.claim` has the answer's figure or time as its own."""

    fact: Fact
    answer: Answer

    @property
    def family(self) -> str:
        """How its value is compared with others."""
        return self.answer.kind if self.answer.kind in FAMILIES else "words"

    @property
    def words(self) -> str:
        """Its own words in the report."""
        return self.fact.report.text[self.answer.start : self.answer.end]


def list_units(facts: Iterable[Fact], readings: Sequence[Reading], *, untold: bool = False) -> list[Unit]:
    """The units of all facts that tell something, in the order of the facts; with `untold`, also of those that only say
    of something that it is false, or leave it open."""
    figures: dict[tuple[str, str, int, int], Figure] = {}
    times: dict[tuple[str, str, int, int], Time] = {}
    for reading in readings:
        report = reading.report
        figures |= {(report.id, report.digest, f.start, f.end): f for f in reading.figures}
        times |= {(report.id, report.digest, t.start, t.end): t for t in reading.times}
    found: dict[tuple[object, ...], Unit] = {}
    for fact in facts:
        whose = fact.report.id, fact.report.digest
        for answer in fact.claim.answers if fact.told or untold else ():
            place = (*whose, answer.start, answer.end)
            if answer.kind == "figure" and (figure := figures.get(place)) is not None:
                unit = Unit(with_figure(fact, figure, answer), answer)
            elif answer.kind == "date" and (time := times.get(place)) is not None:
                if is_dateline(fact.report.text, answer.start, answer.end):
                    continue
                unit = Unit(replace(fact, claim=replace(fact.claim, time=time)), answer)
            elif answer.kind not in FAMILIES and not is_stamp(fact):
                unit = Unit(fact, answer)
            else:
                continue
            # Words that lie in several claims are of the shortest.
            key = (*place, answer.kind, answer.reckoned)
            known = found.get(key)
            if known is None or len(fact.claim.text) < len(known.fact.claim.text):
                found[key] = unit
    return list(found.values())


def is_stamp(fact: Fact) -> bool:
    """Whether all that a claim tells is when its report was published or changed."""
    time = fact.claim.time
    return time is not None and is_dateline(fact.report.text, time.start, time.end)


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a date stands in a short line that says little else and is no sentence: when the report was published or
    changed, no event's date ("Updated 4:08 p.m. ET", "First published: 13 June 2013, 16:59")."""
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[begin : stop if stop >= 0 else len(text)]
    if len(line) > LONGEST_DATELINE or re.search(r"[^\W\d_]{4}[.!?][\"”’]?\s*$", line):
        return False
    rest = WORDS.findall(text[begin:start] + " " + text[end : begin + len(line)])
    return len([word for word in rest if word not in ZONES]) <= MOST_BESIDE


def with_figure(fact: Fact, figure: Figure, answer: Answer) -> Fact:
    """A fact with one figure of its claim as its own, or with what that comes to where the answer was reckoned."""
    own = fact.claim.figure
    text = fact.report.text
    if own is not None and (own.start, own.end) == (figure.start, figure.end):
        figure = own
    elif not is_hour(text, figure):
        figure = read_count(text, figure)
    found = figure.reckoned
    if answer.reckoned and found is not None:
        figure = replace(
            figure,
            text=f"{say_number(found.low, found.high)} (reckoned)",
            low=found.low,
            high=found.high,
            unit=found.unit,
            of=found.of,
            state=found.state,
            reckoned=None,
        )
    return fact if figure is own else replace(fact, claim=replace(fact.claim, figure=figure))


def say_number(low: float | None, high: float | None) -> str:
    """A number or range in figures: nobody said it, so that there are no words for it."""
    known = [f"{round(end):,}" if end >= 1 else f"{end:.2g}" for end in (low, high) if end is not None]
    return " to ".join(dict.fromkeys(known))
