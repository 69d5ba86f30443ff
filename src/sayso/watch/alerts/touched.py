"""A story that new reports bear on: its picture before and after them, each weighed when it is first asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.crashes import leave_out
from sayso.foresee.scenarios import Scenarios, read_scenarios
from sayso.harms import clean_text
from sayso.ids import identify_source, make_id
from sayso.journey import weigh_again
from sayso.pictures import know_story, tell_base, tell_version
from sayso.record import Claim, Picture, Point, Reading, Story, Value
from sayso.tell.citations import cite_claim, name_outlet, safe_url
from sayso.watch.alerts.alerts import Alert, Cited
from sayso.watch.alerts.rules import Rule
from sayso.weigh.changes import match_points
from sayso.weigh.facts import NEVER, Fact, gather_facts
from sayso.who.names import resolve_names

if TYPE_CHECKING:
    from sayso.ledger import Ledger

MOST_CLAIMS = 12
"""Claims that an alert carries; it says how many more there are."""
MOST_PICTURES = 16
"""Pictures held from one round to the next: that of a story after a round is the one before the next."""


class Weigher:
    """The stories of a ledger as it grows, and the pictures of those that were weighed last. Make it once where rounds
    follow each other."""

    def __init__(self, ledger: Ledger, cache: Path | None = None) -> None:
        """Hold an open ledger; in `cache` stories and pictures are kept for the next run, and for the desk."""
        from sayso.shelves import Shelves

        self.ledger = ledger
        self._shelves = Shelves(ledger, cache)
        self._cache = cache
        self._held: OrderedDict[str, Picture] = OrderedDict()
        self._judged: list[tuple[str, frozenset[str]]] = []
        self._sets: tuple[int, list[Scenarios]] = (-1, [])

    @property
    def sets(self) -> list[Scenarios]:
        """The sets of scenarios of the ledger, with their indicators."""
        assessed = self.ledger.state()[2]
        if self._sets[0] != assessed:
            roots = self.ledger.assessments("scenarios")
            self._sets = assessed, [read_scenarios(root, self.ledger.assessments(about=root.id)) for root in roots]
        return self._sets[1]

    def list_touched(self, new: set[str], now: datetime) -> Iterator[Touched]:
        """The stories that new reports are of."""
        if not new:
            return
        stories = self._shelves.refresh()
        judged = self.ledger.judgements(standing=True)
        heeded = self.ledger.find_judged(judged)
        self._judged = [(one.id, heeded[one.id]) for one in judged]
        for story, digests in stories:
            if fresh := new.intersection(digests):
                yield Touched(self, story, digests, frozenset(fresh), now)

    def weigh(self, digests: Sequence[str]) -> Picture:
        """The picture of some reports of a story, in their order, with the judgements that stand."""
        if not digests:
            return Picture(readings=())
        some = set(digests)
        common = [id for id, about in self._judged if not about]
        own = [id for id, about in self._judged if not some.isdisjoint(about)]
        version = tell_version(tell_base(digests, self._shelves.newest), common, own)
        if version not in self._held:
            # The id of a story comes from its first report, which may be one of the new.
            self._held[version] = know_story(self.ledger, self._cache, make_id("story", digests[0]), digests, version)
            while len(self._held) > MOST_PICTURES:
                self._held.popitem(last=False)
        self._held.move_to_end(version)
        return weigh_again(self._held[version])


class Touched:
    """One story, and which of its reports are `new`, by digest."""

    def __init__(
        self, weigher: Weigher, story: Story, digests: Sequence[str], new: frozenset[str], now: datetime
    ) -> None:
        """Weigh nothing yet."""
        self.weigher, self.story, self.digests, self.new, self.now = weigher, story, digests, new, now

    def look_again(self) -> Touched:
        """The same with nothing weighed yet."""
        return Touched(self.weigher, self.story, self.digests, self.new, self.now)

    @cached_property
    def before(self) -> Picture:
        """What was known without the new reports."""
        return self.weigher.weigh([digest for digest in self.digests if digest not in self.new])

    @cached_property
    def after(self) -> Picture:
        """What is known with them."""
        return self.weigher.weigh(self.digests)

    @cached_property
    def fresh(self) -> list[Reading]:
        """The readings of the new reports; nothing is weighed for them."""
        return list(leave_out(self.weigher.ledger.readings(only=self.new)))

    @cached_property
    def earlier(self) -> dict[str, Point]:
        """By the id of a point, what it was before."""
        return match_points(self.before, self.after)

    @cached_property
    def facts(self) -> tuple[list[Fact], list[Fact]]:
        """The facts of both pictures."""
        before, after = (gather_facts(p.readings, p.provenance, p.origins) for p in (self.before, self.after))
        return before, after

    @cached_property
    def holders(self) -> dict[str, tuple[Reading, Claim]]:
        """By its id, a claim with its reading."""
        return {claim.id: (reading, claim) for reading in self.after.readings for claim in reading.claims}

    @cached_property
    def origins(self) -> dict[str, str]:
        """The name of a claim's origin."""
        return {claim: name for found in self.after.provenance for claim, name in found.claims}

    @cached_property
    def reliabilities(self) -> dict[str, str]:
        """The grade of each source, by the id of its name: an analyst's, else that which its record suggests."""
        grades = {identify_source(g.target): g.grade for g in self.after.grades if g.about == "source"}
        named = resolve_names(fact.source for fact in self.facts[1])
        of_names = {identify_source(name): grades.get(identify_source(known), "") for name, known in named.items()}
        judged = [j for j in self.after.judgements if (j.kind, j.about) == ("grade", "source")]
        return grades | {k: v for k, v in of_names.items() if v} | {j.target: j.value for j in judged}

    def is_new(self, claim: str) -> bool:
        """Whether a claim is of a new report."""
        return claim in self.holders and self.holders[claim][0].report.digest in self.new

    def choose_points(self, rule: Rule) -> list[Point]:
        """The points that a rule speaks of."""
        return [p for p in self.after.points if self.has_seat(p, rule.claim) and rule.holds(*list_words(p))]

    def has_seat(self, point: Point, seat: str) -> bool:
        """Whether the claim in a seat answers a point; "" is in all."""
        return not seat or any(self.holders[v.claim][1].seat == seat for v in point.values if v.claim in self.holders)

    def find_anchor(self, values: Iterable[Value]) -> str:
        """What names a point whatever comes later: the seat of its oldest claim."""
        known = [self.holders[value.claim] for value in values if value.claim in self.holders]
        first = min(known, key=lambda one: (one[0].report.published or NEVER, one[1].seat), default=None)
        return first[1].seat if first else ""

    def cite(self, claims: Iterable[str]) -> tuple[Cited, ...]:
        """Claims as alerts carry them, the new ones first; of those in the same words of a report, one."""
        known = [claim for claim in claims if claim in self.holders]
        ordered = sorted(known, key=lambda claim: not self.is_new(claim))
        once: dict[tuple[str, str], Cited] = {}
        for one in (cite(*self.holders[claim], self.origins.get(claim, "")) for claim in ordered):
            once.setdefault((one.digest, one.words), one)
        return tuple(once.values())

    def alert(self, rule: Rule, said: Sequence[Any], text: str, claims: Iterable[str], **more: str) -> Alert:
        """An alert of a rule; its id comes from the rule and what is `said`."""
        cited = self.cite(claims)
        return Alert(
            id=make_id("alert", rule.id, rule.kind, *said),
            rule=rule.id,
            kind=rule.kind,
            text=" ".join(clean_text(text).split()),
            at=self.now,
            story=self.story.id,
            story_name=" ".join(clean_text(self.story.name).split()),
            claims=cited[:MOST_CLAIMS],
            more=max(0, len(cited) - MOST_CLAIMS),
            **{name: " ".join(clean_text(words).split()) for name, words in more.items()},
        )


def list_words(point: Point) -> list[str]:
    """All words of a point, among which a rule looks for its own."""
    return [point.question, *(value.text for value in point.values)]


def cite(reading: Reading, claim: Claim, origin: str) -> Cited:
    """A claim as an alert carries it."""
    cited, report = cite_claim(reading, claim, 0, origin), reading.report
    return Cited(
        claim=claim.id,
        words=" ".join(cited.words.split()),
        chain=cited.path,
        origin=clean_text(origin),
        report=clean_text(report.id),
        digest=report.digest,
        outlet=name_outlet(report),
        title=" ".join(clean_text(report.title).split()),
        url=safe_url(report.url),
        published=report.published,
    )
