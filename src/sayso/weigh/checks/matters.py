"""What a check looks at: the article's facts, everybody else's, and how they answer the same questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.record import Flag, Judgement, Picture, Point, Reading, Relation, Report, Time
from sayso.weigh import weigh_readings
from sayso.weigh.facts import NEVER, Fact, gather_facts
from sayso.weigh.matching.units import FAMILIES, list_units
from sayso.weigh.moments import duration_days, moment_of
from sayso.weigh.wordings import Likeness, stems_of

MOST_STEMS, MOST_ALIKE = 8, 60
"""How many of a claim's rarest stems lead to claims like it, and to how many each leads at most."""


Number = tuple[float, str] | None
"""A figure's number and unit."""
SMALL = 4
"""Numbers up to this are on everything."""

SAME_STATE = timedelta(days=21)
"""A state told of so much earlier or later may have changed between."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Another's fact that answers the same question as one of the article's (`own`), and how the two stand to each
    other. Each has the figure or time that is the answer as its claim's own."""

    point: Point
    relation: Relation
    own: Fact
    other: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An article among the reports of a ledger.

    `facts` are the article's, in the order of its text, `others` those of other reports in order of publication, but
    for other versions of the article, whose facts are in `versions`. `parents` are the ids of the reports that the
    article stands on, `replaced` those of the reports of which a later version is at hand. `moment` is when it is
    judged: None is now.
    """

    article: Reading
    picture: Picture
    facts: Sequence[Fact]
    others: Sequence[Fact]
    versions: Sequence[Fact]
    parents: frozenset[str]
    replaced: frozenset[str]
    moment: datetime | None
    answers: Mapping[str, Sequence[Answer]]
    likeness: Likeness
    shelves: Mapping[str, Sequence[Fact]]
    numbers: Mapping[Number, Sequence[Fact]]
    times: Mapping[str, Sequence[Time]]

    @property
    def report(self) -> Report:
        """The article's report."""
        return self.article.report

    def answers_to(self, fact: Fact) -> Sequence[Answer]:
        """What others answer to the questions that a fact of the article answers."""
        return self.answers.get(fact.claim.id, ())

    def find_alike(self, fact: Fact) -> Iterator[tuple[float, Fact]]:
        """Others' facts that share rare words with a fact, each with how near the words of the two claims are, or of
        the sentences that they stand in, 0 to 1."""
        seen: set[str] = set()
        mine, around = stems_of(fact.claim.text), stems_of(fact.context)
        for stem in self.rarest(around):
            for other in self.shelves[stem][:MOST_ALIKE]:
                if other.claim.id not in seen:
                    seen.add(other.claim.id)
                    claims = self.compare(mine, stems_of(other.claim.text))
                    yield max(claims, self.compare(around, stems_of(other.context))), other

    def compare(self, a: frozenset[str], b: frozenset[str]) -> float:
        """How near two bags of stems are; those that share a word or two by chance are not."""
        shared = len(a & b)
        return self.likeness.compare(a, b) * min(1.0, (shared - 1) / 3) if shared > 1 else 0.0

    def rarest(self, stems: Iterable[str]) -> list[str]:
        """The rarest of some stems that others have too."""
        return sorted((s for s in stems if s in self.shelves), key=lambda s: (len(self.shelves[s]), s))[:MOST_STEMS]

    def is_before(self, other: Fact) -> bool:
        """Whether a fact was known when the article was written; to an article without a date, all were."""
        mine = self.report.published
        return mine is None or (other.report.published is not None and other.report.published <= mine)

    def is_judged_by(self, other: Fact) -> bool:
        """Whether a fact was known by the moment at which the article is judged: what came later made nothing wrong."""
        moment = self.moment or self.report.published
        return moment is None or (other.report.published is not None and other.report.published <= moment)

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
    mine = {claim.id for claim in article.claims}
    updates = find_versions(picture, article.report.id)
    theirs = [f for f in facts if f.claim.id not in mine and f.report.id not in updates]
    shelves: dict[str, list[Fact]] = defaultdict(list)
    for fact in theirs:
        for stem in stems_of(fact.context):
            shelves[stem].append(fact)
    numbers: dict[Number, list[Fact]] = defaultdict(list)
    for fact in theirs:
        if (key := number_key(fact) or duration_key(fact)) is not None:
            numbers[key].append(fact)
    links = [link for p in picture.provenance if p.report == article.report.id for link in p.because]
    return Matter(
        article=article,
        picture=picture,
        facts=[f for f in facts if f.claim.id in mine],
        others=theirs,
        versions=[f for f in facts if f.report.id in updates],
        parents=frozenset(link.report for link in links if link.report and link.kind != "update"),
        replaced=find_replaced(picture),
        moment=as_of,
        answers=list_answers(picture, mine, facts, {f.claim.id for f in theirs}),
        likeness=Likeness((f.stems for f in facts), (f.story for f in facts)),
        shelves=shelves,
        numbers=numbers,
        times={reading.report.id: reading.times for reading in picture.readings},
    )


def number_key(fact: Fact) -> Number:
    """The number and unit of a fact's figure; None without one, and for small numbers of anything."""
    figure = fact.claim.figure
    number = None if figure is None else figure.low if figure.low is not None else figure.high
    return (
        None
        if figure is None or number is None or (number <= SMALL and figure.unit != "share")
        else (number, figure.unit)
    )


def duration_key(fact: Fact) -> Number:
    """The length of the time that a fact speaks of, "two weeks"; None where it gives none."""
    time = fact.claim.time
    days = duration_days(time.value) if time is not None and time.type == "DURATION" else None
    return None if days is None else (days, "time")


def list_answers(picture: Picture, mine: set[str], facts: Sequence[Fact], theirs: Set[str]) -> dict[str, list[Answer]]:
    """For each of the article's claims, the relations of its points in which it and another's claim stand."""
    found: dict[str, list[Answer]] = defaultdict(list)
    points = [point for point in picture.points if any(value.claim in mine for value in point.values)]
    wanted = {value.claim for point in points for value in point.values}
    units = list_units((f for f in facts if f.claim.id in wanted), picture.readings)
    told = {(u.fact.claim.id, u.answer.start, u.answer.end, u.family, low_of(u.fact, u.family)): u.fact for u in units}
    for point in points:
        family = point.kind if point.kind in FAMILIES else "words"
        for relation in point.relations:
            a, b = (point.values[n] for n in (relation.a, relation.b))
            for own, other in ((a, b), (b, a)):
                if own.claim in mine and other.claim in theirs:
                    x, y = (told.get((v.claim, v.start, v.end, family, v.low)) for v in (own, other))
                    if x is not None and y is not None:
                        found[own.claim].append(Answer(point, relation, x, y))
    return found


def low_of(fact: Fact, family: str) -> float | None:
    """The lower end of a figure that is an answer."""
    return fact.claim.figure.low if family == "figure" and fact.claim.figure is not None else None


def find_versions(picture: Picture, report: str) -> frozenset[str]:
    """The ids of the other versions of an article: what it updates, what updates it, and what updates the same."""
    firsts = {p.report: {link.report for link in p.because if link.kind == "update"} for p in picture.provenance}
    roots = firsts.get(report, set()) | {report}
    return frozenset({r for r, first in firsts.items() if (first | {r}) & roots} | roots) - {report}


def find_replaced(picture: Picture) -> frozenset[str]:
    """The ids of the reports of which a later version is at hand."""
    published = {r.report.id: r.report.published for r in picture.readings}
    versions: dict[str, list[str]] = defaultdict(list)
    for provenance in picture.provenance:
        for first in (link.report for link in provenance.because if link.kind == "update"):
            versions[first].append(provenance.report)
    replaced: set[str] = set()
    for first, later in versions.items():
        dated = [(at.timestamp(), r) for r in (first, *later) if (at := published.get(r)) is not None]
        replaced.update(r for _, r in sorted(dated)[:-1])
    return frozenset(replaced)


def is_same_report(a: Report, b: Report) -> bool:
    """Whether two reports are one: by id, or by digest or text where one came without the other's facts."""
    return a.id == b.id or (bool(a.digest) and a.digest == b.digest) or a.text == b.text


def are_apart(a: Fact, b: Fact) -> bool:
    """Whether two facts speak of moments so far apart that a state may have changed between."""
    moments = moment_of(a), moment_of(b)
    return NEVER not in moments and abs(moments[0] - moments[1]) > SAME_STATE
