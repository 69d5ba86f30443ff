"""Words and news that the article gives to another source than those whom it has them from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.record import Flag, Span
from sayso.weigh.checks.matters import Matter
from sayso.weigh.checks.wordings import MOST_NAMED, name_report, quote
from sayso.weigh.details import WORD, common_words, stem
from sayso.weigh.facts import Fact, name_of, sentence_around
from sayso.who.institutions import find_countries
from sayso.who.names import same_person

SAME_NEWS = 0.75
"""How near the words of two claims are that are one news."""
CITING = re.compile(r"\b(?:citing|quoting|cited|quoted)\s+([^.,;:\n]{3,100})")
SHORT = re.compile(r"[\"“]([^\"“”\n]{3,600})[\"”]")
ENOUGH_WORDS = 5
"""Words of a quotation that nobody says twice by chance; of a shorter one, the speakers must be mixed up in a report
that quotes both."""


def find_misattributed(matter: Matter) -> Iterator[Flag]:
    """Quotations and relayed news that are given to another source."""
    yield from find_other_sources(matter)
    yield from find_other_speakers(matter)


def find_other_sources(matter: Matter) -> Iterator[Flag]:
    """News relayed from an outlet and given to sources of another country than all who relay it name."""
    for fact in matter.facts:
        mine = find_relayed(fact)
        if mine is None or not mine.countries:
            continue
        named: list[tuple[Fact, Relayed]] = []
        for likeness, other in matter.find_alike(fact):
            theirs = find_relayed(other)
            if likeness < SAME_NEWS or other.claim.event != fact.claim.event or theirs is None:
                continue
            if mine.outlets & (theirs.outlets | {other.report.outlet.casefold()}) and theirs.countries:
                named.append((other, theirs))
        if named and not any(mine.countries & theirs.countries for _, theirs in named):
            others = [other for other, _ in named]
            sources = list(dict.fromkeys(theirs.source for _, theirs in named))
            why = f"others who have this from the same report name as its sources: {'; '.join(sources[:MOST_NAMED])}"
            where = f" ({'; '.join(dict.fromkeys(name_report(other) for other in others[:MOST_NAMED]))})"
            start, end = find_source_words(matter.report.text, fact, mine.source)
            yield matter.flag_words(start, end, "misattributed", why + where, others, fact)


@dataclass(frozen=True, slots=True)
class Relayed:
    """The outlets, in small letters, that a claim came through or stands in, the words for their source and the codes
    of the countries that these name."""

    outlets: frozenset[str]
    source: str
    countries: frozenset[str]


def find_relayed(fact: Fact) -> Relayed | None:
    """Who had what a fact tells, and from whom; None where it names no source of that report's."""
    found = fact.attribution
    if found is None or found.speaker is None:
        return None
    if found.via:
        speaker = found.speaker
        countries = find_countries(f"{speaker.name}; {speaker.role}; {speaker.affiliation}")
        return Relayed(frozenset(name.casefold() for name in found.via), speaker.name, frozenset(countries))
    cited = CITING.search(fact.context)
    if cited is None:
        return None
    outlets = frozenset({found.speaker.name.casefold()})
    return Relayed(outlets, cited.group(1).strip(), frozenset(find_countries(cited.group(1))))


def find_source_words(text: str, fact: Fact, source: str) -> Span:
    """Where the sentence of a fact names the source, else where its attribution does."""
    at = max(0, text.find(fact.context, max(0, fact.claim.start - len(fact.context))))
    for words in (source, name_of(fact.attribution)):
        found = text.find(words, at, at + len(fact.context)) if words else -1
        if found >= 0:
            return found, found + len(words)
    spans = fact.attribution.source if fact.attribution else ()
    return (spans[0][0], spans[-1][1]) if spans else (fact.claim.start, fact.claim.end)


def find_other_speakers(matter: Matter) -> Iterator[Flag]:
    """Quotations that others give to somebody else, and none to whom the article gives them."""
    shelves: dict[str, list[tuple[list[str], Fact]]] = defaultdict(list)
    for fact in matter.others:
        if fact.attribution is not None:
            words = stems(fact.claim.text)
            for word in set(words):
                shelves[word].append((words, fact))
    for match in SHORT.finditer(matter.report.text):
        words = stems(match.group(1))
        rare = [w for w in words if w not in common_words()]
        if len(words) < 2 or not rare:
            continue
        mine = find_speaker_fact(matter, match.start(1), match.end(1))
        if mine is None:
            continue
        told = [other for theirs, other in shelves.get(min(rare, key=lambda w: len(shelves.get(w, ()))), ())
                if is_within(words, theirs) and matter.is_before(other)]  # fmt: skip
        others = [other for other in told if not same_speaker(mine, other)]
        # Whoever had the words first knows whose they are; those who follow may repeat a mistake.
        if not others or min(told, key=lambda o: o.said) not in others:
            continue
        if not is_plausible(matter, words, mine, others):
            continue
        who = re.sub(r"^(An?|The)\b", lambda article: article.group().lower(), name_of(others[0].attribution))
        why = f"these are words of {who} ({name_report(others[0])}), not of {mine.source}: {quote(others[0].context)}"
        yield matter.flag_words(match.start(1), match.end(1), "misattributed", why, others, mine)


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(m.group()) for m in WORD.finditer(text)]


def is_within(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether words follow one another among others."""
    return any(others[n : n + len(words)] == list(words) for n in range(len(others) - len(words) + 1))


def find_speaker_fact(matter: Matter, start: int, end: int) -> Fact | None:
    """The fact in whose words, or in whose sentence, a quotation stands; None where nobody is named as speaking."""
    spoken = [f for f in matter.facts if f.attribution is not None and name_of(f.attribution)]
    inside = [f for f in spoken if f.claim.start <= start and end <= f.claim.end]
    if inside:
        return min(inside, key=lambda f: f.claim.end - f.claim.start)
    sentence = sentence_around(matter.report.text, start, end)
    near = [f for f in spoken if f.context == sentence]
    return near[-1] if near and len({name_of(f.attribution) for f in near}) == 1 else None


def same_speaker(a: Fact, b: Fact) -> bool:
    """Whether two facts are said by one source, as far as names tell."""
    x, y = name_of(a.attribution), name_of(b.attribution)
    if not x or not y:
        return True
    people = all(f.attribution and f.attribution.speaker and f.attribution.speaker.kind == "person" for f in (a, b))
    known = a.group and a.group == b.group and not people
    return bool(known) or same_person(x, y) or bool(set(stems(x)) & set(stems(y)) - common_words())


def is_plausible(matter: Matter, words: Sequence[str], fact: Fact, others: Sequence[Fact]) -> bool:
    """Whether a quotation is long enough to be nobody else's, or taken from a report that tells of both speakers and
    has it in quotation marks."""
    if len(words) >= ENOUGH_WORDS:
        return True
    reports = {other.report.id for other in others if SHORT.search(other.context)}
    both = [o for o in matter.others if o.report.id in reports and o.attribution and same_speaker(fact, o)]
    return bool(both)
