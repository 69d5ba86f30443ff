"""What a check looks at: the article's facts, and how others answer the questions that it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from sayso.record import Flag, Judgement, Picture, Reading, Report
from sayso.weigh import weigh_readings
from sayso.weigh.checks.doubt_signs import Doubt, Shelf, make_doubts
from sayso.weigh.facts import Fact, gather_facts
from sayso.weigh.matching import rate_some
from sayso.weigh.matching.signs import Floats, make_columns
from sayso.weigh.matching.units import FAMILIES, Unit, list_units
from sayso.weigh.rivals import FEWEST, SUREST, find_rivals, is_edited


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An article among the reports of a ledger.

    `facts` are the article's, in the order of its text, `doubts` its answers with what others answer; `others` are the
    facts of other reports, `versions` those of other versions of the article, which are no others. `moment` is when it
    is judged: None is now.
    """

    article: Reading
    picture: Picture
    facts: Sequence[Fact]
    others: Sequence[Fact]
    versions: Sequence[Fact]
    doubts: Sequence[Doubt]
    moment: datetime | None

    @property
    def report(self) -> Report:
        """The article's report."""
        return self.article.report

    def is_own(self, other: Fact) -> bool:
        """Whether another's fact comes from nowhere but the article: a report that only retells it is no word for
        it."""
        return bool(self.report.outlet) and other.group == self.report.outlet != other.report.outlet

    def flag(self, fact: Fact, kind: str, why: str, against: Iterable[Fact] = ()) -> Flag:
        """A flag on the words of a claim."""
        return self.flag_words(fact.claim.start, fact.claim.end, kind, why, against, fact)

    def flag_words(
        self, start: int, end: int, kind: str, why: str, against: Iterable[Fact] = (), fact: Fact | None = None
    ) -> Flag:
        """A flag on some words of the article."""
        return Flag(
            start=start,
            end=end,
            quote=self.report.text[start:end],
            kind=kind,
            why=why,
            against=tuple(dict.fromkeys(other.claim.id for other in against)),
            claim=fact.claim.id if fact else "",
        )


def gather_matter(
    article: Reading, others: Iterable[Reading], as_of: datetime | None, judgements: Iterable[Judgement] = ()
) -> Matter:
    """Weigh an article together with other reports; with `as_of`, those published by then."""
    known = [r for r in others if as_of is None or r.report.published is None or r.report.published <= as_of]
    picture = weigh_readings([*known, article], judgements=judgements)
    facts = gather_facts(picture.readings, picture.provenance, picture.origins)
    updates = find_versions(picture, article.report.id)
    told = [f for f in facts if f.report.id not in updates]
    units = list_units(told, picture.readings)
    return Matter(
        article=article,
        picture=picture,
        facts=[f for f in told if f.report.id == article.report.id],
        others=[f for f in told if f.report.id != article.report.id],
        versions=[f for f in facts if f.report.id in updates],
        doubts=list(list_doubts(units, lambda unit: unit.fact.report.id == article.report.id)),
        moment=as_of,
    )


def list_doubts(units: Sequence[Unit], chosen: Callable[[Unit], bool]) -> Iterator[Doubt]:
    """The chosen of some units, each with those of other reports that may answer the same question."""
    shelf = Shelf(units)
    for family in FAMILIES:
        mine = [unit for unit in units if unit.family == family]
        own = [n for n, unit in enumerate(mine) if chosen(unit)]
        if own:
            columns = make_columns(mine)
            likely = rate_some(columns, own)
            raise_edited(mine, own, likely)
            likely[columns.report[own][:, None] == columns.report] = 0.0
            for n, row in zip(own, likely, strict=True):
                yield from make_doubts(mine[n], find_rivals(mine[n], mine, row), shelf)


def raise_edited(units: Sequence[Unit], own: Sequence[int], likely: Floats) -> None:
    """Make the answers of one sentence likely to answer the article's question where the sentence is the article's but
    for the answers: another value in an edited sentence makes it no other question."""
    bags: dict[frozenset[str], list[int]] = {}
    for n, unit in enumerate(units):
        bags.setdefault(unit.fact.own, []).append(n)
    for row, n in zip(likely, own, strict=True):
        for bag, others in bags.items():
            if len(bag & units[n].fact.own) >= FEWEST:
                edited = [m for m in others if is_edited(units[n], units[m])]
                row[edited] = np.maximum(row[edited], SUREST)


def find_versions(picture: Picture, report: str) -> frozenset[str]:
    """The ids of the other versions of an article: what it updates, what updates it, and what updates the same."""
    firsts = {p.report: {link.report for link in p.because if link.kind == "update"} for p in picture.provenance}
    roots = firsts.get(report, set()) | {report}
    return frozenset({r for r, first in firsts.items() if (first | {r}) & roots} | roots) - {report}


def is_same_report(a: Report, b: Report) -> bool:
    """Whether two reports are one: by id, or by digest or text where one came without the other's facts."""
    return a.id == b.id or (bool(a.digest) and a.digest == b.digest) or a.text == b.text
