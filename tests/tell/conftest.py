"""A small story told by hand, so that the faces are tested without reading, extracting or weighing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from sayso.record import (
    Attribution,
    Brief,
    Claim,
    Estimate,
    Happening,
    Origin,
    Picture,
    Point,
    Position,
    Provenance,
    Reading,
    Report,
    Section,
    Sentence,
    Speaker,
    Value,
)

HERE = timezone(timedelta(hours=2))

FERRY = """The ferry Alba ran aground off Lund on Monday night with about 240 people on board, the coast guard said.

At least 12 people are missing, said Ida Berg, a spokeswoman for the coast guard. "We have not given up," she said.

The owner denied that the ship was overloaded. The harbour master declined to comment."""

RELAY = """As many as 30 people may be missing after the ferry wreck, Nordblad reported, citing two officials who \
asked not to be named.

The coast guard spoke of 12. Nobody has seen the captain since Monday."""

LATER = """The number of missing has fallen to 9, the coast guard said on Wednesday. Three were found alive on an islet.

Insurers put the damage at $20 million to $35 million."""


def find_claim(report: str, text: str, words: str, attribution: int | None = None) -> Claim:
    start = text.index(words)
    return Claim(
        id=f"{report}/{start}",
        seat=f"seat-{start}",
        report=report,
        start=start,
        end=start + len(words),
        text=words,
        attribution=attribution,
    )


def find_span(text: str, words: str) -> tuple[tuple[int, int], ...]:
    start = text.index(words)
    return ((start, start + len(words)),)


def day(number: int, hour: int = 8) -> datetime:
    return datetime(2031, 3, number, hour, tzinfo=UTC)


def make_readings() -> tuple[Reading, ...]:
    first = Reading(
        report=Report(
            id="r1",
            text=FERRY,
            outlet="Lund Post",
            title="Ferry aground off Lund",
            published=datetime(2031, 3, 4, 6, 30, tzinfo=HERE),
            published_exact=True,
            url="https://lundpost.example/ferry",
            language="en",
        ),
        attributions=(
            Attribution(
                source=find_span(FERRY, "Ida Berg, a spokeswoman for the coast guard"),
                cue=find_span(FERRY, "said Ida"[:4]),
                content=find_span(FERRY, "At least 12 people are missing"),
                speaker=Speaker(name="Ida Berg", kind="person", role="spokeswoman", affiliation="coast guard"),
                certainty=(0.8, 1.0),
            ),
            Attribution(
                source=find_span(FERRY, "The owner"),
                cue=find_span(FERRY, "denied"),
                content=find_span(FERRY, "that the ship was overloaded"),
                speaker=Speaker(name="the owner", kind="organisation"),
                stance="denies",
            ),
        ),
        claims=(
            find_claim("r1", FERRY, "The ferry Alba ran aground off Lund on Monday night"),
            find_claim("r1", FERRY, "At least 12 people are missing", 0),
            find_claim("r1", FERRY, "the ship was overloaded", 1),
        ),
    )
    second = Reading(
        report=Report(
            id="r2",
            text=RELAY,
            outlet="Coast & Sea",
            title="Up to 30 missing in wreck",
            published=day(4, 0),
            url="javascript:alert(1)",
        ),
        attributions=(
            Attribution(
                source=find_span(RELAY, "two officials who asked not to be named"),
                cue=find_span(RELAY, "citing"),
                content=find_span(RELAY, "As many as 30 people may be missing after the ferry wreck"),
                speaker=Speaker(name="two officials", kind="official", anonymous=True),
                via=("Nordblad",),
                stance="reports",
            ),
        ),
        claims=(
            find_claim("r2", RELAY, "As many as 30 people may be missing", 0),
            find_claim("r2", RELAY, "Nobody has seen the captain since Monday"),
        ),
    )
    third = Reading(
        report=Report(id="r3", text=LATER, outlet="Lund Post", title="Nine still missing", published=None),
        attributions=(
            Attribution(
                source=find_span(LATER, "the coast guard"),
                cue=find_span(LATER, "said"),
                content=find_span(LATER, "The number of missing has fallen to 9"),
            ),
        ),
        claims=(
            find_claim("r3", LATER, "The number of missing has fallen to 9", 0),
            find_claim("r3", LATER, "Insurers put the damage at $20 million to $35 million"),
        ),
    )
    return first, second, third


def make_value(claim: Claim, low: float | None, high: float | None, as_of: datetime | None, source: str) -> Value:
    return Value(
        claim=claim.id,
        report=claim.report,
        text=claim.text,
        low=low,
        high=high,
        as_of=as_of,
        source=source,
        origin=source,
    )


@pytest.fixture
def brief() -> Brief:
    readings = make_readings()
    first, second, third = readings
    guard = "Coast guard"
    estimates = (
        Estimate(
            point="p1",
            question="How many people are missing?",
            unit="person",
            source=guard,
            values=(
                make_value(first.claims[1], 12, None, day(4), guard),
                make_value(third.claims[0], 9, 9, day(6), guard),
            ),
        ),
        Estimate(
            point="p1",
            question="How many people are missing?",
            unit="person",
            source="two officials (anonymous)",
            values=(make_value(second.claims[0], None, 30, None, "two officials"),),
        ),
        Estimate(
            point="p2",
            question="What is the damage?",
            unit="USD",
            source="insurers",
            values=(make_value(third.claims[1], 2e7, 3.5e7, day(6), "insurers"),),
        ),
    )
    picture = Picture(
        readings=readings,
        provenance=(
            Provenance(
                report="r1",
                origins=("coast guard of Lund",),
                claims=((first.claims[0].id, "coast guard of Lund"), (first.claims[1].id, "coast guard of Lund")),
            ),
            Provenance(report="r2", origins=("Nordblad's two officials",), also=("coast guard of Lund",)),
        ),
        origins=(Origin(name="coast guard of Lund", group="Lund"), Origin(name="Nordblad's two officials", group="")),
        points=(Point(id="p1", question="How many people are missing?", kind="figure", independent=(1, 2)),),
        estimates=estimates,
        positions=(
            Position(party="the owner", stance="denied", about="overload", at=day(4), claims=(first.claims[2].id,)),
        ),
        happenings=(
            Happening(id="h", earliest=day(3), latest=day(4), text="Ferry aground", claims=(first.claims[0].id,)),
        ),
        as_of=day(6, 12),
    )

    def told(text: str, *claims: Claim, detail: str = "") -> Sentence:
        return Sentence(text=text, claims=tuple(claim.id for claim in claims), detail=detail)

    sections = (
        Section(
            id="key",
            title="Key developments",
            sentences=(
                told(
                    "The ferry Alba ran aground off Lund on 3 March.", first.claims[0], detail="One independent origin."
                ),
                told("Figures for the missing run from 9 to 30.", first.claims[1], second.claims[0], third.claims[0]),
            ),
        ),
        Section(id="changed", title="What changed", sentences=(told("Missing: 12, now 9.", *third.claims[:1]),)),
        Section(
            id="conflicts",
            title="Conflicts",
            sentences=(
                told(
                    "Lund Post has at least 12 missing, Coast & Sea up to 30.",
                    first.claims[1],
                    second.claims[0],
                    detail="The sources differ, and the second is anonymous.",
                ),
            ),
        ),
        Section(
            id="estimates",
            title="Estimates",
            sentences=(
                told("The coast guard went from at least 12 to 9.", first.claims[1], third.claims[0]),
                told("Insurers speak of $20 million to $35 million.", third.claims[1]),
            ),
        ),
        Section(id="positions", title="Positions", sentences=(told("The owner denied an overload.", first.claims[2]),)),
        Section(
            id="absences",
            title="Absences",
            sentences=(told("The captain has not been seen since 3 March.", second.claims[1]),),
        ),
        Section(id="timeline", title="Timeline", sentences=(told("3 March: the Alba runs aground.", first.claims[0]),)),
        Section(id="unknown", title="Unknown", sentences=()),
        Section(id="reports", title="Reports", sentences=()),
    )
    return Brief(
        title="The wreck of the Alba", sections=sections, picture=picture, before=replace(picture, as_of=day(5))
    )
