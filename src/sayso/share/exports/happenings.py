"""Happenings that calendars, maps and tables of events can hold: those with days, told by somebody who asserts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeGuard

from sayso.harms import clean_text
from sayso.moments import DAY, TICK
from sayso.record import Happening, Picture, Place
from sayso.share.exports.claims import Told, tell_claims

NOON = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A happening with the half-open interval in which it was, the claims that assert it, the one whose words tell it
    best, and where it was (None where no claim locates it)."""

    happening: Happening
    earliest: datetime
    latest: datetime
    claims: tuple[Told, ...]
    best: Told
    place: Place | None

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day. Whole days of any zone are the days that they are there: those that begin at
        22:00 UTC are of the day after."""
        if (self.latest - self.earliest) % DAY:
            return self.earliest.date(), (self.latest - TICK).date()
        return round_day(self.earliest), round_day(self.latest) - DAY

    @property
    def evidence(self) -> tuple[str, ...]:
        """Each claim's exact words, with its chain, report and span, a line each."""
        return tuple(say_evidence(told) for told in self.claims)


def list_dated(picture: Picture) -> Iterator[Dated]:
    """The happenings that are dated and that somebody asserts, in order of time. Those that are only denied, asked,
    supposed or foretold are none."""
    told = {one.claim.id: one for one in tell_claims(picture)}
    for happening in picture.timeline:
        claims = tuple(told[claim] for claim in happening.claims if claim in told and told[claim].is_asserted)
        if claims and happening.earliest and happening.latest and happening.earliest < happening.latest:
            yield Dated(
                happening=happening,
                earliest=happening.earliest,
                latest=happening.latest,
                claims=claims,
                best=find_best(happening, claims),
                place=find_place(happening, claims),
            )


def find_best(happening: Happening, claims: Sequence[Told]) -> Told:
    """The claim whose words tell a happening best, of those that assert it."""
    return next((one for one in claims if " ".join(one.claim.text.split()) == happening.text), claims[0])


def find_place(happening: Happening, claims: Sequence[Told]) -> Place | None:
    """Where a happening was, as the first claim locates the place that most of them name."""
    for told in claims:
        place = told.claim.place
        if is_located(place) and happening.where in (place.name, place.text):
            return place
    return None


def is_located(place: Place | None) -> TypeGuard[Place]:
    """Whether a place has coordinates, and is no name for a government or people."""
    return place is not None and place.role == "place" and place.lat is not None and place.lon is not None


def say_evidence(told: Told) -> str:
    """A claim's exact words with whose they are and where they stand, in one line."""
    words = " ".join(told.words.split())
    return f"“{words}” — {told.way} (report {clean_text(told.report.id)}, {told.claim.start}–{told.claim.end})"


def round_day(moment: datetime) -> date:
    """The day whose beginning is nearest to a moment; the last day that there is for one that is near no other."""
    return (moment + NOON).date() if moment.date() < date.max else date.max
