"""Sources that "according to" brings in, in a text in another language than English, and where what is said begins and
ends beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.languages.clauses import COMMAS, Clause, Said, span_of
from sayso.extract.languages.sources import find_source, find_subject, is_noun_phrase, is_what
from sayso.extract.languages.vocabularies import Text
from sayso.record import Span, Stance

FARTHEST = 6
"""Clauses of a sentence among which its subject is named."""
LONGEST_SENTENCE = 40
"""Clauses back that a semicolon is looked for."""
SHORT = 3
"""Words of a clause that only adds to who was named."""


def end_of(clauses: Sequence[Clause], n: int, first: int) -> int:
    """The word before which what is said ends: at a semicolon, else with the sentence."""
    for clause in clauses[n:]:
        if clause.end > first and clause.after in (";", "؛"):
            return clause.end
    return clauses[-1].end


def around(text: Text, clauses: Sequence[Clause], n: int) -> list[Span]:
    """What a parenthesis is about: what goes before it, back to a semicolon, and what goes on after it."""
    begin = n - 1
    while begin > 0 and clauses[begin].before not in (";", "؛", ":"):
        begin -= 1
    parts = [(clauses[begin].first, clauses[n - 1].end)]
    follows = n + 1 < len(clauses) and clauses[n].after in COMMAS
    if follows and not any(text.has(f"grammar.{p}", clauses[n + 1].first) for p in ("and", "but", "stop")):
        parts.append((clauses[n + 1].first, end_of(clauses, n + 1, clauses[n + 1].first)))
    return parts


def read_according(text: Text, clauses: Sequence[Clause], n: int) -> Iterator[Said]:
    """Sources brought in by "according to" in the `n`-th clause, with what is said before or after them."""
    clause, at = clauses[n], clauses[n].first
    while at < clause.end:
        count = match_according(text, at)
        if (post := text.find("according.after", at)) and at > clause.first:
            source = span_of(text, clause.first, at)
            made = make(text, source, (at, at + post.words), [(at + post.words, clauses[-1].end)], "asserts")
            made = made or make(text, source, (at, at + post.words), around(text, clauses, n), "asserts") if n else made
            if made:
                yield made
            return
        if n and at == clause.first and text.vocabulary.language == "de" and text.words[at].forms[0] == "so":
            source = find_source(text, at + 1, clause.end)
            made = make(text, source, (at, at + 1), around(text, clauses, n), "asserts")
            if made:
                yield made
                return
        if not count or (at + count >= clause.end and not find_owner(text, at, at + count)):
            at += 1
            continue
        stop = at + count
        # "Según declaraciones *del* fiscal a la cadena SER": a genitive is no occasion to be passed over.
        stop += text.has("grammar.genitive", stop) and stop + 1 < clause.end
        if stop < clause.end and is_what(text, stop):
            # "D'après ce que nous a confié *un contremaître*".
            told = next((k for k in range(stop + 2, clause.end) if text.find("cues", k)), stop + 1)
            stop = told + 1
        source = find_owner(text, at, stop) or find_source(text, stop, clause.end)
        cue = (at, stop)
        if source is None:
            at += 1
            continue
        leading = at == clause.first or (at == clause.first + 1 and is_light(text, clause.first))
        follows = n + 1 < len(clauses) and clause.after in COMMAS
        skipped = n + 1
        while skipped + 1 < len(clauses) and is_aside(text, clauses[skipped]):
            skipped += 1
        owned = find_owner(text, at, stop) is not None
        framed = bool(text.vocabulary.sign("compounds")) and find_verb(text, stop, clause.end) > 0
        if leading and follows and n == 0 and not framed:
            parts = [(clauses[skipped].first, end_of(clauses, skipped, clauses[skipped].first))]
        elif (
            leading
            and follows
            and not framed
            and (n == 0 or at > clause.first or clause.before in (";", ":", "؛", "—", "–"))
        ):
            parts = [(clauses[n + 1].first, end_of(clauses, n + 1, clauses[n + 1].first))]
        elif leading and n:
            parts = around(text, clauses, n)
        elif at > clause.first:
            parts = [(clauses[n].first if clause.before else clauses[0].first, at)]
            if owned and stop < clause.end:
                parts.append((stop, clause.end))
            elif text.vocabulary.sign("compounds") and (verb := find_verb(text, stop, clause.end)):
                source = span_of(text, stop, verb) or source
                parts.append((verb, clause.end))
            if follows and clause.end - stop <= 6 and not brings_in(text, clauses[n + 1]):
                parts.append((clauses[n + 1].first, clauses[n + 1].end))
        else:
            # "Nach Angaben der Polizei starben ...": no mark parts the source from what is said.
            verb = stop if owned else find_verb(text, stop, clause.end)
            source = span_of(text, stop, verb) if verb and not owned else source
            parts = [(verb or stop, end_of(clauses, n, verb or stop))]
        made = make(text, source, cue, parts, "asserts")
        if made:
            yield made
        return


def is_light(text: Text, at: int) -> bool:
    """Whether a word before "according to" is none that is told: "und", "но", a mark."""
    parts = ("and", "but", "that", "stop", "light", "aux", "as")
    return text.words[at].kind == "mark" or any(text.has(f"grammar.{part}", at) for part in parts)


def brings_in(text: Text, clause: Clause) -> bool:
    """Whether a clause is about what was just named, or has a source of its own: "12 000 selon les organisateurs,
    *4 500 d'après la police*"."""
    own = any(match_according(text, at) for at in range(clause.first, clause.end))
    return own or text.has("grammar.stop", clause.first)


def is_aside(text: Text, clause: Clause) -> bool:
    """Whether a clause between commas only adds to who was just named: "qui cite des diplomates", "géologue"."""
    return clause.after in COMMAS and (
        text.has("grammar.stop", clause.first) or (clause.end - clause.first <= SHORT and clause.before in COMMAS)
    )


def find_verb(text: Text, first: int, end: int) -> int:
    """Where a German clause goes on after the source that opens it: at the first small word that is no part of a
    phrase; 0 where none is seen."""
    seen = False
    for at in range(first, end):
        word = text.words[at]
        light = any(text.has(f"grammar.{p}", at) for p in ("articles", "prepositions", "and"))
        if word.is_capital:
            seen = True
        elif seen and not light and word.kind == "word":
            return at
    return 0


def match_according(text: Text, at: int) -> int:
    """How many words bring in a source: "за даними", "за попередніми даними", "selon"; 0 for none."""
    if text.find("according.opening", at) and is_for_somebody(text, at):
        return 1
    found = text.find("according.phrases", at)
    if found:
        noun = text.find("according.nouns", at + found.words)
        return found.words + (noun.words if noun else 0)
    led = text.find("according.prepositions", at)
    if led:
        for gap in range(3):
            noun = text.find("according.nouns", at + led.words + gap)
            if noun:
                end = led.words + gap + noun.words
                # "De l'avis *général* des experts".
                described = text.has("grammar.genitive", at + end + 1) and not text.has("grammar.genitive", at + end)
                return end + described
            if text.has("grammar.prepositions", at + led.words + gap):
                break
    return 0


def find_owner(text: Text, first: int, end: int) -> Span | None:
    """The pronoun among the words that bring in a source which says whose words they are: "по *его* словам"."""
    return next((span_of(text, n, n + 1) for n in range(first, end) if text.has("grammar.possessive", n)), None)


def is_for_somebody(text: Text, at: int) -> bool:
    """Whether a sentence opens with for and somebody, and a comma after him: "Pour le maire, ..."."""
    words = text.words
    if not words[at].is_capital or (at and words[at - 1].text not in '.!?…»”"'):
        return False
    stop = next((k for k in range(at + 1, min(len(words), at + 9)) if words[k].kind == "mark"), at)
    some = range(at + 1, min(stop, at + 7))
    named = any(text.find("who", k) or (words[k].is_capital and words[k + 1].is_capital) for k in some)
    return words[stop].text in (",", "،") and named


def make(text: Text, source: Span | None, cue: Span, parts: Sequence[Span], stance: Stance) -> Said | None:
    """The attribution of some ranges of words; None where nobody is named or nothing is said."""
    spans = tuple(span for first, end in parts if (span := span_of(text, first, end)))
    words = span_of(text, *cue) or (text.words[cue[0]].start, text.words[cue[1] - 1].end)
    if source is None or not spans:
        return None
    spans = tuple(s for s in spans if not (s[0] < source[1] and source[0] < s[1]) or s[1] > source[1] + 8)
    spans = tuple(
        (max(s[0], source[1] + 1), s[1]) if s[0] < source[1] <= s[1] and source[0] <= s[0] else s for s in spans
    )
    return Said((source,), words, spans, stance) if spans else None


def find_phrase(text: Text, clauses: Sequence[Clause], first: int, n: int) -> Clause | None:
    """The first clause before the `n`-th that only names somebody: "Hier soir, *le préfet*, entouré ..."."""
    stop = min(n, first + FARTHEST)
    return next((clause for clause in clauses[first:stop] if is_noun_phrase(text, clause)), None)


def far_subject(text: Text, clauses: Sequence[Clause], n: int) -> Span | None:
    """The subject of a cue whose own clause has none: the first words of the sentence, where a clause set between them
    and the cue parts them ("Кармен, яка ..., каже")."""
    begin = next((k for k in range(n, max(0, n - LONGEST_SENTENCE), -1) if clauses[k].before in (";", "؛")), 0)
    opening = clauses[begin]
    if begin == n or text.is_quoted(opening.first):
        return None
    if (phrase := find_phrase(text, clauses, begin, n)) and phrase != opening:
        return find_subject(text, phrase.first, phrase.end)
    stop = opening.first
    while stop < opening.end and stop - opening.first < 8:
        if text.find("cues", stop) or (text.has("grammar.prepositions", stop) and stop > opening.first + 1):
            break
        stop += 1
    return find_subject(text, opening.first, stop)
