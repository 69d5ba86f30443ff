"""Whether one claim bears out another, against what a reader judged.

``eval/backings/asked.jsonl`` holds pairs of claims of the stories that are asked only, and what was learnt from is in
``training/backings/pairs.jsonl``: where the two stand, and whether the second says all of the first (yes), its main
fact and nothing against the rest (core), or neither (no).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stories import Score, list_stories, percent

from sayso.journey import know, read_all
from sayso.record import Reading
from sayso.weigh.backings import Backers
from sayso.weigh.facts import Fact, gather_facts

ROOT = Path(__file__).resolve().parents[1]


class Judged(NamedTuple):
    """Two claims of one story, among all of its claims, of which the second was judged to bear out the first or not."""

    story: str
    mine: Fact
    other: Fact
    among: Backers
    verdict: str


def score_backings(path: Path) -> Iterator[Score]:
    """Of the pairs that sayso takes for one bearing out the other, the share that a reader does; and the share of the
    reader's that sayso finds."""
    told = [(pair.among.backs(pair.mine, pair.other), pair.verdict) for pair in load_judged(path)]
    right = tuple(verdict != "no" for backed, verdict in told if backed)
    yield Score("told as borne out, rightly", percent(right), right)
    found = tuple(backed for backed, verdict in told if verdict == "yes")
    yield Score("borne out, told so", percent(found), found)


def load_judged(path: Path) -> Iterator[Judged]:
    """The judged pairs whose claims are still made."""
    rows = defaultdict(list)
    for line in path.read_text("utf8").splitlines():
        rows[json.loads(line)["story"]].append(json.loads(line))
    for story in list_stories(ROOT, ROOT):
        if story.name not in rows:
            continue
        picture = know(item for item in read_all([str(story.reports)]) if isinstance(item, Reading))
        facts = gather_facts(picture.readings, picture.provenance, picture.origins)
        places = {(fact.report.id, fact.claim.start, fact.claim.end): fact for fact in facts}
        among = Backers(facts)
        for row in rows[story.name]:
            mine, other = (places.get(tuple(row[side])) for side in ("mine", "other"))
            if mine and other:
                yield Judged(story.name, mine, other, among, row["verdict"])
