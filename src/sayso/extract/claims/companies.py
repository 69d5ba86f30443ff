"""The company that words of many meanings keep: whether the sentences around a clause are of a conflict at all.

"They fought" is a clash among soldiers and none among lawyers; "a deal" is of states where states are named. The types
of ``conflicts.toml`` say which company they want; it is looked for in the clause's sentence and the ones beside it.
What is part of a name ("Mr. Flood", "Battle Creek") is no word for an event.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from sayso.extract.claims.conflicts import (
    LEAST,
    WORD,
    Conflict,
    Phrase,
    find_phrases,
    list_taken,
    rank_found,
    read_alternatives,
)
from sayso.grammar.parses import Parse, Token
from sayso.record import Span
from sayso.tables import load_toml
from sayso.tables.countries import list_country_words

ENOUGH = 0.25
"""The share of a report's sentences from which a list is kept throughout."""
NAMES = frozenset(("PERSON", "GPE", "LOC", "FAC", "WORK_OF_ART"))
"""Labels of names whose words tell of no event."""
STATES = frozenset(("GPE", "NORP"))
VERBS = frozenset(("VERB", "AUX"))


@dataclass(frozen=True, slots=True)
class Company:
    """The phrases that a report has of ``conflicts.toml``, names left out, each with the place of its first word among
    the words, whose beginnings are `words`; the beginnings of its sentences; and the lists of ``[company]`` that each
    sentence has a word of, and those kept throughout the report."""

    words: tuple[int, ...]
    phrases: tuple[tuple[int, Phrase], ...]
    starts: tuple[int, ...]
    kept: dict[int, frozenset[str]]
    throughout: frozenset[str]

    def keeps(self, name: str, at: int) -> bool:
        """Whether the sentence at a place of the text, or one beside it, has a word of a list, or most of the report
        keeps it; always for ""."""
        if not name or name in self.throughout:
            return True
        here = bisect_right(self.starts, at) - 1
        return any(name in self.kept.get(n, ()) for n in (here - 1, here, here + 1))

    def find_conflict(self, start: int, end: int) -> Conflict | None:
        """The type of a passage, None where too little speaks for any or its company is missing."""
        first, last = bisect_left(self.words, start), bisect_left(self.words, end)
        begin = bisect_left(self.phrases, first, key=phrase_place)
        stop = bisect_left(self.phrases, last, lo=begin, key=phrase_place)
        ranked = rank_found([(at, p) for at, p in self.phrases[begin:stop] if at + len(p) <= last])
        return next((c for score, c in ranked if score >= LEAST and self.keeps(c.company, start)), None)


def phrase_place(found: tuple[int, Phrase]) -> int:
    """The place of a phrase's first word."""
    return found[0]


@cache
def load_companies() -> dict[Phrase, frozenset[str]]:
    """For each phrase, the lists of ``[company]`` that it is on."""
    table = load_toml("conflicts.toml")
    groups = table["groups"] | table["company"]
    lists: dict[Phrase, set[str]] = defaultdict(set)
    for name, words in table["company"].items():
        for phrase in read_alternatives(words, {"groups": groups}):
            lists[phrase].add(name)
    return {phrase: frozenset(names) for phrase, names in lists.items()}


@cache
def load_nouns() -> frozenset[str]:
    """Words that tell of a conflict as nouns only."""
    return frozenset(load_toml("conflicts.toml")["nouns"]["words"].split())


@cache
def list_states() -> frozenset[str]:
    """The words for countries, their peoples and governments, in lower case."""
    return frozenset(word.lower() for word, _ in list_country_words())


@cache
def list_bodies() -> tuple[str, ...]:
    """Single words for those who fight, which may stand in names ("the Taliban")."""
    table = load_toml("conflicts.toml")
    return tuple(sorted(p[0].removesuffix("*") for p in read_alternatives("@rebels", table) if len(p) == 1))


def survey_company(parse: Parse) -> Company:
    """The company kept in each sentence of a report."""
    text = blot_names(parse)
    starts = tuple(parse.tokens[first].start for first, _ in parse.sentences)
    found: dict[int, set[str]] = defaultdict(set)
    spans = [(w.start(), w[0].lower()) for w in WORD.finditer(text)]
    lists = load_companies()
    phrases = list(find_phrases([word for _, word in spans]))
    taken = list_taken(phrases)
    for at, phrase in phrases:
        if phrase in lists and at not in taken:
            found[bisect_right(starts, spans[at][0]) - 1] |= lists[phrase]
    for name in parse.names:
        if name.label in STATES and plain(parse.words(name.first, name.last)) in list_states():
            found[parse.tokens[name.first].sentence].add("states")
    counts = Counter(name for names in found.values() for name in names)
    throughout = frozenset(name for name, count in counts.items() if count >= ENOUGH * len(starts))
    return Company(
        tuple(at for at, _ in spans),
        tuple(phrases),
        starts,
        {n: frozenset(names) for n, names in found.items()},
        throughout,
    )


def plain(words: str) -> str:
    """A name in lower case without its article and its "'s"."""
    return words.lower().removeprefix("the ").removesuffix("'s").removesuffix("’s")


def blot_names(parse: Parse) -> str:
    """A report's text with the words that are part of names, or verbs that tell of a conflict only as nouns, made
    into words of no meaning."""
    opening = {first for first, _ in parse.sentences}
    named = {t.text for t in parse.tokens if t.i not in opening and is_of_name(t)}
    blots: list[Span] = []
    for token in parse.tokens:
        # Any word may open a sentence with a capital letter: there it is of a name where it is one elsewhere too.
        of_name = token.text in named if token.i in opening else is_of_name(token)
        if of_name or (token.pos in VERBS and token.text.lower() in load_nouns()):
            blots.append((token.start, token.end))
    pieces, at = [], 0
    for start, end in blots:
        pieces += [parse.text[at:start], "x" * (end - start)]
        at = end
    return "".join((*pieces, parse.text[at:]))


def is_of_name(token: Token) -> bool:
    """Whether a word is part of a name that tells of no event; not where it names those who fight."""
    if token.ent not in NAMES or not token.text[:1].isupper() or token.text.isupper():
        return False
    return not token.text.lower().startswith(list_bodies())
