"""Admissions that nobody heard: a party is said to admit what the reports at hand know it only to deny."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.record import Flag
from sayso.weigh.checks.matters import SAME_STATE, Matter
from sayso.weigh.checks.vocabulary import match_words
from sayso.weigh.checks.wordings import name_tellers, quote
from sayso.weigh.facts import NEVER, Fact, name_of, sentence_span
from sayso.weigh.sources import PRONOUNS, SILENT
from sayso.weigh.wordings import stems_of
from sayso.who.institutions import find_institution
from sayso.who.names import same_person

ADMITS = match_words("admissions", "admits")
DENIES = match_words("admissions", "denies")
FEWEST_STEMS = 2
"""Content words that an admission and a denial share, at least; one is enough where both tell of one kind of event, or
where it is denied in so many words."""


def find_invented_admissions(matter: Matter) -> Iterator[Flag]:
    """Admissions by a party of which the others tell denials of the same matter, and no admission."""
    for fact in matter.facts:
        if not is_admission(fact) or is_leading(fact):
            continue
        near = (other for other in matter.others if is_near(fact, other))
        told = [other for other in near if is_same_party(matter, fact, other) and is_same_matter(fact, other)]
        denials = [other for other in told if is_denial(other)]
        if not denials or any(is_admission(other) for other in told):
            continue
        assert fact.attribution is not None
        spans = (*fact.attribution.source, *fact.attribution.cue, (fact.claim.start, fact.claim.end))
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        why = f"no other report tells of such an admission, but of a denial: {quote(denials[0].context)}"
        yield matter.flag_words(start, end, "contradicted", f"{why} ({name_tellers(denials)})", denials, fact)


def is_admission(fact: Fact) -> bool:
    """Whether a fact is told as admitted by somebody, and not as never admitted."""
    found = fact.attribution
    if found is None or found.speaker is None or found.stance in (*SILENT, "denies") or not ADMITS.search(cue_of(fact)):
        return False
    start = min(s for s, _ in found.cue)
    begin, _ = sentence_span(fact.report.text, start, start)
    return DENIES.search(fact.report.text[begin:start] + " " + cue_of(fact)) is None


def is_leading(fact: Fact) -> bool:
    """Whether a fact stands in its report's first paragraph: what is news there may well be a change of mind."""
    text = fact.report.text
    return "\n" not in text[len(text) - len(text.lstrip()) : fact.claim.start]


def is_near(fact: Fact, other: Fact) -> bool:
    """Whether two facts were told within weeks of each other; in months, a party may change its mind."""
    return NEVER in (fact.said, other.said) or abs(fact.said - other.said) <= SAME_STATE


def cue_of(fact: Fact) -> str:
    """The words by which a fact's source is said to say it."""
    return " ".join(fact.report.text[s:e] for s, e in fact.attribution.cue) if fact.attribution else ""


def is_denial(fact: Fact) -> bool:
    """Whether a fact denies something."""
    return fact.denied or fact.claim.polarity == "negative" or DENIES.search(cue_of(fact)) is not None


def is_same_party(matter: Matter, fact: Fact, other: Fact) -> bool:
    """Whether two facts are of one party; who is only pointed back at ("it again denied") is one that the report names
    elsewhere."""
    if other.attribution is None:
        return False
    if same_party(fact, other):
        return True
    name = name_of(other.attribution)
    pointed = not name or name == other.report.outlet or name.lower() in PRONOUNS
    return pointed and any(same_party(fact, f) for f in matter.others if f.report.id == other.report.id)


def same_party(a: Fact, b: Fact) -> bool:
    """Whether two facts name one source, or sources of one institution."""
    x, y = name_of(a.attribution), name_of(b.attribution)
    if not x or not y:
        return False
    if x.casefold() == y.casefold() or same_person(x, y) or (a.group == b.group and a.group != a.report.outlet):
        return True
    one, other = find_institution(x), find_institution(y)
    return one is not None and other is not None and bool(one.group) and one.group == other.group


def is_same_matter(a: Fact, b: Fact) -> bool:
    """Whether two facts speak of one matter, as far as their words tell."""
    frame = stems_of(f"{name_of(a.attribution)} {name_of(b.attribution)}")
    shared = (stems_of(a.claim.text) & stems_of(b.context)) - frame
    same = bool(a.claim.event) and a.claim.event == b.claim.event
    denied = b.denied
    return len(shared) >= (1 if same or denied else FEWEST_STEMS)
