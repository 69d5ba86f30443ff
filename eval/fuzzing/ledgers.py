"""Ledger: what people do with two ledgers, in any order (Hypothesis's state machine), compared with a model.

Reports are read, read again and retracted, judged and these judgements undone, the clock stands still or goes on, and
the ledgers are copied into each other, at once or by way of a file. What a ledger answers is what the model says, now
and as of every moment before; after all, both verify, and merged they are alike.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count, pairwise
from pathlib import Path
from random import Random
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from fuzzing.cases import Case, Target, UnfitError, expect
from fuzzing.stories import EVIL
from sayso.ids import digest_report, identify_claim
from sayso.ledger import Ledger, LedgerError, RefusedReportError, open_ledger
from sayso.ledger.merges import Copied
from sayso.ledger.transfers import copy_ledger
from sayso.record import Claim, Judgement, Reading, Report

EXAMPLES, STEPS = 6, 25
"""Histories of a case, and what is done in each at most."""
OUTLETS = ("Tarn Notes", "Wire", "")
READERS = ("reader a", "reader b")
MEMORY = Path("/dev/shm")
"""Where there is one, a folder that is not written to any disk."""
SIDES = st.sampled_from((0, 1))
WORDS = st.sampled_from(EVIL) | st.text(max_size=20)
BIG = 10**6


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        """Begin in 2031."""
        self.now = datetime(2031, 5, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment it is."""
        return self.now


@cache
def make_reading(number: int, words: str) -> Reading:
    """A small reading of a report of its own; of each third number it is undated, of each fourth without a claim."""
    text = f"Report {number}. Nine people are missing. {words}"
    report = Report(
        id=f"r{number % 5}",
        text=text,
        outlet=OUTLETS[number % 3],
        title=words,
        url=f"https://tarn.example/{number % 4}",
        published=datetime(2031, 5, 1 + number % 7, tzinfo=UTC) if number % 3 else None,
        published_exact=True,
    )
    at = text.index("Nine")
    claim = Claim(id="", seat="", report=report.id, start=at, end=at + 23, text="Nine people are missing")
    claims = (identify_claim(claim),) if number % 4 else ()
    return Reading(report=replace(report, digest=digest_report(report)), claims=claims)


@dataclass(slots=True)
class Side:
    """A ledger and what the model says of it: the digests of its reports, its judgements, and what it gave when."""

    path: Path
    ledger: Ledger
    digests: set[str] = field(default_factory=set)
    judged: dict[str, Judgement] = field(default_factory=dict)
    given: list[tuple[datetime, list[Reading]]] = field(default_factory=list)


class TwoLedgers(RuleBasedStateMachine):
    """Two ledgers side by side."""

    @initialize()
    def open(self) -> None:
        """Two empty ones on one clock."""
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        self.clock = Clock()
        self.numbers = count()
        self.sides = []
        for name in ("a.db", "b.db"):
            path = Path(self.folder.name) / name
            path.write_bytes(dump_empty())
            self.sides.append(Side(path, open_ledger(str(path), clock=self.clock)))

    @rule(minutes=st.integers(0, 3000))
    def wait(self, minutes: int) -> None:
        """Time passes; what each ledger holds is noted, to be asked again as of then."""
        for side in self.sides:
            side.given.append((self.clock.now, side.ledger.readings(entered_by=self.clock.now)))
        self.clock.now += timedelta(minutes=minutes, seconds=1)

    @rule(side=SIDES, number=st.integers(0, 9), words=WORDS, extractor=st.sampled_from(READERS))
    def add(self, side: int, number: int, words: str, extractor: str) -> None:
        """A report is read, perhaps again."""
        reading, kept = make_reading(number, words), self.sides[side]
        try:
            kept.ledger.add_reading(reading, extractor=extractor)
        except RefusedReportError:
            expect(has_half(words), "only a report with half a character is refused")
            return
        kept.digests.add(reading.report.digest)
        expect(kept.ledger.has_report(reading.report.digest, extractor), "a report that was added is there")
        expect(not kept.ledger.add_reading(reading, extractor=extractor), "adding twice adds nothing")

    @rule(side=SIDES, at=st.integers(0, BIG), kind=st.sampled_from(("retract", "restore", "name")), words=WORDS)
    def judge_report(self, side: int, at: int, kind: str, words: str) -> None:
        """A report is taken out, put back, or its story named."""
        kept = self.sides[side]
        if kept.digests:
            target = sorted(kept.digests)[at % len(kept.digests)]
            self.judge(kept, kind, target, words, value=words)

    @rule(side=SIDES, at=st.integers(0, BIG), more=st.integers(0, BIG), words=WORDS,
          kind=st.sampled_from(("merge", "split", "relate", "grade", "attribute", "retract", "restore")))  # fmt: skip
    def judge_claim(self, side: int, at: int, more: int, kind: str, words: str) -> None:
        """A claim is judged, with another where the kind takes two."""
        kept = self.sides[side]
        seats = sorted(
            {claim.seat for reading in kept.ledger.readings(include_retracted=True) for claim in reading.claims}
        )
        if seats:
            value = {"relate": "same", "grade": str(more % 8)}.get(kind, words)
            self.judge(kept, kind, seats[at % len(seats)], words, other=seats[more % len(seats)], value=value)

    @rule(side=SIDES, at=st.integers(0, BIG), words=WORDS)
    def undo(self, side: int, at: int, words: str) -> None:
        """A judgement is undone, perhaps one that undoes another."""
        kept = self.sides[side]
        if kept.judged:
            self.judge(kept, "undo", sorted(kept.judged)[at % len(kept.judged)], words)

    @rule(side=SIDES, kind=st.sampled_from(("retract", "undo", "grade", "flatter")), what=WORDS, by=WORDS)
    def judge_nothing(self, side: int, kind: str, what: str, by: str) -> None:
        """What names nothing, or says nothing, is refused with words, or kept: never anything else."""
        self.judge(self.sides[side], kind, what, "", by=by, value=what)

    def judge(self, kept: Side, kind: str, target: str, words: str, *, by: str = "ana", **more: Any) -> None:
        """Judge, and keep the judgement in the model."""
        at = self.clock.now - timedelta(minutes=len(words) * 7)
        try:
            made = kept.ledger.judge(kind, target, by=by, reason=words, at=at, **more)
        except LedgerError as error:
            expect(str(error).strip(), "an error says what is wrong")
            return
        kept.judged.setdefault(made.id, made)

    @rule(source=SIDES, by_file=st.booleans())
    def copy(self, source: int, by_file: bool) -> None:
        """One ledger is copied into the other, at once or as a file; then there is nothing more to copy."""
        one, other = self.sides[source], self.sides[1 - source]
        way = [str(one.path), str(other.path)]
        if by_file:
            way.insert(1, str(Path(self.folder.name) / f"{next(self.numbers)}.jsonl"))
        for again in (False, True):
            copied = Copied()
            for first, second in pairwise(way):
                problems = list(copy_ledger(first, second, copied if second == way[-1] else Copied()))
                expect(not problems, f"all can be copied: {problems}", "copying")
            expect(not again or not copied.new.total(), f"copying twice adds nothing: {copied.new}", "copying twice")
        other.digests |= one.digests
        for judgement in other.ledger.judgements():
            other.judged.setdefault(judgement.id, judgement)
        other.given.clear()  # What was entered earlier elsewhere counts from then.

    @rule(side=SIDES)
    def ask(self, side: int) -> None:
        """A ledger gives what the model has."""
        self.compare(self.sides[side])

    def compare(self, kept: Side) -> None:
        """A ledger against its model, now and before."""
        gone = kept.ledger._retracted(None, None)
        expect({j.id for j in kept.ledger.judgements()} == set(kept.judged), "the judgements are those that were made")
        every = {reading.report.digest for reading in kept.ledger.readings(include_retracted=True)}
        expect(every == kept.digests, "the reports are those that were added")
        shown = {reading.report.digest for reading in kept.ledger.readings()}
        expect(shown == kept.digests - gone, "the reports shown are those that were not retracted")
        for moment, given in kept.given[-5:]:
            expect(kept.ledger.readings(entered_by=moment) == given, "as of a moment it gives what it gave then")

    def teardown(self) -> None:
        """Both hold what the model says, and verify; merged both ways they give the same."""
        if not hasattr(self, "sides"):
            return
        try:
            for kept in self.sides:
                self.compare(kept)
            for first, second in ((0, 1), (1, 0)):
                problems = list(copy_ledger(str(self.sides[first].path), str(self.sides[second].path), Copied()))
                expect(not problems, f"all can be merged: {problems}", "merging")
            one, other = (side.ledger for side in self.sides)
            expect(
                [r.report.text for r in one.readings()] == [r.report.text for r in other.readings()], "merged, alike"
            )
            for kept in self.sides:
                expect(not (found := list(kept.ledger.verify())), f"a ledger verifies: {found}", "verifying")
        finally:
            for kept in self.sides:
                kept.ledger.close()
            self.folder.cleanup()


def has_half(words: str) -> bool:
    """Whether words hold half a character."""
    return any("\ud800" <= sign <= "\udfff" for sign in words)


@cache
def dump_empty() -> bytes:
    """The bytes of an empty ledger: to make one by its migrations takes a tenth of a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        with open_ledger(str(path)):
            pass
        return path.read_bytes()


def make(chance: Random) -> Case:
    """The seed of some histories; Hypothesis makes them."""
    return Case("histories.txt", str(chance.randrange(1 << 32)).encode())


def check(case: Case) -> str:
    """Run them. After the seed the file may say `shorter`: then one that fails is made as short as Hypothesis can."""
    words = case.content.split()
    try:
        seed = int(words[0])
    except (ValueError, IndexError) as error:
        raise UnfitError from error
    machine = hypothesis.seed(seed)(type("Histories", (TwoLedgers,), {}))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink) if words[1:] else (Phase.generate,),
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return ""


def shorten(case: Case) -> Case:
    """The same histories, to be made short where one fails."""
    return Case(case.file, case.content.split()[0] + b" shorter")


TARGET = Target(name="ledger", share=0.15, make=make, check=check, seconds=300, shorten=shorten)
