"""What stands behind a passage to which nothing objects: how many origins, one, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.record import Flag
from sayso.weigh.backings import Backers
from sayso.weigh.checks.matters import Matter
from sayso.weigh.checks.vocabulary import match_words
from sayso.weigh.checks.wordings import count, first_each, name_teller, name_tellers, quote
from sayso.weigh.facts import Fact
from sayso.weigh.origins import count_independent

OPEN = match_words("open", "beginnings")
"""Beginnings of clauses that leave open what they speak of: "what water can do"."""
LONGEST_HEADING = 80


def tell_support(matter: Matter, alarms: Sequence[Flag]) -> Iterator[Flag]:
    """One flag for each passage of the article that no alarm speaks of. Of claims within one another, those that most
    stands behind are told."""
    flagged = {flag.claim for flag in alarms}
    backers = Backers([f for f in matter.others if not (f.corrected or f.superseded or matter.is_own(f))])
    left = (f for f in matter.facts if f.claim.id not in flagged and not f.corrected and not is_asked(f))
    passage: list[Fact] = []
    end = -1
    for fact in sorted(left, key=lambda f: (f.claim.start, -f.claim.end)):
        if fact.claim.start >= end and passage:
            yield from tell_passage(matter, passage, alarms, backers)
            passage = []
        passage.append(fact)
        end = max(end, fact.claim.end)
    if passage:
        yield from tell_passage(matter, passage, alarms, backers)


def tell_passage(matter: Matter, facts: Sequence[Fact], alarms: Sequence[Flag], backers: Backers) -> Iterator[Flag]:
    """What stands behind the best supported of the claims of a passage."""
    found = []
    for fact in facts:
        behind = sorted(backers.find(fact), key=lambda f: (f.said, f.report.id, f.order))
        found.append((count_behind(matter, behind), fact, behind))
    (low, high), fact, behind = max(found, key=lambda item: item[0])
    if not behind:
        start, end = min(f.claim.start for f in facts), max(f.claim.end for f in facts)
        inside = any(alarm.start < end and start < alarm.end for alarm in alarms)
        if not inside and any(is_checkable(fact) for fact in facts):
            yield matter.flag(fact, "unsupported", tell_nearest(backers.find_nearest(fact)))
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


def tell_nearest(nearest: Fact | None) -> str:
    """That no other report says so, and what comes nearest to it, for whoever must look."""
    if nearest is None:
        return "no other report tells of this"
    return f"no other report says just this; nearest: {quote(nearest.claim.text)}, {name_teller(nearest)}"


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
    claim = fact.claim
    if is_asked(fact) or claim.tense in ("hypothetical", "planned"):
        return False
    if is_heading(fact) and claim.figure is None:
        return False
    if OPEN.match(claim.text) or (fact.possible and fact.attribution is None):
        return False
    return bool(claim.event or claim.figure or fact.attribution or (claim.time and claim.time.earliest))


def count_behind(matter: Matter, behind: Sequence[Fact]) -> tuple[int, int]:
    """The independent origins of some facts. The article is none: that it names a source is no second word for it."""
    return count_independent([other.origin for other in first_each(behind)], matter.picture.origins)
