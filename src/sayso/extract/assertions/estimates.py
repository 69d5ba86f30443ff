"""How clauses stand where rules are not sure: a small network's judgement of the words round each.

Lists of words do not end ("gave short shrift to", "unsaid", "kept his counsel on"); what the encoder makes of words, at
hand in the parse, tells of those that no table has. It is trained by ``training/assertions.py``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sayso.extract.assertions.signs import STANDS, Rows, Window, describe_words, find_heads, find_window, name_rule
from sayso.extract.assertions.surveys import Survey
from sayso.originals import check_original, open_original
from sayso.record import Stands

Halves = np.ndarray[Any, np.dtype[np.float16]]
MODEL = Path(__file__).resolve().parents[2] / "models" / "assertions"
SURE = 0.6
"""How likely another way of standing must be to be preferred to that by rules."""
SURE_OF_NEWS = 0.7
"""The same where rules hold a clause for asserted: plain news is not to be doubted lightly. At 0.5 two in a hundred
more of the asked rows are right, and plain sentences are taken for suppositions."""

WINDOWS_AT_ONCE = 128
"""Clauses that are looked at together; bounds the memory."""


@cache
def load_weights() -> tuple[dict[str, Rows], ...]:
    """The weights of each judge whose scores are averaged. Raises OSError or ValueError where they cannot be read."""
    with open_original(MODEL / "judge.npz") as raw, np.load(raw) as kept:
        names = {name.split(".", 1)[0] for name in kept.files}
        return tuple(
            {name.split(".", 1)[1]: kept[name].astype(np.float32) for name in kept.files if name.startswith(f"{n}.")}
            for n in sorted(names)
        )


@cache
def load_sure() -> frozenset[str]:
    """The rules (`name_rule`) that decide by themselves: 95 % of their verdicts on our own rows are right."""
    check_original(MODEL / "sure.txt")
    return frozenset((MODEL / "sure.txt").read_text("utf8").splitlines())


def estimate(survey: Survey) -> None:
    """Mend how clauses stand by what the judge makes of them, from the top of each sentence down."""
    heads = list(find_heads(survey.parse))
    if not heads:
        return
    windows = [find_window(survey, head) for head in heads]
    known, seen = describe_words(survey)
    scores = sum(
        (score_clauses(weights, survey.parse.meanings, known, seen, windows) for weights in load_weights()),
        np.zeros((len(heads), len(STANDS)), np.float32),
    ) / len(load_weights())
    for window, row in sorted(zip(windows, scores, strict=True), key=lambda w: count_above(survey, w[0].head)):
        best = int(row.argmax())
        ruled, judged = survey.stands[window.head], STANDS[best]
        if judged == ruled or name_rule(survey, window.head) in load_sure():
            continue
        if is_quoted(survey, window.head) or is_undenied(survey, window.head):
            continue
        if row[best] >= (SURE_OF_NEWS if ruled == "asserted" else SURE):
            let_stand(survey, window, judged)


def is_quoted(survey: Survey, i: int) -> bool:
    """Whether a clause is what somebody is quoted as saying or for, with no word on how: rules know how that stands."""
    tokens = survey.parse.tokens
    above = [tokens[a] for a in survey.parse.ancestors(i)][:QUOTED_WITHIN]
    verb = next((t for t in above if t.lemma in ("quote", "cite") and t.pos == "VERB"), None)
    return verb is not None and not any(tokens[c].dep in ("advmod", "neg") for c in verb.children)


def is_undenied(survey: Survey, i: int) -> bool:
    """Whether a clause is what somebody has not, or never, denied: that leaves it open, however it is put."""
    over = survey.governed[i]
    verb = survey.parse.tokens[over]
    undenied = verb.lemma == "deny" and survey.negations[over] in ("not", "never")
    return survey.stands[i] == "open" and undenied


QUOTED_WITHIN = 3
"""Words between a clause and the verb by which it is quoted, at most: "quoted him *as saying that*"."""


def score_clauses(weights: dict[str, Rows], meanings: Halves, known: Rows, seen: Rows, windows: list[Window]) -> Rows:
    """How likely each way of standing is, for each clause."""
    words = meanings.astype(np.float32) @ weights["meaning"].T + weights["meaning.bias"]
    words += known @ weights["known"].T + seen @ weights["seen"].T
    parts = range(0, len(windows), WINDOWS_AT_ONCE)
    joined = np.concatenate([join_words(weights, words, windows[at : at + WINDOWS_AT_ONCE]) for at in parts])
    hidden = np.maximum(joined @ weights["hidden"].T + weights["hidden.bias"], 0)
    scores = hidden @ weights["out"].T + weights["out.bias"]
    likely = np.exp(scores - scores.max(1, keepdims=True))
    return likely / likely.sum(1, keepdims=True)  # type: ignore[no-any-return]


def join_words(weights: dict[str, Rows], words: Rows, windows: list[Window]) -> Rows:
    """What is seen of clauses: several looks at the words round each, its head, what governs it, and its signs. The
    windows are laid end to end, so that all are seen at once."""
    lengths = np.array([len(window.relations) for window in windows])
    opens = np.cumsum(lengths) - lengths
    relations = np.concatenate([window.relations for window in windows])
    places = np.concatenate([np.arange(w.first, w.first + len(w.relations)) for w in windows])
    near = words[places]
    near += weights["relation"][relations]
    np.maximum(near, 0, out=near)
    looks = near @ weights["look"].T + weights["look.bias"] + weights["where"][relations]
    looks = np.exp(looks - np.repeat(np.maximum.reduceat(looks, opens), lengths, axis=0))
    looks /= np.repeat(np.add.reduceat(looks, opens), lengths, axis=0)
    cuts = zip(opens.tolist(), (opens + lengths).tolist(), strict=True)
    looked = np.stack([(looks[a:b].T @ near[a:b]).ravel() for a, b in cuts])
    head = near[opens + [w.head - w.first for w in windows]]
    over = near[opens + [w.place_over() for w in windows]]
    return np.concatenate([looked, head, over, np.stack([w.signs for w in windows])], axis=1)


def count_above(survey: Survey, i: int) -> int:
    """How many words a word hangs from, one from the other."""
    return sum(1 for _ in survey.parse.ancestors(i))


def let_stand(survey: Survey, window: Window, stands: Stands) -> None:
    """Let a clause stand otherwise, with what in it stood as it did but for what is only told beside it."""
    tokens, before = survey.parse.tokens, survey.stands[window.head]
    survey.made[window.head] = stands != "asserted"
    stack = [window.head]
    while stack:
        i = stack.pop()
        survey.stands[i] = stands
        survey.governed[i] = window.over if stands != "asserted" else i
        stack += [
            c
            for c in tokens[i].children
            if survey.stands[c] == before
            and (tokens[c].dep not in BESIDE or stands in ("withdrawn", "misquoted", "asked"))
        ]


BESIDE = ("relcl", "advcl", "parataxis")
"""What is told beside a clause and does not stand with it."""
