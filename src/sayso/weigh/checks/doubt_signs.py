"""What speaks for and against an answer of an article, as named signs: how others answer the same question, who they
are and when they did, and whether what the article says stands anywhere else."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sayso.record import Answer, Speaker
from sayso.weigh.facts import NEVER, OFFICES, Fact
from sayso.weigh.matching.signs import find_names
from sayso.weigh.matching.units import Unit
from sayso.weigh.relation_signs import DAY, KINDS, Signs, cosine, days_between, overlap
from sayso.weigh.rivals import CONTRADICTION, SOME, Rival, group_rivals, reports_of
from sayso.weigh.topics import name_family
from sayso.weigh.wordings import stems_of
from sayso.who.names import same_person

SPEAKER = "speaker"
NO_PEOPLE = frozenset(("organisation", "document", "collective", "outlet"))
"""Kinds of speaker for whom a person may have spoken."""
NAN = math.nan
SURE = 0.5
YEAR = 365.25
LEAST_YEAR, NEAR_YEAR = 300.0, 2.0
"""Days from which two dates may be whole years apart, and how near to that."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer of the article with what others answer, the likeliest to answer the same question first, and its
    signs. `family` is the unit's or, where it is who says what the claim tells, `SPEAKER`."""

    unit: Unit
    family: str
    rivals: Sequence[Rival]
    signs: Signs

    @property
    def against(self) -> list[Rival]:
        """Those that agree among each other and not with it, and weigh most."""
        return heaviest(r for r in self.rivals if not r.agrees)


class Shelf:
    """In how many reports each value and each word stands."""

    def __init__(self, units: Iterable[Unit]) -> None:
        """`units` are those of all reports."""
        self.values: dict[object, set[str]] = {}
        self.words: dict[str, set[str]] = {}
        for unit in units:
            report = unit.fact.report.id
            for key in keys_of(unit):
                self.values.setdefault(key, set()).add(report)
            for stem in unit.fact.own:
                self.words.setdefault(stem, set()).add(report)

    def count(self, unit: Unit) -> float:
        """The logarithm of how many other reports have a unit's value."""
        found = set[str]().union(*(self.values.get(key, set()) for key in keys_of(unit)))
        return math.log1p(len(found - {unit.fact.report.id}))

    def share_new(self, stems: Iterable[str], report: str) -> float:
        """The share of some stems that no other report has."""
        stems = list(stems)
        return sum(not self.words.get(s, set()) - {report} for s in stems) / len(stems) if stems else 0.0


def keys_of(unit: Unit) -> Iterator[object]:
    """What tells a value from others, as far as it can be looked up."""
    figure, time = unit.fact.claim.figure, unit.fact.claim.time
    if unit.family == "figure" and figure is not None:
        yield from (("figure", f"{end:.3g}") for end in {figure.low, figure.high} - {None})
    elif unit.family == "date" and time is not None and time.earliest is not None:
        yield "date", time.earliest.date(), (time.latest or time.earliest) - time.earliest
    elif unit.family == "words":
        yield "words", stems_of(unit.words)


def make_doubts(unit: Unit, rivals: Sequence[Rival], shelf: Shelf) -> Iterator[Doubt]:
    """An answer with its signs; of whether a claim is so, also who says it."""
    yield make_doubt(unit, unit.family, rivals, shelf)
    speaker = find_speaker(unit.fact) if unit.answer.kind == "yes-no" else None
    if speaker is not None:
        tellers = ((rival, find_speaker(rival.unit.fact)) for rival in rivals)
        told = [
            replace(rival, unit=other, agrees=is_one_speaker(unit.fact, other.fact), witness="")
            for rival, other in tellers
            if other is not None
        ]
        yield make_doubt(speaker, SPEAKER, told, shelf)


def find_speaker(fact: Fact) -> Unit | None:
    """Who says what a fact tells, as an answer; None where nobody is named."""
    told = fact.attribution
    if told is None or told.speaker is None or not told.source or not told.speaker.name:
        return None
    start, end = told.source[0]
    return Unit(fact, Answer(start=start, end=end, kind="person", word=told.speaker.name))


def is_one_speaker(a: Fact, b: Fact) -> bool:
    """Whether two facts are said by one voice, as far as names tell."""
    if a.voice is not None and b.voice is not None and a.voice.group == b.voice.group:
        return True
    return same_person(a.source, b.source) or bool(stems_of(a.source) & stems_of(b.source))


def are_two_speakers(a: Fact, b: Fact) -> bool:
    """Whether the speakers of two facts are known to be two people: by their names, or by what they are."""
    one, other = (fact.attribution.speaker if fact.attribution else None for fact in (a, b))
    if one is None or other is None or {one.kind, other.kind} & NO_PEOPLE:
        return False
    if stems_of(f"{one.name} {one.role} {a.source}") & stems_of(f"{other.name} {other.role} {b.source}"):
        return False
    if is_named(one) and is_named(other):
        return True
    return all(stems_of(who.role if is_named(who) else who.name) for who in (one, other))


def is_named(speaker: Speaker) -> bool:
    """Whether a speaker goes by a name, and not by what he is ("the President")."""
    last = speaker.name.split()[-1:]
    return speaker.kind == "person" and bool(last) and last[0][:1].isupper() and last[0].casefold() not in OFFICES


def make_doubt(unit: Unit, family: str, rivals: Sequence[Rival], shelf: Shelf) -> Doubt:
    """An answer with its signs."""
    signs = {
        **sign_answers(unit, rivals),
        **sign_twins(unit, rivals),
        **sign_tellers(unit, rivals),
        **sign_rarity(unit, rivals, shelf),
        **sign_claim(unit),
    }
    figure, time = unit.fact.claim.figure, unit.fact.claim.time
    if family == "figure" and figure is not None:
        signs |= sign_figure(unit, rivals)
    elif family == "date" and time is not None and time.earliest is not None:
        signs |= sign_date(unit, rivals)
    return Doubt(unit, family, rivals, signs)


def heaviest(rivals: Iterable[Rival]) -> list[Rival]:
    """Of rivals grouped by what they answer, the group that weighs most."""
    return max(group_rivals(rivals), key=weight, default=[])


def weight(rivals: Iterable[Rival]) -> float:
    """How likely some rivals are, together."""
    return sum(r.likely for r in rivals)


def most(values: Iterable[float], none: float = 0.0) -> float:
    """The greatest of some values."""
    return max(values, default=none)


def sign_answers(mine: Unit, rivals: Sequence[Rival]) -> Signs:
    """How many answer the same question the same way or another, how surely, and before or after."""
    agree, differ = [r for r in rivals if r.agrees], [r for r in rivals if not r.agrees]
    best = heaviest(differ)
    told, borne = ([d for r in some if (d := days_after(r, mine)) is not None] for some in (best, agree))
    reports, backers = len(reports_of(best)), len(reports_of(agree))
    return {
        "others agree": most(r.likely for r in agree),
        "others differ": most(r.likely for r in differ),
        "reports that agree": math.log1p(backers),
        "reports that agree surely": math.log1p(len(reports_of(agree, SURE))),
        "outlets that agree": math.log1p(len({r.unit.fact.report.outlet for r in agree if r.likely >= SOME})),
        "reports that differ": math.log1p(len(reports_of(differ))),
        "reports with one other answer": math.log1p(reports),
        "agreeing against differing reports": math.log1p(backers) - math.log1p(reports),
        "weight of one other answer": weight(best),
        "agreeing against differing weight": weight(agree) - weight(best),
        "other answers": float(len(group_rivals(differ))),
        "witnesses": float(sum(bool(r.witness) for r in best)),
        "excluded": most(r.likely for r in differ if r.witness),
        "contradicted": most(r.likely * r.relations[CONTRADICTION] for r in rivals),
        "denied": most(r.likely for r in rivals if r.unit.fact.contrary != mine.fact.contrary),
        "first told otherwise": min(told, default=NAN),
        "last told otherwise": max(told, default=NAN),
        "told otherwise before and after": float(bool(told) and min(told) <= 0 <= max(told)),
        "told so before": float(bool(borne) and min(borne) < 0),
        "others replaced": float(any(r.unit.fact.superseded for r in rivals)),
    }


def sign_twins(mine: Unit, rivals: Sequence[Rival]) -> Signs:
    """How like the article's are the sentences in which others answer: a copy in which one thing was changed."""
    fact, answer = mine.fact, stems_of(mine.words)
    differ, agree = (
        [
            (r.likely * cosine(fact.claim.vector, r.unit.fact.claim.vector), overlap(fact.own, r.unit.fact.own))
            for r in rivals
            if r.agrees is agrees
        ]
        for agrees in (False, True)
    )
    kept, replaced = 0.0, 0.0
    rest = fact.own - answer
    for theirs, own in ((stems_of(r.unit.words), r.unit.fact.own) for r in rivals):
        if not answer & own:
            replaced = max(replaced, len(rest & own) / max(1, len(rest | (own - theirs))))
        elif answer <= own:
            kept = max(kept, len(rest & own) / max(1, len(rest | (own - answer))))
    signs = {
        "claim alike that differs": most(c for c, _ in differ),
        "claim alike that agrees": most(c for c, _ in agree),
        "sentence alike that differs": most(s for _, s in differ),
        "sentence alike that agrees": most(s for _, s in agree),
        "stands in a like sentence": kept,
        "replaced in a like sentence": replaced,
    }
    return signs | {
        "differing claim more alike": signs["claim alike that differs"] - signs["claim alike that agrees"],
        "differing sentence more alike": signs["sentence alike that differs"] - signs["sentence alike that agrees"],
        "replaced rather than kept": replaced - kept,
    }


def sign_tellers(mine: Unit, rivals: Sequence[Rival]) -> Signs:
    """Who else tells it, how surely, and with which verb."""
    fact = mine.fact
    counted = [r for r in rivals if r.likely >= SOME]
    verbs = [r.unit.answer.predicate for r in counted if r.unit.answer.predicate]
    events = [r.unit.fact.claim.event for r in counted if r.unit.fact.claim.event]
    voices = [r.unit.fact.voice.group for r in counted if r.unit.fact.voice is not None]
    own = fact.voice.group if fact.voice is not None else None
    hedged, certain = ([r.likely for r in rivals if r.unit.fact.possible is possible] for possible in (True, False))
    worst = next((r.unit.fact for r in rivals if not r.agrees), None)
    return {
        "its verb elsewhere": math.log1p(verbs.count(mine.answer.predicate)),
        "share with its verb": verbs.count(mine.answer.predicate) / len(verbs) if verbs else NAN,
        "share with its event": events.count(fact.claim.event) / len(events) if events else NAN,
        "events": math.log1p(len(events)),
        "its speaker elsewhere": math.log1p(voices.count(own)) if own is not None else NAN,
        "other speakers": math.log1p(len(voices) - voices.count(own)) if own is not None else NAN,
        "others suppose it": most(hedged) - most(certain),
        "others only suppose it": sum(hedged) - sum(certain) if not fact.possible else NAN,
        "one voice says otherwise": float(worst is not None and voice_of(worst) == voice_of(fact)),
        "one origin says otherwise": float(worst is not None and bool(fact.origin) and worst.origin == fact.origin),
    }


def sign_rarity(mine: Unit, rivals: Sequence[Rival], shelf: Shelf) -> Signs:
    """Whether the article's words and value stand in other reports, and the others' value."""
    fact = mine.fact
    worst = next((r.unit for r in rivals if not r.agrees), None)
    names = frozenset(find_names(f"x {mine.words}"))
    return {
        "value elsewhere": shelf.count(mine),
        "the other value elsewhere": shelf.count(worst) if worst is not None else -1.0,
        "claim's words that nobody else has": shelf.share_new(stems_of(fact.claim.text), fact.report.id),
        "words that nobody else has": shelf.share_new(stems_of(mine.words), fact.report.id),
        "names that nobody else has": shelf.share_new(stems_of(" ".join(names)), fact.report.id),
        "names": float(len(names)),
        "digits": float(any(c.isdigit() for c in mine.words)),
        "length": math.log1p(len(stems_of(mine.words))),
    }


def sign_claim(mine: Unit) -> Signs:
    """How the article's claim stands by itself."""
    fact, told = mine.fact, mine.fact.attribution
    speaker = told.speaker if told is not None else None
    return {
        "kind": float(KINDS.index(mine.answer.kind)) if mine.answer.kind in KINDS else -1.0,
        "background": float(bool(mine.answer.background)),
        "not asserted": float(fact.claim.stands != "asserted"),
        "hedged": float(fact.possible),
        "not happened": float(fact.claim.tense != "happened"),
        "replaced since": float(bool(fact.superseded)),
        "sourced": float(told is not None),
        "unnamed": float(speaker is not None and speaker.anonymous),
        "relayed": float(told is not None and bool(told.via)),
        "certainty": told.certainty[0] if told is not None else NAN,
        "place in the report": math.log1p(fact.order),
    }


def sign_figure(mine: Unit, rivals: Sequence[Rival]) -> Signs:
    """What a figure is, and whether others give it to people in another state, or its digits in another order."""
    figure = mine.fact.claim.figure
    assert figure is not None
    low = figure.low if figure.low is not None else figure.high or 0.0
    return {
        "size": min(12.0, math.log1p(abs(low))),
        "persons": float(figure.unit == "person"),
        "share": float(figure.unit == "share"),
        "not exact": float(figure.bound != "exact"),
        "state": float(bool(figure.state)),
        "a slip": float(any(is_slip(mine, r.unit) for r in rivals if not r.agrees)),
        "its number of another state": most(r.likely for r in rivals if counts_others(mine, r.unit)),
    }


def sign_date(mine: Unit, rivals: Sequence[Rival]) -> Signs:
    """How far a date is from that of others, and how exact it is."""
    time = mine.fact.claim.time
    assert time is not None and time.earliest is not None
    theirs = next((r.unit.fact.claim.time for r in rivals if not r.agrees), None)
    gap = abs((theirs.earliest - time.earliest) / DAY) if theirs is not None and theirs.earliest is not None else NAN
    off = abs(gap - YEAR * round(gap / YEAR)) if gap > LEAST_YEAR else NAN
    return {
        "days off": math.log1p(gap),
        "whole years off": float(off < NEAR_YEAR),
        "width": math.log1p(max(0.0, ((time.latest or time.earliest) - time.earliest) / DAY)),
        "in figures": float(any(c.isdigit() for c in time.text)),
    }


def voice_of(fact: Fact) -> str:
    """In whose name something is told."""
    return fact.voice.group if fact.voice is not None else fact.report.id


def days_after(rival: Rival, mine: Unit) -> float | None:
    """The days from the article to another's answer; None where one is undated."""
    return days_between(known(mine.fact), known(rival.unit.fact))


def known(fact: Fact) -> datetime | None:
    """When something was told; None where unknown."""
    return fact.said if fact.said != NEVER else None


def counts_others(a: Unit, b: Unit) -> bool:
    """Whether two figures are one number of people to whom other things were done."""
    x, y = a.fact.claim.figure, b.fact.claim.figure
    if x is None or y is None or (x.low, x.high) != (y.low, y.high):
        return False
    return name_family(x.state) != name_family(y.state)


def is_slip(a: Unit, b: Unit) -> bool:
    """Whether one figure has the digits of the other in another order, or a nought more or less."""
    x, y = a.fact.claim.figure, b.fact.claim.figure
    if x is None or y is None or x.low is None or y.low is None or x.low == y.low:
        return False
    one, other = (f"{v:.12g}".replace(".", "").strip("0") for v in (x.low, y.low))
    return (one == other and min(x.low, y.low) > 0) or (len(one) > 1 and Counter(one) == Counter(other))
