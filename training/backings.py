"""Learn when one claim bears out another: ``python training/backings.py``.

Pairs of claims of our own stories, judged by a reader (``backings/pairs.jsonl``), are told apart by trees of one split
each: ``tables/backing_steps.tsv``. Before that, each fifth of the stories is judged with weights from the others, and
what share of those told as borne out is so, and of those borne out is told, is printed for several thresholds.
"""

from __future__ import annotations

import sys

import numpy as np
from steps import learn_trees, write_table
from told import ROOT

sys.path.append(str(ROOT / "eval"))

from eval.backings import load_judged

from sayso.weigh.backings import ALL, objects

FOLDS = 5
TREES, BINS, LEAST = 120, 16, 12
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
TABLE = ROOT / "src" / "sayso" / "tables" / "backing_steps.tsv"


def main() -> None:
    """Read, measure, learn and write."""
    pairs = list(load_judged(ROOT / "training" / "backings" / "pairs.jsonl"))
    rows = [pair.among.sign(pair.mine, pair.other) for pair in pairs]
    signs, names = np.array([list(row.values()) for row in rows]), list(rows[0])
    borne = np.array([pair.verdict == "yes" for pair in pairs])
    stands = np.array([pair.verdict != "no" for pair in pairs])
    possible = np.array([not objects(p.mine, p.other, row) for p, row in zip(pairs, rows, strict=True)])
    stories = sorted({pair.story for pair in pairs})
    fold = np.array([stories.index(pair.story) % FOLDS for pair in pairs])
    likely = np.zeros(len(pairs))
    for n in range(FOLDS):
        model = learn_trees(signs[fold != n], borne[fold != n], TREES, BINS, LEAST)
        likely[fold == n] = model.predict_proba(signs[fold == n])[:, 1]
    for least in THRESHOLDS:
        told = possible & (likely >= least)
        print(
            f"from {least}: {told.sum()} told as borne out, all of it {100 * borne[told].mean():.1f} %, its main fact "
            f"{100 * stands[told].mean():.1f} %; of {borne.sum()} borne out {100 * told[borne].mean():.1f} % are told"
        )
    write_table(TABLE, {ALL: (learn_trees(signs, borne, TREES, BINS, LEAST), names)}, ("weight",))


if __name__ == "__main__":
    main()
