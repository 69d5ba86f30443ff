"""What stands behind a passage to which nothing objects: how many origins, one, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.record import Flag
from sayso.weigh.checks.matters import Answer, Matter, are_apart, duration_key, number_key
from sayso.weigh.checks.retelling import HARMED, is_altered, is_hedged, may_be_same, state_of
from sayso.weigh.checks.totals import GROWING
from sayso.weigh.checks.vocabulary import match_words
from sayso.weigh.checks.wordings import count, first_each, name_tellers
from sayso.weigh.facts import Fact, name_of
from sayso.weigh.origins import count_independent
from sayso.weigh.sources import SILENT
from sayso.weigh.wordings import stems_of
from sayso.who.names import same_person

AGREEING = frozenset(("same", "compatible"))
ENOUGH, LEAST = 0.55, 0.25
"""The least sum of how near the words of two claims are, and of what else they share, for the two to say the same; and
the least that the words alone must be near."""
LASTING = GROWING | {"sent", "total"}
"""States of people whose number is still told months later."""
SOME_WORDS, SAME_STORY, MANY_WORDS = 0.1, 0.12, 0.3
"""Of two claims with the same number: how near their sentences, or else their whole reports, are at least; and their
sentences, where they name another event."""
OPEN = match_words("open", "beginnings")
"""Beginnings of clauses that leave open what they speak of: "what water can do"."""
LONGEST_HEADING = 80
NEAR = 1.25
"""Figures that only do not exclude each other ("over 1,000", "11,000") back each other up to so many times."""
QUOTED = re.compile(r"[\"“][^\"“”\n]{3,600}")
NEGATED = re.compile(r"\b(?:not?|never|nobody|none|nothing|no one)\b|n['’]t\b", re.IGNORECASE)
UNSEEN = frozenset(("sighting", "clash"))
SAME_EVENT, SAME_SOURCE, SAME_FIGURE, SAME_SILENCE = 0.1, 0.15, 0.2, 0.2


def tell_support(matter: Matter, alarms: Sequence[Flag]) -> Iterator[Flag]:
    """One flag for each passage of the article that no alarm speaks of. Of claims within one another, those that most
    stands behind are told."""
    flagged = {flag.claim for flag in alarms}
    left = (f for f in matter.facts if f.claim.id not in flagged and not f.corrected and not is_asked(f))
    facts = sorted(left, key=lambda f: (f.claim.start, -f.claim.end))
    passage: list[Fact] = []
    end = -1
    for fact in facts:
        if fact.claim.start >= end and passage:
            yield from tell_passage(matter, passage, alarms)
            passage = []
        passage.append(fact)
        end = max(end, fact.claim.end)
    if passage:
        yield from tell_passage(matter, passage, alarms)


def tell_passage(matter: Matter, facts: Sequence[Fact], alarms: Sequence[Flag]) -> Iterator[Flag]:
    """What stands behind a passage: of several figures in the same words, behind the least supported; of claims within
    one another, behind the best supported."""
    spans: dict[tuple[int, int], tuple[tuple[int, int], Fact, list[Fact]]] = {}
    for fact in facts:
        behind = find_support(matter, fact)
        found = (count_behind(matter, behind), fact, behind)
        span = fact.claim.start, fact.claim.end
        spans[span] = min(spans.get(span, found), found, key=lambda item: item[0])
    (low, high), fact, behind = max(spans.values(), key=lambda item: item[0])
    if not behind:
        start, end = min(f.claim.start for f in facts), max(f.claim.end for f in facts)
        inside = any(alarm.start < end and start < alarm.end for alarm in alarms)
        if not inside and any(is_checkable(fact) for fact in facts):
            yield matter.flag(fact, "unsupported", "no other report tells of this")
        return
    reports = count(len({other.report.id for other in behind}), "report")
    if low >= 2:
        many = f"{low}" if low == high else f"{low} to {high}"
        why = f"{many} independent origins, in {reports}: {name_tellers(behind)}"
        yield matter.flag(fact, "corroborated", why, behind)
        return
    names = sorted({other.origin for other in behind if other.origin})
    why = f"all from one origin ({'; '.join(names) or 'unnamed'}), in {reports}: {name_tellers(behind)}"
    yield matter.flag(fact, "single-origin", why, behind)


def is_asked(fact: Fact) -> bool:
    """Whether a claim is a question."""
    return fact.report.text[fact.claim.end : fact.claim.end + 2].lstrip('"”’)')[:1] == "?"


def is_heading(fact: Fact) -> bool:
    """Whether a claim is a whole short line that ends like no sentence."""
    text, claim = fact.report.text, fact.claim
    start, end = text.rfind("\n", 0, claim.start) + 1, text.find("\n", claim.end)
    line = text[start : end if end >= 0 else len(text)].strip()
    return len(line) <= LONGEST_HEADING and line == claim.text.strip() and line[-1:].isalnum()


def is_checkable(fact: Fact) -> bool:
    """Whether a claim says something that a report could confirm: what happened, how many, when, or who said so; no
    question, heading, outlook or remark of the writer."""
    text, claim = fact.report.text, fact.claim
    if text[claim.end : claim.end + 2].lstrip('"”’)')[:1] == "?" or claim.tense in ("hypothetical", "planned"):
        return False
    if is_heading(fact) and claim.figure is None:
        return False
    if OPEN.match(claim.text) or (fact.possible and fact.attribution is None):
        return False
    return bool(claim.event or claim.figure or fact.attribution or (claim.time and claim.time.earliest))


def count_behind(matter: Matter, behind: Sequence[Fact]) -> tuple[int, int]:
    """The independent origins of some facts. The article is none: that it names a source is no second word for it."""
    return count_independent([other.origin for other in first_each(behind)], matter.picture.origins)


def find_support(matter: Matter, fact: Fact) -> list[Fact]:
    """Others' facts that say the same: the same answer to a question, or nearly the same words."""
    found = {a.other.claim.id: a.other for a in matter.answers_to(fact) if agrees(matter, fact, a)}
    for other in matter.numbers.get(number_key(fact) or duration_key(fact), ()):
        if counts_same(matter, fact, other):
            found.setdefault(other.claim.id, other)
    for likeness, other in matter.find_alike(fact):
        if likeness >= LEAST and is_sound(matter, other) and likeness + score_agreement(fact, other) >= ENOUGH:
            found.setdefault(other.claim.id, other)
    told = (other for other in found.values() if other.contrary == fact.contrary and not matter.is_own(other))
    return sorted(told, key=lambda f: (f.said, f.report.id, f.order))


def agrees(matter: Matter, fact: Fact, answer: Answer) -> bool:
    """Whether an answer to a fact's question says the same, and not only nothing against it: of a figure, that its
    number is near (that troops were sent says nothing of how many); of a state, that it was so in the same weeks."""
    other = answer.other
    if answer.relation.relation not in AGREEING or not is_sound(matter, other):
        return False
    x, y = answer.own.claim.figure, other.claim.figure
    if answer.point.kind == "figure":
        if x is None or y is None or (x.state != y.state and (HARMED & {x.state, y.state} or (x.state and y.state))):
            return False
        if x.unit == "person" and x.state not in LASTING and are_apart(fact, other):
            return False
        ends = [v for v in (x.low, x.high, y.low, y.high) if v is not None]
        return answer.relation.relation == "same" or (bool(ends) and max(ends) <= NEAR * min(ends))
    if number_key(fact) is not None and answer.point.kind != "date":
        return False
    if answer.point.kind in ("status", "absence"):
        return not (are_apart(fact, other) or is_hedged(fact) or not fact.subject.keys & other.subject.keys)
    words = matter.compare(stems_of(fact.context), stems_of(other.context))
    return answer.point.kind == "date" or (answer.relation.relation == "same" and words >= SOME_WORDS)


def is_sound(matter: Matter, other: Fact) -> bool:
    """Whether a fact can stand behind another: not taken back, not replaced, not changed in retelling."""
    return not other.corrected and other.report.id not in matter.replaced and not is_altered(matter, other)


def counts_same(matter: Matter, a: Fact, b: Fact) -> bool:
    """Whether two facts with one number count the same people or things, in reports of one story."""
    if not is_sound(matter, b) or (is_hedged(b) and not is_hedged(a)):
        return False
    words = matter.compare(stems_of(a.context), stems_of(b.context))
    # The subject of a sentence is not that of the words quoted in it.
    if not may_be_same(a.subject, b.subject) and not (find_quotation(a) and words >= SOME_WORDS):
        return False
    if polarity_of(a) != polarity_of(b) or duration_key(a) != duration_key(b):
        return False
    states, events = {state_of(a), state_of(b)} - {""}, {event_of(a), event_of(b)} - {""}
    if (words < MANY_WORDS and (len(states) > 1 or len(events) > 1)) or (len(states) > 1 and states & HARMED):
        return False
    return words >= SOME_WORDS or matter.likeness.compare_stories(a.story, b.story) >= SAME_STORY


def polarity_of(fact: Fact) -> str:
    """Whether a fact is told as so or not; of what has lasted for a time, as the quotation says that gives the time: in
    "it is over, he stated, 'for a month we have seen nobody'" that is what is told."""
    return "negative" if NEGATED.search(find_quotation(fact)) else fact.claim.polarity


def find_quotation(fact: Fact) -> str:
    """The quotation within a fact's words that tells how long something has lasted, or ""."""
    time = fact.claim.time
    if time is None or time.type != "DURATION":
        return ""
    quoted = QUOTED.finditer(fact.report.text, fact.claim.start, fact.claim.end)
    return next((m.group() for m in quoted if m.start() <= time.start < m.end()), "")


def event_of(fact: Fact) -> str:
    """The kind of event of a fact; what was not seen or met was absent."""
    unseen = fact.claim.event in UNSEEN and polarity_of(fact) == "negative"
    return "absence" if unseen else fact.claim.event


def score_agreement(a: Fact, b: Fact) -> float:
    """What two claims in like words have in common besides: event, figure, duration, source; far below zero where they
    exclude each other."""
    if a.claim.polarity != b.claim.polarity or (a.claim.event and b.claim.event and a.claim.event != b.claim.event):
        return -1.0
    if is_hedged(b) and not is_hedged(a):
        return -1.0
    same = SAME_EVENT if a.claim.event and a.claim.event == b.claim.event else 0.0
    x, y = a.claim.figure, b.claim.figure
    if x is not None and y is not None:
        if (x.low, x.high, x.unit) != (y.low, y.high, y.unit):
            return -1.0
        same += SAME_FIGURE
    elif number_key(a) is not None:
        return -1.0  # The event may be told, but not how many.
    silent = [f.attribution is not None and f.attribution.stance in SILENT for f in (a, b)]
    if silent[0] != silent[1]:
        return -1.0
    if a.attribution is not None and b.attribution is not None:
        names = name_of(a.attribution), name_of(b.attribution)
        if all(names) and same_person(*names):
            same += SAME_SOURCE + (SAME_SILENCE if silent[0] else 0.0)
    when, then = a.claim.time, b.claim.time
    if when is not None and then is not None and when.type == then.type == "DURATION":
        if when.value != then.value:
            return -1.0
        same += SAME_FIGURE
    return same
