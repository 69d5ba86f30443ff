"""German reported speech by its mood: a sentence in Konjunktiv I is somebody's words, whatever verb brings it in, and
goes on being told as theirs without any ("Der Lokführer beteuert seine Unschuld. Er habe das Signal nicht gesehen")."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.languages.accordings import end_of, make
from sayso.extract.languages.clauses import Clause, Said, span_of
from sayso.extract.languages.pronouns import find_named
from sayso.extract.languages.sources import find_source, is_somebody
from sayso.extract.languages.vocabularies import Text
from sayso.record import Span

FIRST = ("ich", "wenn", "falls", "als")
"""Words beside which a verb in -e is no reported one: "ich habe"; or is a wish or a condition."""


def find_mood(text: Text, clause: Clause) -> int:
    """The verb in Konjunktiv I of a clause, outside quotation marks; -1 where there is none."""
    words = range(clause.first, clause.end)
    if any(text.words[at].forms[0] in FIRST for at in words):
        return -1
    for at in words:
        word = text.words[at]
        quoted = text.is_quoted(at)
        if text.has("grammar.reported", at) and not word.is_capital and not quoted:
            return at
    return -1


def read_mood(text: Text, clauses: Sequence[Clause], last: Said | None, before: Said | None) -> Said | None:
    """What a sentence tells as somebody's words by its mood. `last` is what was said before in the same sentence,
    `before` in one before it."""
    moods = [find_mood(text, clause) for clause in clauses]
    told = next((n for n, at in enumerate(moods) if at >= 0 and not is_told(text, clauses[n], last)), -1)
    if told < 0:
        return None
    verb = (moods[told], moods[told] + 1)
    if last is not None:
        goes_on = clauses[told].before in (";", ":", "–", "—") and told > 0
        return (
            make(text, last.source[0], verb, [(clauses[told].first, end_of(clauses, told, verb[0]))], "asserts")
            if (goes_on and last.source)
            else None
        )
    for n in (*range(told + 1, len(clauses)), *range(told)):
        named = moods[n] < 0 and find_somebody(text, clauses[n])
        if named:
            content = (clauses[told].first, clauses[n - 1].end if n > told else end_of(clauses, told, verb[0]))
            return make(text, named, verb, [content], "asserts")
    source = before.source[0] if before and before.source else find_named(text, text.words[clauses[0].first].start)
    return make(text, source, verb, [(clauses[0].first, clauses[-1].end)], "asserts")


def is_told(text: Text, clause: Clause, last: Said | None) -> bool:
    """Whether an attribution found already has a clause among what it tells, or brings it in."""
    if last is None:
        return False
    start, end = text.words[clause.first].start, text.words[clause.end - 1].end
    return any(s < end and start < e for s, e in (*last.content, last.cue))


def find_somebody(text: Text, clause: Clause) -> Span | None:
    """Who a clause without that mood names, if it may be who speaks: a relative clause names nobody."""
    if any(text.has(f"grammar.{part}", clause.first) for part in ("stop", "that")):
        return None
    for at in range(clause.first, clause.end):
        pair = at + 1 < clause.end and text.words[at].is_capital and text.words[at + 1].is_capital
        if text.find("who", at) or (pair and at > clause.first and is_somebody(text, at)):
            begin = at
            while begin > clause.first and text.has("grammar.articles", begin - 1):
                begin -= 1
            return find_source(text, begin, clause.end) or span_of(text, begin, clause.end)
    return None
