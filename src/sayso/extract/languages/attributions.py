"""Attributions of a text in another language than English: direct and indirect, each with its speaker."""

from __future__ import annotations

from sayso.extract.languages.clauses import Quotes, Said
from sayso.extract.languages.pronouns import name_pronouns
from sayso.extract.languages.quotations import Finder
from sayso.extract.languages.reportings import find_reportings
from sayso.extract.languages.speakers import describe_speaker
from sayso.extract.languages.vocabularies import Text
from sayso.extract.stances import judge_directness
from sayso.grammar.quotations import Marked, find_quotations
from sayso.record import Attribution

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
