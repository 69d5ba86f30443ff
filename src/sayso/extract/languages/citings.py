"""Words ascribed beside those who say them: to whom a source cites, and, by a sentence of its own, those just told."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.languages.accordings import make
from sayso.extract.languages.clauses import Clause, Quotes, Said, span_of
from sayso.extract.languages.cues import find_cues
from sayso.extract.languages.sources import find_source
from sayso.extract.languages.vocabularies import Text
from sayso.record import Span

FARTHEST = 2
"""Words that may stand between the word for what was said before and the verb."""


def read_citing(text: Text, clauses: Sequence[Clause], n: int) -> tuple[Span, Span] | None:
    """Whom the source of a word of saying cites in its clause, and the words for that: "Издание пишет *со ссылкой на
    источник*"; None where none is said, or nobody else says anything."""
    clause = clauses[n]
    cues = [at for at in range(clause.first, clause.end) if text.find("cues", at)]
    for at in range(clause.first, clause.end):
        if cues and (found := text.find("according.citing", at)):
            stop = at + found.words
            cited = find_source(text, stop, next((cue for cue in cues if cue > stop), clause.end))
            words = span_of(text, at, stop)
            return (cited, words) if cited and words else None
    return None


def read_back(text: Text, quotes: Quotes, clauses: Sequence[Clause], told: Span) -> Said | None:
    """A sentence that says no more than whose words the one before it is: "Об этом сообщил губернатор", "Das teilte die
    Polizei mit"."""
    clause = clauses[0]
    back = text.find("grammar.back", clause.first)
    if back is None or len(clauses) > 1 or text.is_quoted(clause.first):
        return None
    for first, after, stance in find_cues(text, quotes, clause.first + back.words, clause.end):
        if first - clause.first - back.words <= FARTHEST:
            return make(text, find_source(text, after, clause.end), (first, after), [told], stance)
    return None
