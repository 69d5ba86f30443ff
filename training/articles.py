"""Annotated articles as arrays: pieces, words, gold cues and gold roles. Read by ``train.py``."""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sayso.extract.parses import Parse, parse_text
from sayso.extract.piece_windows import Tokenizer, Windows, cut_windows
from sayso.extract.quotations import Marked, find_quotations
from sayso.extract.span_choices import CONTENT, LONGEST_CUE, OUT, SOURCE, words_left
from sayso.extract.word_features import (
    REACH,
    Ints,
    Vocabulary,
    Words,
    around,
    cue_root,
    describe_words,
    pair_features,
)

EDGE = " \t\r\n\"'“”‘’«»"
"""Annotators place these freely at the edges of spans; a score that trims them cares not."""


@dataclass(frozen=True)
class Article:
    """One article. `lengths` is the gold column of `Tagger.rate_cues` for each word; cues is C by 2 (first and last
    word); `roles` is C by 2 x REACH."""

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


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The articles of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]


def parse_rows(rows: list[dict[str, Any]]) -> list[Parse]:
    """The parses of articles."""
    return [parse_text(row["text"]) for row in rows]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space and quotation marks at its edges."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def build_article(row: dict[str, Any], parse: Parse, vocabulary: Vocabulary, tokenizer: Tokenizer) -> Article:
    """An article with its gold. Cues longer than LONGEST_CUE words are left out; words out of reach too."""
    words = describe_words(parse, Marked(find_quotations(parse.text)), vocabulary)
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
    )
