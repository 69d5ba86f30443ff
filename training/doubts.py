"""Learn what makes an answer doubtful: ``python training/doubts.py FOLDER SHARED``.

FOLDER is where ``matcher.py`` left its material. Each answer of each report of the stories with keys is seen among the
others' (`sayso.weigh.checks.doubt_signs`); those that lie on an error of the key are told from the rest by trees of one
split each: ``tables/doubt_weights.tsv``. Before that, each fifth of the stories is judged with weights from the others;
from these verdicts it is learnt what the other doubts of an article weigh for each, and the share of errors found is
printed with the false alarms a report, for several thresholds.
"""

from __future__ import annotations

import argparse
import pickle
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from matching import FOLDS, Story, load_stories
from steps import SEED, append_steps, fit_steps, learn_trees, write_table
from told import ROOT

from sayso.weigh.checks.doubt_signs import SPEAKER, Doubt, Shelf, make_doubts
from sayso.weigh.checks.doubts import ARTICLE, COMPANY, Verdict, choose_verdicts, log_odds, quote_span, rate_company
from sayso.weigh.matching import rate_all
from sayso.weigh.matching.units import FAMILIES
from sayso.weigh.rivals import find_rivals

ALL = (*FAMILIES, SPEAKER)
TREES, BINS, LEAST = 250, 32, 40
FEW = 1
"""How often a few reports of a story are taken alone."""
REAL = "ecb-"
"""How the names of real stories begin, whose keys do not list all errors."""
PLAIN = 4000
"""Answers of a story on no error that are learnt from, at most."""
STEPS, RIDGE = 8, 5.0
"""Of what the rest of an article weighs: its steps, and what holds their weights down."""
Company = tuple[float, float, bool]
ALARMS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)
TABLE = ROOT / "src" / "sayso" / "tables" / "doubt_weights.tsv"


def list_doubts(story: Story, reports: Set[int] | None = None) -> list[Doubt]:
    """The doubts of all reports of a story, or of some alone."""
    rows, columns = (story.rows, story.columns) if reports is None else story.cut(reports)
    shelf = Shelf(story.units[n] for some in rows.values() for n in some)
    found = []
    for family, mine in columns.items():
        units = [story.units[n] for n in rows[family]]
        likely = rate_all(mine)
        likely[mine.report[:, None] == mine.report] = 0.0
        for unit, row in zip(units, likely, strict=True):
            found += make_doubts(unit, find_rivals(unit, units, row), shelf)
    return found


def list_few(story: Story, chance: Any) -> list[Doubt]:
    """The doubts of a few reports at a time, as they come on the first day."""
    many = len(story.readings)
    some = (set(chance.choice(many, min(many, chance.integers(3, 10)), replace=False).tolist()) for _ in range(FEW))
    return [doubt for reports in some for doubt in list_doubts(story, reports)]


def find_errors(story: Story) -> list[tuple[str, int, int]]:
    """The errors of a key: report, start and end."""
    texts = {r.report.id: r.report.text for r in story.readings}
    found = []
    for error in story.material.gold.get("errors", ()):
        start = texts.get(error["report"], "").find(error["text"])
        if start >= 0:
            found.append((error["report"], start, start + len(error["text"])))
    return found


def lies_on(doubt: Doubt, error: tuple[str, int, int], *, quoted: bool = False) -> bool:
    """Whether an answer lies on an error or holds it: its own words, or what would be quoted of it."""
    report, start, end = error
    first, last = quote_span(doubt.unit) if quoted else (doubt.unit.answer.start, doubt.unit.answer.end)
    if doubt.unit.fact.report.id != report:
        return False
    return (start <= first and last <= end) or (first <= start and end <= last)


def list_company(verdicts: Sequence[Verdict], errors: list[tuple[str, int, int]]) -> list[Company]:
    """Of each verdict of a story its log-odds, how doubtful the rest of its article is, and whether it is an error."""
    articles: dict[str, list[int]] = defaultdict(list)
    for n, verdict in enumerate(verdicts):
        articles[verdict.doubt.unit.fact.report.id].append(n)
    company: dict[int, float] = {}
    for some in articles.values():
        company |= zip(some, rate_company([verdicts[n] for n in some]), strict=True)
    return [
        (log_odds(v.chance), company[n], any(lies_on(v.doubt, error) for error in errors))
        for n, v in enumerate(verdicts)
    ]


def learn_company(rows: Sequence[Company]) -> tuple[Any, Any]:
    """The ends of the steps of how doubtful the rest of an article is, and what each step weighs."""
    odds, company, wrong = (np.array(column, float) for column in zip(*rows, strict=True))
    return fit_steps(odds, company, wrong, STEPS, RIDGE)


def weigh(steps: tuple[Any, Any], row: Company) -> float:
    """How likely an answer is wrong by its own odds and the rest of its article."""
    ends, weights = steps
    return float(1 / (1 + np.exp(-row[0] - weights[np.searchsorted(ends, row[1])])))


def main() -> None:
    """Read the arguments, learn, measure and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("shared", type=Path)
    chosen = arguments.parse_args()
    materials, _ = pickle.loads((chosen.folder / "material.pkl").read_bytes())
    stories = [s for s in load_stories(chosen.folder, materials) if not s.material.name.startswith(REAL)]
    chance = np.random.default_rng(SEED)
    told: list[tuple[list[Doubt], list[bool]]] = []
    early: list[tuple[list[Doubt], list[bool]]] = []
    for story in stories:
        doubts, few, errors = list_doubts(story), list_few(story, chance), find_errors(story)
        told.append((doubts, [any(lies_on(d, e) for e in errors) for d in doubts]))
        early.append((few, [any(lies_on(d, e) for e in errors) for d in few]))
    names = {f: list(next(d.signs for ds, _ in told for d in ds if d.family == f)) for f in ALL}

    def rows(numbers: list[int], family: str) -> tuple[Any, Any]:
        signs, wrong = [], []
        for n in numbers:
            both = [(d, w) for some in (told[n], early[n]) for d, w in zip(*some, strict=True)]
            mine = [(d, w) for d, w in both if d.family == family]
            plain = [d for d, w in mine if not w]
            some = chance.choice(len(plain), min(PLAIN, len(plain)), replace=False)
            for d, w in [(d, w) for d, w in mine if w] + [(plain[k], False) for k in some]:
                signs.append([d.signs.get(name, np.nan) for name in names[family]])
                wrong.append(w)
        found = np.array(signs, float)
        found[:, np.isnan(found).all(axis=0)] = 0.0
        return found, np.array(wrong)

    def learn(numbers: list[int], family: str) -> Any:
        return learn_trees(*rows(numbers, family), TREES, BINS, LEAST)

    judged: list[list[Verdict]] = [[] for _ in stories]
    for fold in range(FOLDS):
        models = {f: learn([n for n in range(len(stories)) if n % FOLDS != fold], f) for f in ALL}
        for n in range(fold, len(stories), FOLDS):
            for f in ALL:
                mine = [d for d in told[n][0] if d.family == f]
                signs = np.array([[d.signs.get(name, np.nan) for name in names[f]] for d in mine], float)
                chances = models[f].predict_proba(signs)[:, 1].tolist()
                judged[n] += [Verdict(d, p) for d, p in zip(mine, chances, strict=True)]
    company = [list_company(some, find_errors(story)) for some, story in zip(judged, stories, strict=True)]
    verdicts: list[tuple[int, Verdict]] = []
    for n, some in enumerate(judged):
        rest = learn_company([row for k, rows in enumerate(company) for row in rows if k % FOLDS != n % FOLDS])
        sure = [replace(v, chance=weigh(rest, row)) for v, row in zip(some, company[n], strict=True)]
        verdicts += [(n, v) for v in choose_verdicts(sure, 0.01)]
    errors = [find_errors(s) for s in stories]
    reports = sum(len(s.readings) for s in stories)
    verdicts.sort(key=lambda v: -v[1].chance)
    found: set[tuple[int, int]] = set()
    wrong = 0
    marks = iter(ALARMS)
    mark = next(marks)
    for n, verdict in verdicts:
        hits = {(n, k) for k, e in enumerate(errors[n]) if lies_on(verdict.doubt, e, quoted=True)}
        found |= hits
        wrong += not hits
        while mark is not None and wrong > mark * reports:
            print(f"alarms {mark}: found {100 * len(found) / sum(map(len, errors)):.1f}, at {verdict.chance:.3f}")
            mark = next(marks, None)
    write_table(TABLE, {f: (learn(list(range(len(stories))), f), names[f]) for f in ALL}, ("weight",))
    append_steps(TABLE, ARTICLE, COMPANY, *learn_company([row for rows in company for row in rows]))


if __name__ == "__main__":
    main()
