"""The grammar of words from what an encoder makes of them: tags, names, sentences, governors and relations.

The heads are trained in ``training/`` to say what spaCy's English pipeline says (Universal POS and Penn tags, CLEAR
relations, OntoNotes names). Governors are chosen by a biaffine reader (Dozat & Manning 2017), each sentence by itself,
and made a tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sayso.extract.layers import NEVER, Floats, Ints, Layers
from sayso.extract.networks import AWAY, Network
from sayso.extract.word_features import FARTHEST, Bools

LONGEST_SENTENCE = 200
"""Words after which a sentence is taken to end whatever the words say; bounds the memory."""

TOLD = ("tag", "pos", "ent", "opens", "root", "governs", "reach", "above", "below_relation", "above_relation")
"""What the graph of grammar gives, which ``training/head_graphs.py`` tells of."""


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


def tell_grammar(network: Network, x: Floats, signs: Ints, opens: Bools) -> Grammar:
    """The grammar of words from their meanings (words by width), their `Surface.signs` and where a sentence must
    open."""
    heads, labels = network.heads, network.vocabulary.labels
    told = dict(zip(TOLD, heads["grammar"].run(TOLD, {"vectors": x, "signs": signs}), strict=True))
    sentences = find_sentences(told["opens"], opens)
    head = np.arange(len(x))
    reach, above = told["reach"], told["above"]
    away = spread_distances(network.layers, max((end - start for start, end in sentences), default=0))
    for start, end in sentences:
        n = end - start
        scores = reach[start:end] @ above[start:end].T + told["governs"][start:end] + away[:n, :n]
        head[start:end] = choose_tree(scores, told["root"][start:end]) + start
    hung = {name: told[name] for name in ("below_relation", "above_relation")}
    (rated,) = heads["relations"].run(["relations"], hung | {"head": head})
    own = head == np.arange(len(x))
    rated[~own, labels["dep"].index("ROOT")] = NEVER
    dep = [labels["dep"][n] for n in rated.argmax(axis=1).tolist()]
    for i in np.flatnonzero(own).tolist():
        dep[i] = "ROOT"
    return Grammar(
        tag=[labels["tag"][n] for n in told["tag"].tolist()],
        pos=[labels["pos"][n] for n in told["pos"].tolist()],
        dep=dep,
        head=head.tolist(),
        sentences=sentences,
        names=find_names(told["ent"], sentences, labels["ent"]),
    )


def find_sentences(rated: Floats, opens: Bools) -> list[tuple[int, int]]:
    """Ranges of words; `rated` has the log-odds of not opening and of opening one."""
    begins = np.flatnonzero(opens | (rated[:, 1] > rated[:, 0]) | (np.arange(len(rated)) == 0)).tolist()
    sentences: list[tuple[int, int]] = []
    for start, end in zip(begins, [*begins[1:], len(rated)], strict=True):
        cuts = [*range(start, end, LONGEST_SENTENCE), end]
        sentences += pairwise(cuts)
    return sentences


def spread_distances(layers: Layers, longest: int) -> Floats:
    """What is added for how far a governor is from its word, words by governors, for sentences up to `longest`."""
    at = np.arange(longest)
    return layers.look_up(AWAY, np.clip(at[None] - at[:, None], -FARTHEST, FARTHEST) + FARTHEST)[..., 0]


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


def find_names(numbers: Ints, sentences: list[tuple[int, int]], kinds: list[str]) -> list[tuple[int, int, str]]:
    """Runs of words whose numbers begin a name (odd numbers) or go on with it (even ones), none across sentences."""
    opening = {start for start, _ in sentences}
    names: list[tuple[int, int, str]] = []
    running = 0
    for i, number in enumerate(numbers.tolist()):
        kind = (number + 1) // 2
        if number and number % 2 == 0 and kind == running and i not in opening:
            names[-1] = (names[-1][0], i, names[-1][2])
        elif number:
            names.append((i, i, kinds[kind - 1]))
        running = kind
    return names
