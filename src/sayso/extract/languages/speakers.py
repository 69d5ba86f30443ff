"""Who a source is, by its words: a person by two capitals, else what the nouns of the table say of it."""

from __future__ import annotations

from sayso.extract.languages.vocabularies import Text, Word, cut_words
from sayso.record import Span, Speaker, SpeakerKind

KINDS: tuple[SpeakerKind, ...] = ("official", "person", "organisation", "document", "outlet")
SHORTEST_NAME = 2


def describe_speaker(text: Text, source: Span) -> Speaker:
    """The speaker of a source: name, kind, role, and whether it is anonymous."""
    words = text.text[slice(*source)]
    said = cut_words(words, text.vocabulary.language)
    lexicon = text.vocabulary.part("who")
    kinds = [found.meaning for at in range(len(said)) if (found := lexicon.find(said, at))]
    anonymous = "anonymous" in kinds
    kind: SpeakerKind = next((k for k in KINDS if k in kinds), "unknown")
    name, role = split_name(said, words)
    if name:
        return Speaker(name=name, kind="person" if kind in ("official", "unknown") else kind, role=role)
    if words[:1] in '«“„"':
        kind = "outlet"
    if kind == "unknown" and anonymous:
        kind = "official"
    return Speaker(name=" ".join(words.split()), kind=kind, anonymous=anonymous)


def split_name(said: list[Word], words: str) -> tuple[str, str]:
    """The name of a person at the end of a source, two capitals or more in a row, and the words before it, which say
    what he is; empty where there is none."""
    last = len(said)
    first = last
    while first and (said[first - 1].is_capital and not said[first - 1].text.isupper()):
        if first < last and words[said[first - 1].end : said[first].start] != " ":
            break
        first -= 1
    if last - first < SHORTEST_NAME or last - first > 4:
        return "", ""
    if first == 0 and last - first > 3:
        return "", ""
    return words[said[first].start : said[last - 1].end], words[: said[first].start].strip(" ,")
