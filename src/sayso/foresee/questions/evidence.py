"""What a ledger holds on a question: facts held against its terms, and the outcome proposed from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sayso.weigh.facts import Fact

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A claim that bears on a question. `stands` is for (it decides yes), short (of the matter, and not enough),
    against (it says the opposite) or aside (not by a source that counts); `nearness` how near it is, 0 to 1."""

    claim: str
    report: str
    source: str
    text: str
    published: datetime | None
    stands: str
    nearness: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The outcome that the ledger shows, "" where it shows none yet. `sure` is high, medium or low, `why` the reason;
    `independent` the bounds on the independent origins of what decides it. Evidence comes with what decides first."""

    outcome: str
    sure: str
    why: str
    evidence: tuple[Evidence, ...] = ()
    independent: tuple[int, int] = (0, 0)

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of the claims that show it."""
        return tuple(one.claim for one in self.evidence)


@dataclass(frozen=True, slots=True)
class Held:
    """A fact held against the terms of a question."""

    fact: Fact
    stands: str
    nearness: float
    why: str


def show(held: Iterable[Held]) -> tuple[Evidence, ...]:
    """What is shown of claims, in their order."""
    return tuple(
        Evidence(
            claim=one.fact.claim.id,
            report=one.fact.report.id,
            source=one.fact.source,
            text=one.fact.claim.text,
            published=one.fact.report.published,
            stands=one.stands,
            nearness=round(one.nearness, 2),
            why=one.why,
        )
        for one in [*held][:MOST_SHOWN]
    )
