"""Which words of a clause name who speaks, in a text in another language than English."""

from __future__ import annotations

import re

from sayso.extract.languages.clauses import Clause, is_day, span_of
from sayso.extract.languages.vocabularies import Text
from sayso.record import Span

HYPHENATED = re.compile(r"[^\W\d_]+-(?:t-)?(?:il|elle|ils|elles|on|ils)")
"""A French verb with its pronoun: "explique-t-il"."""
INFINITIVES = {"es": re.compile(r"[aei]r$"), "fr": re.compile(r"(?:er|ir|re)$")}
NEAR = 6
"""Words before the end of a cue among which a pronoun is joined with its verb."""
LONGEST_SOURCE = 14
"""Words that a source has at most."""
LONGEST_SUBJECT = 16
LONGEST_PHRASE = 9
"""Words of a subject that a clause set between parts from its verb."""


def is_somebody(text: Text, at: int) -> bool:
    """Whether a word names somebody who may speak: a noun of the table for one, or a capital."""
    if text.find("who", at) is not None:
        return True
    return text.words[at].is_capital and len(text.words[at].text) > 1 and text.vocabulary.language != "ar"


def find_source(text: Text, first: int, end: int) -> Span | None:
    """Who speaks, among the words after a cue: up to the mark or the clause that ends the phrase, without adverbs, and
    without the place or occasion that stands before it."""
    stop = first
    while stop < min(end, first + LONGEST_SOURCE):
        word = text.words[stop]
        if (word.kind == "mark" and word.text not in "«»“”„\"'’.-") or text.has("grammar.that", stop):
            break
        if stop > first and text.has("grammar.stop", stop) and not text.has("grammar.and", stop):
            break
        stop += 1
    begin = skip_occasion(text, skip_light(text, first, stop), stop)
    if stop - begin == 1 and text.has("grammar.empty", begin):
        return None
    return span_of(text, begin, stop)


def skip_light(text: Text, first: int, end: int) -> int:
    """The first word of some that is no adverb or auxiliary."""
    while first < end and (text.has("grammar.aux", first) or text.has("grammar.light", first)):
        if text.has("grammar.articles", first):
            break
        first += 1
    return first


def is_led(text: Text, at: int) -> bool:
    """Whether a phrase begins with a preposition, and not with the French article that looks like one: "*Des* témoins
    ont vu la scène"."""
    plural = text.vocabulary.language == "fr" and text.words[at].forms[0] == "des"
    return text.has("grammar.prepositions", at) and not plural


def skip_occasion(text: Text, first: int, end: int) -> int:
    """The word at which who speaks is named, after a place, time or occasion: "заявила *з балкона парламенту*
    депутатка"."""
    if first >= end or not (is_led(text, first) or is_day(text, first)):
        return first
    if text.vocabulary.language in ("es", "fr", "de") and text.has("grammar.prepositions", first):
        for at in range(first + 2, end):
            plain = text.has("grammar.articles", at) and not text.has("grammar.prepositions", at)
            if plain and not text.has("grammar.prepositions", at - 1):
                return at  # "dijo entre lágrimas *un ganadero*".
    for at in range(first + 1, end):
        if text.find("who", at) and not text.has("grammar.prepositions", at - 1):
            back = at
            while back - 1 > first + 1 and text.has("grammar.articles", back - 1):
                back -= 1
            return back
    return first + 1 if text.has("grammar.prepositions", first) else first


def find_subject(text: Text, first: int, end: int) -> Span | None:
    """Who speaks, among the words before a cue: without conjunctions at the beginning and auxiliaries at the end."""
    while end > first and any(text.has(f"grammar.{part}", end - 1) for part in ("aux", "light", "not")):
        end -= 1
    while end - first > 2 and text.words[end - 1].kind == "mark":
        end -= 1 + any(text.has(f"grammar.{part}", end - 2) for part in ("oblique", "persons"))  # "La maire, elle,".
    while first < end and any(text.has(f"grammar.{part}", first) for part in ("and", "but", "as", "that", "light")):
        first += 1
    first += 2 * is_what(text, first)
    while first < end and (
        is_day(text, first) or (text.has("grammar.prepositions", first) and is_day(text, first + 1))
    ):
        first += 1
    if first < end and text.has("grammar.prepositions", first) and text.vocabulary.language in ("uk", "ru"):
        first += 1  # "В Росприроднадзоре знают".
    if INFINITIVES.get(text.vocabulary.language) and end - first > 1 and text.has("grammar.prepositions", end - 1):
        # "El canciller *se limitó a* señalar": the verb that brings in an infinitive is no part of its subject.
        clitic = next((at for at in range(first + 1, end) if text.has("grammar.aux", at)), end - 2)
        end = max(first + 1, clitic)
    if first >= end or end - first > LONGEST_SUBJECT:
        return None
    if end - first == 1 and text.has("grammar.pronouns", first) and not text.has("grammar.persons", first):
        return None
    return span_of(text, first, end)


def find_clitic(text: Text, first: int, end: int) -> Span | None:
    """The pronoun that a French verb among some words is joined with: "murmure-t-*il*"; none for "on"."""
    if text.vocabulary.language != "fr":
        return None
    for word in text.words[max(first, end - NEAR) : end]:
        if HYPHENATED.fullmatch(word.forms[0]) and not word.forms[0].endswith("-on"):
            return word.start + word.text.rindex("-") + 1, word.end
    return None


def is_what(text: Text, at: int) -> bool:
    """Whether a French clause that begins at a word takes up what was told before: "..., *ce que* nie Paris"."""
    if text.vocabulary.language != "fr":
        return False
    at += 2 * (text.words[at].forms[0] == "c'")  # "..., c'est ce que répètent les villageois".
    return at < len(text.words) and text.words[at].forms[0] == "ce" and text.has("grammar.that", at + 1)


def is_noun_phrase(text: Text, clause: Clause, *, named: bool = False) -> bool:
    """Whether a clause names somebody and has no verb that the table would know: the subject of a clause further on
    ("*Le conducteur*, âgé de 24 ans, a reconnu ..."). `named` where an article is enough to name him."""
    words = range(clause.first, clause.end)
    free = [at for at in words if not (text.words[at].is_capital or text.has("grammar.articles", at))]
    parts = ("aux", "not", "future", "verbs", "that", "pronouns", "reported")
    verbal = any(text.has(f"grammar.{part}", at) for at in free for part in parts)
    pair = all(text.words[at].is_capital and not text.has("grammar.articles", at) for at in words[:2])
    named = named and text.has("grammar.articles", clause.first)
    named = named or any(text.find(part, at) for at in words[:4] for part in ("who", "counted")) or pair
    titled = text.has("grammar.articles", clause.first) and any(text.words[at].is_capital for at in words[1:4])
    named = named or (titled and text.vocabulary.language != "de")  # "le docteur Bah".
    quoted = text.is_quoted(clause.first)
    opens = not is_led(text, clause.first)
    return named and opens and not verbal and not quoted and len(words) <= LONGEST_PHRASE


def is_negated(text: Text, first: int, cue: int) -> bool:
    """Whether nobody says it: a word for not stands right before the cue."""
    return any(text.has("grammar.not", at) for at in range(max(first, cue - 2), cue))
