"""Where reports differ, a line each: the answers that reports give to one question beside each other, the newest first.

Which answers are worth telling beside each other was learnt on stories with keys (`Relation.disputed`): the pair of a
point that is likely to be disputed and most told, and the newest answers that are likely to be to the same question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from sayso.grammar.questions import has_verb, reads_well
from sayso.record import Answer, Claim, Picture, Point, Sentence, Value
from sayso.tell.conflicts import is_said, key_answer
from sayso.tell.phrases import quote
from sayso.tell.proofs import OPENING, find_faults
from sayso.tell.sentences import raise_first
from sayso.tell.sides import (
    LIKELY,
    SETTLED,
    VALUED,
    Asked,
    Chances,
    Side,
    are_of_one_thing,
    asks_for,
    find_answer,
    is_disputed,
    list_stems,
    moment,
    names_time,
    near,
    read_chances,
    say_answer,
)
from sayso.tell.sources import CALENDAR, Sources, borrow_name
from sayso.tell.tongues import _, in_english
from sayso.weigh.details import stem
from sayso.weigh.witnesses import NO
from sayso.weigh.wordings import has_words

COPIED, ALIKE, RELATED = 0.8, 0.5, 0.2
"""How much of their words two claims have in common that say the same, that one outlet tells of one case, or that give
figures of one thing."""
SOON = 7
"""Days after which what is told otherwise is of another time; set on lines that readers judged."""
FEWEST_WORDS = 3
"""Words of a claim beside those for who says it."""
MOST_SIDES, MOST_LINES = 3, 3
"""Sides of a line, and lines of a point."""
LONGEST_SIDE = 150
"""Code points of a side in words."""
SURE = 0.1
"""How much it counts how likely a pair is to be disputed, beside how many others answer the same."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<!^)(?<![.!?:“\"‘'] )\b[A-Z][\w’'-]+")
"""A word that is written as names are within a sentence."""
SILENT = re.compile(
    r"\b(?:declin|refus|did not|didn't|would not|wouldn't|has not|had not|no)\w*\b.{0,40}"
    r"\b(?:comment|respon[ds]|repl[yi]|answer|return|calls?\b)",
    re.IGNORECASE,
)
"""Words of somebody who says nothing on the matter."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A point with its question, its sides, the newest first, how much it matters, and whether its claims are `quoted`
    rather than their values told."""

    point: Point
    asked: Asked
    weight: float
    quoted: bool


def find_open_points(picture: Picture, sources: Sources) -> list[OpenPoint]:
    """What the reports of a picture answer in different ways, the surest and most told first."""
    found = [one for point in picture.points for one in split_point(point, sources)]
    return sorted(found, key=lambda one: (-one.weight, one.point.id))


def tell_open_points(picture: Picture, sources: Sources) -> Iterator[Sentence]:
    """A line for each open point of which one can be made that can be sent, what matters most first; none that quotes
    claims which stand beside each other in another, since one is read as the other."""
    told: list[tuple[bool, set[str]]] = []
    for one in find_open_points(picture, sources):
        parts = list(dict.fromkeys(say_side(one, side, sources) for side in one.asked.sides))
        text = f"{one.asked.question} {'; '.join(parts)}."
        claims = tuple(side.newest.claim for side in one.asked.sides)
        again = any((quoted or one.quoted) and before.issuperset(claims) for quoted, before in told)
        if len(parts) > 1 and not again and not any(find_faults(text, opening=False)):
            told.append((one.quoted, set(claims)))
            yield Sentence(text=text, claims=claims)


def split_point(point: Point, sources: Sources) -> Iterator[OpenPoint]:
    """The open questions in a point, which may hold several: the pair that is likely to be disputed and most told with
    what joins it, then that of what is left."""
    live = {n for n, value in enumerate(point.values) if can_stand(point, value, sources)}
    chances = read_chances(point)
    disputed = [
        (r.a, r.b, r.disputed[1])
        for r in point.relations
        if is_disputed(r, point.kind)
        and {r.a, r.b} <= live
        and count_days(point.values[r.a], point.values[r.b], sources) <= SOON
        and are_opposed(point, point.values[r.a], point.values[r.b], sources)
    ]
    for _line in range(MOST_LINES):
        rated = [
            (sure**SURE * math.sqrt(2 + sum(near(chances, k, (n, m)) for k in live if k not in (n, m))), n, m)
            for n, m, sure in disputed
            if {n, m} <= live
        ]
        if not rated:
            return
        weight, first, second = max(rated, key=itemgetter(0))
        newest = sorted(live, key=lambda n: moment(point.values[n], sources), reverse=True)
        chosen = [first, second]
        if point.kind in VALUED:
            chosen = add_sides(point, chosen, chances, newest, sources)
        values = sorted((point.values[n] for n in chosen), key=lambda v: moment(v, sources), reverse=True)
        question = ask_side(point, values, sources)
        if head := question or name_matter(point, values, sources):
            asked = Asked(head, tuple(Side((value,)) for value in values))
            yield OpenPoint(point, asked, weight, quoted=not (question and point.kind in VALUED))
        live -= {n for n in live if n in chosen or near(chances, n, (first, second)) >= SETTLED}


def can_stand(point: Point, value: Value, sources: Sources) -> bool:
    """Whether a value can be a side of a line: somebody said it, on the matter and not of himself."""
    reading, claim = sources.find(value.claim)
    told = None if claim.attribution is None else reading.attributions[claim.attribution]
    if not is_said(point, value) or SILENT.search(value.text) is not None or (told and told.stance == "declines"):
        return False
    if point.kind not in VALUED:
        return len(list_stems(value.text) - list_stems(sources.who(value.claim))) >= FEWEST_WORDS
    return (point.kind == "figure" or names_time(value)) and find_answer(point, value, sources) is not None


def add_sides(point: Point, pair: list[int], chances: Chances, live: Sequence[int], sources: Sources) -> list[int]:
    """A pair of figures or dates with the others that are likely to answer the same question and are opposed to one of
    those before, the newest first; `live` are in this order."""
    chosen = list(pair)
    for n in live:
        if n in chosen or len(chosen) == MOST_SIDES or near(chances, n, pair) < LIKELY[point.kind]:
            continue
        value, told = point.values[n], [point.values[m] for m in chosen]
        new = all(differ(point, value, other, sources) for other in told)
        if new and any(are_opposed(point, value, other, sources) for other in told):
            chosen.append(n)
    return chosen


def are_opposed(point: Point, a: Value, b: Value, sources: Sources) -> bool:
    """Whether two answers that differ have a witness: figures of one thing, dates under one verb, and in words that one
    denies or that they name other days."""
    if not differ(point, a, b, sources) or name_others(a, b, sources):
        return False
    one, other = (find_answer(point, value, sources) for value in (a, b))
    if one is None or other is None:
        return a.polarity != b.polarity or are_apart(a, b, sources)
    if point.kind == "date":
        return one.predicate == other.predicate != ""
    return are_of_one_thing(one, other) and is_copied(a, b, RELATED)


def name_others(a: Value, b: Value, sources: Sources) -> bool:
    """Whether the claims of two answers both have names, and none in common."""
    one, other = (
        {stem(name.casefold()) for name in NAME.findall(value.text) if name not in CALENDAR}
        - list_stems(sources.who(value.claim))
        for value in (a, b)
    )
    return bool(one and other) and not one & other


def differ(point: Point, a: Value, b: Value, sources: Sources) -> bool:
    """Whether two answers of two reports are other figures or days, in other words or of other days, or one denies.
    What an outlet tells in other words is another case, and a source does not differ with itself on one day, nor where
    it repeats its words."""
    copied = is_copied(a, b)
    if a.report == b.report:
        return False
    if sources.outlet(a.claim) == sources.outlet(b.claim) and not is_copied(a, b, ALIKE):
        return False
    one, other = (sources.who(value.claim) or sources.outlet(value.claim) for value in (a, b))
    if one == other and (copied or count_days(a, b, sources) == 0):
        return False
    if sources.is_denied(a.claim) != sources.is_denied(b.claim):
        return True
    if point.kind in VALUED:
        return key_answer(point, a) != key_answer(point, b) and not (holds(a, b) and holds(b, a))
    return not copied or denies(a, b) or are_apart(a, b, sources)


def holds(a: Value, b: Value) -> bool:
    """Whether the claim of one answer has the numbers of another, too, or its words where these have none."""
    if numbers := NUMBER.findall(b.words):
        return set(numbers) <= set(NUMBER.findall(a.text))
    return has_words(a.text, b.words)


def denies(a: Value, b: Value) -> bool:
    """Whether one of two answers in like words says no, and in a word that the other does not have."""
    return a.polarity != b.polarity and bool(NO.search(a.text)) != bool(NO.search(b.text))


def count_days(a: Value, b: Value, sources: Sources) -> int:
    """Whole days between the reports of two answers."""
    return abs((sources.published(a.claim) - sources.published(b.claim)).days)


def is_copied(a: Value, b: Value, share: float = COPIED) -> bool:
    """Whether the claims of two answers have so many words in common."""
    one, other = list_stems(a.text), list_stems(b.text)
    return len(one & other) >= share * min(len(one), len(other))


def are_apart(a: Value, b: Value, sources: Sources) -> bool:
    """Whether the claims of two answers name times, and none that the other could mean or has in the same words."""
    told, others = (list_times(value, sources) for value in (a, b))
    meet = (one[0] == other[0] or (one[1] <= other[2] and other[1] <= one[2]) for one in told for other in others)
    return bool(told and others) and not any(meet)


def list_times(value: Value, sources: Sources) -> list[tuple[str, datetime, datetime]]:
    """The words and spans of the times in the claim of an answer but for those of another time or event."""
    reading, claim = sources.find(value.claim)
    dates = (answer for answer in claim.answers if answer.kind == "date" and not answer.background)
    return [
        (reading.report.text[one.start : one.end].casefold(), one.earliest, one.latest)
        for one in dates
        if one.earliest and one.latest
    ]


def ask_side(point: Point, sides: Sequence[Value], sources: Sources) -> str:
    """The question of a side that has most words with all sides in common and names none of who say them; "" also of
    claims in other words."""
    if point.kind not in VALUED and not is_copied(sides[0], sides[1]):
        return ""
    names = frozenset[str]().union(*(list_stems(sources.who(value.claim)) for value in sides))
    bags = [list_stems(value.text) for value in sides]
    counted = [find_answer(point, value, sources) for value in sides] if point.kind == "figure" else []
    asked = [question for value in sides if (question := ask_value(point, value, sources))]
    asked += [point.question] if not point.quotes and has_verb(point.question) else []

    def share(question: str) -> float:
        own = list_stems(question)
        return sum(len(own & bag) for bag in bags) / (len(own) + 1)

    asked = [question for question in asked if all(asks_for(question, answer) for answer in counted)]
    return max((question for question in asked if not list_stems(question) & names), key=share, default="")


def name_matter(point: Point, sides: Sequence[Value], sources: Sources) -> str:
    """What sides are about: "Sailing permit, different times:". Claims in words need name no thing in common."""
    thing = name_thing(sides, sources)
    if point.kind == "figure":
        return _("{thing}, different figures:", thing=thing) if thing else ""
    if point.kind == "date" and not thing:
        return ""
    if point.kind == "date" or are_apart(sides[0], sides[1], sources):
        return _("{thing}, different times:", thing=thing) if thing else _("Different times:")
    return f"{thing}:" if thing else _("Said differently:")


def name_thing(sides: Sequence[Value], sources: Sources) -> str:
    """The thing that one of some sides names of whose words all have half, and share most; "" where there is none."""
    claims = [sources.find(value.claim)[1] for value in sides]
    bags = [list_stems(claim.text) for claim in claims]
    told = frozenset[str]().union(*(list_stems(sources.who(claim.id)) for claim in claims))
    best, shared = "", 0
    for thing in (thing for claim in claims for thing in list_things(claim)):
        own = list_stems(thing)
        common = [len(own & bag) for bag in bags]
        if (
            own
            and not OPENING.match(raise_first(thing))
            and not own & told
            and 2 * min(common) >= len(own)
            and sum(common) > shared
        ):
            best, shared = thing, sum(common)
    return raise_first(best) if in_english() or not best else quote(best)


def list_things(claim: Claim) -> Iterator[str]:
    """The noun phrases of a claim: whom and what it names, and what it counts."""
    yield from (actor.name for actor in claim.actors)
    yield from (answer.of for answer in claim.answers if answer.of)


def ask_value(point: Point, value: Value, sources: Sources) -> str:
    """The question that a value answers: of its own, or whether its claim is so; "" where its grammar gave none."""
    answers: Sequence[Answer] = sources.find(value.claim)[1].answers
    if point.kind in VALUED:
        answer = find_answer(point, value, sources)
        answers = (answer,) if answer else ()
    else:
        answers = [answer for answer in answers if answer.kind == "yes-no"]
    return next((answer.question for answer in answers if answer.question and reads_well(answer.question)), "")


def say_side(one: OpenPoint, side: Side, sources: Sources) -> str:
    """One side with who says it: "at least 12 (the mayor, 26 Mar)", or its claim in quotation marks."""
    claim = side.newest.claim
    who = sources.who(claim)
    by = borrow_name(who) if who else _("in {outlet}", outlet=sources.outlet(claim))
    if one.quoted:
        told, denied = say_claim(claim, sources)
    else:
        told, denied = say_answer(one.point, side.newest, sources), sources.is_denied(claim)
    told = _("denied: {words}", words=told) if denied else told
    return f"{told} ({by}, {sources.day(sources.report(claim).published)})"


def say_claim(claim_id: str, sources: Sources) -> tuple[str, bool]:
    """The words of a claim in quotation marks, of a fragment those of its sentence or, after an ellipsis, its own; and
    whether they are denied by words that are not among them."""
    reading, claim = sources.find(claim_id)
    start, end, before = claim.start, claim.end, "" if claim.form else "… "
    if before and claim.sentence and claim.sentence[1] - claim.sentence[0] <= LONGEST_SIDE:
        (start, end), before = claim.sentence, ""
    words = " ".join(reading.report.text[start:end].split())
    cues = () if claim.attribution is None else reading.attributions[claim.attribution].cue
    denied = sources.is_denied(claim_id) and not any(start <= cue[0] < end for cue in cues)
    return quote(before + words, LONGEST_SIDE), denied
