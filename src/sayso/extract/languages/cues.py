"""Words of saying in a text in another language than English: those of the table, German verbs with their particles,
and verbs that the order of a sentence shows to be some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.extract.languages.clauses import Quotes, is_day
from sayso.extract.languages.sources import HYPHENATED, INFINITIVES, is_somebody
from sayso.extract.languages.vocabularies import Text
from sayso.record import Span, Stance

LONGEST_FRAME = 18
"""Words from a German verb to its particle, at most."""
ADVERB = re.compile("ment$")
CLITICS = ("le", "la", "les", "l'")
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
ENDINGS = {
    "es": re.compile(r"(?:o|ó|eron|aron|ieron|aba|aban|ía|ían|a|an|e|en|do)$"),
    "fr": re.compile(r"(?:e|ent|it|ait|aient|é|i|u|t|s|a|d)$"),
    "de": re.compile(r"(?:t|te|ten|en|f|ß|b)$"),
}
"""How finite verbs and participles end."""
PARTICIPLES = {"es": re.compile(r"(?:[ai]d|ch)[oa]s?$"), "fr": re.compile(r"(?:é|it|u|is)e?s?$")}
ADJECTIVES = {"es": re.compile(r"[ai]d[oa]s?$"), "fr": re.compile(r"(?:ée|ées|és)$")}
BARE = {"fr": re.compile(r"é$")}
"""How they end where a clause that opens with one tells of a noun before it: ", *interpellé* à Calais,"."""
"""How participles end that are no verb without an auxiliary or an agent: "une catastrophe *annoncée*"."""


def find_cues(text: Text, quotes: Quotes, first: int, end: int) -> Iterator[tuple[int, int, Stance]]:
    """The words of saying among some words: first and end of each, and its stance."""
    at = first
    while at < end:
        found = text.find("cues", at)
        if (
            found
            and at + found.words <= end
            and not quotes.holds(text.words[at].start)
            and is_verb(text, at, found.words)
        ):
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


def is_verb(text: Text, at: int, count: int = 1) -> bool:
    """Whether `count` words that look like one of saying may be one: no name, and in French and Spanish after no
    article."""
    word = text.words[at]
    if word.is_capital and at and text.words[at - 1].text not in '.!?»”"—–:…' and not _opens(text, at):
        return False
    if is_infinitive(text, at):
        return True
    if ending := ENDINGS.get(text.vocabulary.language):
        light = any(text.has(f"grammar.{part}", at) for part in ("prepositions", "stop", "that", "articles"))
        noun = at > 0 and text.has("grammar.articles", at - 1) and not text.has("grammar.aux", at - 1)
        noun = noun and not has_object(text, at)
        # An entry of several words is one whole, as it stands: "n'en démord pas".
        verb = text.vocabulary.language == "de" or bool(ending.search(word.forms[0])) or count > 1
        if (adjective := ADJECTIVES.get(text.vocabulary.language)) and adjective.search(word.forms[0]):
            verb = text.has("grammar.aux", at - 1) or text.has("grammar.agent", at + 1)
        if (bare := BARE.get(text.vocabulary.language)) and bare.search(word.forms[0]) and at:
            inserted = text.words[at - 1].text == "," and text.has("grammar.prepositions", at + 1)
            verb = verb and not inserted
        return verb and not noun and (not light or text.has("grammar.participles", at))
    return not (text.vocabulary.language == "ar" and word.forms[0].startswith("ال"))


def has_object(text: Text, at: int) -> bool:
    """Whether the word before a French verb at the end of its clause is its object and no article: "Cette version, les
    riverains *la* contestent"."""
    if text.vocabulary.language != "fr" or at < 2 or text.words[at - 1].forms[0] not in CLITICS:
        return False
    ends = at + 1 == len(text.words) or text.words[at + 1].kind == "mark"
    begin = next((n + 1 for n in range(at - 1, max(0, at - LONGEST_FRAME), -1) if text.words[n].kind == "mark"), 0)
    used = ("prepositions", "and", "but", "that", "stop", "aux", "as")
    return ends and 0 < begin < at - 2 and not any(text.has(f"grammar.{part}", at - 2) for part in used)


def is_infinitive(text: Text, at: int) -> bool:
    """Whether a word of saying is a French or Spanish infinitive that another verb brings in, before that: "se limitó a
    *señalar* que", "tient à *rappeler* que"."""
    infinitive = INFINITIVES.get(text.vocabulary.language)
    if infinitive is None or not infinitive.search(text.words[at].forms[0]) or at < 2:
        return False
    if text.has("grammar.that", at + 1):
        return not text.has("grammar.articles", at - 1)
    # ", a tenu à préciser le groupe", ", se borne à répondre la mairie": who speaks follows at once.
    led = text.has("grammar.prepositions", at - 1) and not text.has("grammar.articles", at - 1)
    opens = any(text.words[n].text in ",»”" for n in range(max(0, at - 5), at - 1))
    return (
        led
        and opens
        and (text.has("grammar.articles", at + 1) or text.words[min(at + 1, len(text.words) - 1)].is_capital)
    )


def _opens(text: Text, at: int) -> bool:
    return any(first == at for first, _ in text.sentences)


def is_passive(text: Text, at: int, after: int) -> bool:
    """Whether a word of saying is a participle before its agent: "a été *confirmée par* sa famille"."""
    participle = PARTICIPLES.get(text.vocabulary.language)
    return bool(participle and participle.search(text.words[at].forms[0])) and text.has("grammar.agent", after)


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
    while nxt < end and (text.has("grammar.light", nxt) or (language == "fr" and ADVERB.search(text.words[nxt].text))):
        nxt += 1
    if language == "fr" and nxt + 1 < end and INFINITIVES["fr"].search(text.words[nxt].forms[0]):
        nxt += (
            not text.has("grammar.articles", nxt) and not text.words[nxt].is_capital
        )  # "a fait *miroiter* la direction".
    if nxt >= end:
        return None
    if language in ("uk", "ru"):
        verb = text.has("grammar.verbs", at)
    else:
        follows = text.has("grammar.articles", nxt) or text.words[nxt].is_capital or text.find("who", nxt) is not None
        ending = ENDINGS.get(language)
        verb = follows and (ending is None or bool(ending.search(text.words[at].forms[0])))
        adjective = ADJECTIVES.get(language)
        verb = verb and not (adjective and at == first and adjective.search(text.words[at].forms[0]))
    if not verb or not any(is_somebody(text, n) for n in range(nxt, min(end, nxt + 5))):
        return None
    return at, at + 1
