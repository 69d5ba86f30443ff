"""How the sentences of a text in another language than English are cut: into clauses by their marks, with what stands
in quotation marks left whole; and which words of a clause name who speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.extract.languages.vocabularies import Text
from sayso.record import Span, Stance

COMMAS, STOPS, DASHES = frozenset(",،"), frozenset(";:؛()"), frozenset("—–―-")
LONGEST_SOURCE = 14
"""Words that a source has at most."""
LONGEST_SUBJECT = 16
LONGEST_FRAME = 18
"""Words from a German verb to its particle, at most."""
LONGEST_PHRASE = 9
"""Words of a subject that a clause set between parts from its verb."""
STANCES: tuple[Stance, ...] = (
    "denies",
    "orders",
    "promises",
    "predicts",
    "estimates",
    "suspects",
    "asks",
    "asserts",
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `first` up to `end` between two marks ("" at the sentence's ends)."""

    first: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what by which words, as spans of the text."""

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    stance: Stance = "asserts"
    negated: bool = False


class Quotes:
    """Which words of a text stand in quotation marks."""

    def __init__(self, text: Text) -> None:
        """`text` knows its quoted spans, in order."""
        self.spans = sorted(text.quoted)
        self.starts = [start for start, _ in self.spans]

    def holds(self, at: int) -> bool:
        """Whether a place in the text lies in one."""
        n = bisect_right(self.starts, at) - 1
        return n >= 0 and at < self.spans[n][1]


def cut_clauses(text: Text, quotes: Quotes, first: int, end: int) -> list[Clause]:
    """The clauses of a sentence."""
    found, begin, before = [], first, ""
    for at in range(first, end):
        word = text.words[at]
        if word.kind == "mark" and is_break(text, at) and not quotes.holds(word.start):
            if at > begin:
                found.append(Clause(begin, at, before, word.text))
                before = word.text
            elif found:
                before = word.text if word.text not in COMMAS else before
                found[-1] = replace(found[-1], after=word.text)
            begin = at + 1
    last = end
    while last > begin and text.words[last - 1].text in ".!?…":
        last -= 1
    if last > begin:
        found.append(Clause(begin, last, before, ""))
    return found


def is_break(text: Text, at: int) -> bool:
    """Whether a mark parts clauses: a comma, a colon, a dash with a space beside it."""
    word = text.words[at]
    if word.text in COMMAS or word.text in STOPS:
        return True
    if word.text not in DASHES:
        return False
    loose = (
        text.text[word.end : word.end + 1] in (" ", "\u00a0") or text.text[max(0, word.start - 1) : word.start] == " "
    )
    return loose or word.text == "—"


def span_of(text: Text, first: int, end: int) -> Span | None:
    """The span of some words, without marks at its ends; None where there is no word."""
    while first < end and text.words[first].kind == "mark" and text.words[first].text not in '«“„"':
        first += 1
    while end > first and text.words[end - 1].kind == "mark" and text.words[end - 1].text not in '»”“"%':
        end -= 1
    return (text.words[first].start, text.words[end - 1].end) if first < end else None


def find_cues(text: Text, quotes: Quotes, first: int, end: int) -> Iterator[tuple[int, int, Stance]]:
    """The words of saying among some words: first and end of each, and its stance."""
    at = first
    while at < end:
        found = text.find("cues", at)
        if found and at + found.words <= end and not quotes.holds(text.words[at].start) and is_verb(text, at):
            stance = next(s for s in STANCES if s == found.meaning)
            yield at, at + found.words, stance
            at += found.words
        elif (stance_apart := find_parted_verb(text, at)) and not quotes.holds(text.words[at].start):
            yield at, at + 1, stance_apart
            at += 1
        else:
            at += 1


def find_parted_verb(text: Text, at: int) -> Stance | None:
    """The stance of a German verb of saying that its particle is parted from: "*geht* von Brandstiftung *aus*"."""
    found = text.find("separable", at)
    if found is None:
        return None
    particles = found.meaning.split("_")
    for n in range(at + 1, min(len(text.words), at + LONGEST_FRAME)):
        ends = n + 1 == len(text.words) or text.words[n + 1].kind == "mark"
        if ends and text.words[n].forms[0] in particles:
            return "denies" if text.words[n].forms[0] == "zurück" else "asserts"
        if text.words[n].text in ".;:!?":
            break
    return None


def is_verb(text: Text, at: int) -> bool:
    """Whether a word that looks like one of saying may be one: no name, and in French and Spanish after no article."""
    word = text.words[at]
    if word.is_capital and at and text.words[at - 1].text not in '.!?»”"—–:…' and not _opens(text, at):
        return False
    if is_infinitive(text, at):
        return True
    if ending := ENDINGS.get(text.vocabulary.language):
        light = any(text.has(f"grammar.{part}", at) for part in ("prepositions", "stop", "that", "articles"))
        noun = at > 0 and text.has("grammar.articles", at - 1) and not text.has("grammar.aux", at - 1)
        verb = text.vocabulary.language == "de" or bool(ending.search(word.forms[0]))
        if (adjective := ADJECTIVES.get(text.vocabulary.language)) and adjective.search(word.forms[0]):
            verb = text.has("grammar.aux", at - 1) or text.has("grammar.agent", at + 1)
        return verb and not noun and (not light or text.has("grammar.participles", at))
    return not (text.vocabulary.language == "ar" and word.forms[0].startswith("ال"))


def is_infinitive(text: Text, at: int) -> bool:
    """Whether a word of saying is a French or Spanish infinitive that another verb brings in, before that: "se limitó a
    *señalar* que", "tient à *rappeler* que"."""
    infinitive = INFINITIVES.get(text.vocabulary.language)
    return (
        infinitive is not None
        and bool(infinitive.search(text.words[at].forms[0]))
        and (text.has("grammar.that", at + 1) and at > 1 and not text.has("grammar.articles", at - 1))
    )


def _opens(text: Text, at: int) -> bool:
    return any(first == at for first, _ in text.sentences)


DAYS = frozenset(("before_yesterday", "yesterday", "today", "tomorrow", "after_tomorrow"))


def is_day(text: Text, at: int) -> bool:
    """Whether a word says on which day: a weekday, yesterday."""
    found = text.find("dates", at)
    return (found is not None and found.meaning in DAYS) or text.find("weekdays", at) is not None


HYPHENATED = re.compile(r"[^\W\d_]+-(?:t-)?(?:il|elle|ils|elles|on|ils)")
"""A French verb with its pronoun: "explique-t-il"."""


def find_inversion(text: Text, at: int, end: int) -> Span | None:
    """Words of a verb that the table need not know as one of saying, at the beginning of a clause that follows what is
    said, before somebody who may speak: ", lamentó el alcalde", ", a pesté Marie Le Goff", ", klagte der Wirt"."""
    language = text.vocabulary.language
    first = at
    while at < end and (text.has("grammar.aux", at) or text.has("grammar.light", at)):
        at += 1
    if at >= end or text.words[at].kind != "word" or text.words[at].is_capital or is_day(text, at):
        return None
    if language == "fr" and HYPHENATED.fullmatch(text.words[first].forms[0]):
        return first, max(first + 1, at + (text.has("grammar.aux", first) and at > first))
    if language == "fr" and HYPHENATED.fullmatch(text.words[at].forms[0]):
        return first, at + 1
    parts = (
        "prepositions",
        "articles",
        "and",
        "but",
        "that",
        "stop",
        "pronouns",
        "not",
        "as",
        "no_that",
        "participles",
    )
    if any(text.has(f"grammar.{part}", at) for part in parts) or text.find("who", at) or text.find("counted", at):
        return None
    nxt = at + 1
    while nxt < end and text.has("grammar.light", nxt):
        nxt += 1
    if nxt >= end:
        return None
    if language in ("uk", "ru"):
        verb = text.has("grammar.verbs", at)
    else:
        follows = text.has("grammar.articles", nxt) or text.words[nxt].is_capital or text.find("who", nxt) is not None
        ending = ENDINGS.get(language)
        verb = follows and (ending is None or bool(ending.search(text.words[at].forms[0])))
    if not verb or not any(is_somebody(text, n) for n in range(nxt, min(end, nxt + 5))):
        return None
    return at, at + 1


ENDINGS = {
    "es": re.compile(r"(?:o|ó|eron|aron|ieron|aba|aban|ía|ían|a|an|e|en|do)$"),
    "fr": re.compile(r"(?:e|ent|it|ait|aient|é|i|u|t|s)$"),
    "de": re.compile(r"(?:t|te|ten|en|f|ß|b)$"),
}
"""How finite verbs and participles end."""
ADJECTIVES = {"es": re.compile(r"[ai]d[oa]s?$"), "fr": re.compile(r"(?:ée|ées|és)$")}
"""How participles end that are no verb without an auxiliary or an agent: "une catastrophe *annoncée*"."""
INFINITIVES = {"es": re.compile(r"[aei]r$"), "fr": re.compile(r"(?:er|ir|re)$")}


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


def skip_occasion(text: Text, first: int, end: int) -> int:
    """The word at which who speaks is named, after a place, time or occasion: "заявила *з балкона парламенту*
    депутатка"."""
    if first >= end or not (text.has("grammar.prepositions", first) or is_day(text, first)):
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
    while first < end and any(text.has(f"grammar.{part}", first) for part in ("and", "but", "as", "that", "light")):
        first += 1
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
    for word in text.words[first:end]:
        if HYPHENATED.fullmatch(word.forms[0]) and not word.forms[0].endswith("-on"):
            return word.start + word.text.rindex("-") + 1, word.end
    return None


def is_noun_phrase(text: Text, clause: Clause) -> bool:
    """Whether a clause names somebody and has no verb that the table would know: the subject of a clause further on
    ("*Le conducteur*, âgé de 24 ans, a reconnu ...")."""
    words = range(clause.first, clause.end)
    parts = ("aux", "not", "future", "verbs", "that", "pronouns", "reported")
    verbal = any(text.has(f"grammar.{part}", at) for at in words for part in parts if not text.words[at].is_capital)
    pair = all(text.words[at].is_capital and not text.has("grammar.articles", at) for at in words[:2])
    named = any(text.find(part, at) for at in words[:4] for part in ("who", "counted")) or pair
    titled = text.has("grammar.articles", clause.first) and any(text.words[at].is_capital for at in words[1:4])
    named = named or (titled and text.vocabulary.language != "de")  # "le docteur Bah".
    quoted = any(s <= text.words[clause.first].start < e for s, e in text.quoted)
    opens = not text.has("grammar.prepositions", clause.first)
    return named and opens and not verbal and not quoted and len(words) <= LONGEST_PHRASE


def is_negated(text: Text, first: int, cue: int) -> bool:
    """Whether nobody says it: a word for not stands right before the cue."""
    return any(text.has("grammar.not", at) for at in range(max(first, cue - 2), cue))


def list_sentence_spans(text: Text, sentences: Sequence[Span]) -> list[Span]:
    """Sentences as spans of the text."""
    return [(text.words[first].start, text.words[end - 1].end) for first, end in sentences]
