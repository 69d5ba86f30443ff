"""Attributions of a text in another language than English: direct and indirect, each with its speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.languages.clauses import Quotes, Said
from sayso.extract.languages.numbers import make_word
from sayso.extract.languages.quotations import Finder
from sayso.extract.languages.reportings import find_reportings
from sayso.extract.languages.speakers import describe_speaker
from sayso.extract.languages.vocabularies import Text, fold_word
from sayso.extract.stances import judge_directness
from sayso.grammar.quotations import Marked, find_quotations
from sayso.record import Attribution, Span

CERTAINTY: dict[str, tuple[float, float]] = {
    "suspects": (0.3, 0.7),
    "estimates": (0.5, 0.9),
    "predicts": (0.4, 0.9),
    "denies": (0.0, 0.2),
}
"""What a stance gives to its content, as a band of probabilities; the others say nothing of it."""


def find_attributions(text: Text) -> list[Attribution]:
    """The attributions of a text, in the order of their cues."""
    quotes, used = Quotes(text), set[int]()
    direct = list(Finder(text, quotes, used).find())
    indirect = [said for said in find_reportings(text, quotes, used, direct) if not repeats(said, direct)]
    marked = Marked(find_quotations(text.text))
    found = sorted([*direct, *indirect], key=lambda s: (s.cue, s.content))
    return [describe(text, said, marked) for said in name_pronouns(text, found)]


def name_pronouns(text: Text, found: list[Said]) -> Iterator[Said]:
    """Attributions to "he" or "they" with the words of who spoke last before, or else of the last person named."""
    pronouns = set(text.vocabulary.rows["grammar"]["pronouns"].split())
    last: Span | None = None
    for said in found:
        if said.source:
            words = text.text[slice(*said.source[0])].split()
            alone = len(words) == 1 or (
                len(words) > 1 and text.vocabulary.part("grammar.prepositions").has(make_word(words[1]))
            )
            if words and alone and fold_word(words[0]) in pronouns:
                named = last or find_person(text, said.source[0][0])
                said = replace(said, source=(named,)) if named else said
            else:
                last = said.source[0]
        yield said


def find_person(text: Text, before: int) -> Span | None:
    """The person named last before a place of the text: two capitals in a row, with a word for an office before
    them."""
    end = bisect_left(text.words, before, key=lambda word: word.start)
    for at in range(end - 1, 0, -1):
        if text.words[at].is_capital and text.words[at - 1].is_capital:
            first = at - 1
            first -= first > 0 and text.find("who", first - 1) is not None
            return text.words[first].start, text.words[at].end
    return None


def repeats(said: Said, others: list[Said]) -> bool:
    """Whether what is said is told by another attribution with the same source already."""
    return any(
        said.source == other.source and any(a[0] < b[1] and b[0] < a[1] for a in said.content for b in other.content)
        for other in others
    )


def describe(text: Text, said: Said, marked: Marked) -> Attribution:
    """An attribution with its speaker."""
    quoted = all(any(s - 3 <= a and b <= e + 3 for s, e in text.quoted) for a, b in said.content)
    return Attribution(
        source=said.source,
        cue=(said.cue,),
        content=said.content,
        speaker=describe_speaker(text, said.source[0]) if said.source else None,
        directness="direct" if quoted else judge_directness(marked, said.content),
        stance=said.stance,
        basis="told",
        certainty=CERTAINTY.get(said.stance, (0.0, 1.0)),
        negated=said.negated,
    )
