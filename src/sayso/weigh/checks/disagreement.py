"""What others answer to the same question: values that exclude the article's, and values that came after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sayso.record import Flag
from sayso.weigh.checks.matters import Answer, Matter, are_apart
from sayso.weigh.checks.retelling import is_altered, is_same_line, same_number
from sayso.weigh.checks.totals import GROWING
from sayso.weigh.checks.vocabulary import match_words
from sayso.weigh.checks.wordings import name_day, name_teller, name_tellers, quote
from sayso.weigh.comparisons.figures import middle
from sayso.weigh.facts import CORRECTION, NEVER, Fact, name_of
from sayso.weigh.moments import moment_of
from sayso.weigh.origins import count_independent
from sayso.weigh.sources import PRONOUNS, SILENT
from sayso.weigh.wordings import stems_of
from sayso.who.institutions import find_countries

ALIKE = 0.2
"""How near the words of two claims are, at least, whose things counted are not people in one state."""
SAME_TIME = timedelta(hours=6)
"""Counts that one source gave so close to each other are one count."""
LONG_AGO = timedelta(days=60)
SINCE = match_words("retelling", "since", before=True)
"""Words before a date from which, or up to which, something is counted."""
OUT, INSIDE = match_words("groups", "out"), match_words("groups", "inside")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
ONE_DAY = timedelta(days=1)
AGREEING = frozenset(("same", "compatible"))


def find_disagreements(matter: Matter) -> Iterator[Flag]:
    """Claims that others contradict and claims that a later value of the same line replaces."""
    for fact in matter.facts:
        answers = matter.answers_to(fact)
        yield from find_contradicted(matter, fact, [a for a in answers if a.relation.relation == "contradiction"])
        yield from find_misheard(matter, fact, [a for a in answers if a.relation.relation == "revision"])
        yield from find_outdated(matter, fact, [a for a in answers if a.relation.relation == "revision"])


def find_contradicted(matter: Matter, fact: Fact, answers: list[Answer]) -> Iterator[Flag]:
    """A flag where as many origins stand against a value as behind it, or more where the article names who says so,
    and the article tells only one side."""
    against = [a for a in answers if counts_against(matter, a.own, a.other) and not tells_too(matter, fact, a.other)]
    against = [a for a in against if not is_only_retold(a.own, a.other)]
    if not against:
        return
    behind = [a.other.origin for a in matter.answers_to(fact) if a.relation.relation in AGREEING]
    for_it, _ = count_independent(behind, matter.picture.origins)
    against_it, _ = count_independent((a.other.origin for a in against), matter.picture.origins)
    # The article is no origin for what it says; but a source that it names is not outweighed by one word.
    if against_it < max(1, for_it) or (fact.attribution is not None and against_it == for_it):
        return
    others = [a.other for a in against]
    why = f"contradicted by {name_tellers(others)}: {against[0].relation.why}"
    yield matter.flag(fact, "contradicted", why, others)


def is_only_retold(fact: Fact, other: Fact) -> bool:
    """Whether a value that differs stands further from a source than the article's: a later report tells it without a
    source where the article names one, or from the article's own origin, which the article was first to tell of."""
    if fact.attribution is None or not name_of(fact.attribution) or NEVER in (fact.said, other.said):
        return False
    later = other.said > fact.said
    if other.attribution is None or other.source == other.report.outlet:
        return later
    return later and bool(fact.origin) and fact.origin == other.origin and fact.first == fact.report.published


def find_misheard(matter: Matter, fact: Fact, answers: list[Answer]) -> Iterator[Flag]:
    """A flag on a count that the same source is told to have given otherwise at the same time: no later count, and told
    by nobody else as the article has it."""
    if fact.claim.figure is None or fact.attribution is None or fact.scope or fact.part:
        return
    told = [a.other for a in matter.answers_to(fact) if is_same_line(fact, a.other)]
    if any(same_number(fact, other) for other in told):
        return
    others = [
        a.other
        for a in answers
        if is_same_time(fact, a.other)
        and fact.source.casefold() == a.other.source.casefold()
        and not (a.other.scope or a.other.part)
        and counts_against(matter, a.own, a.other)
        and not tells_too(matter, fact, a.other)
    ]
    if others and all(same_number(others[0], other) for other in others):
        why = f"{fact.source} is told to have said otherwise: {quote(others[0].claim.text)} ({name_tellers(others)})"
        yield matter.flag(fact, "contradicted", why, others)


def is_same_time(a: Fact, b: Fact) -> bool:
    """Whether two facts were told so close to each other that nothing was counted between."""
    return NEVER not in (a.said, b.said) and abs(a.said - b.said) <= SAME_TIME


def counts_against(matter: Matter, fact: Fact, other: Fact) -> bool:
    """Whether a value that differs speaks against one: it still stands where it was published, was not itself changed
    in retelling, and counts what the other counts."""
    if other.corrected or other.report.id in matter.replaced or is_altered(matter, other):
        return False
    if CORRECTION.search(other.context) or are_others(fact, other) or is_of_other_times(matter, fact, other):
        return False
    if are_other_days(fact, other) or are_other_sides(fact, other):
        return False
    mine, theirs = fact.claim.figure, other.claim.figure
    if mine is None or theirs is None:
        return bool(fact.subject.keys & other.subject.keys) and not are_apart(fact, other)
    if mine.unit != theirs.unit:
        return False  # One of them was only reckoned: nobody said it.
    if (mine.state, fact.claim.event) != (theirs.state, other.claim.event):
        return False
    if mine.state and mine.unit == "person":
        return True
    return matter.compare(stems_of(fact.claim.text), stems_of(other.claim.text)) >= ALIKE


def is_of_other_times(matter: Matter, a: Fact, b: Fact) -> bool:
    """Whether one fact tells of long ago, by the dates in its sentence, and the other of no such time: what one flood
    did says nothing of the next."""
    past = [list_past_times(matter, fact) for fact in (a, b)]
    if not any(past):
        return False
    return not any(x[0] < y[1] and y[0] < x[1] for x in past[0] for y in past[1])


def list_past_times(matter: Matter, fact: Fact) -> list[tuple[datetime, datetime]]:
    """The dates in a fact's sentence that lie long before its report (before the last one at hand, where it has no date
    itself), but for those since which something is counted."""
    text = fact.report.text
    published = fact.report.published or max((o.said for o in matter.others if o.said != NEVER), default=None)
    at = text.find(fact.context, max(0, fact.claim.start - len(fact.context)))
    return [
        (time.earliest, time.latest)
        for time in matter.times.get(fact.report.id, ())
        if at <= time.start < at + len(fact.context) and time.type == "DATE" and time.earliest and time.latest
        if (published is None or published - time.latest > LONG_AGO) and not time.value.endswith("_REF")
        if not SINCE.search(text[max(0, time.start - 20) : time.start])
    ]


def are_other_days(a: Fact, b: Fact) -> bool:
    """Whether two counts name different days: what was counted on one says nothing of the other. A total up to a day
    says nothing against a greater one that was told later."""
    mine, theirs = a.claim.figure, b.claim.figure
    if mine is None or theirs is None:
        return False
    days = [find_days(fact) for fact in (a, b)]
    if all(days):
        return not days[0] & days[1]
    if NEVER in (a.said, b.said) or abs(a.said - b.said) < ONE_DAY:
        return False
    earlier, later = (mine, theirs) if a.said < b.said else (theirs, mine)
    return mine.state in GROWING and middle(later) > middle(earlier)


def find_days(fact: Fact) -> frozenset[date]:
    """The day that a fact's own words, or else its sentence, name."""
    figure, time = fact.claim.figure, fact.claim.time
    if figure is not None and figure.as_of is not None:
        return frozenset((figure.as_of.date(),))
    time = time if time is not None and time.type in ("DATE", "TIME") and time.earliest else fact.dated
    if time is None or time.earliest is None or (time.latest and time.latest - time.earliest > ONE_DAY):
        return frozenset()
    return frozenset((date.fromisoformat(time.value[:10]),)) if DAY.match(time.value) else frozenset()


def are_other_sides(a: Fact, b: Fact) -> bool:
    """Whether one fact counts those who are out and the other those who are still in."""
    sides = [(bool(OUT.search(f.claim.text)), bool(INSIDE.search(f.claim.text))) for f in (a, b)]
    return sides in ([(True, False), (False, True)], [(False, True), (True, False)])


def are_others(a: Fact, b: Fact) -> bool:
    """Whether two facts name doers of different countries: what one side took, the other did not."""
    first, second = (find_countries("; ".join(name_doers(f))) for f in (a, b))
    return bool(first and second) and not first & second


def name_doers(fact: Fact) -> list[str]:
    """Who did what a fact tells; who says so, where they are only "we" or "it"."""
    return [
        name_of(fact.attribution) if actor.name.lower() in PRONOUNS else actor.name
        for actor in fact.claim.actors
        if actor.role == "actor"
    ]


def tells_too(matter: Matter, fact: Fact, other: Fact) -> bool:
    """Whether the article itself also tells the other value."""
    for mine in matter.facts:
        if mine is not fact:
            for answer in matter.answers_to(mine):
                if answer.other is other and answer.relation.relation in AGREEING:
                    return True
    return False


def find_outdated(matter: Matter, fact: Fact, answers: list[Answer]) -> Iterator[Flag]:
    """A flag where a later value had come by the moment at which the article is judged."""
    if fact.attribution is not None and fact.attribution.stance in SILENT:
        return
    mine = max(moment_of(fact), told_first(matter, fact, fact))
    later = [
        a.other
        for a in answers
        if matter.is_judged_by(a.other)
        and replaces(a.own, a.other)
        and mine < told_first(matter, fact, a.other) < NEVER
        and not tells_too(matter, fact, a.other)
    ]
    if later:
        first, last = min(later, key=said_of), max(later, key=said_of)
        why = f"superseded on {name_day(first.report.published)}: {name_teller(first)}: {quote(first.claim.text)}"
        if last.report.id != first.report.id and last.claim.figure is not None:
            why += f"; last by {name_teller(last)}: {quote(last.claim.text)}"
        yield matter.flag(fact, "outdated", why, dict.fromkeys([first, *later]))


def replaces(fact: Fact, other: Fact) -> bool:
    """Whether a later value takes the place of one: a count of the same source, or a greater one of what only grows;
    a state of those who are named."""
    mine, theirs = fact.claim.figure, other.claim.figure
    if mine is None or theirs is None:
        return bool(fact.subject.keys & other.subject.keys)
    if same_number(fact, other):
        return False
    return is_same_line(fact, other) or (mine.state in GROWING and middle(theirs) > middle(mine))


def told_first(matter: Matter, fact: Fact, other: Fact) -> datetime:
    """When a value was first told by its source, as far as the answers to a fact's question show; the moment that a
    figure names itself goes before."""
    figure = other.claim.figure
    if figure is None:
        return min(moment_of(other), other.said)
    if figure.as_of is not None:
        return figure.as_of
    told = (a.other for a in matter.answers_to(fact))
    return min([other.said, *(o.said for o in told if same_number(o, other) and is_same_line(o, other))])


def said_of(fact: Fact) -> datetime:
    """When a fact's report was published."""
    return fact.said
