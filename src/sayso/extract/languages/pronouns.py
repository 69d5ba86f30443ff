"""Who "he" and "they" are among those who speak: who spoke last before, or else the last person or body named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.languages.clauses import Said
from sayso.extract.languages.numbers import make_word
from sayso.extract.languages.passages import sentence_of, word_at
from sayso.extract.languages.sources import find_source
from sayso.extract.languages.vocabularies import Text, fold_word
from sayso.record import Span
from sayso.who.mentions import load_genders

SPEAKING = ("official", "person", "organisation")
"""Kinds of nouns for those who a pronoun may stand for."""
FARTHEST = 3
"""Sentences back that a pronoun's noun may stand."""
NEAR = 200
"""Words back that a person may have been named by two capitals."""
LONGEST = 9
"""Words from a sentence's first within which its subject is named."""


def name_pronouns(text: Text, found: list[Said]) -> Iterator[Said]:
    """Attributions to "he" or "they" with the words of who spoke last before, or else of the last one named; with
    the pronoun where nobody is."""
    last: Span | None = None
    for said in found:
        if said.source:
            if is_relative(text, said.source[0]):
                named = find_antecedent(text, word_at(text, said.source[0][0]))
                said = replace(said, source=(named,)) if named else said
            elif is_pronoun(text, said.source[0]):
                named = last or find_named(text, said.source[0][0])
                said = replace(said, source=(named,)) if named else said
            else:
                last = said.source[0]
        yield said


def is_pronoun(text: Text, source: Span) -> bool:
    """Whether a source is a pronoun, by itself or with what a preposition adds to it."""
    words = text.text[slice(*source)].split()
    added = ("prepositions", "light", "aux", "reflexive")
    alone = len(words) == 1 or any(
        text.vocabulary.part(f"grammar.{part}").has(make_word(each)) for each in words[1:2] for part in added
    )
    grammar = text.vocabulary.rows["grammar"]
    known = f"{grammar['pronouns']} {grammar.get('possessive', '')} {grammar.get('oblique', '')}".split()
    return bool(words) and alone and fold_word(words[0]) in known


def is_relative(text: Text, source: Span) -> bool:
    """Whether a source is no more than a word that stands for somebody named before ("quien estimó")."""
    words = text.text[slice(*source)].split()
    return len(words) == 1 and fold_word(words[0]) in text.vocabulary.rows["grammar"]["stop"].split()


def find_antecedent(text: Text, at: int) -> Span | None:
    """Whom a relative pronoun stands for: the noun for somebody, or the name, that stands last before it in its
    sentence, with its article: "... confirmé par *le ministère*, qui évoque ..."."""
    first = sentence_of(text, at)[0]
    for n in range(at - 1, max(first, at - LONGEST) - 1, -1):
        named = text.words[n].is_capital and n > first and text.words[n - 1].is_capital
        if text.find("who", n) or named:
            begin = n - named
            while begin > first and text.has("grammar.articles", begin - 1):
                begin -= 1
            return find_source(text, begin, at)
    return None


def find_named(text: Text, before: int) -> Span | None:
    """Who a pronoun at a place of the text stands for: the subject of its sentence or of one before it, else the last
    person named by two capitals."""
    at = word_at(text, before)
    nearest = bisect_left(text.sentences, (at, 0)) - (not any(first == at for first, _ in text.sentences))
    for n in range(min(nearest, len(text.sentences) - 1), max(-1, nearest - FARTHEST), -1):
        first, end = text.sentences[n]
        subject = find_opening(text, first, min(end, at))
        if subject:
            return subject
    behind = text.sentences[max(nearest, 0) + 1 : max(nearest, 0) + 2]  # "«...», — вспоминает она. Ирине Волк 64 года".
    later = next((named for first, end in behind if (named := find_opening(text, first, end))), None)
    return find_person(text, at) or find_phrase(text, *text.sentences[0], at) or later


def find_opening(text: Text, first: int, end: int) -> Span | None:
    """Somebody named among the first words of a sentence, outside quotation marks."""
    for at in range(first, min(end, first + LONGEST)):
        found = text.find("who", at)
        named = text.words[at].is_capital and at + 1 < end and text.words[at + 1].is_capital
        named = named or (text.words[at].is_capital and text.words[at].forms[0] in load_genders())
        if text.is_quoted(at):
            continue
        if (found is not None and found.meaning in SPEAKING) or named:
            begin = at
            while begin > first and text.has("grammar.articles", begin - 1):
                begin -= 1
            return find_source(text, begin, min(end, begin + LONGEST))
    return None


def find_phrase(text: Text, first: int, end: int, before: int) -> Span | None:
    """The first words of a sentence, where they are an article and a noun: nobody is named otherwise."""
    if not text.has("grammar.articles", first) or text.has("grammar.prepositions", first):
        return None
    stop = first + 1
    while stop < min(end, before, first + LONGEST // 2) and text.words[stop].kind == "word":
        if any(text.has(f"grammar.{part}", stop) for part in ("aux", "pronouns", "not", "stop", "prepositions")):
            break
        stop += 1
    return find_source(text, first, stop) if stop > first + 1 else None


def find_person(text: Text, end: int) -> Span | None:
    """The person named last before a word: two capitals in a row, with a word for an office before them."""
    for at in range(end - 1, max(0, end - NEAR), -1):
        if text.words[at].is_capital and text.words[at - 1].is_capital:
            first = at - 1
            first -= first > 0 and text.find("who", first - 1) is not None
            return text.words[first].start, text.words[at].end
    return None
