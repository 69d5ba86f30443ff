"""From a text to its grammar by one small encoder.

Words are cut by rule, read by the encoder (`sayso.extract.encoders`), and their grammar told of what it makes of them
(`sayso.extract.grammars`). Sentences do not cross paragraphs. A long text is read in blocks, so that memory stays
small however long it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from sayso.extract.encoders import CONTEXT, MEANING
from sayso.extract.grammars import Grammar, tell_grammar
from sayso.extract.lemmas import find_lemma
from sayso.extract.networks import Network, load_network
from sayso.extract.word_features import cut_surface, describe_surface
from sayso.extract.words import split_words
from sayso.grammar.parses import Name, Parse, Token
from sayso.grammar.quotations import Marked, find_quotations
from sayso.record import Span

LONGEST_PARAGRAPH = 20_000
"""Code points of a paragraph after which it is cut at white space."""

DATELINE = re.compile(
    r"[ \t]*[A-Z][A-Z'’.\- ]{2,40}(?:, [A-Z][\w. ]{1,30})?(?: ?\([^()\n]{2,40}\))? ?(?:—|–|--?|:)[ \t]+(?=[\w\"“'‘])"
)
"""Where and by whom a report was filed ("KYIV (AFP) - "): no part of its first sentence, which the parser would make
it the subject of."""

HYPHENATED = re.compile(r"(?:-[^\W\d_]+|[\s\S])(?:-[^\W\d_]+)*")
"""The last character of a name and what hyphens tie to it."""

WORDS_AT_ONCE = 5_000
"""Words of a text read at once."""


def split_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Start and text of each paragraph (a run without line ends), its dateline by itself; a long one is cut at white
    space."""
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        if dateline := DATELINE.match(text, start, end):
            yield start, text[start : dateline.end()]
            start = dateline.end()
        while end - start > LONGEST_PARAGRAPH:
            cut = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
            cut = cut if cut > start else start + LONGEST_PARAGRAPH
            yield start, text[start:cut]
            start = cut
        if text[start:end].strip():
            yield start, text[start:end]


def parse_text(text: str, network: Network | None = None) -> Parse:
    """Parse a text: tokens with offsets into it, sentences, names, and what each word means to the encoder."""
    network = network or load_network()
    spans: list[Span] = []
    opens: list[bool] = []
    for start, paragraph in split_paragraphs(text):
        words = split_words(paragraph)
        spans += [(start + s, start + e) for s, e in words]
        opens += [n == 0 or opens_number(paragraph, words, n) for n in range(len(words))]
    surface = describe_surface(text, spans, Marked(find_quotations(text)))
    empty = (np.zeros((len(spans), width), np.float16) for width in (MEANING, CONTEXT))
    parse = Parse(text, [], [], [], *empty)
    for start, block in cut_surface(surface, WORDS_AT_ONCE):
        end = start + len(block.texts)
        meanings, contexts = network.encoder.read_words(block)
        parse.meanings[start:end], parse.contexts[start:end] = meanings, contexts
        grammar = tell_grammar(network, meanings, block.signs(), np.array(opens[start:end]))
        add_grammar(parse, spans[start:end], grammar)
    return parse


def opens_number(paragraph: str, words: list[Span], n: int) -> bool:
    """Whether a word is the capital "No." of a number right after an hour, where a sentence begins ("at 5 p.m. No. 2
    reactor was shut down")."""
    return paragraph[slice(*words[n])] == "No." and paragraph[slice(*words[n - 1])].lower() in ("a.m.", "p.m.")


def add_grammar(parse: Parse, spans: list[Span], grammar: Grammar) -> None:
    """Add the words at `spans`, and what is told of them, to a parse."""
    text, at, count = parse.text, len(parse.tokens), len(parse.sentences)
    kinds = [""] * len(spans)
    for first, last, label in grammar.names:
        last = find_word_end(text, spans, last)
        parse.names.append(Name(at + first, at + last, label))
        kinds[first : last + 1] = [label] * (last + 1 - first)
    for first, end in grammar.sentences:
        parse.sentences.append((at + first, at + end))
        for i in range(first, end):
            word = text[slice(*spans[i])]
            tag = grammar.tag[i]
            parse.tokens.append(
                Token(
                    at + i,
                    *spans[i],
                    word,
                    find_lemma(word, tag),
                    grammar.pos[i],
                    tag,
                    grammar.dep[i],
                    at + grammar.head[i],
                    kinds[i],
                    count,
                )
            )
        count += 1
    for token in parse.tokens[at:]:
        if token.head != token.i:
            parse.tokens[token.head].children.append(token.i)


def find_word_end(text: str, spans: list[Span], last: int) -> int:
    """The last part of a hyphenated word: no name ends within one ("Kim Jong" of "Kim Jong-un")."""
    tied = HYPHENATED.match(text, spans[last][1] - 1)
    end = tied.end() if tied else 0
    while last + 1 < len(spans) and spans[last + 1][1] <= end:
        last += 1
    return last
