"""Suggested grades in the Admiralty code (NATO AJP-2.1): how credible a claim is, how reliable a source.

A claim's credibility comes from who else says so: independent institutions that give the same or a compatible value,
against those that contradict it. A source's reliability comes from its record: how many of its values others bore out,
how many were contradicted on all sides or taken back. An analyst's grade overrules both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import inf

from sayso.ids import identify_source
from sayso.record import Grade, Judgement, Origin, Point, Reading, Relation, Value
from sayso.who.names import resolve_names

CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
FEWEST_ON_RECORD = 3
"""Values of a source that have been settled before its record says anything."""
SHARES = (("A", 0.95, 10), ("B", 0.8, FEWEST_ON_RECORD), ("C", 0.6, FEWEST_ON_RECORD), ("D", 0.4, FEWEST_ON_RECORD))
"""Each grade with the share of settled values that were borne out, and the number of them, that it takes; below, E."""
SHARPEST = ("figure", "date", "absence", "event", "status")
"""A claim that answers several questions has the grade of its sharpest answer: that 12,000 came, not that some did."""
ROUNDING = 0.1
"""Figures within this share of each other bear each other out."""


def grade_all(
    points: Sequence[Point], origins: Iterable[Origin], readings: Iterable[Reading], ruled: dict[str, Judgement]
) -> tuple[Grade, ...]:
    """The grades of all claims that answer a point, then of all sources; `ruled` are analysts' grades by target."""
    groups = {origin.name: origin.group for origin in origins}
    names = resolve_names(value.source for point in points for value in point.values)
    seats = {claim.id: claim.seat for reading in readings for claim in reading.claims}
    claims: dict[str, Grade] = {}
    record: dict[str, list[bool]] = defaultdict(list)
    for point in sorted(points, key=lambda p: SHARPEST.index(p.kind) if p.kind in SHARPEST else len(SHARPEST)):
        told: set[tuple[str, str]] = set()
        for value, grade in grade_values(point, groups):
            claims.setdefault(value.claim, grade)
            source = names.get(value.source, value.source)
            once = (source, value.origin or value.claim)
            if once not in told and grade.grade in "125":
                told.add(once)
                record[source].append(grade.grade != "5")
    suggested = [claims[claim] for claim in claims]
    suggested += [grade_source(source, record[source]) for source in sorted(set(names.values()))]
    return tuple(overrule(grade, ruled, seats) for grade in suggested)


def grade_values(point: Point, groups: dict[str, str]) -> Iterator[tuple[Value, Grade]]:
    """The values of a point with their credibility."""
    whose = [groups.get(v.origin, v.origin or v.source) for v in point.values]
    agree: list[set[str]] = [set() for _ in whose]
    against: list[set[str]] = [set() for _ in whose]
    replaced: list[str] = ["" for _ in whose]
    for r in point.relations:
        for one, other in ((r.a, r.b), (r.b, r.a)):
            if whose[one] != whose[other] and bears_out(point, r):
                agree[one].add(whose[other])
            elif whose[one] != whose[other] and r.relation == "contradiction":
                against[one].add(whose[other])
            elif r.relation == "contradiction":
                replaced[one] = whose[one]
    for n, value in enumerate(point.values):
        grade, why = judge_credibility(agree[n], against[n] - agree[n], at_odds=bool(replaced[n]))
        yield value, Grade(about="claim", target=value.claim, grade=grade, why=why)


def bears_out(point: Point, relation: Relation) -> bool:
    """Whether two values of a point bear each other out: they are the same, or counts of which one may be the other;
    two that are merely both possible ("one denies another figure", two reasons) say nothing for each other."""
    a, b = point.values[relation.a], point.values[relation.b]
    if relation.relation == "same":
        return a.polarity == b.polarity
    if relation.relation != "compatible" or a.polarity != b.polarity:
        return False
    ends = [(v.low if v.low is not None else -inf, v.high if v.high is not None else inf) for v in (a, b)]
    return point.kind == "figure" and max(low for low, _ in ends) <= min(high for _, high in ends) * (1 + ROUNDING)


def judge_credibility(agree: set[str], against: set[str], *, at_odds: bool = False) -> tuple[str, str]:
    """The credibility of a value that these institutions bear out and those contradict, and why."""
    said = f"{name_some(agree)} bear it out" if len(agree) > 1 else f"{name_some(agree)} bears it out" if agree else ""
    denied = f"{name_some(against)} contradict{'' if len(against) > 1 else 's'} it" if against else ""
    why = ", ".join(filter(None, (said, denied))) or "nobody else speaks of it"
    if at_odds and not agree:
        return "4", f"its own source says otherwise elsewhere; {why}"
    if not against:
        return ("1" if len(agree) > 1 else "2" if agree else "6"), why
    if len(agree) >= len(against):
        return "3", why
    return ("5" if len(against) > 1 and not agree else "4"), why


def name_some(names: set[str], most: int = 3) -> str:
    """Some names in a row, and how many more there are."""
    shown = sorted(names)[:most]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def grade_source(source: str, record: Sequence[bool]) -> Grade:
    """The reliability of a source whose settled values were borne out or not."""
    good, total = sum(record), len(record)
    why = f"{good} of its {total} settled values were borne out by others" if total else "no value of it is settled"
    if total < FEWEST_ON_RECORD:
        return Grade(about="source", target=source, grade="F", why=f"{why}; {FEWEST_ON_RECORD} are needed")
    grade = next((letter for letter, share, fewest in SHARES if good >= share * total and total >= fewest), "E")
    return Grade(about="source", target=source, grade=grade, why=why)


def overrule(grade: Grade, ruled: dict[str, Judgement], seats: dict[str, str]) -> Grade:
    """The grade, or the one that an analyst gave instead."""
    key = seats.get(grade.target, grade.target) if grade.about == "claim" else identify_source(grade.target)
    judged = ruled.get(key)
    if judged is None:
        return grade
    return Grade(about=grade.about, target=grade.target, grade=judged.value, why=judged.reason, by=judged.by)
