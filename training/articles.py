"""Annotated articles as arrays: pieces, words, gold cues and gold roles. Read by ``train.py``."""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from teacher import parse_as_taught

from sayso.extract.layers import Ints
from sayso.extract.piece_windows import Tokenizer, Windows, cut_windows
from sayso.extract.span_choices import CONTENT, LONGEST_CUE, OUT, SOURCE, words_left
from sayso.extract.word_features import (
    LABELLED,
    REACH,
    Vocabulary,
    Words,
    around,
    cue_root,
    describe_words,
    pair_features,
)
from sayso.grammar.parses import Name, Parse
from sayso.grammar.quotations import Marked, find_quotations

EDGE = " \t\r\n\"'“”‘’«»"
"""Annotators place these freely at the edges of spans; a score that trims them cares not."""


EXCHANGED = ("PERSON", "GPE", "LOC", "FAC")
EXCHANGED_SHARE = 0.6


@dataclass(frozen=True)
class Article:
    """One article. `lengths` is the gold column of `Tagger.rate_cues` for each word; cues is C by 2 (first and last
    word); `roles` is C by 2 x REACH; `told` has a number a word for each label of
    `Vocabulary.told`, -1 where unlisted."""

    row: dict[str, Any]
    parse: Parse
    words: Words
    windows: Windows
    limit: Ints
    lengths: Ints
    cues: Ints
    roots: Ints
    places: Ints
    real: np.ndarray[Any, np.dtype[np.bool_]]
    pairs: Ints
    roles: Ints
    told: dict[str, Ints]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The articles of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


def parse_rows(rows: list[dict[str, Any]]) -> list[Parse]:
    """The parses of articles, as the teacher of grammar makes them."""
    return [parse_as_taught(row["text"]) for row in rows]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space and quotation marks at its edges."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def crop_article(row: dict[str, Any], parse: Parse, first: int, last: int) -> tuple[dict[str, Any], Parse]:
    """The sentences `first` to `last` of an article as a text of its own, with the attributions that lie in them."""
    a, b = parse.sentences[first][0], parse.sentences[last][1]
    start, end = parse.tokens[a].start, parse.tokens[b - 1].end

    def moved(spans: list[list[int]]) -> list[list[int]]:
        return [[s - start, e - start] for s, e in spans]

    inside = [
        {role: moved(gold[role]) for role in ("source", "cue", "content")}
        for gold in row["attributions"]
        if all(start <= s and e <= end for role in ("source", "cue", "content") for s, e in gold[role])
    ]
    tokens = [
        replace(
            t,
            i=t.i - a,
            start=t.start - start,
            end=t.end - start,
            head=t.head - a,
            sentence=t.sentence - first,
            children=[c - a for c in t.children],
        )
        for t in parse.tokens[a:b]
    ]
    sentences = [(s - a, e - a) for s, e in parse.sentences[first : last + 1]]
    names = [Name(n.first - a, n.last - a, n.label) for n in parse.names if a <= n.first and n.last < b]
    text = row["text"][start:end]
    return {**row, "text": text, "attributions": inside}, Parse(text, tokens, sentences, names, parse.meanings)


def rename(words: Words, parse: Parse, names: list[str], chance: random.Random) -> Words:
    """The words with those of people's and places' names exchanged for others, the same for the same: what a name is
    must be learnt from its company, since the next crisis has other names."""
    new: dict[str, str] = {}
    texts = list(words.texts)
    for token in parse.tokens:
        if token.ent in EXCHANGED and token.tag == "NNP" and token.text.isalpha() and token.text.istitle():
            if token.text not in new:
                new[token.text] = chance.choice(names) if chance.random() < EXCHANGED_SHARE else token.text
            texts[token.i] = new[token.text]
    return replace(words, texts=texts)


def tell(words: Words, parse: Parse, vocabulary: Vocabulary) -> dict[str, Ints]:
    """What the grammar should tell of each word, by label (see `Vocabulary.told`)."""
    told = {f: words.features[:, LABELLED.index(f)] - 1 for f in ("tag", "pos", "dep")}
    told["opens"] = (np.diff(words.sentence, prepend=-1) != 0).astype(np.int64)
    told["ent"] = np.zeros(len(words.head), np.int64)
    kinds = vocabulary.number("ent")
    for name in parse.names:
        if name.label in kinds:
            told["ent"][name.first : name.last + 1] = 2 * kinds[name.label]
            told["ent"][name.first] -= 1
    return told


def build_article(
    row: dict[str, Any],
    parse: Parse,
    vocabulary: Vocabulary,
    tokenizer: Tokenizer,
    names: list[str] | None = None,
    chance: random.Random | None = None,
) -> Article:
    """An article with its gold. Cues longer than LONGEST_CUE words are left out; words out of reach too. With `names`
    and `chance`, its names are exchanged."""
    words = describe_words(parse, Marked(find_quotations(parse.text)), vocabulary)
    if names and chance:
        words = rename(words, parse, names, chance)
    starts = [t.start for t in parse.tokens]
    ends = [t.end for t in parse.tokens]
    n = len(starts)

    def word_range(span: list[int]) -> tuple[int, int]:
        s, e = trim(row["text"], *span)
        return bisect_left(ends, s + 1), bisect_left(starts, e) - 1

    lengths = np.zeros(n, np.int64)
    cues: list[tuple[int, int]] = []
    roles: list[Ints] = []
    for gold in row["attributions"]:
        if not gold["cue"]:
            continue
        first, last = word_range(gold["cue"][0])
        if not 0 <= last - first < LONGEST_CUE:
            continue
        lengths[first] = last - first + 1
        role = np.full(2 * REACH, OUT, np.int64)
        for spans, kind in ((gold["content"], CONTENT), (gold["source"], SOURCE)):
            for span in spans:
                a, b = word_range(span)
                role[max(0, a - first + REACH) : max(0, b - first + REACH + 1)] = kind
        role[REACH : REACH + last - first + 1] = OUT
        cues.append((first, last))
        roles.append(role)
    where = np.array(cues, np.int64).reshape(-1, 2)
    places, real = around(words, where)
    return Article(
        row=row,
        parse=parse,
        words=words,
        windows=cut_windows(words, tokenizer),
        limit=words_left(words),
        lengths=lengths,
        cues=where,
        roots=np.array([cue_root(words, a, b) for a, b in cues], np.int64),
        places=places,
        real=real,
        pairs=pair_features(words, where, vocabulary).astype(np.int16),
        roles=np.array(roles, np.int64).reshape(-1, 2 * REACH),
        told=tell(words, parse, vocabulary),
    )
