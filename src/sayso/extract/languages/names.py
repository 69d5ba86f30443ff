"""The names in a report in another language than English as an English one would have them, by which its story is
told."""

from __future__ import annotations

from sayso.extract.languages.places import find_places
from sayso.extract.languages.vocabularies import list_languages, read_words
from sayso.grammar.quotations import find_quotations
from sayso.who.institutions import fold
from sayso.who.romanisations import romanise


def list_english_names(words: str, language: str) -> frozenset[str]:
    """The words of the English names of all places in a text, and its capitals that open no sentence in Latin
    letters; none
    for a language that there is no table of."""
    if language not in list_languages():
        return frozenset()
    text = read_words(words, language, [(q.start, q.end) for q in find_quotations(words)])
    places = find_places(text)
    found = {word for place in places for word in fold(place.name).replace("-", " ").split() if len(word) > 2}
    opening = {first for first, _ in text.sentences}
    if language != "ar":
        found |= {
            fold(romanise(word.text))
            for n, word in enumerate(text.words)
            if word.is_capital and n not in opening and len(word.text) > 2
        }
    return frozenset(found)
