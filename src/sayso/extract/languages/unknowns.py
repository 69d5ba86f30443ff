"""Verbs that no table knows as words of saying, where the order of a sentence shows that they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.extract.languages.accordings import around, end_of, far_subject, make
from sayso.extract.languages.clauses import COMMAS, Clause, Said, span_of
from sayso.extract.languages.cues import find_inversion
from sayso.extract.languages.sources import HYPHENATED, find_clitic, find_source, find_subject, is_negated, is_somebody
from sayso.extract.languages.vocabularies import Text

IMPERSONAL = re.compile(r"[^\W\d_]+-(?:t-)?on")
LONGEST_HEADING = 7
LONGEST_UNKNOWN = 12
"""Words of a clause with such a verb, at most."""


def read_unknown(text: Text, clauses: Sequence[Clause], n: int) -> Said | None:
    """A clause after what is said that opens with a verb the table does not know as one of saying, before somebody who
    may speak: "..., розвів руками речник"."""
    clause = clauses[n]
    if not n and clause.after == ":" and (said := read_heading(text, clauses)):
        return said
    dash = text.words[clause.first - 1] if clause.first else None
    if n and dash and dash.text in "—–" and text.words[clause.first - 2].text == "," and n + 1 == len(clauses):
        source = find_source(text, clause.first, clause.end) if text.find("who", clause.first) else None
        return make(text, source, (clause.first - 1, clause.first), around(text, clauses, n), "asserts")
    if not n or clause.before not in COMMAS or clause.end - clause.first > LONGEST_UNKNOWN:
        return None
    verb = find_inversion(text, clause.first, clause.end)
    if verb is None:
        return None
    source = find_source(text, verb[1], clause.end)
    if source is None or any(HYPHENATED.fullmatch(text.words[k].forms[0]) for k in range(clause.first, verb[1])):
        told = span_of(text, clauses[n - 1].first, clauses[n - 1].end)
        far = far_subject(text, clauses, n)
        source = (far if far != told else None) or find_clitic(text, clause.first, verb[1]) or source
    return make(text, source, verb, around(text, clauses, n), "asserts") if source else None


def read_impersonal(text: Text, clauses: Sequence[Clause], n: int) -> Said | None:
    """A French verb with "on" in a clause after what is said, and among whom one says so: "..., martèle-t-on *du côté
    de l'exploitant*", "..., a-t-on appris *auprès de son avocate*"."""
    clause = clauses[n]
    verb = clause.first + text.has("grammar.pronouns", clause.first)
    opens = n and text.vocabulary.language == "fr" and verb < clause.end
    opens = opens and bool(IMPERSONAL.fullmatch(text.words[verb].forms[0]))
    places = (at for at in range(verb + 1, clause.end) if text.has("grammar.prepositions", at))
    at = next(places, 0) if opens else 0
    if not at:
        return None
    while text.has("grammar.prepositions", at + 2) and not text.has("grammar.articles", at + 1):
        at += 2
    return make(text, find_source(text, at + 1, clause.end), (clause.first, at), around(text, clauses, n), "asserts")


def read_heading(text: Text, clauses: Sequence[Clause]) -> Said | None:
    """Somebody named before a colon and nothing else, or as the subject of a verb that the table need not know: "Голова
    ОВА Олег Синєгубов: серед поранених двоє дітей", "Le recteur ne plie pas : l'école restera ouverte"."""
    clause = clauses[0]
    words = range(clause.first, clause.end)
    leading = words[: 1 if text.vocabulary.sign("cases") else 2]
    opens = any(text.find("who", at) for at in leading) and not text.has("grammar.prepositions", clause.first)
    opens = opens and not any(text.find("cues", at) for each in clauses[1:] for at in range(each.first, each.end))
    named = text.find("who", clause.first) and any(text.words[at].is_capital for at in words[1:])
    verbal = any(text.has("grammar.verbs", at) for at in words[1:])
    if named and len(words) <= LONGEST_HEADING and not verbal:
        source = span_of(text, clause.first, clause.end)
    elif opens and len(clauses) > 1 and not is_negated(text, clause.first, clause.end):
        source = find_source(text, clause.first, clause.end)
    else:
        return None
    return make(text, source, (clause.end, clause.end + 1), [(clauses[1].first, clauses[-1].end)], "asserts")


def read_before_that(text: Text, clauses: Sequence[Clause], n: int) -> Said | None:
    """A clause whose last words are a verb the table does not know, before a comma and that, with somebody before or
    after the verb: "Губернатор посетовал, что ..."."""
    clause = clauses[n]
    after = clauses[n + 1] if n + 1 < len(clauses) else None
    if text.vocabulary.language in ("es", "fr"):
        return read_beside_that(text, clauses, n)
    if after is None or clause.after not in COMMAS or not text.has("grammar.that", after.first):
        return None
    for at in range(clause.end - 1, max(clause.first, clause.end - 5) - 1, -1):
        if text.has("grammar.verbs", at) and not text.words[at].is_capital and not is_negated(text, clause.first, at):
            subject = find_subject(text, clause.first, at) or find_source(text, at + 1, clause.end)
            named = any(is_somebody(text, k) for k in range(clause.first, clause.end) if k != at)
            if subject and named:
                content = [(after.first + 1, end_of(clauses, n + 1, after.first + 1))]
                return make(text, subject, (at, at + 1), content, "asserts")
    return None


def read_beside_that(text: Text, clauses: Sequence[Clause], n: int) -> Said | None:
    """A French or Spanish clause with somebody, an unknown verb and right after it that: "Le maire déplore que ..."."""
    clause = clauses[n]
    for that in range(clause.first + 2, clause.end):
        at = that - 1
        if not text.has("grammar.that", that) or text.words[at].kind != "word" or text.words[at].is_capital:
            continue
        used = ("no_that", "articles", "prepositions", "and", "but", "pronouns", "stop")
        if any(text.has(f"grammar.{part}", at) for part in used) or text.find("counted", at) or text.find("who", at):
            continue
        noun = any(text.has(f"grammar.{part}", at - 1) for part in ("articles", "prepositions")) or is_negated(
            text, clause.first, at
        )
        subject = find_subject(text, clause.first, at)
        named = (
            text.find("who", k) or (k > clause.first and text.words[k].is_capital) for k in range(clause.first, at)
        )
        if noun or subject is None or not any(named):
            continue
        content = [(that + 1, end_of(clauses, n, that + 1))]
        return make(text, subject, (at, at + 1), content, "asserts")
    return None
