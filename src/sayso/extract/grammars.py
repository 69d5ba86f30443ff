"""The grammar of words from what an encoder makes of them: tags, names, sentences, governors and relations.

The heads are trained in ``training/`` to say what spaCy's English pipeline says (Universal POS and Penn tags, CLEAR
relations, OntoNotes names). Governors are chosen by a biaffine reader (Dozat & Manning 2017), each sentence by itself,
and made a tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sayso.extract.layers import NEVER, Floats, Ints, Layers, gelu
from sayso.extract.word_features import FARTHEST, Bools, Vocabulary

LONGEST_SENTENCE = 200
"""Words after which a sentence is taken to end whatever the words say; bounds the memory."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is told of the words of a text: labels by word, governors (a root's is itself), the ranges of sentences
    (end exclusive), and names as first and last word and kind."""

    tag: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    sentences: list[tuple[int, int]]
    names: list[tuple[int, int, str]]


def tell_grammar(layers: Layers, vocabulary: Vocabulary, x: Floats, signs: Ints, opens: Bools) -> Grammar:
    """The grammar of words from their meanings (words by width), their `Surface.signs` and where a sentence must
    open."""
    x = _read_words(layers, x, signs)
    sentences = find_sentences(layers.project(x, "grammar.told.opens"), opens)
    head = np.arange(len(x))
    below = gelu(layers.project(x, "grammar.below"))
    above = gelu(layers.project(x, "grammar.above"))
    reach = layers.project(below, "grammar.arc")
    governs, root = layers.project(above, "grammar.governs")[:, 0], layers.project(x, "grammar.root")[:, 0]
    away = _distances(layers)
    for start, end in sentences:
        n = end - start
        scores = reach[start:end] @ above[start:end].T + governs[start:end] + away[:n, :n]
        head[start:end] = choose_tree(scores, root[start:end]) + start
    relation = layers.project(x, "grammar.relation_below") + layers.project(x, "grammar.relation_above")[head]
    rated = layers.project(gelu(relation), "grammar.relation")
    labels = vocabulary.labels["dep"]
    rated[head != np.arange(len(x)), labels.index("ROOT")] = NEVER
    dep = [labels[n] for n in rated.argmax(axis=1)]
    for i in np.flatnonzero(head == np.arange(len(x))).tolist():
        dep[i] = "ROOT"
    return Grammar(
        tag=[vocabulary.labels["tag"][n] for n in layers.project(x, "grammar.told.tag").argmax(axis=1)],
        pos=[vocabulary.labels["pos"][n] for n in layers.project(x, "grammar.told.pos").argmax(axis=1)],
        dep=dep,
        head=head.tolist(),
        sentences=sentences,
        names=find_names(layers.project(x, "grammar.told.ent"), sentences, vocabulary.labels["ent"]),
    )


def _read_words(layers: Layers, x: Floats, signs: Ints) -> Floats:
    for k in range(signs.shape[1]):
        x = x + layers.look_up(f"grammar.signs.{k}", signs[:, k])
    x = layers.normalise(x, "grammar.norm")
    n = len(x)
    near = np.pad(x, ((2, 2), (0, 0)))
    mixed = layers.project(np.concatenate([near[k : k + n] for k in range(5)], axis=1), "grammar.mix")
    return layers.normalise(x + gelu(mixed), "grammar.mix_norm")


def find_sentences(rated: Floats, opens: Bools) -> list[tuple[int, int]]:
    """Ranges of words; `rated` has the log-odds of not opening and of opening one."""
    begins = np.flatnonzero(opens | (rated[:, 1] > rated[:, 0]) | (np.arange(len(rated)) == 0)).tolist()
    sentences: list[tuple[int, int]] = []
    for start, end in zip(begins, [*begins[1:], len(rated)], strict=True):
        cuts = [*range(start, end, LONGEST_SENTENCE), end]
        sentences += pairwise(cuts)
    return sentences


def _distances(layers: Layers) -> Floats:
    """What is added for how far a governor is from its word, words by governors."""
    at = np.arange(LONGEST_SENTENCE)
    away = np.clip(at[None] - at[:, None], -FARTHEST, FARTHEST) + FARTHEST
    return layers.look_up("grammar.away", away)[..., 0]


def choose_tree(scores: Floats, root: Floats) -> Ints:
    """The governor of each word of a sentence, the root's being itself: the best for each, then rid of circles.

    `scores` is words by governors, `root` the score of being the root. Where the best governors run in a circle, the
    word of it that loses least takes the best governor outside all that hangs from it, until no circle is left.
    """
    n = len(scores)
    top = int(root.argmax())
    scores = scores.copy()
    scores[np.arange(n), np.arange(n)] = NEVER
    head: Ints = scores.argmax(axis=1)
    head[top] = top
    while circle := _find_circle(head.tolist(), top):
        inside = np.array(circle)
        hangs = _hang_from(head.tolist(), set(circle))
        outside = np.where(hangs[None], NEVER, scores[inside])
        loss = scores[inside, head[inside]] - outside.max(axis=1)
        least = int(loss.argmin())
        head[inside[least]] = outside[least].argmax()
    return head


def _find_circle(head: list[int], top: int) -> list[int]:
    """The words of a circle of governors, none where all hang from `top`."""
    seen = [0] * len(head)
    seen[top] = -1
    for n, start in enumerate(range(len(head)), start=1):
        at = start
        while not seen[at]:
            seen[at] = n
            at = head[at]
        if seen[at] == n:
            circle = [at]
            while head[circle[-1]] != at:
                circle.append(head[circle[-1]])
            return circle
    return []


def _hang_from(head: list[int], circle: set[int]) -> Bools:
    """Which words hang from a circle, those of it included."""
    known: dict[int, bool] = dict.fromkeys(circle, True)
    for start in range(len(head)):
        path, at = [], start
        while at not in known and head[at] != at:
            path.append(at)
            known[at] = False  # A second circle ends here; it is looked at by itself.
            at = head[at]
        hangs = known.get(at, False)
        known.update(dict.fromkeys(path, hangs))
        known.setdefault(at, hangs)
    return np.array([known[at] for at in range(len(head))])


def find_names(rated: Floats, sentences: list[tuple[int, int]], kinds: list[str]) -> list[tuple[int, int, str]]:
    """Runs of words that begin a name (odd numbers) or go on with it (even ones), none across sentences."""
    opening = {start for start, _ in sentences}
    names: list[tuple[int, int, str]] = []
    running = 0
    for i, number in enumerate(rated.argmax(axis=1).tolist()):
        kind = (number + 1) // 2
        if number and number % 2 == 0 and kind == running and i not in opening:
            names[-1] = (names[-1][0], i, names[-1][2])
        elif number:
            names.append((i, i, kinds[kind - 1]))
        running = kind
    return names
